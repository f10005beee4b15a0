"""Training runs of a few steps: the same result after an interruption, and every setting in force."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_gui.core.errors import AppError
from tests.train.generated import make_faces
from train.config import AugmentConfig, NetworkConfig, OptimizerConfig, TargetConfig, TrainConfig
from train.data.faces import DataError
from train.learning.team import Alone
from train.networks import ARCHITECTURES

pytestmark = pytest.mark.slow

FACES = make_faces(10)
CONFIG = TrainConfig(
    heads=("fer2013", "ferplus"),
    epochs=3,
    batch_size=21,
    average_decay=0.8,
    precision="float32",
    held_out_parts=5,
    network=NetworkConfig("small", dropout=0.3),
    optimizer=OptimizerConfig(learning_rate=0.1, warmup_epochs=0.5),
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


def trained(config: TrainConfig, run: Path, *, interrupted_in: Sequence[int] = (), **more: Any) -> str:
    """What `fit` printed; it is started again after an interruption in each of the epochs."""
    from train.learning.fit import fit

    with redirect_stdout(io.StringIO()) as printed:
        for epoch in interrupted_in:
            with pytest.raises(KeyboardInterrupt):
                fit(FACES, config, run, team=Alone([interruption(epoch)]), **more)
        fit(FACES, config, run, **more)
    return printed.getvalue()


def outcome(config: TrainConfig, run: Path) -> tuple[list[dict[str, Any]], list[np.ndarray]]:
    """History without its times, and the newest weights, the averaged ones and the optimizer's state."""
    import keras

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
    state = [keras.ops.convert_to_numpy(variable) for variable in model.optimizer.variables]
    return history, [*model.get_weights(), *averaged.get_weights(), *state]


def assert_same(first: Any, second: Any) -> None:
    histories, weights = zip(first, second, strict=True)
    assert len(histories[0]) == len(histories[1])
    for one, other in zip(*histories, strict=True):
        assert one == pytest.approx(other, abs=1e-6)
    for one, other in zip(*weights, strict=True):
        assert np.abs(one - other).max() <= 1e-6


@pytest.fixture(scope="module", autouse=True)
def small_networks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("small", "small_transfer"):
            patch.setitem(ARCHITECTURES, name, f"tests.train.small:{name}")
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("whole") / "run"
    trained(CONFIG, run)
    return run


def test_an_interrupted_run_ends_as_one_that_was_not(whole: Path, tmp_path: Path) -> None:
    printed = trained(CONFIG, tmp_path / "run", interrupted_in=[2])
    assert "epochs 3 to 3" in printed
    history, weights = outcome(CONFIG, tmp_path / "run")
    assert_same((history, weights), outcome(CONFIG, whole))
    # What was compared is no constant.
    assert len({record["loss"] for record in history}) == 3
    assert max(np.ptp(weight) for weight in weights) > 0.1


PLATEAU = replace(
    CONFIG,
    heads=("fer2013",),
    classes=("angry", "happy", "sad", "surprise", "neutral"),
    epochs=5,
    batch_size=14,
    # The last four layers of the base hold all that it has to learn.
    network=NetworkConfig("small_transfer", dropout=0.3, frozen_epochs=2, unfrozen_layers=4),
    # The held-out loss cannot fall at this rate, so that every epoch but the first cuts it.
    optimizer=OptimizerConfig(
        name="adam", learning_rate=1e-9, warmup_epochs=1.0, schedule="plateau", plateau_patience=1, plateau_factor=0.5
    ),
    targets=TargetConfig(class_weights=True),
)


@pytest.fixture(scope="module")
def plateau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("plateau") / "run"
    trained(PLATEAU, run)
    return run


def test_a_run_of_two_phases_resumes_at_either_side_of_the_switch(plateau: Path, tmp_path: Path) -> None:
    # Before, at and after the switch from the frozen base to one that learns.
    trained(PLATEAU, tmp_path / "run", interrupted_in=[1, 2, 3])
    assert_same(outcome(PLATEAU, tmp_path / "run"), outcome(PLATEAU, plateau))


def test_the_plateau_lowers_the_rate_after_the_warm_up(plateau: Path) -> None:
    rates = [record["learning_rate"] for record in outcome(PLATEAU, plateau)[0]]
    assert rates == pytest.approx([1e-9, 1e-9, 5e-10, 2.5e-10, 1.25e-10])


def test_a_frozen_base_learns_from_its_epoch_on(tmp_path: Path) -> None:
    import keras

    class Watch(keras.callbacks.Callback):  # type: ignore[misc]  # keras has no type information
        def __init__(self) -> None:
            super().__init__()
            self.kernels: list[np.ndarray] = []

        def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
            self.kernels.append(self.model.get_layer("vgg16_base").get_weights()[0])

    watch = Watch()
    config = replace(PLATEAU, epochs=3, optimizer=OptimizerConfig(learning_rate=0.1, warmup_epochs=0.0))
    trained(config, tmp_path / "run", team=Alone([watch]))
    frozen, learning = (np.abs(np.subtract(*pair)).max() for pair in pairwise(watch.kernels))
    assert frozen == 0
    assert learning > 0


