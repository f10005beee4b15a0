"""Notes at a moment of a session: 'question 3'."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field


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
