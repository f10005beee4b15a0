"""The course of a past session with its scrubber: dragged, stepped through by keys, zoomed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import ttkbootstrap as ttk

from emotion_gui.controller.opened_session import ChartPlace, OpenedSession
from emotion_gui.core.moments import Moment
from emotion_gui.core.translation import _
from emotion_gui.ui.look import on_new_look, palette, worn
from emotion_gui.ui.picture_canvas import PictureCanvas
from emotion_gui.ui.review.scrub_bar import ScrubBar
from emotion_gui.ui.review.span import Span
from emotion_gui.ui.theme import SMALL_FONT, Card, muted_label, pixels, space
from emotion_gui.ui.tooltip import ToolTip

if TYPE_CHECKING:
    from emotion_gui.export.review_charts import DrawnCourse

STEP_S, FAR_S = 0.5, 10.0
_ZOOM = 0.5
_LABEL_LENGTH = 18
# Less than this many pixels is a click with a shaking hand and no stretch.
_LEAST_DRAG = 6
_OVERLAY = "overlay"


class ReviewTimeline(Card):
    """Chart, scrubber and zoom; the one place that knows which moment is looked at.

    Args:
        master: The parent widget.
        session: Draws the course.
        on_time: Called with the session time in seconds whenever another moment is looked at.

    Attributes:
        time_s: The moment that is looked at, in seconds of the session.
        span: The stretch that is shown.
    """

    def __init__(self, master: tk.Misc, session: OpenedSession, on_time: Callable[[float], None]) -> None:
        super().__init__(master, _("Course"), padding=2)
        self._session = session
        self._on_time = on_time
        self._drawn: DrawnCourse | None = None
        self._moment: Moment | None = None
        self._drag_x: int | None = None
        last = session.record.timeline.last(0.0)
        self.span = Span.whole(last[-1].start_s + last[-1].duration_s if last else 1.0)
        self.time_s = 0.0
        self.rowconfigure(1, weight=1)
        self._build_tools()
        self.canvas = PictureCanvas(self, background="ground", on_resize=lambda *_: self._redraw())
        self.canvas.configure(cursor="sb_h_double_arrow", takefocus=0)
        self.canvas.grid(row=1, column=0, columnspan=2, sticky="nsew")
        self.scrub_bar = ScrubBar(self, self.span, self._scrub_to)
        self.scrub_bar.grid(row=2, column=0, columnspan=2, sticky="ew")
        self._bind_events()
        on_new_look(self, self._redraw)

    def _build_tools(self) -> None:
        self.heading.grid_configure(columnspan=1)
        self.columnconfigure(0, weight=0)
        self.columnconfigure(1, weight=1)
        tools = ttk.Frame(self)
        tools.grid(row=0, column=1, sticky="ew")
        hint = _("Drag to scrub; arrow keys step; Shift and drag, or the wheel, zoom.")
        self.hint = muted_label(tools, hint)
        # Cut where a small window has no room for it, rather than pushing the buttons out.
        self.hint.configure(width=1, anchor="e")
        self.hint.pack(side="left", fill="x", expand=True, padx=space(self, 3))
        self.zoom_out = ttk.Button(tools, text="−", width=3, command=lambda: self.zoom(1 / _ZOOM))
        self.zoom_in = ttk.Button(tools, text="+", width=3, command=lambda: self.zoom(_ZOOM))
        self.show_all = ttk.Button(tools, text=_("Whole session"), command=self.show_whole)
        for button, tip in (
            (self.zoom_out, _("Show a longer stretch (-)")),
            (self.zoom_in, _("Show a shorter stretch (+)")),
            (self.show_all, _("Show all of it (0)")),
        ):
            button.pack(side="left", padx=(space(self, 1), 0))
            ToolTip(button, text=tip)

    def _bind_events(self) -> None:
        canvas, bar = self.canvas, self.scrub_bar
        canvas.bind("<Button-1>", self._pressed)
        canvas.bind("<B1-Motion>", self._dragged)
        canvas.bind("<Shift-Button-1>", self._choose_begins)
        canvas.bind("<Shift-B1-Motion>", self._choosing)
        canvas.bind("<ButtonRelease-1>", self._released)
        canvas.bind("<MouseWheel>", lambda event: self._wheel(event, up=event.delta > 0))
        # X11 reports the wheel as two buttons.
        canvas.bind("<Button-4>", lambda event: self._wheel(event, up=True))
        canvas.bind("<Button-5>", lambda event: self._wheel(event, up=False))
        steps = {"Left": -STEP_S, "Right": STEP_S, "Prior": -FAR_S, "Next": FAR_S}
        for key, step in steps.items():
            bar.bind(f"<{key}>", partial(self._step, step))
        bar.bind("<Shift-Left>", lambda _: self._go_beside(-1))
        bar.bind("<Shift-Right>", lambda _: self._go_beside(1))
        bar.bind("<Home>", lambda _: self.go_to(0.0))
        bar.bind("<End>", lambda _: self.go_to(self.span.whole_s))
        for key in ("plus", "KP_Add", "equal"):
            bar.bind(f"<{key}>", lambda _: self.zoom(_ZOOM))
        for key in ("minus", "KP_Subtract"):
            bar.bind(f"<{key}>", lambda _: self.zoom(1 / _ZOOM))
        bar.bind("<Key-0>", lambda _: self.show_whole())

    def go_to(self, time_s: float) -> None:
        """Look at another moment; the stretch that is shown follows it."""
        self.time_s = min(max(0.0, time_s), self.span.whole_s)
        self._show(self.span.following(self.time_s))
        self._draw_overlay()
        self._on_time(self.time_s)

    def _step(self, seconds: float, _event: object = None) -> None:
        self.go_to(self.time_s + seconds)

    def zoom(self, factor: float) -> None:
        """Show a stretch `factor` times as long around the moment that is looked at."""
        self._show(self.span.zoomed(self.time_s, factor))

    def show_whole(self) -> None:
        self._show(Span.whole(self.span.whole_s))

    def show_moment(self, moment: Moment) -> None:
        """Take what the record has at the moment, for stepping from result to result."""
        self._moment = moment

    def refresh(self) -> None:
        """Show the markers and corrections as they are now."""
        self._draw_overlay()

    def _show(self, span: Span) -> None:
        if span != self.span:
            self.span = span
            self._redraw()
            self._draw_overlay()

    def _redraw(self) -> None:
        size = self.canvas.winfo_width(), self.canvas.winfo_height()
        if size[0] < pixels(self, 200) or size[1] < pixels(self, 40):
            return
        # Text that is right at 100 pixels per inch would be tiny on a dense screen.
        place = ChartPlace(size, max(100.0, self.winfo_fpixels("1i")), worn().dark)
        self._session.draw_course((self.span.begin_s, self.span.end_s), place, self._take)

    def _take(self, drawn: DrawnCourse) -> None:
        # The window may have been closed while it was drawn.
        if not self.winfo_exists():
            return
        self._drawn = drawn
        self.canvas.show(drawn.rgb)
        self.scrub_bar.align(drawn.left_px, drawn.right_px)
        self._draw_overlay()

    def _x(self, time_s: float) -> float:
        """Where a moment lies on the canvas, in pixels; by the stretch wanted, which the picture follows."""
        left, right = self._edges()
        return left + self.span.share_of(time_s) * (right - left)

    def _time(self, x: float) -> float:
        left, right = self._edges()
        return self.span.time_at((x - left) / max(1.0, right - left))

    def _edges(self) -> tuple[float, float]:
        width = self.canvas.winfo_width()
        if self._drawn is None:
            return 0.0, float(width)
        shift = (width - self._drawn.rgb.shape[1]) / 2
        return self._drawn.left_px + shift, self._drawn.right_px + shift

    def _draw_overlay(self) -> None:
        canvas, colors = self.canvas, palette()
        canvas.delete(_OVERLAY)
        self.scrub_bar.show(self.span, self.time_s, [marker.time_s for marker in self._session.record.markers])
        if self._drawn is None:
            return
        top, bottom = self._drawn.top_px, self._drawn.bottom_px
        free_from = 0.0
        for marker in self._session.record.markers:
            x = self._x(marker.time_s)
            if not 0 <= self.span.share_of(marker.time_s) <= 1:
                continue
            canvas.create_line(x, top, x, bottom, fill=colors.ground, width=3, tags=_OVERLAY)
            canvas.create_line(x, top, x, bottom, fill=colors.accent, dash=(4, 3), tags=_OVERLAY)
            if x >= free_from:
                free_from = self._draw_flag(x, top, marker.text)
        for correction in self._session.record.corrections:
            if 0 <= self.span.share_of(correction.time_s) <= 1:
                self._draw_correction(self._x(correction.time_s), bottom, correction.right.color)
        if 0 <= self.span.share_of(self.time_s) <= 1:
            x = self._x(self.time_s)
            canvas.create_line(x, top - 4, x, bottom + 4, fill=colors.ground, width=4, tags=_OVERLAY)
            canvas.create_line(x, top - 4, x, bottom + 4, fill=colors.text, width=2, tags=_OVERLAY)

    def _draw_flag(self, x: float, top: float, text: str) -> float:
        """A marker's text beside its line, on a ground of its own; returns where the next one has room."""
        colors = palette()
        short = " ".join(text.split())
        short = short if len(short) <= _LABEL_LENGTH else f"{short[: _LABEL_LENGTH - 1]}…"
        item = self.canvas.create_text(
            x + 4, top + 3, text=short or "•", anchor="nw", font=SMALL_FONT, fill=colors.on_accent, tags=_OVERLAY
        )
        _left, upper, right, lower = self.canvas.bbox(item)
        ground = self.canvas.create_rectangle(
            x, upper - 1, right + 3, lower + 1, fill=colors.accent, outline="", tags=_OVERLAY
        )
        self.canvas.tag_lower(ground, item)
        return right + 6

    def _draw_correction(self, x: float, bottom: float, color: str) -> None:
        size = pixels(self, 5)
        points = (x, bottom - 2 * size, x + size, bottom - size, x, bottom, x - size, bottom - size)
        self.canvas.create_polygon(points, fill=color, outline=palette().text, width=1.5, tags=(_OVERLAY, "correction"))

    def _scrub_to(self, time_s: float) -> None:
        self.go_to(time_s)

    def _pressed(self, event: tk.Event[tk.Misc]) -> None:
        self.scrub_bar.focus_set()
        self._drag_x = None
        self.go_to(self._time(event.x))

    def _dragged(self, event: tk.Event[tk.Misc]) -> None:
        if self._drag_x is None:
            self.go_to(self._time(event.x))
        else:
            self._choosing(event)

    def _choose_begins(self, event: tk.Event[tk.Misc]) -> None:
        self.scrub_bar.focus_set()
        self._drag_x = event.x

    def _choosing(self, event: tk.Event[tk.Misc]) -> None:
        if self._drag_x is None or self._drawn is None:
            return
        self.canvas.delete("chosen")
        box = (self._drag_x, self._drawn.top_px, event.x, self._drawn.bottom_px)
        self.canvas.create_rectangle(*box, outline=palette().accent, width=2, dash=(4, 2), tags=(_OVERLAY, "chosen"))

    def _released(self, event: tk.Event[tk.Misc]) -> None:
        begin_x, self._drag_x = self._drag_x, None
        self.canvas.delete("chosen")
        if begin_x is not None and abs(event.x - begin_x) >= _LEAST_DRAG:
            self._show(self.span.stretch(self._time(begin_x), self._time(event.x)))

    def _wheel(self, event: tk.Event[tk.Misc], *, up: bool) -> None:
        self._show(self.span.zoomed(self._time(event.x), _ZOOM if up else 1 / _ZOOM))

    def _go_beside(self, direction: int) -> None:
        """To the result before or after this one."""
        if self._moment is None:
            return
        time_s = self._moment.before_s if direction < 0 else self._moment.after_s
        if time_s is not None:
            self.go_to(time_s)
