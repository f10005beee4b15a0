"""How far a model may go from its parent."""

from __future__ import annotations

from collections.abc import Callable

import keras

# Of the way from the parent's weights to the tuned ones.
SHARES = (1.0, 0.75, 0.5, 0.25)


def stepped_back(
    model: keras.Model, tuned: keras.Model, holds: Callable[[keras.Model], bool]
) -> tuple[keras.Model, float]:
    """The furthest model on the straight line from the parent to what was tuned from it that still holds.

    Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (https://arxiv.org/abs/2109.01903): on that line a
    step back costs less of what was learnt than it gives back of what was forgotten.

    Args:
        model: The parent; takes the new weights.
        tuned: The same network after its tuning.
        holds: Whether a model still does what it did.

    Returns:
        `model`, and its share of the way, one of `SHARES`; the smallest where none holds.
    """
    old, new = model.get_weights(), tuned.get_weights()
    for share in SHARES:
        model.set_weights([begin + share * (end - begin) for begin, end in zip(old, new, strict=True)])
        if holds(model):
            break
    return model, share
