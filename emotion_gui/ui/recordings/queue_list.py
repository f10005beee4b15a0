"""The recordings of the queue, one below the other, with a bar for each that is being analysed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

import ttkbootstrap as ttk

from emotion_gui.controller.queue_rows import QueueRow, RowState
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.look import on_new_look, paint, palette
from emotion_gui.ui.recordings.wording import state_line
from emotion_gui.ui.theme import Panel, pixels
from emotion_gui.ui.wording import shortened

_ROW_HEIGHT, _BAR_HEIGHT, _BAR_GAP = 28, 10, 8
_COLUMNS = {"recording": (N_("Recording"), 250), "name": (N_("Name or code"), 190), "bar": (N_("Progress"), 150)}
_STATE_WIDTH = 330
_SYMBOLS = {RowState.DONE: "✓ ", RowState.FAILED: "⚠ "}
_EMPTY = N_("No recordings yet. Add files, or a whole folder.")


class QueueList(Panel):
    """Shows the queue.

    Args:
        master: The parent widget.
        chosen: Called when the selection has changed.
        opened: Called when the selection is to be opened.

    Attributes:
        rows: The list; its item names are the recordings' keys.
        bars: The bar of each recording that is being analysed, by its key.
    """

    def __init__(self, master: tk.Misc, chosen: Callable[[], None], opened: Callable[[], None]) -> None:
        super().__init__(master)
        self._shown: dict[int, QueueRow] = {}
        self._running = False
        self.bars: dict[int, ttk.Progressbar] = {}
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.rows = self._build()
        self.empty = ttk.Label(self, text=_(_EMPTY), justify="center", wraplength=pixels(self, 420))
        paint(self.empty, foreground="muted", background="field")
        self.rows.bind("<<TreeviewSelect>>", lambda event: chosen())
        self.rows.bind("<Double-1>", lambda event: opened() if self.rows.identify_row(event.y) else None)
        self.rows.bind("<Return>", lambda event: opened())
        self.rows.bind("<Control-a>", lambda event: self.select_all())
        on_new_look(self, self._dress)
        self._dress()

    def _build(self) -> ttk.Treeview:
        rows = ttk.Treeview(self, columns=[*_COLUMNS, "state"], show="headings", selectmode="extended", height=4)
        look, style = ttk.Style(), str(rows.cget("style"))
        look.configure(style, rowheight=pixels(self, _ROW_HEIGHT))
        look.map(style, background=[("selected", look.colors.primary)])
        for key, (title, width) in {**_COLUMNS, "state": (N_("State"), _STATE_WIDTH)}.items():
            rows.column(key, width=pixels(self, width), minwidth=pixels(self, 60), anchor="w", stretch=key == "state")
            rows.heading(key, text=_(title), anchor="w")
        bar = ttk.Scrollbar(self, command=rows.yview)

        def scrolled(first: str, last: str) -> None:
            bar.set(first, last)
            self._place_bars()

        rows.configure(yscrollcommand=scrolled)
        rows.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        return rows

    @property
    def selected(self) -> tuple[QueueRow, ...]:
        """The selected recordings in the order of the list."""
        return tuple(self._shown[int(key)] for key in self.rows.selection() if int(key) in self._shown)

    def show(self, rows: Sequence[QueueRow], *, running: bool) -> bool:
        """Show the queue as it is by now; only what has changed is written anew.

        Returns:
            Whether anything had changed.
        """
        before, self._shown = self._shown, {row.key: row for row in rows}
        changed = [row for row in rows if before.get(row.key) is not row or running != self._running]
        self._running = running
        gone = [key for key in before if key not in self._shown]
        self.rows.delete(*map(str, gone))
        for row in changed:
            self._write(row)
        if rows:
            self.empty.place_forget()
        else:
            self.empty.place(relx=0.5, rely=0.5, anchor="center")
        self._keep_bars()
        return bool(changed or gone)

    def select(self, keys: Sequence[int]) -> None:
        """Select recordings and give the first the list's own focus, from which the arrow keys move."""
        self.rows.selection_set([str(key) for key in keys])
        if keys:
            self.rows.focus(str(keys[0]))
            self.rows.see(str(keys[0]))

    def select_all(self) -> str:
        """Select every recording."""
        self.rows.selection_set(self.rows.get_children())
        return "break"

    def _write(self, row: QueueRow) -> None:
        state = f"{_SYMBOLS.get(row.state, '')}{state_line(row, running=self._running)}"
        passed = f"{int(100 * row.share)} %" if row.state in {RowState.DONE, RowState.CANCELLED} else ""
        values = (row.recording.source.title, shortened(" ".join(row.name.split())), passed, state)
        if not self.rows.exists(str(row.key)):
            self.rows.insert("", "end", iid=str(row.key))
        self.rows.item(str(row.key), values=values, tags=(row.state.value,))

    def _keep_bars(self) -> None:
        analysed = {row.key: row for row in self._shown.values() if row.state is RowState.ANALYSING}
        for key in self.bars.keys() - analysed.keys():
            self.bars.pop(key).destroy()
        for key, row in analysed.items():
            if key not in self.bars:
                self.bars[key] = ttk.Progressbar(self.rows, maximum=1.0, bootstyle="primary")
            self.bars[key].configure(value=row.share)
        self._place_bars()

    def _place_bars(self) -> None:
        """Put each bar over its cell, where that is in sight."""
        gap, height = pixels(self, _BAR_GAP), pixels(self, _BAR_HEIGHT)
        for key, bar in self.bars.items():
            cell = self.rows.bbox(str(key), "bar")
            if cell:
                x, y, width, whole = cell
                bar.place(x=x + gap, y=y + (whole - height) // 2, width=width - 2 * gap, height=height)
            else:
                bar.place_forget()

    def _dress(self) -> None:
        colors = palette()
        self.rows.tag_configure(RowState.FAILED.value, foreground=colors.danger)
        self.rows.tag_configure(RowState.WAITING.value, foreground=colors.muted)
