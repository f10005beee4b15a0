"""Whether two faces wear the same colours."""

from __future__ import annotations

import math

from emotion_gui.core.results import Appearance


def difference(first: Appearance, second: Appearance) -> float | None:
    """How far two appearances differ, 0 (the same) to 1; None where they have no part in common.

    The Hellinger distance of their histograms (Comaniciu, Ramesh and Meer 2003, "Kernel-based object tracking",
    section 3.3), averaged over the parts that both have.
    """
    parts = [_hellinger(one, other) for one, other in zip(first, second, strict=False) if one and other]
    return sum(parts) / len(parts) if parts else None


def _hellinger(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    shared = sum(math.sqrt(one * other) for one, other in zip(first, second, strict=True))
    return math.sqrt(max(0.0, 1 - shared))


def blended(old: Appearance, new: Appearance, weight: float) -> Appearance:
    """An appearance between two, part by part; a part that only one of them has is taken as it is.

    Args:
        old: What was known; may be empty.
        new: What is seen.
        weight: Of the new one, 0 to 1.
    """
    if not old or not new:
        return old or new
    return tuple(_blended_part(one, other, weight) for one, other in zip(old, new, strict=True))


def _blended_part(old: tuple[float, ...], new: tuple[float, ...], weight: float) -> tuple[float, ...]:
    if not old or not new:
        return old or new
    return tuple(one + weight * (other - one) for one, other in zip(old, new, strict=True))
