"""What all charts share: colours of light and dark backgrounds, and how figures are written."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.translation import N_

NO_FACE = N_("No face counted yet")
# Ships with matplotlib, so that charts look the same on every system.
FONT = "DejaVu Sans"


@dataclass(frozen=True)
class ChartTheme:
    """Colours that are not an emotion's.

    Attributes:
        background: Behind everything.
        text: Names and figures.
        muted: Axes, captions and empty states.
        track: Behind a bar, and where the timeline has no face.
    """

    background: str
    text: str
    muted: str
    track: str


LIGHT = ChartTheme("#ffffff", "#1f2328", "#5c6370", "#eceef1")
DARK = ChartTheme("#22262b", "#e9ecef", "#a9b0b8", "#343a41")


def text_color_on(color: str) -> str:
    """Near-black or white, whichever stands out more from a '#rrggbb' ground.

    The contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): both choices are equally
    readable at a relative luminance of 0.179.
    """
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#1a1a1a" if luminance > 0.179 else "#ffffff"


# How much of the ground's colour a hatch has; with all of it, bars would look bitten into.
HATCH_STRENGTH = 0.6


def hatch_color(emotion: Emotion, theme: ChartTheme) -> str:
    """Of the lines over an emotion's colour: between that and the ground, and told apart from both."""
    pairs = [(int(emotion.color[at : at + 2], 16), int(theme.background[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(own + HATCH_STRENGTH * (ground - own)):02x}" for own, ground in pairs)


TEXT_ON_EMOTION = {emotion: text_color_on(emotion.color) for emotion in EMOTIONS}


def percent_text(share: float) -> str:
    """A share from 0 to 1 in whole percent; what was seen is never written as 0."""
    return "<1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def duration_text(seconds: float) -> str:
    """Seconds as a person reads them: '0.4 s', '12 s', '2:05 min', '1:02:05 h'."""
    if 0 < seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{clock_text(whole)} {'min' if whole < 3600 else 'h'}"


def clock_text(seconds: float) -> str:
    """Session time as m:ss, from an hour on as h:mm:ss; rounded to whole seconds."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
