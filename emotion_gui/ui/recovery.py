"""Sessions that a crash cut off: offered once at the start, one after the other."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import TYPE_CHECKING

from emotion_gui.ui.controller_port import SessionArchive
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.wording import clock, moment

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary

KEEP, DELETE, LATER = "Keep it", "Delete it", "Decide later"


def offer_recovery(window: tk.Misc, archive: SessionArchive, dialogs: Dialogs) -> None:
    """Ask what to do with every interrupted session; returns at once.

    Args:
        window: Runs the questions when it is idle.
        archive: Where the sessions are.
        dialogs: Asks the user.
    """

    def ask(sessions: Sequence[SessionSummary]) -> None:
        for session in sessions:
            _ask(session, archive, dialogs)

    def found(sessions: Sequence[SessionSummary]) -> None:
        # Not from inside the poll that delivers the list: a question would hold up the pictures until it is answered.
        if sessions:
            window.after_idle(ask, sessions)

    archive.interrupted(found)


def _ask(session: SessionSummary, archive: SessionArchive, dialogs: Dialogs) -> None:
    name = session.info.candidate or "an unnamed candidate"
    question = (
        f"A session of {name} from {moment(session.info.started_at)} was not closed. "
        f"{clock(session.duration_s)} of it are saved."
    )
    answer = dialogs.choose("Unfinished session", question, buttons=(LATER, DELETE, KEEP), danger=DELETE)
    if answer == KEEP:
        archive.keep_session(session.session_id, _nothing)
    elif answer == DELETE:
        archive.delete_session(session.session_id, _nothing)


def _nothing() -> None:
    """Nothing is left to do."""
