"""Markers, events and corrections of a past session in order of time; choosing one goes there."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import ttkbootstrap as ttk

from emotion_gui.core.corrections import Correction
from emotion_gui.core.markers import Marker
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import N_, _
from emotion_gui.export.content.wording import event_details, event_name
from emotion_gui.ui.look import paint
from emotion_gui.ui.review.wording import fine_clock, name_of
from emotion_gui.ui.theme import pixels, set_enabled, space
from emotion_gui.ui.tooltip import ToolTip

MARKERS, EVENTS, CORRECTIONS, BRIEF = "markers", "events", "corrections", "brief"
_ALL = "all"
_KINDS = {
    _ALL: N_("Everything"),
    MARKERS: N_("Markers"),
    EVENTS: N_("Events"),
    CORRECTIONS: N_("Corrections"),
    BRIEF: N_("Brief changes"),
}
_EMPTY = N_("Nothing is noted here. Press M to set a marker at the moment you look at.")


@dataclass(frozen=True)
class Entry:
    """One line of the list.

    Attributes:
        key: Its name in the list.
        kind: MARKERS, EVENTS, CORRECTIONS or BRIEF.
        time_s: Session time in seconds.
        text: As it is shown.
        item: The marker or correction, for those that can be changed.
    """

    key: str
    kind: str
    time_s: float
    text: str
    item: Marker | Correction | None = None


def entries_of(record: SessionRecord) -> list[Entry]:
    """Everything that stands beside the frames, in order of time."""
    return sorted(_entries(record), key=lambda entry: entry.time_s)


def _entries(record: SessionRecord) -> Iterator[Entry]:
    for marker in record.markers:
        text = " ".join(marker.text.split()) or _("(marker without a text)")
        yield Entry(f"{MARKERS}-{marker.marker_id}", MARKERS, marker.time_s, f"⚑ {text}", marker)
    for number, event in enumerate(record.events):
        details = event_details(event.kind, event.text)
        text = f"{event_name(event.kind)}: {details}" if details else event_name(event.kind)
        yield Entry(f"{EVENTS}-{number}", EVENTS, event.time_s, text)
    for correction in record.corrections:
        text = _("◆ {right} in place of {shown}").format(
            right=name_of(correction.right), shown=name_of(correction.shown)
        )
        yield Entry(f"{CORRECTIONS}-{correction.correction_id}", CORRECTIONS, correction.time_s, text, correction)
    for number, change in enumerate(record.brief_changes):
        text = _("Brief change: {emotion}, {length:.0f} ms").format(
            emotion=name_of(change.emotion), length=1000 * change.duration_s
        )
        yield Entry(f"{BRIEF}-{number}", BRIEF, change.time_s, text)


class EntriesPanel(ttk.Frame):
    """The list and what can be done with it.

    Args:
        master: The parent widget.
        on_choose: Called with the session time in seconds of the entry that was chosen.
        on_add: Adds a marker at the moment that is looked at.
        on_rename: Asks for another text of a marker.
        on_remove: Removes a marker or takes a correction back.

    Attributes:
        rows: The list; its item names are the keys of the entries.
    """

    def __init__(
        self,
        master: tk.Misc,
        *,
        on_choose: Callable[[float], None],
        on_add: Callable[[], None],
        on_rename: Callable[[Marker], None],
        on_remove: Callable[[Marker | Correction], None],
    ) -> None:
        super().__init__(master, padding=space(master, 2))
        self._on_choose = on_choose
        self._on_rename = on_rename
        self._on_remove = on_remove
        self._entries: dict[str, Entry] = {}
        self._all: list[Entry] = []
        self._filling = False
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.kind = ttk.Combobox(self, values=[_(title) for title in _KINDS.values()], state="readonly", width=16)
        self.kind.current(0)
        self.kind.bind("<<ComboboxSelected>>", lambda event: self._fill())
        self.kind.grid(row=0, column=0, sticky="w", pady=(0, space(self, 1)))
        self.rows = self._build_list()
        self._build_buttons(on_add)

    def _build_list(self) -> ttk.Treeview:
        rows = ttk.Treeview(self, columns=("time", "what"), show="headings", selectmode="browse", height=3)
        look, style = ttk.Style(), str(rows.cget("style"))
        look.configure(style, rowheight=pixels(self, 24))
        look.map(style, background=[("selected", look.colors.primary)])
        for key, title, width in (("time", _("Time"), 64), ("what", _("What"), 180)):
            rows.heading(key, text=title, anchor="w")
            rows.column(key, width=pixels(self, width), minwidth=pixels(self, width), stretch=key == "what")
        bar = ttk.Scrollbar(self, command=rows.yview)
        rows.configure(yscrollcommand=bar.set)
        rows.grid(row=1, column=0, sticky="nsew")
        bar.grid(row=1, column=1, sticky="ns")
        self.empty = ttk.Label(self, text=_(_EMPTY), justify="center", wraplength=pixels(self, 220))
        paint(self.empty, foreground="muted")
        rows.bind("<<TreeviewSelect>>", lambda event: self._chosen())
        rows.bind("<F2>", lambda event: self.rename())
        rows.bind("<Return>", lambda event: self.rename())
        rows.bind("<Delete>", lambda event: self.remove())
        return rows

    def _build_buttons(self, on_add: Callable[[], None]) -> None:
        row = ttk.Frame(self)
        row.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(space(self, 2), 0))
        self.add_button = ttk.Button(row, text=_("Add marker"), command=on_add)
        self.rename_button = ttk.Button(row, text=_("Rename..."), command=self.rename)
        self.remove_button = ttk.Button(row, text=_("Remove"), command=self.remove)
        for button in (self.add_button, self.rename_button, self.remove_button):
            button.pack(side="left", padx=(0, space(self, 1)))
        ToolTip(self.add_button, text=_("Set a marker at this moment (M)"))

    def show(self, record: SessionRecord) -> None:
        """Show the entries of a record; the chosen one stays chosen."""
        self._all = entries_of(record)
        self._fill()

    @property
    def selected(self) -> Entry | None:
        chosen = self.rows.selection()
        return self._entries.get(chosen[0]) if chosen else None

    def rename(self) -> None:
        entry = self.selected
        if entry and isinstance(entry.item, Marker):
            self._on_rename(entry.item)

    def remove(self) -> None:
        entry = self.selected
        if entry and entry.item is not None:
            self._on_remove(entry.item)

    def _fill(self) -> None:
        wanted = list(_KINDS)[self.kind.current()]
        chosen = self.rows.selection()
        self._entries = {entry.key: entry for entry in self._all if wanted in {_ALL, entry.kind}}
        self._filling = True
        self.rows.delete(*self.rows.get_children())
        for entry in self._entries.values():
            self.rows.insert("", "end", iid=entry.key, values=(fine_clock(entry.time_s), entry.text))
        kept = [key for key in chosen if key in self._entries]
        self.rows.selection_set(kept)
        self.rows.focus(kept[0] if kept else next(iter(self._entries), ""))
        # Tk tells of the selection when it is idle; by then it must still be known as ours.
        self.after_idle(self._filled)
        if self._entries:
            self.empty.place_forget()
        else:
            self.empty.place(in_=self.rows, relx=0.5, rely=0.55, anchor="center")
        self._refresh_buttons()

    def _filled(self) -> None:
        self._filling = False

    def _chosen(self) -> None:
        self._refresh_buttons()
        if self.selected and not self._filling:
            self._on_choose(self.selected.time_s)

    def _refresh_buttons(self) -> None:
        item = self.selected.item if self.selected else None
        set_enabled(self.rename_button, isinstance(item, Marker))
        set_enabled(self.remove_button, item is not None)
