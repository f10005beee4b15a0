"""Training runs of a few steps: the same result after an interruption, and every setting in force."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.train.generated import make_faces
from train.config import AugmentConfig, NetworkConfig, OptimizerConfig, TrainConfig
from train.data.faces import Faces

pytestmark = pytest.mark.slow

FACES = make_faces(10)
CONFIG = TrainConfig(
    heads=("fer2013", "ferplus"),
    epochs=3,
    batch_size=21,
    average_decay=0.8,
    precision="float32",
    held_out_parts=5,
    network=NetworkConfig("residual_vgg", dropout=0.3),
    optimizer=OptimizerConfig(learning_rate=0.02, warmup_epochs=0.5),
    augment=AugmentConfig(rotation_deg=2, scale=0.02, shift=0.02, erase_probability=0.0),
)


def interruption(epoch: int) -> Any:
    """A callback that presses Ctrl+C after the second step of an epoch, counted from 0."""
    import keras

    class Interruption(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
        def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
            self.epoch = epoch

        def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
            if self.epoch == epoch and batch == 1:
                raise KeyboardInterrupt

    return Interruption()


def trained(
    config: TrainConfig, run: Path, *, faces: Faces = FACES, interrupted_in: int | None = None, **more: Any
) -> str:
    """What `fit` printed; with an interruption it is started a second time."""
    from train.learning.fit import fit

    with redirect_stdout(io.StringIO()) as printed:
        if interrupted_in is not None:
            with pytest.raises(KeyboardInterrupt):
                fit(faces, config, run, callbacks=[interruption(interrupted_in)], **more)
        fit(faces, config, run, **more)
    return printed.getvalue()


def outcome(config: TrainConfig, run: Path) -> tuple[list[dict[str, Any]], list[np.ndarray]]:
    """History without its times, and the averaged and newest weights."""
    from train.learning.checkpoints import Checkpoints
    from train.learning.phases import phases_of, prepare
    from train.networks.heads import build_headed

    model, averaged = build_headed(config, dtype="float32"), build_headed(config, dtype="float32")
    prepare(model, config, phases_of(config)[-1])
    checkpoints = Checkpoints(run, config.heads)
    checkpoints.load_state(model, averaged)
    history = [
        {key: value for key, value in record.items() if key != "images_per_s"} for record in checkpoints.history()
    ]
    return history, [*model.get_weights(), *averaged.get_weights(), *(np.array(v) for v in model.optimizer.variables)]


def assert_same(first: Any, second: Any) -> None:
    histories, weights = zip(first, second, strict=True)
    assert len(histories[0]) == len(histories[1])
    for one, other in zip(*histories, strict=True):
        assert one == pytest.approx(other, abs=1e-6)
    for one, other in zip(*weights, strict=True):
        assert np.abs(one - other).max() <= 1e-6


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("whole") / "run"
    trained(CONFIG, run)
    return run


def test_an_interrupted_run_ends_as_one_that_was_not(whole: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    printed = trained(CONFIG, run, interrupted_in=2)
    assert "epochs 3 to 3" in printed
    assert_same(outcome(CONFIG, run), outcome(CONFIG, whole))
