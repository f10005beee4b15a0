"""The colours of both themes by the part they play; no other module of the window names a colour."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.export.chart_theme import DARK as DARK_CHARTS
from emotion_gui.export.chart_theme import LIGHT as LIGHT_CHARTS
from emotion_gui.export.chart_theme import ChartTheme


@dataclass(frozen=True)
class Palette:
    """One theme; text in any of the roles stands out from its ground by 4.5 : 1 or more (WCAG 2.2, 1.4.3).

    Attributes:
        ground: Behind nearly everything; the charts have the same.
        text: What is read.
        muted: What is read second: captions, hints, units.
        track: Behind a bar.
        accent: The one colour of buttons, markers and the focus, readable on the ground.
        on_accent: Text on the accent.
        shown: The part of a track that is chosen.
        success: All is well.
        warning: Something should be looked at.
        danger: Something is wrong, or would be destroyed.
        on_danger: Text on the danger colour.
        field: Behind what is typed.
        border: Around fields and buttons.
        hover: Behind what the pointer is over.
        chosen: Behind selected text, which is as that on the accent; scrollbars are of it too, so it is quiet.
        disabled: Text of what cannot be used now; readable, though 4.5 : 1 is not asked of it.
        stage: Around the camera's picture, the same by day and by night as in every player.
        tip: Ground of a tooltip.
        on_tip: Text of a tooltip.
    """

    ground: str
    text: str
    muted: str
    track: str
    accent: str
    on_accent: str
    shown: str
    success: str
    warning: str
    danger: str
    on_danger: str
    field: str
    border: str
    hover: str
    chosen: str
    disabled: str
    stage: str
    tip: str
    on_tip: str


def _palette(charts: ChartTheme, **others: str) -> Palette:
    return Palette(charts.background, charts.text, charts.muted, charts.track, **others)


LIGHT = _palette(
    LIGHT_CHARTS,
    accent="#2457c5",
    on_accent="#ffffff",
    shown="#b9c9ee",
    success="#1a7f4b",
    warning="#8a5200",
    danger="#b3261e",
    on_danger="#ffffff",
    field="#ffffff",
    border="#b9c0c7",
    hover="#e4e8ed",
    chosen="#4f6079",
    disabled="#7b828a",
    stage="#20262e",
    tip="#1f2328",
    on_tip="#f4f6f8",
)
# By night, accents are light and carry dark text: dark ones would not stand out from a dark ground.
DARK = _palette(
    DARK_CHARTS,
    accent="#8ab4f8",
    on_accent="#000000",
    shown="#3d5a8c",
    success="#81c995",
    warning="#fdc869",
    danger="#f6a19b",
    on_danger="#000000",
    field="#2b3036",
    border="#5b636c",
    hover="#3a4149",
    chosen="#8793a5",
    disabled="#858c95",
    stage="#14171b",
    tip="#e9ecef",
    on_tip="#1f2328",
)


def contrast(one: str, other: str) -> float:
    """How much two '#rrggbb' colours stand out from each other, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
