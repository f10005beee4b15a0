"""Photos and videos that are looked at once: the file is gone before its answer is shown."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from emotion_gui.core.browser_consent import upload_question
from emotion_gui.core.translation import _, language
from emotion_gui.uploads.answers import Answer, UploadJob
from emotion_gui.uploads.asking import ask
from emotion_gui.uploads.limits import MOST_UPLOAD_BYTES, MOST_VIDEO_S, RefusedError
from emotion_gui.web.parts import Parts


def blueprint(parts: Parts) -> Blueprint:
    """The pages under /upload."""
    pages = Blueprint("upload", __name__, url_prefix="/upload")

    @pages.get("")
    def form() -> str:
        limits = {"megabytes": MOST_UPLOAD_BYTES // 1024**2, "minutes": int(MOST_VIDEO_S // 60)}
        return render_template("upload.html", question=upload_question(), **limits)

    @pages.post("")
    def answer() -> str:
        if request.form.get("agreed") != upload_question().version:
            raise RefusedError(
                400, _("Nobody has agreed to this file being analysed."), _("Tick the box where everybody did.")
            )
        found = _answer(parts)
        uri = f"data:image/jpeg;base64,{base64.b64encode(found.picture).decode('ascii')}"
        return render_template("answer.html", answer=found, picture=uri, table=parts.tables.keep(found.table))

    @pages.get("/<key>/results.csv")
    def table(key: str) -> Response:
        found = parts.tables.find(key)
        if found is None:
            abort(404)
        headers = {"Content-Disposition": "attachment; filename=results.csv"}
        return Response(found, mimetype="text/csv", headers=headers)

    return pages


def _answer(parts: Parts) -> Answer:
    """Put the file where a name of ours says, have it looked at, and take it away again.

    Raises:
        RefusedError: There is no file, or no answer to it.
        AppError: The file cannot be used.
    """
    file = request.files.get("file")
    if file is None:
        raise RefusedError(400, _("No file was chosen."), _("Choose a photo or a video first."))
    with tempfile.TemporaryDirectory(prefix="emotion-gui-") as folder:
        path = Path(folder) / "upload"
        file.save(path)
        file.close()
        return ask(parts.analyse, UploadJob(path, language(), parts.load_settings()))
