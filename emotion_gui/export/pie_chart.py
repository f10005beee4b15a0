"""The pie of face time, for the screen and the report."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Wedge

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.translation import _
from emotion_gui.export.chart_theme import FONT, LIGHT, NO_FACE, TEXT_ON_EMOTION, ChartTheme, hatch_color, percent_text

# Below this a percentage does not fit into its slice, and a hatch is only dirt.
_ROOM_FOR_TEXT = 0.07
_TEXT_RADIUS = 0.62


class PieChart:
    """Slices in FER-2013 order, clockwise from the top; made once and then changed in place."""

    def __init__(self, axes: Axes, *, theme: ChartTheme = LIGHT, font_size: float = 9.0, hatches: bool = False) -> None:
        """Fill `axes` with an empty pie.

        Args:
            axes: Where to draw; its frame and ticks are removed.
            theme: Colours of background and text.
            font_size: Points.
            hatches: Whether large slices carry their emotion's hatch, for print without colour.
        """
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.set(xlim=(-1.02, 1.02), ylim=(-1.02, 1.02))
        self._hatches = hatches
        self._ground = axes.add_patch(Circle((0, 0), 1, facecolor=theme.track, edgecolor="none"))
        self._empty = axes.text(
            0, 0, _(NO_FACE), ha="center", va="center", color=theme.muted, fontsize=font_size, family=FONT
        )
        self._wedges = [
            Wedge(
                (0, 0),
                1,
                0,
                0,
                facecolor=e.color,
                edgecolor=theme.background,
                linewidth=1.0,
                hatchcolor=hatch_color(e, theme),
            )
            for e in EMOTIONS
        ]
        for wedge in self._wedges:
            axes.add_patch(wedge)
        self._texts = [
            axes.text(0, 0, "", ha="center", va="center", color=TEXT_ON_EMOTION[e], fontsize=font_size, family=FONT)
            for e in EMOTIONS
        ]
        if hatches:
            # Figures would drown in the hatch without a plain ground.
            for text, emotion in zip(self._texts, EMOTIONS, strict=True):
                text.set_bbox({"facecolor": emotion.color, "edgecolor": "none", "pad": 1.5})
        self.update((0.0,) * len(EMOTIONS))

    def update(self, shares: Sequence[float]) -> None:
        """Show other shares.

        Args:
            shares: Share per emotion in the order of `EMOTIONS`, 0 to 1; they sum to 1, or are all 0 for no face.
        """
        empty = not any(shares)
        self._empty.set_visible(empty)
        self._ground.set_visible(empty)
        angle = 90.0
        for index, share in enumerate(shares):
            end = angle - 360 * share
            self._set_slice(index, share, end, angle)
            angle = end

    def _set_slice(self, index: int, share: float, theta1: float, theta2: float) -> None:
        wedge, text = self._wedges[index], self._texts[index]
        wedge.set_visible(share > 0)
        wedge.set_theta1(theta1)
        wedge.set_theta2(theta2)
        roomy = share >= _ROOM_FOR_TEXT
        if self._hatches:
            wedge.set_hatch(EMOTIONS[index].hatch if roomy else "")
        text.set_visible(roomy)
        if roomy:
            middle = math.radians((theta1 + theta2) / 2)
            # The only slice has its middle at the bottom; its figure belongs into the centre.
            radius = 0.0 if share > 0.995 else _TEXT_RADIUS
            text.set_position((radius * math.cos(middle), radius * math.sin(middle)))
            text.set_text(percent_text(share))
