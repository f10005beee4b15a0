"""A strip over the window that tells something until it is dismissed, without stopping an interview."""

from __future__ import annotations

import tkinter as tk
from collections import deque

import ttkbootstrap as ttk

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.translation import _
from emotion_gui.ui.look import on_new_look
from emotion_gui.ui.situation import TOLD
from emotion_gui.ui.situation_looks import LOOKS
from emotion_gui.ui.theme import STRONG_FONT, Panel, space, wrap_to_width
from emotion_gui.ui.tint import tint

_ICON_SIZE = 20


class NoticeBanner(Panel):
    """Shows notices one after another; takes no room while there is none.

    Args:
        master: A window or frame whose grid it stands in, first column.
        row: Its row there.

    Attributes:
        icon: How it is meant.
        text: What is the case, and how many more there are to read.
        hint: What to do about it, or where to look.
        offers: The buttons for what can be done about it.
    """

    def __init__(self, master: tk.Misc, row: int) -> None:
        super().__init__(master)
        self._waiting: deque[Notice] = deque()
        self._row = ttk.Frame(self, padding=(space(self, 3), space(self, 2)))
        self._row.pack(fill="x")
        self._row.columnconfigure(1, weight=1)
        self.icon = ttk.Label(self._row)
        self._words = ttk.Frame(self._row)
        # They ask for next to no width and take what there is: a label that both wraps and asks never comes to rest.
        self.text = ttk.Label(self._words, font=STRONG_FONT, anchor="w", width=1)
        self.hint = ttk.Label(self._words, anchor="w", width=1)
        self._buttons = ttk.Frame(self._row)
        self.offers: list[ttk.Button] = []
        self.close = ttk.Button(self._buttons, text=_("Close"), command=self.dismiss)
        self.icon.grid(row=0, column=0, padx=(0, space(self, 2)))
        self._words.grid(row=0, column=1, sticky="ew")
        self._buttons.grid(row=0, column=2, padx=(space(self, 2), 0))
        for label in (self.text, self.hint):
            label.pack(fill="x")
            wrap_to_width(label)
        master.columnconfigure(0, weight=1)
        self.grid(row=row, column=0, sticky="ew")
        self.grid_remove()
        on_new_look(self, self._dress)

    @property
    def said(self) -> str:
        """Everything that can be read."""
        return f"{self.text.cget('text')} {self.hint.cget('text')}".strip()

    def tell(self, notice: Notice) -> None:
        """Show a notice after those that wait, trouble before news; what waits already is not repeated."""
        if notice in self._waiting:
            return
        if notice.topic:
            self._waiting = deque(waiting for waiting in self._waiting if waiting.topic != notice.topic)
        if notice.level is Level.ERROR:
            # News that nobody has closed must not hide that something is wrong.
            self._waiting = deque(waiting for waiting in self._waiting if waiting.level is Level.ERROR)
        self._waiting.append(notice)
        self._show()

    def dismiss(self) -> None:
        if self._waiting:
            self._waiting.popleft()
        self._show()

    def _show(self) -> None:
        if not self._waiting:
            self.grid_remove()
            return
        notice = self._waiting[0]
        self._dress()
        more = "  " + _("({count} more)").format(count=len(self._waiting) - 1) if len(self._waiting) > 1 else ""
        self.text.configure(text=notice.message + more)
        self.hint.configure(text=notice.hint)
        if notice.hint:
            self.hint.pack(fill="x")
        else:
            self.hint.pack_forget()
        self._show_buttons(notice)
        self.grid()

    def _dress(self) -> None:
        if not self._waiting:
            return
        look = LOOKS[TOLD[self._waiting[0].level]]
        ground = tint(look.role)
        for widget in (self._row, self._words, self._buttons, self.text, self.hint):
            widget.configure(bootstyle=ground)
        self.icon.configure(bootstyle=f"{look.role.value} {ground}")
        ttk.apply_icon(self.icon, look.icon, size=_ICON_SIZE, icon_only=True)

    def _show_buttons(self, notice: Notice) -> None:
        for button in self.offers:
            button.destroy()
        self.offers = [ttk.Button(self._buttons, text=offer.label, command=offer.do) for offer in notice.offers]
        self.close.pack_forget()
        # What goes on cannot be closed: it makes room itself for what comes of it.
        closing = [] if notice.level is Level.BUSY else [self.close]
        for button in [*self.offers, *closing]:
            button.pack(side="left", padx=(space(self, 1), 0))
