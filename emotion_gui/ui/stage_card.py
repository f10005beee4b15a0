"""The card in the picture's place, or over the darkened picture: icon, sentence, what to do, buttons."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from typing import Any

import ttkbootstrap as ttk

from emotion_gui.ui.card_words import Act, CardWords
from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import STRONG_FONT, Card, pixels, space

_WIDTH = 380
_ICON_SIZE = 36
_BAR_WIDTH = 120
# What the person most likely wants is filled; the rest is drawn.
_BUTTONS = {
    Act.RETRY: ("arrow-clockwise", "primary-outline"),
    Act.DEMO: ("play-circle", "default"),
    Act.START: ("record-circle", "primary"),
    Act.RESUME: ("play-fill", "primary"),
}


class StageCard(Card):
    """Stands in the middle of the stage while there is something to say there.

    Args:
        master: The stage.
        acts: What each button does.

    Attributes:
        buttons: Each button; on the screen where it is offered.
    """

    def __init__(self, master: tk.Misc, acts: Mapping[Act, Callable[[], None]]) -> None:
        super().__init__(master, padding=5)
        wrap = pixels(self, _WIDTH)
        self.icon = ttk.Label(self)
        self.title = ttk.Label(self, font=STRONG_FONT, wraplength=wrap, justify="center")
        self.hint = paint(ttk.Label(self, wraplength=wrap, justify="center"), foreground="muted")
        self._bar = ttk.Progressbar(self, mode="indeterminate", length=pixels(self, _BAR_WIDTH), bootstyle="info")
        self._row = ttk.Frame(self)
        self.buttons = {
            act: ttk.Button(self._row, icon=icon, compound="left", bootstyle=style, command=acts[act])
            for act, (icon, style) in _BUTTONS.items()
        }
        self.icon.grid(row=0, column=0, pady=(0, space(self, 2)))
        self.title.grid(row=1, column=0)

    def show(self, words: CardWords | None) -> None:
        """Say something; None takes the card away."""
        if words is None:
            self._bar.stop()
            self.place_forget()
            return
        # The style first: the icon takes its colour from it.
        self.icon.configure(bootstyle=words.look.role.value)
        ttk.apply_icon(self.icon, words.look.icon, size=_ICON_SIZE, icon_only=True)
        self.title.configure(text=words.title)
        self.hint.configure(text=words.hint)
        gap = space(self, 2)
        _put(self.hint, bool(words.hint), row=2, pady=(gap, 0))
        _put(self._bar, words.look.busy, row=3, pady=(2 * gap, 0))
        _put(self._row, bool(words.acts), row=4, pady=(2 * gap, 0))
        offered = dict(words.acts)
        for column, (act, button) in enumerate(self.buttons.items()):
            button.configure(text=offered.get(act, ""))
            _put(button, act in offered, row=0, column=column, padx=gap // 2)
        if words.look.busy:
            self._bar.start()
        else:
            self._bar.stop()
        self.place(relx=0.5, rely=0.5, anchor="center")


def _put(widget: tk.Widget, shown: bool, **where: Any) -> None:
    if shown:
        widget.grid(**where)
    else:
        widget.grid_remove()
