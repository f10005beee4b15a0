"""An upload handed to whoever looks at it; what goes wrong on the way becomes a sentence."""

from __future__ import annotations

from collections.abc import Callable

from emotion_gui.core.translation import _
from emotion_gui.pipeline.isolated import BusyError, IsolatedWorkError
from emotion_gui.uploads.answers import Answer, UploadJob
from emotion_gui.uploads.limits import RefusedError

LIMIT_S, WAIT_S = 90.0, 30.0
"""Seconds for one file, and seconds that somebody waits for others' files."""


def ask(analyse: Callable[[UploadJob], Answer], job: UploadJob) -> Answer:
    """Have a file looked at.

    Raises:
        AppError: There is no answer to it; the message says why.
    """
    try:
        return analyse(job)
    except BusyError as error:
        raise RefusedError(503, _("Others' files are being analysed."), _("Try again in a minute.")) from error
    except IsolatedWorkError as error:
        raise RefusedError(
            422,
            _("This file cannot be analysed."),
            _("Choose one that other programs can open."),
        ) from error
