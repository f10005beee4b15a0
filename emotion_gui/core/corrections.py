"""Labels that a person set right by hand; they stand beside what the program said and never replace it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime

from emotion_gui.core.emotions import Emotion


@dataclass(frozen=True, slots=True)
class Correction:
    """One label set right.

    Attributes:
        time_s: Session time of the frame in seconds.
        shown: What the program named.
        right: What the person names.
        made_at: When it was set right, in UTC.
        crop: File name of the kept picture of the face; empty where none was kept.
        correction_id: 32 hexadecimal digits.
    """

    time_s: float
    shown: Emotion
    right: Emotion
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    crop: str = ""
    correction_id: str = field(default_factory=lambda: uuid.uuid4().hex)
