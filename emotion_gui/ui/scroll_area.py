"""A place that scrolls where a small screen or large text leaves less room than its content needs."""

from __future__ import annotations

import tkinter as tk
import weakref
from collections.abc import Callable
from tkinter import ttk as plain_ttk

import ttkbootstrap as ttk

from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import Panel, pixels

# They scroll themselves under the wheel.
_OWN_WHEEL = frozenset({"Treeview", "Text", "Listbox", "TCombobox", "TSpinbox", "Canvas"})
_STEP = 40


class ScrollArea(plain_ttk.Frame):
    """Gives its content the whole place, and scrolls where that is less than the content asks for.

    What gets the keyboard is scrolled into sight, so that Tab reaches everything.

    Args:
        master: The parent widget.
        least_wh: Width and height, at 96 dots per inch and 100 % text size, to which the content can shrink; None
            where it needs what it asks for.

    Attributes:
        content: Put the widgets here.
    """

    def __init__(self, master: tk.Misc, least_wh: tuple[int, int] | None = None) -> None:
        super().__init__(master, width=1, height=1)
        self._fitting: str | None = None
        self._least = (pixels(self, least_wh[0]), pixels(self, least_wh[1])) if least_wh else None
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, width=1, height=1)
        paint(self._canvas, background="ground")
        self._bars = (
            ttk.Scrollbar(self, orient="horizontal", command=self._canvas.xview),
            ttk.Scrollbar(self, orient="vertical", command=self._canvas.yview),
        )
        for bar in self._bars:
            bar.configure(takefocus=False)
        self._canvas.configure(xscrollcommand=self._bars[0].set, yscrollcommand=self._bars[1].set)
        self.content = Panel(self._canvas)
        self._item = self._canvas.create_window(0, 0, window=self.content, anchor="nw")
        self.bind("<Configure>", lambda _: self._fit())
        self._bind_window()

    def _bind_window(self) -> None:
        # That the content asks for less is told by no event of its own, but something in it becomes smaller.
        self._bind_outside("<Configure>", ScrollArea._changed)
        self._bind_outside("<FocusIn>", ScrollArea._focused)
        self._bind_outside("<MouseWheel>", lambda area, event: area._wheel(event, -1 if event.delta > 0 else 1))
        # X11 reports the wheel as two buttons.
        self._bind_outside("<Button-4>", lambda area, event: area._wheel(event, -1))
        self._bind_outside("<Button-5>", lambda area, event: area._wheel(event, 1))

    def _bind_outside(self, sequence: str, handle: Callable[[ScrollArea, tk.Event[tk.Misc]], None]) -> None:
        """Hear what happens to anything in the content; the window, which lives longer, must not keep it alive."""
        reference = weakref.ref(self)

        def heard(event: tk.Event[tk.Misc]) -> None:
            area = reference()
            if area is not None and area.winfo_exists() and area._holds(event.widget):
                handle(area, event)

        self.winfo_toplevel().bind(sequence, heard, add="+")

    def ask_for_all(self, most_height: int) -> None:
        """Ask for as much as the content does, where the window takes its size from what is in it.

        Args:
            most_height: Pixels that there can be; with less than is needed there is a bar, which wants its own room.
        """
        self.content.update_idletasks()
        width, height = self._wanted
        bar = self._bars[1].winfo_reqwidth() if height > most_height else 0
        self.configure(width=width + bar, height=min(height, most_height))

    @property
    def scrolls(self) -> tuple[bool, bool]:
        """Whether a part is out of sight to the side, and below."""
        return bool(self._bars[0].winfo_manager()), bool(self._bars[1].winfo_manager())

    @property
    def _wanted(self) -> tuple[int, int]:
        # A content that can shrink, and a text that wraps at its own width, ask for more than they need.
        return self._least or (self.content.winfo_reqwidth(), self.content.winfo_reqheight())

    def _changed(self, _event: tk.Event[tk.Misc]) -> None:
        if self._fitting is None:
            self._fitting = self.after_idle(self._fit)

    def _fit(self) -> None:
        self._fitting = None
        place = [self.winfo_width(), self.winfo_height()]
        wanted = self._wanted
        thick = (self._bars[1].winfo_reqwidth(), self._bars[0].winfo_reqheight())
        wide, high = wanted[0] > place[0], wanted[1] > place[1]
        # A bar takes room, which may make the other one necessary.
        wide = wide or (high and wanted[0] > place[0] - thick[0])
        high = high or (wide and wanted[1] > place[1] - thick[1])
        place = [place[0] - thick[0] * high, place[1] - thick[1] * wide]
        size = max(place[0], wanted[0]), max(place[1], wanted[1])
        # Placed and not gridded: a grid that is changed while it is laid out may forget to do the rest.
        self._canvas.place(x=0, y=0, width=max(1, place[0]), height=max(1, place[1]))
        self._show(self._bars[0], wide, x=0, y=place[1], width=place[0], height=thick[1])
        self._show(self._bars[1], high, x=place[0], y=0, width=thick[0], height=place[1])
        self._canvas.itemconfigure(self._item, width=size[0], height=size[1])
        self._canvas.configure(scrollregion=(0, 0, *size))

    @staticmethod
    def _show(bar: ttk.Scrollbar, shown: bool, **where: int) -> None:
        if shown:
            bar.place(**where)
        else:
            bar.place_forget()

    def _holds(self, widget: object) -> bool:
        return isinstance(widget, tk.Misc) and f"{widget}.".startswith(f"{self.content}.")

    def _focused(self, event: tk.Event[tk.Misc]) -> None:
        if any(self.scrolls):
            self.see(event.widget)

    def see(self, widget: tk.Misc) -> None:
        """Scroll until a widget of the content is in sight."""
        for axis, position, size, view in (
            (0, widget.winfo_rootx() - self.content.winfo_rootx(), widget.winfo_width(), self._canvas.winfo_width()),
            (1, widget.winfo_rooty() - self.content.winfo_rooty(), widget.winfo_height(), self._canvas.winfo_height()),
        ):
            whole = self.content.winfo_width() if axis == 0 else self.content.winfo_height()
            move = self._canvas.xview_moveto if axis == 0 else self._canvas.yview_moveto
            begin = (self._canvas.canvasx(0), self._canvas.canvasy(0))[axis]
            margin = pixels(self, 8)
            if size > view or position < begin:
                move(max(0, position - margin) / max(1, whole))
            elif position + size > begin + view:
                move((position + size + margin - view) / max(1, whole))

    def _wheel(self, event: tk.Event[tk.Misc], direction: int) -> None:
        if self.scrolls[1] and event.widget.winfo_class() not in _OWN_WHEEL:
            self._canvas.yview_moveto(
                (self._canvas.canvasy(0) + direction * pixels(self, _STEP)) / max(1, self.content.winfo_height())
            )
