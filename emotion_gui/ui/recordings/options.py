"""How the queue is analysed: whose face counts, what for, and whether the people in it agreed."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace

import ttkbootstrap as ttk

from emotion_gui.controller.queue_rows import QueueRequest
from emotion_gui.core.candidate_wish import LARGEST, CandidateWish, WishKind
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.consent_texts import recordings_question, recruitment_notice
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs
from emotion_gui.ui.flow_row import FlowRow
from emotion_gui.ui.session.purpose_choice import PurposeChoice
from emotion_gui.ui.session.start import SessionStart
from emotion_gui.ui.tooltip import ToolTip

_WISHES: dict[str, CandidateWish | None] = {
    N_("The largest face"): LARGEST,
    N_("The leftmost face"): CandidateWish(WishKind.LEFT),
    N_("Every face"): None,
}


class QueueOptions(FlowRow):
    """A row of choices.

    Args:
        master: The parent widget.
        controller: Has the settings.
        dialogs: Asks for agreement.

    Attributes:
        who: Whose face counts.
        purpose: What the analysis is for.
        agreement: To be ticked; shows what is agreed to first.
    """

    def __init__(self, master: tk.Misc, controller: Controller, dialogs: Dialogs) -> None:
        super().__init__(master)
        self._controller = controller
        self._dialogs = dialogs
        self._consent: Consent | None = None
        self._start = SessionStart(controller, dialogs)
        titles = [_(title) for title in _WISHES]
        self.add(ttk.Label(self, text=_("Candidate")))
        self.who = ttk.Combobox(self, values=titles, state="readonly", width=max(map(len, titles)))
        self.who.current(len(titles) - 1 if controller.settings.count_everyone else 0)
        self.who.bind("<<ComboboxSelected>>", lambda _: self.who.selection_clear())
        ToolTip(self.who, text=_("Whose face counts in each recording"))
        self.add(self.who, 2)
        self.add(ttk.Label(self, text=_("Purpose")), 4)
        self.purpose = PurposeChoice(self, controller.settings.purpose, self._start.may_be_for)
        self.add(self.purpose.box, 2)
        self.agreement = ttk.Checkbutton(self, text=_("Everyone seen in them agreed"), command=self._ticked)
        self.agreement.setvar(str(self.agreement.cget("variable")), "0")
        ToolTip(self.agreement, text=_("Shows what they have to know and agree to"))
        self.add(self.agreement, 4)

    @property
    def request(self) -> QueueRequest:
        """What was chosen; asks for the notice on recruitment where that was not acknowledged yet."""
        purpose, consent = self.purpose.purpose, self._consent
        if consent and purpose is Purpose.RECRUITMENT and self._start.may_be_for(purpose):
            consent = replace(consent, notice_version=recruitment_notice().version)
        return QueueRequest(tuple(_WISHES.values())[self.who.current()], purpose, consent)

    def forget_agreement(self) -> None:
        """Ask again: other people may be seen in what was added."""
        self._consent = None
        self._show_agreement()

    def set_enabled(self, enabled: bool) -> None:
        """Let nothing be changed while the queue runs."""
        for box in (self.who, self.purpose.box):
            box.configure(state="readonly" if enabled else "disabled")
        self.agreement.state(["!disabled"] if enabled else ["disabled"])

    def _ticked(self) -> None:
        wanted, self._consent = self._consent is None, None
        if wanted:
            self._consent = self._dialogs.ask_consent(recordings_question(self._controller.settings.keep_days))
        # The window may have been closed while it was read.
        if self.winfo_exists():
            self._show_agreement()

    def _show_agreement(self) -> None:
        self.agreement.setvar(str(self.agreement.cget("variable")), "1" if self._consent else "0")
