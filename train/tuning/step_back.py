"""How far a model may go from its parent."""

from __future__ import annotations

from collections.abc import Callable

import keras

# Halvings of the way: the share is found to a sixteenth.
_STEPS = 4


def stepped_back(
    model: keras.Model, tuned: keras.Model, holds: Callable[[keras.Model], bool]
) -> tuple[keras.Model, float]:
    """The furthest model on the straight line from the parent to what was tuned from it that still holds.

    Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (https://arxiv.org/abs/2109.01903): on that line a
    step back costs less of what was learnt than it gives back of what was forgotten.

    Args:
        model: The parent; takes the new weights.
        tuned: The same network after its tuning.
        holds: Whether a model still does what it did; the nearer to the parent, the more so.

    Returns:
        `model`, and its share of the way, 0 to 1 in sixteenths; 0, the parent itself, where nothing further holds.
    """
    old, new = model.get_weights(), tuned.get_weights()

    def go(share: float) -> None:
        model.set_weights([begin + share * (end - begin) for begin, end in zip(old, new, strict=True)])

    go(1.0)
    if holds(model):
        return model, 1.0
    nearest, furthest = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (nearest + furthest) / 2
        go(middle)
        nearest, furthest = (middle, furthest) if holds(model) else (nearest, middle)
    go(nearest)
    return model, nearest
