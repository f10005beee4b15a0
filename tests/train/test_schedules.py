"""The learning rate by step, and what is decided from the history, beside Keras' own callbacks."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from train.config import OptimizerConfig

pytestmark = pytest.mark.slow

LOSSES = st.lists(st.floats(0.1, 5.0), max_size=30)


def rates(config: OptimizerConfig, *, epochs: int = 4, steps: int = 10) -> list[float]:
    from train.learning.schedules import rate_at_step

    return [rate_at_step(config, step, steps_per_epoch=steps, epochs=epochs) for step in range(epochs * steps)]


@settings(deadline=None)
@given(st.floats(1e-5, 1.0), st.floats(0, 6))
def test_the_warm_up_rises_in_equal_steps_to_the_peak(peak: float, warmup_epochs: float) -> None:
    given_rates = rates(OptimizerConfig(learning_rate=peak, warmup_epochs=warmup_epochs, schedule="constant"))
    rising = min(40, max(0, math.ceil(10 * warmup_epochs) - 1))
    assert given_rates[:rising] == pytest.approx([peak * (step + 1) / (10 * warmup_epochs) for step in range(rising)])
    assert given_rates[rising:] == [peak] * (40 - rising)


@settings(deadline=None)
@given(st.floats(1e-5, 1.0), st.floats(0, 6))
def test_the_cosine_falls_from_the_peak_towards_0_and_wastes_no_step(peak: float, warmup_epochs: float) -> None:
    given_rates = rates(OptimizerConfig(learning_rate=peak, warmup_epochs=warmup_epochs))
    assert all(0 < rate <= peak for rate in given_rates)
    top = given_rates.index(max(given_rates))
    assert given_rates[top:] == sorted(given_rates[top:], reverse=True)
    if warmup_epochs <= 2:
        assert given_rates[top] == pytest.approx(peak, rel=0.1)
        assert given_rates[-1] < 0.02 * peak


def test_the_cosine_is_at_half_of_the_peak_half_way() -> None:
    assert rates(OptimizerConfig(learning_rate=0.2, warmup_epochs=0))[20] == pytest.approx(0.1)


def keras_cuts(losses: list[float], patience: int) -> int:
    """How often Keras' own callback lowers the rate."""
    import keras

    class Optimizer:
        learning_rate: Any = 1.0

    callback = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=patience)
    model = keras.Sequential()
    model.optimizer = Optimizer()
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
    return round(-math.log2(float(model.optimizer.learning_rate)))


@settings(max_examples=60, deadline=None)
@given(LOSSES, st.integers(1, 5))
def test_a_plateau_cuts_where_keras_does(losses: list[float], patience: int) -> None:
    from train.learning.schedules import plateau_cuts

    assert plateau_cuts(losses, patience) == keras_cuts(losses, patience)


def test_each_cut_multiplies_the_rate() -> None:
    from train.learning.schedules import cuts_of, rate_at_step

    settings_ = OptimizerConfig(
        learning_rate=0.1, warmup_epochs=0, schedule="plateau", plateau_patience=2, plateau_factor=0.3
    )
    history = [{"held_out_loss": loss} for loss in (1.0, 1.1, 1.2, 0.9, 0.9, 0.9, 0.9, 0.9)]
    cuts = [cuts_of(history[:length], settings_) for length in range(len(history) + 1)]
    assert cuts == [0, 0, 0, 1, 1, 1, 2, 2, 3]
    assert rate_at_step(settings_, 70, steps_per_epoch=10, epochs=9, cuts=2) == pytest.approx(0.009)
    assert cuts_of(history, OptimizerConfig(schedule="cosine")) == 0


def keras_stops(accuracies: list[float], patience: int) -> bool:
    import keras

    callback = keras.callbacks.EarlyStopping(monitor="val_accuracy", mode="max", patience=patience)
    model = keras.Sequential()
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin()
    for epoch, accuracy in enumerate(accuracies):
        callback.on_epoch_end(epoch, {"val_accuracy": accuracy})
        if model.stop_training:
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.4, 0.5]), max_size=12), st.integers(1, 5))
def test_a_run_ends_where_keras_ends_it(accuracies: list[float], patience: int) -> None:
    from train.learning.schedules import stands_still

    history = [{"fer2013_held_out_accuracy": accuracy} for accuracy in accuracies]
    stopped = any(stands_still(history[:length], ("fer2013",), patience) for length in range(len(history) + 1))
    assert stopped == keras_stops(accuracies, patience)
    assert not stands_still(history, ("fer2013",), 0)


def test_a_run_goes_on_while_any_head_gains() -> None:
    from train.learning.schedules import stands_still

    still, gaining = [0.5] * 5, [0.1, 0.2, 0.3, 0.4, 0.5]
    history = [
        {"fer2013_held_out_accuracy": one, "ferplus_held_out_accuracy": other}
        for one, other in zip(still, gaining, strict=True)
    ]
    assert stands_still(history, ("fer2013",), 3)
    assert not stands_still(history, ("fer2013", "ferplus"), 3)
