"""First page: what the program does, in three sentences, and in which language."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as ttk

from emotion_gui.core.translation import LANGUAGES, SYSTEM_LANGUAGE, _
from emotion_gui.ui.first_run.page import Page
from emotion_gui.ui.theme import APP_NAME, Panel, space


class WelcomePage(Page):
    """The sentences, and the language that everything is said in.

    Args:
        master: The parent widget.
        language: What is chosen: a key of `LANGUAGES`, or the system's.
        speak: Builds everything anew in another language.

    Attributes:
        languages: The list of languages.
    """

    def __init__(self, master: tk.Misc, language: str, speak: Callable[[str], None]) -> None:
        super().__init__(master, _("Welcome to {name}").format(name=APP_NAME))
        self.say(
            _("It watches a camera or a recording and names the expression of every face, from 'angry' to 'neutral'.")
        )
        self.say(
            _(
                "For the person you talk to, it counts how long each expression shows, compares that with limits that "
                "you set, and writes reports."
            )
        )
        self.say(_("A face shows an expression, not a feeling: do not decide about people with it."), gap=6)
        row = Panel(self)
        row.pack(anchor="w")
        ttk.Label(row, text=_("Language")).pack(side="left", padx=(0, space(self, 2)))
        titles = {SYSTEM_LANGUAGE: _("As the system"), **LANGUAGES}
        self.languages = ttk.Combobox(row, values=list(titles.values()), state="readonly", width=18)
        self.languages.current(list(titles).index(language))
        self.languages.pack(side="left")

        def chosen() -> None:
            self.languages.selection_clear()
            code = list(titles)[self.languages.current()]
            if code != language:
                speak(code)

        self.languages.bind("<<ComboboxSelected>>", lambda _: chosen())
