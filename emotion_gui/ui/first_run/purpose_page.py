"""Second page: what the sessions will be for."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

import ttkbootstrap as ttk

from emotion_gui.core.consent import Purpose
from emotion_gui.core.consent_texts import PURPOSES
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.first_run.page import Page
from emotion_gui.ui.theme import Panel, muted_label, space

_MEANINGS = {
    Purpose.PRACTICE: N_("rehearsing an interview or a talk"),
    Purpose.COACHING: N_("helping somebody to come across well"),
    Purpose.RESEARCH: N_("a study whose participants know of it"),
    Purpose.RECRUITMENT: N_("prohibited in the European Union; its notice comes first"),
    Purpose.OTHER: N_("teaching, trying it out, something else"),
}


class PurposePage(Page):
    """One button for each purpose; recruitment shows its notice.

    Args:
        master: The parent widget.
        purpose: What is chosen.
        choose: Offers a purpose for every session; gives the one that stands then.

    Attributes:
        buttons: The choices.
    """

    def __init__(self, master: tk.Misc, purpose: Purpose, choose: Callable[[Purpose], Purpose]) -> None:
        super().__init__(master, _("What will you use it for?"))
        self.say(_("Every session says what it is for. This is what is offered first; each may have another purpose."))
        self._choose = choose
        # Not a variable of Python's: whichever thread collected the page later would try to give it up.
        self._variable = f"purpose{self}"
        self.setvar(self._variable, purpose.value)
        rows = Panel(self)
        rows.pack(anchor="w")
        self.buttons: dict[Purpose, ttk.Radiobutton] = {}
        for row, (each, title) in enumerate(PURPOSES.items()):
            button = ttk.Radiobutton(rows, text=_(title), value=each.value, command=self._changed)
            self.tk.call(button, "configure", "-variable", self._variable)
            button.grid(row=row, column=0, sticky="w", pady=space(self, 1))
            meaning = muted_label(rows, _(_MEANINGS[each]))
            meaning.grid(row=row, column=1, sticky="w", padx=(space(self, 4), 0))
            meaning.bind("<Button-1>", partial(_press, button))
            self.buttons[each] = button

    @property
    def purpose(self) -> Purpose:
        return Purpose(str(self.getvar(self._variable)))

    def _changed(self) -> None:
        # A notice may have been read and not acknowledged: then it is practice again.
        self.setvar(self._variable, self._choose(self.purpose).value)


def _press(button: ttk.Radiobutton, _: object) -> None:
    button.invoke()
