"""How the queue words where its recordings stand; no widgets here."""

from __future__ import annotations

import math

from emotion_gui.controller.queue_rows import QueueProgress, QueueRow, RowState
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.translation import _, plural
from emotion_gui.ui.wording import capitalized, clock

_MINUTE_S, _HOUR_S = 60, 3600
# Nobody plans by single seconds; they would only flicker.
_SECONDS_STEP = 5


def state_line(row: QueueRow, *, running: bool = False) -> str:
    """'Analysing, 42 %' or 'Done: Not nervous, 0:31 usable'."""
    match row.state:
        case RowState.WAITING:
            return _("Waiting")
        case RowState.ANALYSING:
            return _("Analysing, {share:.0f} %").format(share=_percent(row))
        case RowState.CANCELLED if running:
            return _("Waiting, {share:.0f} % done").format(share=_percent(row))
        case RowState.CANCELLED:
            return _("Cancelled at {share:.0f} %").format(share=_percent(row))
        case RowState.FAILED:
            return _("Failed: {why}").format(why=row.text)
        case RowState.DONE:
            return _done_line(row)


def detail_line(row: QueueRow) -> str:
    """What there is to say of one recording, in full."""
    match row.state:
        case RowState.FAILED:
            return row.text
        case RowState.CANCELLED:
            return _("Nothing is in the history yet. Start goes on from {share:.0f} %.").format(share=_percent(row))
        case RowState.DONE if row.found:
            judgement = row.found.judgement
            return f"{judgement.verdict.title}: {judgement.reason}. {_(CAVEAT)}"
        case _:
            return ""


def progress_line(progress: QueueProgress) -> str:
    """'2 of 5 recordings, about 3 min left'; empty before the first run."""
    if not progress.total:
        return ""
    counted = plural(
        "{ended} of {count} recording", "{ended} of {count} recordings", progress.total, ended=progress.ended
    )
    if progress.cancelling:
        return _("{counted}, stopping...").format(counted=counted)
    if not progress.running:
        return counted
    if progress.left_s is None:
        return _("{counted}, working out the time left").format(counted=counted)
    return _("{counted}, {time} left").format(counted=counted, time=left_words(progress.left_s))


def left_words(seconds: float) -> str:
    """'about 25 s', 'about 3 min', 'about 2 h 10 min'."""
    if seconds < _MINUTE_S:
        return _("about {count} s").format(count=_SECONDS_STEP * max(1, math.ceil(seconds / _SECONDS_STEP)))
    minutes = round(seconds / _MINUTE_S)
    if seconds < _HOUR_S:
        return _("about {count} min").format(count=minutes)
    return _("about {hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def _done_line(row: QueueRow) -> str:
    if row.found is None:
        return _("Done")
    verdict, usable = row.found.judgement.verdict.title, clock(row.found.usable_s)
    return capitalized(_("{verdict}, {time} usable").format(verdict=verdict, time=usable))


def _percent(row: QueueRow) -> float:
    # Rounded down: '100 %' would read as done.
    return math.floor(100 * row.share)
