"""Teachers asked by the command: mapped by their cards' labels, averaged over mirror images and over each other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.core.model_card import ModelCard, sha256_of
from tests.train.generated import make_faces
from train.__main__ import main
from train.config import TrainConfig
from train.data.faces import TRAINING
from train.learning.soft_labels import read_soft_labels

pytestmark = pytest.mark.slow

FACES = make_faces(2, public_per_label=1)
TRAINING_FACES = FACES.of_usage(TRAINING)


def write_teacher(folder: Path, name: str, *, labels: tuple[str, ...] = EMOTION_NAMES, seed: int = 1) -> Path:
    """A published model that answers by the brightness of the left half of a face."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    face = keras.Input((48, 48, 1))
    x = layers.Cropping2D(((0, 0), (0, 24)))(layers.Rescaling(1 / 255)(face))
    x = layers.Flatten()(layers.AveragePooling2D(8)(x))
    model = keras.Model(face, layers.Dense(len(labels), "softmax")(x))
    path = folder / f"{name}.keras"
    model.save(path)
    training = TrainConfig(seed=7).to_dict()
    card = ModelCard(name, labels, {"shape": [48, 48, 1]}, keras_sha256=sha256_of(path), training=training)
    path.with_suffix(".json").write_text(json.dumps(card.to_dict()), encoding="utf-8")
    return path


def said(path: Path, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    import keras

    model = keras.saving.load_model(path, compile=False)
    return np.asarray(model.predict(images[..., np.newaxis].astype(np.float32), verbose=0))


@pytest.fixture(scope="module")
def teachers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("teachers")
    other_order = EMOTION_NAMES[::-1]
    return [
        write_teacher(folder, "fer2013"),
        write_teacher(folder, "large", labels=other_order, seed=2),
        write_teacher(folder, "five", labels=EMOTION_NAMES[2:], seed=3),
    ]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "faces.npz"
    usage = np.where(FACES.usage == TRAINING, 0, 1)
    np.savez(path, images=FACES.images, labels=FACES.labels, usage=usage, rows=FACES.rows, votes=FACES.votes)
    return path


def test_two_teachers_are_averaged_in_one_order(
    teachers: list[Path], data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "soft.npz"
    arguments = ["soften", str(teachers[0]), str(teachers[1]), str(data), "--head", "ferplus", "--out", str(out)]
    assert main(arguments) == 0
    assert f"--soft-labels {out}" in capsys.readouterr().out
    images = TRAINING_FACES.images
    first, second = ((said(path, images) + said(path, images[:, :, ::-1])) / 2 for path in teachers[:2])
    labels = read_soft_labels(out)
    assert labels.by_head["ferplus"] == pytest.approx((first + second[:, ::-1]) / 2, abs=1e-3)
    assert [(teacher.name, teacher.head, teacher.seed) for teacher in labels.teachers] == [
        ("fer2013", "ferplus", 7),
        ("large", "ferplus", 7),
    ]
    assert labels.teachers[0].sha256 == sha256_of(teachers[0])
    assert labels.warnings(TrainConfig(seed=7)) == []
    # Only Training is asked about: test faces must not find their way into a student.
    assert list(labels.rows) == list(TRAINING_FACES.rows)


def test_a_higher_temperature_is_softer_and_keeps_the_order(teachers: list[Path]) -> None:
    from train.judging.teachers import soften

    plain = soften(teachers[:1], FACES).by_head["fer2013"]
    soft = soften(teachers[:1], FACES, temperature=4).by_head["fer2013"]
    assert soft.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (soft.max(axis=1) < plain.max(axis=1)).all()
    with pytest.raises(AppError, match=r"temperature is 0"):
        soften(teachers[:1], FACES, temperature=0)


def test_a_teacher_of_fewer_emotions_leaves_the_others_at_0(teachers: list[Path]) -> None:
    from train.judging.teachers import soften

    labels = soften(teachers[2:], FACES, head="fer2013")
    assert labels.classes == EMOTION_NAMES[2:]
    assert not labels.by_head["fer2013"][:, :2].any()
    assert labels.for_faces(TRAINING_FACES, ("happy", "sad"))["fer2013"].shape == (14, 2)


def test_teachers_that_cannot_be_asked_are_refused(teachers: list[Path], tmp_path: Path) -> None:
    from train.judging.teachers import soften

    with pytest.raises(ModelError, match="tell different emotions apart"):
        soften([teachers[0], teachers[2]], FACES, head="fer2013")
    with pytest.raises(AppError, match="named 'large', which is none of"):
        soften([teachers[1]], FACES)
    alone = tmp_path / "alone.keras"
    alone.write_bytes(teachers[0].read_bytes())
    with pytest.raises(ModelError, match="no card that was made for it"):
        soften([alone], FACES)
    card = json.loads(teachers[0].with_suffix(".json").read_text(encoding="utf-8"))
    alone.with_suffix(".json").write_text(json.dumps(card | {"keras_sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(ModelError, match="no card that was made for it"):
        soften([alone], FACES)


def test_faces_in_another_order_give_the_same_labels(teachers: list[Path]) -> None:
    from train.judging.teachers import soften

    turned = FACES.select(np.arange(len(FACES))[::-1])
    there, back = soften(teachers[:1], FACES), soften(teachers[:1], turned)
    assert np.array_equal(there.rows, back.rows)
    assert there.by_head["fer2013"] == pytest.approx(back.by_head["fer2013"], abs=1e-6)
    with pytest.raises(AppError, match="other faces"):
        there.for_faces(replace(TRAINING_FACES, images=TRAINING_FACES.images[::-1]))


def test_the_file_must_be_an_npz(teachers: list[Path], data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["soften", str(teachers[0]), str(data), "--out", "soft.csv"]) == 1
    assert "'soft.csv' is no .npz file" in capsys.readouterr().err
