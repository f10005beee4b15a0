"""When a queue of recordings may begin, and what exactly is then done with each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from emotion_gui.batch.plan import BatchPlan
from emotion_gui.controller.queue_rows import QueueRequest
from emotion_gui.controller.status import Phase
from emotion_gui.core.candidate_wish import LARGEST
from emotion_gui.core.consent import check_agreement
from emotion_gui.core.errors import AppError
from emotion_gui.core.paths import analyses_folder
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import _, language


def check_request(request: QueueRequest, phase: Phase, *, running: bool, empty: bool) -> None:
    """Refuse what may not begin.

    Args:
        request: How the queue would be analysed.
        phase: Where the live session stands; both at once would each have half a machine.
        running: Whether the queue runs already.
        empty: Whether there is nothing to analyse.

    Raises:
        AppError: The message says what to do.
    """
    if phase is not Phase.IDLE:
        raise AppError(_("A session is running."), _("Stop it before you analyse recordings."))
    if running:
        raise AppError(_("Recordings are being analysed."), _("Wait for them, or cancel them."))
    if empty:
        raise AppError(_("There is no recording to analyse."), _("Add files or a folder first."))
    if not (request.consent and request.consent.given):
        raise AppError(
            _("Nobody has said that the people in these recordings agreed."),
            _("Tick that they did, once they did. Nothing is analysed without it."),
        )
    check_agreement(request.purpose, request.consent, watches_people=True)


def plan_of(request: QueueRequest, settings: Settings, store_folder: Path) -> BatchPlan:
    """The same for all recordings; what a run before it began or did is not done again."""
    from emotion_gui.vision.classifiers import shipped_model

    chosen = Path(settings.model_path) if settings.model_path else None
    return BatchPlan(
        replace(settings, count_everyone=request.wish is None),
        chosen if chosen and chosen.exists() else shipped_model(),
        analyses_folder(store_folder),
        store_folder,
        wish=request.wish or LARGEST,
        purpose=request.purpose,
        consent=request.consent,
        formats=(),
        resume=True,
        spoken=language(),
    )
