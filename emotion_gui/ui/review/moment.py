"""One moment of a past session: what was named, how sure, how well it was seen, and the label set right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as ttk

from emotion_gui.core.consent import Consent
from emotion_gui.core.corrections import Correction
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.moments import Moment
from emotion_gui.core.translation import _
from emotion_gui.ui.look import paint
from emotion_gui.ui.review.wording import correction_line, counted_line, fine_clock, moment_line, name_of, quality_line
from emotion_gui.ui.theme import STRONG_FONT, Card, muted_label, pixels, set_enabled, space, wrap_to_width
from emotion_gui.ui.tooltip import ToolTip

_BAR_WIDTH, _BAR_HEIGHT, _TEXT_WIDTH = 60, 12, 200


@dataclass(frozen=True)
class _Row:
    button: ttk.Button
    bar: tk.Canvas
    fill: int
    figures: tuple[ttk.Label, ttk.Label, ttk.Label]


class MomentPanel(Card):
    """Shows a `Moment`; seven buttons name the right expression.

    Args:
        master: The parent widget.
        on_right: Called with the expression that the user says is the right one.
        on_take_back: Called to take the correction of this moment back.
    """

    def __init__(
        self, master: tk.Misc, on_right: Callable[[Emotion], None], on_take_back: Callable[[Correction], None]
    ) -> None:
        super().__init__(master, padding=2)
        self._on_take_back = on_take_back
        self.moment: Moment | None = None
        self.correction: Correction | None = None
        self.label = ttk.Label(self, font=STRONG_FONT)
        self.state_line = paint(ttk.Label(self), foreground="muted")
        self.quality = muted_label(self)
        self.remark = ttk.Label(self, justify="left")
        self.take_back_button = ttk.Button(self, text=_("Take back"), command=self.take_back)
        self._rows = self._build_table(on_right, first=3)
        self._arrange()

    def _arrange(self) -> None:
        gap = space(self, 1)
        self.columnconfigure(0, weight=0)
        self.columnconfigure(1, weight=1)
        for row, label in enumerate((self.label, self.state_line)):
            label.grid(row=row, column=0, columnspan=5, sticky="ew")
        for row, label in enumerate((self.remark, self.quality), start=11):
            label.grid(row=row, column=0, columnspan=5, sticky="ew", pady=(gap, 0))
        for label in (self.remark, self.state_line, self.quality):
            # Narrow from the start, so that a long sentence never widens the panel.
            label.configure(wraplength=pixels(self, _TEXT_WIDTH), justify="left")
            wrap_to_width(label)
        # Over the lines' empty right half: with a place of its own it would push the table when it comes and goes.
        self.take_back_button.grid(row=0, column=3, columnspan=2, rowspan=2, sticky="ne")
        self.take_back_button.grid_remove()

    def _build_table(self, on_right: Callable[[Emotion], None], first: int) -> tuple[_Row, ...]:
        titles = (_("Right label"), "", _("shown"), _("smoothed"), _("single"))
        tips = (
            _("Press a name, or its number key, where the program is wrong"),
            "",
            _("What was shown and counted"),
            _("Smoothed over time, before the personal baseline"),
            _("What the model said of this picture alone"),
        )
        for column, title in enumerate(titles):
            anchor = "w" if column < 2 else "e"
            heading = muted_label(self, title)
            heading.grid(row=first - 1, column=column, sticky=anchor, padx=(space(self, 1), 0))
            if tips[column]:
                ToolTip(heading, text=tips[column])
        return tuple(self._build_row(first, number, emotion, on_right) for number, emotion in enumerate(EMOTIONS))

    def _build_row(self, first: int, number: int, emotion: Emotion, on_right: Callable[[Emotion], None]) -> _Row:
        row, gap = first + number, space(self, 1)
        button = ttk.Button(
            self, text=f"{number + 1}  {name_of(emotion)}", command=lambda: on_right(emotion), takefocus=False
        )
        button.configure(padding=(gap, 0))
        button.grid(row=row, column=0, sticky="ew", pady=(0, 1))
        ToolTip(button, text=_("The right label of this moment is this one (key {key})").format(key=number + 1))
        height = pixels(self, _BAR_HEIGHT)
        bar = tk.Canvas(self, width=pixels(self, _BAR_WIDTH), height=height, highlightthickness=0)
        paint(bar, background="track")
        bar.grid(row=row, column=1, sticky="ew", padx=2 * gap)
        fill = bar.create_rectangle(0, 0, 0, height, fill=emotion.color, outline="")
        figures = (ttk.Label(self, width=5), ttk.Label(self, width=5), ttk.Label(self, width=5))
        for column, figure in enumerate(figures, start=2):
            paint(figure, foreground="muted" if column > 2 else "text").configure(anchor="e")
            figure.grid(row=row, column=column, sticky="e", padx=(gap, 0))
        bar.bind("<Configure>", lambda _: self._draw_bars())
        return _Row(button, bar, fill, figures)

    def show(self, moment: Moment, correction: Correction | None, consent: Consent | None) -> None:
        """Show what the record has of a moment, how it was set right, and whether its picture was kept with that."""
        self.moment, self.correction = moment, correction
        self.label.configure(text=f"{fine_clock(moment.time_s)}   {moment_line(moment)}")
        counts = moment.face is not None and moment.face.counts
        self.state_line.configure(text=counted_line(moment))
        paint(self.state_line, foreground="muted" if counts else "warning")
        self.quality.configure(text=quality_line(moment.face))
        face = moment.face
        shown = face.probabilities if face else ()
        columns: tuple[Sequence[float], ...] = (
            shown,
            (face.smoothed or shown) if face else (),
            (face.raw or shown) if face else (),
        )
        for index, row in enumerate(self._rows):
            for figure, values in zip(row.figures, columns, strict=True):
                figure.configure(text=f"{100 * values[index]:.0f} %" if values else "")
            set_enabled(row.button, face is not None)
            chosen = correction is not None and correction.right is EMOTIONS[index]
            row.button.configure(bootstyle="primary" if chosen else "default")
        self._draw_bars()
        self._show_correction(correction, consent)

    def _show_correction(self, correction: Correction | None, consent: Consent | None) -> None:
        if correction is None:
            self.remark.configure(text="")
            self.take_back_button.grid_remove()
            return
        self.remark.configure(text=correction_line(correction, consent))
        self.take_back_button.grid()
        self.take_back_button.lift()

    def press(self, number: int) -> None:
        """Press the button of an expression, as its number key does; 0 is the first."""
        self._rows[number].button.invoke()

    def take_back(self) -> None:
        if self.correction:
            self._on_take_back(self.correction)

    def _draw_bars(self) -> None:
        face = self.moment.face if self.moment else None
        for index, row in enumerate(getattr(self, "_rows", ())):
            share = face.probabilities[index] if face else 0.0
            row.bar.coords(row.fill, 0, 0, share * row.bar.winfo_width(), row.bar.winfo_height())
