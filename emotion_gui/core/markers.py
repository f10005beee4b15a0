"""Notes at a moment of a session: 'question 3'."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from emotion_gui.core.translation import _

_NUMBERED = re.compile(r"(.*?)([0-9]{1,6})\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marker:
    """A note at one moment.

    Attributes:
        time_s: Session time in seconds.
        text: As typed; may be empty.
        marker_id: 32 hexadecimal digits; the same after the text was edited.
    """

    time_s: float
    text: str = ""
    marker_id: str = field(default_factory=lambda: uuid.uuid4().hex)


def suggested_text(markers: Sequence[Marker]) -> str:
    """What the newest marker is probably about: the next number after the last numbered text, or 'question 3'.

    Args:
        markers: All markers of the session in order of time, the new one last.
    """
    before = next((marker.text for marker in reversed(markers[:-1]) if marker.text.strip()), "")
    numbered = _NUMBERED.fullmatch(before)
    if numbered and numbered[1].strip():
        return f"{numbered[1]}{int(numbered[2]) + 1}"
    return _("question {number}").format(number=len(markers))


def marker_title(marker: Marker, number: int) -> str:
    """The marker's text on one line; 'Marker 3' where it has none.

    Args:
        marker: What to name.
        number: Its place among the session's markers in order of time, from 1.
    """
    return " ".join(marker.text.split()) or _("Marker {number}").format(number=number)