def test_five_classes_are_a_head_of_five(plateau: Path, tmp_path: Path) -> None:
    from train.learning.checkpoints import Checkpoints
    from train.learning.fit import split_training
    from train.networks.heads import build_headed

    learn, held_out = split_training(FACES, PLATEAU)
    assert set(learn.labels) | set(held_out.labels) == {0, 3, 4, 5, 6}
    model = build_headed(PLATEAU, dtype="float32")
    assert {head: output.shape for head, output in model.output.items()} == {"fer2013": (None, 5)}
    best = Checkpoints(plateau, PLATEAU.heads).load_best(model, "fer2013")
    logits = model.predict(held_out.images[..., np.newaxis].astype(np.float32), verbose=0)["fer2013"]
    index = {label: place for place, label in enumerate((0, 3, 4, 5, 6))}
    right = logits.argmax(axis=1) == [index[label] for label in held_out.labels]
    assert best["fer2013_held_out_accuracy"] == pytest.approx(right.mean())


def test_the_history_is_kept_as_a_table_too(whole: Path) -> None:
    from train.learning.checkpoints import Checkpoints

    with (whole / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    history = Checkpoints(whole, CONFIG.heads).history()
    assert [{key: float(value) for key, value in row.items()} for row in rows] == history
    assert set(history[0]) == {
        "epoch",
        "loss",
        "learning_rate",
        "images_per_s",
        "held_out_loss",
        *(f"{head}_{kind}" for head in CONFIG.heads for kind in ("training_accuracy", "held_out_accuracy")),
        *(f"{head}_held_out_loss" for head in CONFIG.heads),
    }
    for record in history:
        heads = [record[f"{head}_held_out_loss"] for head in CONFIG.heads]
        assert record["held_out_loss"] == pytest.approx(sum(heads))


def test_a_run_that_stands_still_ends_and_says_so(tmp_path: Path) -> None:
    from train.learning.checkpoints import Checkpoints
    from train.learning.schedules import stands_still

    still = OptimizerConfig(learning_rate=1e-9, warmup_epochs=0.0, schedule="constant")
    config = replace(CONFIG, epochs=9, stop_patience=2, optimizer=still, average_decay=0.0)
    printed = trained(config, tmp_path)
    history = Checkpoints(tmp_path, config.heads).history()
    done = len(history)
    assert 3 <= done < 9
    assert stands_still(history, config.heads, 2)
    assert not stands_still(history[:-1], config.heads, 2)
    assert "Stopped: no better in 2 epochs" in printed
    again = trained(config, tmp_path)
    assert "stood still" in again
    assert "Epoch" not in again
    longer = replace(config, epochs=done + 1, stop_patience=0)
    assert f"Epoch {done + 1} of {done + 1}" in trained(longer, tmp_path)
    assert f"has its {done + 1} epochs" in trained(longer, tmp_path)


def test_a_loss_that_is_no_number_is_told_and_not_saved(tmp_path: Path) -> None:
    from train.learning.checkpoints import Checkpoints

    wild = OptimizerConfig(name="sgd", learning_rate=1e30, warmup_epochs=0.0)
    with pytest.raises(AppError, match="no number any more in epoch 1"):
        trained(replace(CONFIG, optimizer=wild), tmp_path)
    assert Checkpoints(tmp_path, CONFIG.heads).history() == []


def test_teachers_words_need_a_share_and_teach(tmp_path: Path) -> None:
    from train.learning.checkpoints import Checkpoints
    from train.learning.soft_labels import SoftLabels, Teacher, checksums

    # A teacher that calls every face happy.
    happy = np.eye(7, dtype=np.float32)[np.full(len(FACES), 3)]
    teacher = Teacher("fer2013", "fer2013", "0" * 64, seed=1, held_out_parts=5)
    soft = SoftLabels(FACES.rows, checksums(FACES.images), {"fer2013": happy}, CONFIG.classes, (teacher,))
    config = replace(CONFIG, heads=("fer2013",), targets=TargetConfig(soft_share=1.0), epochs=4)
    with pytest.raises(DataError, match="there are no soft labels"):
        trained(config, tmp_path / "without")
    assert not (tmp_path / "without").exists()
    trained(config, tmp_path / "run", soft=soft)
    last = Checkpoints(tmp_path / "run", config.heads).history()[-1]
    assert last["fer2013_training_accuracy"] == 1.0
    assert last["fer2013_held_out_accuracy"] == pytest.approx(1 / 7)


def test_imagenet_weights_are_asked_for_when_a_run_begins(tmp_path: Path) -> None:
    from train.networks.transfer import load_base_weights

    network = NetworkConfig("small_transfer", weights="base.weights.h5")
    with pytest.raises(AppError, match=r"begin with 'base\.weights\.h5'"):
        trained(replace(CONFIG, network=network), tmp_path / "run")
    with pytest.raises(AppError, match="published model"):
        trained(replace(CONFIG, network=NetworkConfig("small", begun_with="0" * 64)), tmp_path / "run")
    with pytest.raises(AppError, match="no base with ImageNet weights"):
        trained(CONFIG, tmp_path / "run", first_weights=partial(load_base_weights, path=tmp_path / "base.weights.h5"))
    with pytest.raises(AppError, match="no base with ImageNet weights"):
        trained(replace(CONFIG, network=NetworkConfig("small", frozen_epochs=1)), tmp_path / "run")
