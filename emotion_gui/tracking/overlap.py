"""How far two boxes cover the same place."""

from __future__ import annotations

from emotion_gui.core.results import Box


def overlap(first: Box, second: Box) -> float:
    """Shared area of two boxes over their joint area, 0 to 1 (intersection over union)."""
    width = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    height = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    shared = max(0.0, width) * max(0.0, height)
    joint = first.width * first.height + second.width * second.height - shared
    return shared / joint if joint > 0 else 0.0
