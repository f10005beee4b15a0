"""The live page: asks before it opens a camera, shows the picture and the charts to all viewers, and stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from emotion_gui.core.browser_consent import live_question
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.consent_texts import (
    DECLINED_LIVE,
    PURPOSES,
    AgreementText,
    ConsentQuestion,
    acknowledged_only,
    recruitment_notice,
)
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import _, language
from emotion_gui.export.chart_theme import percent_text
from emotion_gui.export.content.outcome import sentence
from emotion_gui.pipeline.broadcast import Broadcast
from emotion_gui.uploads.limits import RefusedError
from emotion_gui.web.guard import is_at_this_machine
from emotion_gui.web.live_desk import MOST_VIEWERS, STAGE_WORDS, LiveRequest, LiveState, Stage
from emotion_gui.web.parts import Parts

_LONGEST_NAME = 200
# A viewer who has gone is noticed by sending something.
_RESEND_S = 1.0
_PART = b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n--picture\r\n"


def blueprint(parts: Parts) -> Blueprint:
    """The pages under /live."""
    pages = Blueprint("live", __name__, url_prefix="/live")
    desk = parts.desk

    @pages.get("")
    def live() -> str:
        state = desk.state
        if state.stage is not Stage.OFF:
            return render_template("live.html", state=state, shown=_shown(state, 0))
        declined = _(DECLINED_LIVE) if "declined" in request.args else ""
        return render_template(
            "live_start.html",
            state=state,
            declined=declined,
            sources=parts.list_sources(),
            purposes=PURPOSES,
            here=is_at_this_machine(),
        )

    @pages.post("/ask")
    def ask() -> Response | str:
        """What is to be agreed to; where nobody is watched and nothing is to be known, it starts at once."""
        wish = _wish(parts)
        question, notice = _texts(parts, wish)
        if question or notice:
            return render_template("live_consent.html", wish=wish, question=question, notice=notice)
        desk.start(wish)
        return redirect(url_for("live.live"))

    @pages.post("/start")
    def start() -> Response | str:
        wish = _wish(parts)
        question, notice = _texts(parts, wish)
        desk.start(replace(wish, consent=_agreed(question, notice)))
        return redirect(url_for("live.live"))

    @pages.post("/stop")
    def stop() -> Response:
        desk.stop()
        return redirect(url_for("live.live"))

    @pages.get("/picture")
    def picture() -> Response:
        """The pictures as they come, for as long as the session runs."""
        if desk.state.stage is Stage.OFF:
            abort(404)
        if desk.pictures.readers >= MOST_VIEWERS:
            raise RefusedError(503, _("As many as can are looking on already."), _("Try again later."))
        return Response(_stream(desk.pictures), mimetype="multipart/x-mixed-replace; boundary=picture")

    @pages.get("/chart")
    def chart() -> Response:
        png = parts.charts.png(desk.state.charts, dark=request.args.get("theme") == "dark")
        return Response(png, mimetype="image/png")

    @pages.get("/state")
    def state() -> Any:
        return jsonify(_shown(desk.state, desk.pictures.readers))

    return pages


def _wish(parts: Parts) -> LiveRequest:
    """What the form asks for, without anybody's agreement.

    Raises:
        RefusedError: It does not come from this machine, or asks for what was not offered.
    """
    if not is_at_this_machine():
        raise RefusedError(
            403,
            _("A session can be started only in a browser on the computer that has the camera."),
            _("So that whoever sits before it is asked."),
        )
    offered = {str(spec): spec for spec, _title in parts.list_sources()}
    purposes = {purpose.value: purpose for purpose in Purpose}
    spec = offered.get(request.form.get("source", ""))
    purpose = purposes.get(request.form.get("purpose", ""))
    if spec is None or purpose is None:
        raise RefusedError(400, _("This source or purpose is not offered."), _("Choose one on the live page."))
    candidate = request.form.get("candidate", "")[:_LONGEST_NAME].strip()
    return LiveRequest(spec, candidate, purpose, None, language())


def _texts(parts: Parts, wish: LiveRequest) -> tuple[ConsentQuestion | None, AgreementText | None]:
    """The question for consent and the notice on recruitment, as far as they are needed."""
    keep_days = parts.load_settings().keep_days
    question = live_question(wish.spec, keep_days, network=parts.network) if wish.spec.watches_people else None
    return question, recruitment_notice() if wish.purpose is Purpose.RECRUITMENT else None


def _agreed(question: ConsentQuestion | None, notice: AgreementText | None) -> Consent | None:
    """The record of what was ticked; only of the very texts that were shown.

    Raises:
        RefusedError: Something was not ticked, or has another wording by now.
    """
    for text, name in ((question.text if question else None, "agreed"), (notice, "noticed")):
        if text and request.form.get(name) != text.version:
            raise RefusedError(400, _(DECLINED_LIVE), _("Read what happens, tick the box and press the button below."))
    if question:
        return replace(question.agreed(), notice_version=notice.version if notice else "")
    return acknowledged_only(notice.version) if notice else None


def _shown(state: LiveState, viewers: int) -> dict[str, str | bool]:
    """What the page's script writes into the page, in the reader's language."""
    judgement, trouble = state.judgement, state.trouble
    return {
        "stage": state.stage.value,
        "status": _(STAGE_WORDS[state.stage]),
        "faces": _faces(state) if state.stage is Stage.RUNNING else "",
        "verdict": judgement.verdict.title if judgement else "",
        "verdict_kind": judgement.verdict.name.lower() if judgement else "",
        "reason": sentence(judgement.reason) if judgement else "",
        "trouble": f"{trouble.message} {trouble.hint}".strip() if trouble else "",
        "viewers": _("Browsers that look on: {count}").format(count=viewers),
    }


def _faces(state: LiveState) -> str:
    named = [f"{face.label.title} {percent_text(face.confidence)}" for face in state.faces]
    return ", ".join(named) or _("No face is seen.")


def _stream(pictures: Broadcast[bytes]) -> Iterator[bytes]:
    """Parts of multipart/x-mixed-replace; the boundary follows each at once, or browsers show it one late."""
    with pictures.reader() as reader:
        if reader is None:
            return
        yield b"--picture\r\n"
        # None before the first picture and after the last.
        waited, begun = 0, False
        while waited < 30:
            jpeg = reader.next(_RESEND_S)
            if jpeg is None:
                if begun:
                    return
                waited += 1
                continue
            begun = True
            yield _PART % (len(jpeg), jpeg)


def offered_source(spec: SourceSpec, name: str = "") -> tuple[SourceSpec, str]:
    """A source with its title for the form."""
    return spec, f"{spec.title}: {name}" if name else spec.title
