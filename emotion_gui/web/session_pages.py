"""Past sessions: the list, a report of each, and all formats to take along."""

from __future__ import annotations

import io
import mimetypes
import tempfile
from pathlib import Path

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.export import EXPORTERS, default_name, export_session
from emotion_gui.export.chart_theme import duration_text
from emotion_gui.export.content.wording import date_text, purpose_name, shortened
from emotion_gui.export.html_report import report_markup
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.session_summary import SessionSummary
from emotion_gui.web.live_charts import DRAWING
from emotion_gui.web.parts import Parts

_ON_A_PAGE = 50
_LONGEST_NAME = 80


def blueprint(parts: Parts) -> Blueprint:
    """The pages under /sessions."""
    pages = Blueprint("sessions", __name__, url_prefix="/sessions")

    @pages.get("")
    def listed() -> str:
        sessions = parts.store.list()
        last_page = max(0, (len(sessions) - 1) // _ON_A_PAGE)
        page = min(max(0, request.args.get("page", 0, type=int)), last_page)
        rows = [_row(summary) for summary in sessions[page * _ON_A_PAGE :][:_ON_A_PAGE]]
        return render_template("sessions.html", rows=rows, page=page, last_page=last_page)

    @pages.get("/<session_id>")
    def report(session_id: str) -> str:
        record = _record(parts.store, session_id)
        with DRAWING:
            markup = report_markup(record)
        formats = [(key, _(exporter.label)) for key, exporter in EXPORTERS.items()]
        return render_template("session.html", markup=markup, session_id=session_id, formats=formats)

    @pages.get("/<session_id>/<key>")
    def export(session_id: str, key: str) -> Response:
        if key not in EXPORTERS:
            abort(404)
        record = _record(parts.store, session_id)
        name = default_name(record.info, key)
        with tempfile.TemporaryDirectory(prefix="emotion-gui-") as folder, DRAWING:
            content = export_session(record, key, Path(folder) / "report").read_bytes()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return send_file(io.BytesIO(content), kind, as_attachment=True, download_name=name)

    return pages


def _record(store: SessionStore, session_id: str) -> SessionRecord:
    if session_id not in {summary.session_id for summary in store.list()}:
        abort(404)
    return store.load(session_id)


def _row(summary: SessionSummary) -> dict[str, str]:
    judgement = summary.judgement
    return {
        "id": summary.session_id,
        "name": shortened(summary.info.candidate.strip(), _LONGEST_NAME) or _("No name given"),
        "date": date_text(summary.info.started_at),
        "purpose": purpose_name(summary.info.purpose),
        "usable": duration_text(summary.face_duration_s),
        "verdict": judgement.verdict.title,
        "verdict_kind": judgement.verdict.name.lower(),
    }
