"""The markers of the session on the screen, to be given other words or taken away."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as ttk

from emotion_gui.core.markers import Marker, marker_title
from emotion_gui.core.translation import _
from emotion_gui.ui.controller_port import Markers
from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import APP_NAME, fit_window, pixels, place_over, set_enabled, space
from emotion_gui.ui.wording import clock

_ROW_HEIGHT = 28
_SIZE = 460, 360


class MarkerWindow(ttk.Toplevel):
    """A list that stays open beside the main window; changes are kept at once.

    Args:
        master: The main window.
        markers: What is shown and changed.

    Attributes:
        rows: The list; its item names are the markers' ids.
        field: The text of the marker that is chosen.
        remove_button: Takes it away.
    """

    def __init__(self, master: tk.Tk | tk.Toplevel, markers: Markers) -> None:
        super().__init__(title=f"{_('Markers')} - {APP_NAME}", master=master)
        self._markers = markers
        self._shown: tuple[Marker, ...] | None = None
        self._chosen: Marker | None = None
        self._text = tk.StringVar(self)
        fit_window(self, _SIZE, (320, 240))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.rows = self._build_list()
        self._build_line()
        self.bind("<Escape>", lambda _event: self.close())
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.refresh()
        place_over(self, master)

    def _build_list(self) -> ttk.Treeview:
        gap = space(self, 3)
        frame = ttk.Frame(self, padding=(gap, gap, gap, 0))
        frame.grid(row=0, column=0, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        rows = ttk.Treeview(frame, columns=("time", "text"), show="headings", selectmode="browse")
        look, style = ttk.Style(), str(rows.cget("style"))
        look.configure(style, rowheight=pixels(self, _ROW_HEIGHT))
        look.map(style, background=[("selected", look.colors.primary)])
        for key, title, width in (("time", _("Time"), 80), ("text", _("Text"), 320)):
            rows.heading(key, text=title, anchor="w")
            rows.column(key, width=pixels(self, width), anchor="w", stretch=key == "text")
        bar = ttk.Scrollbar(frame, command=rows.yview)
        rows.configure(yscrollcommand=bar.set)
        rows.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        self.empty = paint(ttk.Label(frame, justify="center"), foreground="muted")
        rows.bind("<<TreeviewSelect>>", lambda _event: self._choose())
        rows.bind("<Delete>", lambda _event: self.remove())
        rows.bind("<Return>", lambda _event: self.field.focus_set())
        rows.bind("<Double-1>", lambda _event: self.field.focus_set())
        return rows

    def _build_line(self) -> None:
        gap = space(self, 2)
        line = ttk.Frame(self, padding=space(self, 3))
        line.grid(row=1, column=0, sticky="ew")
        line.columnconfigure(1, weight=1)
        ttk.Label(line, text=_("Text")).grid(row=0, column=0, padx=(0, gap))
        self.field = ttk.Entry(line, textvariable=self._text)
        self.field.grid(row=0, column=1, sticky="ew")
        self.remove_button = ttk.Button(line, text=_("Remove"), icon="trash", command=self.remove)
        self.remove_button.grid(row=0, column=2, padx=(gap, 0))
        self.field.bind("<Return>", lambda _event: self._keep())
        self.field.bind("<Escape>", lambda _event: self._restore())
        self.field.bind("<FocusOut>", lambda _event: self._keep())

    def refresh(self) -> None:
        """Follow the session; called some times a second."""
        markers = self._markers.all
        if markers == self._shown:
            return
        self._shown = markers
        known = set(self.rows.get_children())
        for identity in known - {marker.marker_id for marker in markers}:
            self.rows.delete(identity)
        for number, marker in enumerate(markers, 1):
            self._show(marker, number, is_new=marker.marker_id not in known)
        self.empty.configure(text=_("No markers yet.\nPress M while a session runs to set one."))
        if markers:
            self.empty.place_forget()
        else:
            self.empty.place(relx=0.5, rely=0.55, anchor="center")
        self._choose()

    def _show(self, marker: Marker, number: int, *, is_new: bool) -> None:
        values = clock(marker.time_s), marker_title(marker, number)
        if is_new:
            self.rows.insert("", number - 1, marker.marker_id, values=values)
            self.rows.see(marker.marker_id)
        elif tuple(self.rows.item(marker.marker_id, "values")) != values:
            self.rows.item(marker.marker_id, values=values)

    def remove(self) -> None:
        """Take the chosen marker away and choose its neighbour."""
        chosen = self._chosen
        if chosen is None:
            return
        neighbour = self.rows.next(chosen.marker_id) or self.rows.prev(chosen.marker_id)
        self._chosen = None
        self._markers.remove(chosen)
        self.refresh()
        if neighbour:
            self.rows.selection_set(neighbour)
            self.rows.focus(neighbour)

    def close(self) -> None:
        self._keep()
        self.destroy()

    def _choose(self) -> None:
        """Show the text of the row that is selected; what was typed for the one before is kept."""
        selected = self.rows.selection()
        chosen = next((marker for marker in self._markers.all if marker.marker_id in selected), None)
        if chosen is None or self._chosen is None or chosen.marker_id != self._chosen.marker_id:
            self._keep()
            self._chosen = chosen
            self._text.set(chosen.text if chosen else "")
        for widget in (self.field, self.remove_button):
            set_enabled(widget, chosen is not None)

    def _restore(self) -> str:
        self._text.set(self._chosen.text if self._chosen else "")
        self.rows.focus_set()
        return "break"

    def _keep(self) -> None:
        chosen, text = self._chosen, self._text.get().strip()
        if chosen and text != chosen.text:
            self._chosen = None
            self._markers.rename(chosen, text)
            self.refresh()
