"""The row over the history in which one says what to look for."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from datetime import date

import ttkbootstrap as ttk

from emotion_gui.core.consent import Purpose
from emotion_gui.core.consent_texts import PURPOSES
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.translation import _, plural
from emotion_gui.ui.history.filter import HistoryFilter, parse_day
from emotion_gui.ui.look import paint
from emotion_gui.ui.theme import Panel, muted_label, set_enabled, space
from emotion_gui.ui.tooltip import ToolTip


class HistorySearch(Panel):
    """Candidate, days, purpose and verdict; every change is told at once.

    Args:
        master: The parent widget.
        changed: Called after each change.

    Attributes:
        candidate: The input that is searched by as one types.
    """

    def __init__(self, master: tk.Misc, changed: Callable[[], None]) -> None:
        super().__init__(master)
        self._tell = changed
        self._quiet = False
        self._texts = {name: tk.StringVar(self) for name in ("candidate", "begin", "end")}
        self._purposes: dict[str, Purpose | None] = {_("Any purpose"): None}
        self._purposes |= {_(title): purpose for purpose, title in PURPOSES.items()}
        self._verdicts: dict[str, Verdict | None] = {_("Any verdict"): None}
        self._verdicts |= {_(verdict.title): verdict for verdict in Verdict}
        self.candidate = self._entry("candidate", _("Candidate"), 0, 20)
        self.begin = self._entry("begin", _("From"), 1, 11)
        self.end = self._entry("end", _("To"), 2, 11)
        self.purpose = self._choice(list(self._purposes), _("Purpose"), 3, 14)
        self.verdict = self._choice(list(self._verdicts), _("Verdict"), 4, 17)
        self.clear_button = ttk.Button(self, text=_("Clear"), command=self.clear)
        self.clear_button.grid(row=1, column=5, sticky="w")
        self.columnconfigure(6, weight=1)
        self.shown = paint(ttk.Label(self), foreground="muted")
        # Over the button, where there is room in every language.
        self.shown.grid(row=0, column=5, columnspan=2, sticky="e")
        self.problem = paint(ttk.Label(self), foreground="danger")
        self.problem.grid(row=2, column=0, columnspan=7, sticky="w", pady=(space(self, 1), 0))
        self.problem.grid_remove()
        for entry in (self.begin, self.end):
            ToolTip(entry, text=_("A day, such as {day}").format(day=date.today().isoformat()))
        self._quietly_clear()

    def _entry(self, name: str, title: str, column: int, width: int) -> ttk.Entry:
        entry = ttk.Entry(self, textvariable=self._texts[name], width=width)
        self._place(entry, title, column)
        self._texts[name].trace_add("write", lambda *event: self._changed())
        return entry

    def _choice(self, titles: list[str], title: str, column: int, width: int) -> ttk.Combobox:
        box = ttk.Combobox(self, values=titles, state="readonly", width=width)
        self._place(box, title, column)
        box.bind("<<ComboboxSelected>>", lambda event: self._changed())
        return box

    def _place(self, widget: tk.Widget, title: str, column: int) -> None:
        gap = space(self, 2)
        muted_label(self, title).grid(row=0, column=column, sticky="w")
        widget.grid(row=1, column=column, sticky="w", padx=(0, gap))

    @property
    def wanted(self) -> HistoryFilter:
        """What is looked for; a day that cannot be read sets no limit."""
        days = {name: self._day(name) for name in ("begin", "end")}
        return HistoryFilter(
            self._texts["candidate"].get(),
            days["begin"],
            days["end"],
            self._purposes[self.purpose.get()],
            self._verdicts[self.verdict.get()],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return self.wanted == HistoryFilter() and not any(text.get() for text in self._texts.values())

    def clear(self) -> None:
        """Look for nothing any more."""
        self._quietly_clear()
        self._changed()

    def show_count(self, shown: int, total: int) -> None:
        """Say how many of the sessions are shown."""
        if shown == total:
            text = plural("{count} session", "{count} sessions", total)
        else:
            text = _("showing {shown} of {total}").format(shown=shown, total=total)
        self.shown.configure(text=text)
        set_enabled(self.clear_button, not self.is_empty)

    def _quietly_clear(self) -> None:
        self._quiet = True
        for text in self._texts.values():
            text.set("")
        self.purpose.current(0)
        self.verdict.current(0)
        self._quiet = False

    def _day(self, name: str) -> date | None:
        try:
            return parse_day(self._texts[name].get())
        except ValueError:
            return None

    def _changed(self) -> None:
        if self._quiet:
            return
        self.problem.configure(text=self._problem())
        if self._problem():
            self.problem.grid()
        else:
            self.problem.grid_remove()
        self._tell()

    def _problem(self) -> str:
        for name, title in (("begin", _("From")), ("end", _("To"))):
            try:
                parse_day(self._texts[name].get())
            except ValueError:
                example = date.today().isoformat()
                return _("⚠ {field}: enter a day such as {day}.").format(field=title, day=example)
        wanted = self.wanted
        if wanted.begin and wanted.end and wanted.begin > wanted.end:
            return _("⚠ The first day lies after the last one.")
        return ""
