"""The seven probabilities of one face, or their mean, as bars: a panel for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.export.chart_theme import FONT, ChartTheme, percent_text
from emotion_gui.export.page_text import Page

PANEL_HEIGHT = 300
_TITLE_HEIGHT, _GAP = 40, 60
_BAR_HEIGHT = 0.6
# Shares of a panel's width.
_BAR_LEFT, _BAR_RIGHT = 0.24, 0.86


@dataclass(frozen=True)
class ProbabilityPanel:
    """Seven probabilities under a title.

    Attributes:
        title: Whose they are.
        probabilities: 0 to 1, in the order of `EMOTIONS`.
    """

    title: str
    probabilities: Sequence[float]

    @property
    def words(self) -> str:
        """The same as a line, the most probable first: 'Face 1: Happy 97 %, Neutral 2 %'."""
        ranked = sorted(zip(EMOTIONS, self.probabilities, strict=True), key=lambda pair: -pair[1])
        named = ", ".join(f"{emotion.title} {percent_text(value)}" for emotion, value in ranked if value >= 0.005)
        return f"{self.title}: {named}"


def panels_height(count: int) -> int:
    """Pixels that so many panels take, two beside one another."""
    return PANEL_HEIGHT * ((count + 1) // 2)


def draw_panels(page: Page, panels: Sequence[ProbabilityPanel]) -> None:
    """Fill the page; one panel alone takes all of its width."""
    width = page.size_wh[0]
    panel_width = width if len(panels) == 1 else (width - _GAP) // 2
    for number, panel in enumerate(panels):
        row, column = divmod(number, 2)
        left, top = column * (panel_width + _GAP), row * PANEL_HEIGHT
        page.write_line(left, top + 6, panel.title, width=panel_width, size=9, weight="bold")
        height = PANEL_HEIGHT - _TITLE_HEIGHT - 20
        axes = page.figure.add_axes(page.place(left, top + _TITLE_HEIGHT, panel_width, height))
        _draw_rows(axes, panel.probabilities, page.theme)


def _draw_rows(axes: Axes, probabilities: Sequence[float], theme: ChartTheme) -> None:
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(len(EMOTIONS) - 0.5, -0.5))
    whole = _BAR_RIGHT - _BAR_LEFT
    for place, (emotion, value) in enumerate(zip(EMOTIONS, probabilities, strict=True)):
        top = place - _BAR_HEIGHT / 2
        hatch = emotion.hatch if value > 0.03 else ""
        axes.add_patch(Rectangle((_BAR_LEFT, top), whole, _BAR_HEIGHT, facecolor=theme.track))
        axes.add_patch(
            Rectangle(
                (_BAR_LEFT, top), whole * value, _BAR_HEIGHT,
                facecolor=emotion.color, edgecolor=theme.text, linewidth=0, hatch=hatch,
            )
        )  # fmt: skip
        style: dict[str, Any] = {"va": "center", "fontsize": 9, "family": FONT, "color": theme.text}
        axes.text(0, place, emotion.title, ha="left", **style)
        axes.text(1, place, percent_text(value), ha="right", **style)
