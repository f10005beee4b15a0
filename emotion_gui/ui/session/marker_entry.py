"""The line over the picture that asks what a marker is about, while everything goes on."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as ttk

from emotion_gui.core.markers import Marker
from emotion_gui.core.translation import _
from emotion_gui.ui.keyboard import keyboard_path
from emotion_gui.ui.theme import STRONG_FONT, Card, muted_label, space
from emotion_gui.ui.tooltip import ToolTip
from emotion_gui.ui.wording import clock

_WIDTH = 34


class MarkerEntry(Card):
    """Asks for the text of one marker: Return keeps it, Escape leaves the marker without.

    Args:
        stage: What it stands over, at the lower edge.
        keep: Takes the marker and its text.
        show_all: Opens the list of all markers.

    Attributes:
        field: Where the text is typed.
    """

    def __init__(self, stage: tk.Misc, *, keep: Callable[[Marker, str], None], show_all: Callable[[], None]) -> None:
        super().__init__(stage, padding=2)
        self._keep = keep
        self._marker: Marker | None = None
        self._suggested = ""
        self._had_keyboard = False
        self._text = tk.StringVar(self)
        self._title = ttk.Label(self, font=STRONG_FONT)
        self._title.grid(row=0, column=0, sticky="w")
        self.field = ttk.Entry(self, textvariable=self._text, width=_WIDTH)
        self.field.grid(row=1, column=0, columnspan=2, sticky="ew")
        listing = ttk.Button(self, icon="list-ul", bootstyle="ghost", command=show_all, takefocus=False)
        listing.grid(row=0, column=1, sticky="e")
        ToolTip(listing, text=_("All markers of this session (Shift+M)"))
        hint = muted_label(self, _("Enter keeps the text, Esc leaves none."))
        hint.grid(row=2, column=0, columnspan=2, sticky="w", pady=(space(self, 1), 0))
        self.field.bind("<Return>", lambda _event: self._answer(self._text.get()))
        self.field.bind("<KP_Enter>", lambda _event: self._answer(self._text.get()))
        self.field.bind("<Escape>", lambda _event: self._answer(""))
        self.field.bind("<FocusIn>", lambda _event: self._entered())

    @property
    def is_open(self) -> bool:
        return self._marker is not None

    def ask(self, marker: Marker, suggested: str) -> None:
        """Ask for a marker's text; what was typed for the one before is kept.

        Args:
            marker: The new marker.
            suggested: Text that stands there already, to be kept or typed over.
        """
        self.keep_typed()
        self._marker, self._suggested = marker, suggested
        self._had_keyboard = False
        self._title.configure(text=_("Marker at {time}").format(time=clock(marker.time_s)))
        self._text.set(suggested)
        self.field.selection_range(0, "end")
        self.field.icursor("end")
        self.place(relx=0.5, rely=1.0, y=-space(self, 2), anchor="s")
        self.lift()
        self.field.focus_set()

    @property
    def untouched(self) -> bool:
        """Whether it is open and nothing was typed yet."""
        return self.is_open and self._text.get() == self._suggested

    def keep_typed(self) -> None:
        """Keep what was typed so far; a suggestion that nobody confirmed is none."""
        text = self._text.get()
        if self._marker and text != self._suggested:
            self._keep(self._marker, text.strip())

    def refresh(self) -> None:
        """Close when the keyboard went elsewhere in the program; another program may be looked at meanwhile."""
        # Asked and not bound to <FocusOut>: the event comes before the new focus is known.
        focus = keyboard_path(self) if self.is_open and self._had_keyboard else ""
        if focus and focus != str(self.field):
            self.keep_typed()
            self.close()

    def close(self) -> None:
        self._marker = None
        self.place_forget()

    def _answer(self, text: str) -> str:
        marker = self._marker
        self.close()
        # The keyboard is for Space and M now.
        self.winfo_toplevel().focus_set()
        if marker and text.strip():
            self._keep(marker, text.strip())
        return "break"

    def _entered(self) -> None:
        self._had_keyboard = True
