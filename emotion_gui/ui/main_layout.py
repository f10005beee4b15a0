"""Where the main window's parts stand: beside each other, or one above the other where there is no room for that."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass

from emotion_gui.ui.scroll_area import ScrollArea
from emotion_gui.ui.theme import pixels, space

_SESSION_WIDTH, _VERDICT_WIDTH, _VIDEO_WH, _CHARTS_HEIGHT, _TIMELINE_HEIGHT = 290, 200, (220, 180), 200, 168
# What the picture must have beside the session; with less, it stands above.
_VIDEO_BESIDE = 220


@dataclass(frozen=True)
class Parts:
    """The five parts of the main window."""

    video: tk.Widget
    timeline: tk.Widget
    session: tk.Widget
    verdict: tk.Widget
    charts: tk.Widget


class MainLayout:
    """Arranges the parts in a scroll area by its width.

    Args:
        area: Holds the parts.
        parts: What is arranged.
    """

    def __init__(self, area: ScrollArea, parts: Parts) -> None:
        self._area = area
        self._content = area.content
        self._parts = parts
        self._columns = 0
        # The session's half is as narrow as its texts allow, the picture takes the rest.
        self._content.columnconfigure(0, weight=1)
        area.bind("<Configure>", lambda _: self._fit(), add="+")
        # Their words change with the session and the language, and with them what they need.
        parts.session.bind("<Configure>", lambda _: self._fit(), add="+")
        self._arrange(3)

    @property
    def columns(self) -> int:
        """How many parts stand beside each other: 3, 2 with the picture above, or 1."""
        return self._columns

    def _fit(self) -> None:
        width = self._area.winfo_width()
        # The verdict asks for what it has, because its words wrap; two gaps, the padding, and a scrollbar.
        verdict = pixels(self._content, _VERDICT_WIDTH)
        beside = self._parts.session.winfo_reqwidth() + verdict + space(self._content, 2 * 2 + 2 * 3 + 3)
        if width >= beside + pixels(self._content, _VIDEO_BESIDE):
            self._arrange(3)
        else:
            self._arrange(2 if width >= beside else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for row in range(5):
            self._content.rowconfigure(row, weight=0, minsize=0)
        if columns == 3:
            self._beside()
        else:
            self._below(verdict_beside=columns == 2)

    def _beside(self) -> None:
        content, parts, gap = self._content, self._parts, space(self._content, 2)
        content.columnconfigure(0, minsize=pixels(content, _VIDEO_WH[0]))
        content.columnconfigure(1, weight=0, minsize=pixels(content, _SESSION_WIDTH))
        content.rowconfigure(1, weight=1)
        content.rowconfigure(2, minsize=pixels(content, _TIMELINE_HEIGHT))
        parts.video.grid(row=0, column=0, rowspan=2, columnspan=1, sticky="nsew", padx=0, pady=0)
        parts.timeline.grid(row=2, column=0, columnspan=1, sticky="nsew", padx=0, pady=(gap, 0))
        parts.session.grid(row=0, column=1, columnspan=1, sticky="nsew", padx=(gap, 0), pady=0)
        parts.verdict.grid(row=0, column=2, columnspan=1, sticky="nsew", padx=(gap, 0), pady=0)
        parts.charts.grid(row=1, column=1, rowspan=2, columnspan=2, sticky="nsew", padx=(gap, 0), pady=(gap, 0))

    def _below(self, *, verdict_beside: bool) -> None:
        """The picture, the session with the verdict, then the charts, in the order in which they are needed."""
        content, parts, gap = self._content, self._parts, space(self._content, 2)
        content.columnconfigure(0, minsize=0)
        content.columnconfigure(1, weight=0, minsize=0)
        rows = (parts.video, parts.session, *(() if verdict_beside else (parts.verdict,)), parts.timeline, parts.charts)
        heights = {parts.video: _VIDEO_WH[1], parts.timeline: _TIMELINE_HEIGHT, parts.charts: _CHARTS_HEIGHT}
        for row, part in enumerate(rows):
            content.rowconfigure(row, minsize=pixels(content, heights.get(part, 0)), weight=int(part is parts.video))
            columns = 2 if verdict_beside and part is parts.session else 3
            part.grid(
                row=row, column=0, rowspan=1, columnspan=columns, sticky="nsew", padx=0, pady=(gap if row else 0, 0)
            )
        if verdict_beside:
            parts.verdict.grid(row=1, column=2, rowspan=1, columnspan=1, sticky="nsew", padx=(gap, 0), pady=(gap, 0))
