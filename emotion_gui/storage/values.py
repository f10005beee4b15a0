"""Single values as the database keeps them and back."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime

from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS, Emotion

_SCORES = struct.Struct(f"<{len(EMOTIONS)}f")
_SECONDS = struct.Struct(f"<{len(EMOTIONS)}d")


def moment_text(moment: datetime) -> str:
    """A moment as UTC text that sorts by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def plain_text(text: str) -> str:
    """The text with halves of surrogate pairs replaced; some keyboards send them, and UTF-8 has no bytes for them."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def emotion_of(name: str) -> Emotion:
    """The emotion of that name; KeyError's sentence is the store's to tell."""
    return EMOTIONS[EMOTION_NAMES.index(name)]


def scores_blob(scores: Sequence[float]) -> bytes | None:
    """Seven probabilities as float32, little-endian; None for none."""
    return _SCORES.pack(*scores) if scores else None


def scores_from(blob: bytes | None) -> tuple[float, ...]:
    """What `scores_blob` took, to seven digits."""
    return _SCORES.unpack(blob) if blob else ()


def seconds_blob(seconds: Sequence[float]) -> bytes:
    """Seven sums as float64, little-endian: they grow over hours and must not lose what is added."""
    return _SECONDS.pack(*seconds)


def seconds_from(blob: bytes) -> list[float]:
    """What `seconds_blob` took."""
    return list(_SECONDS.unpack(blob))
