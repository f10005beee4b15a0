"""Sessions that a crash cut off: offered once at the start, one after the other."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from typing import TYPE_CHECKING

from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import SessionArchive
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.wording import clock, moment

if TYPE_CHECKING:
    from emotion_gui.storage.session_summary import SessionSummary

KEEP, DELETE, LATER = N_("Keep it"), N_("Delete it"), N_("Decide later")


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
    name = session.info.candidate or _("an unnamed candidate")
    question = _("A session of {name} from {date} was not closed. {duration} of it are saved.").format(
        name=name, date=moment(session.info.started_at), duration=clock(session.duration_s)
    )
    buttons = _(LATER), _(DELETE), _(KEEP)
    answer = dialogs.choose(_("Unfinished session"), question, buttons=buttons, danger=_(DELETE))
    if answer == _(KEEP):
        archive.keep_session(session.session_id, _nothing)
    elif answer == _(DELETE):
        archive.delete_session(session.session_id, _nothing)


def _nothing() -> None:
    """Nothing is left to do."""
