"""What the controller's parts may know and do of the running session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emotion_gui.controller.status import Notice
from emotion_gui.core.session import InterviewSession, SessionEntry


@dataclass(frozen=True)
class SessionLink:
    """Given to each part, so that none needs the whole controller.

    Attributes:
        running: The session that runs or is paused; None while there is none.
        record: Keeps something in the running session's record, in the order of the calls.
        tell: Shows something to the user once.
    """

    running: Callable[[], InterviewSession | None]
    record: Callable[[SessionEntry], None]
    tell: Callable[[Notice], None]
