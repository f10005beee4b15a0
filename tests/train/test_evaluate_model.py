"""The command `evaluate` on models small enough to be made by hand, whose figures are known beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import AppError, ModelError
from emotion_gui.core.model_card import ModelCard, sha256_of
from tests.train.generated import csv_rows, make_faces, write_csv
from train.__main__ import main
from train.data.faces import PUBLIC_TEST, TRAINING, DataError, fingerprint

if TYPE_CHECKING:
    from train.judging.evaluation import Evaluation

pytestmark = pytest.mark.slow

FIVE = ("angry", "happy", "sad", "surprise", "neutral")
FACES = make_faces(10, public_per_label=2)
INPUT = {"shape": [48, 48, 1], "value_range": [0, 255], "color": "gray"}


def save_model(path: Path, classes: tuple[str, ...], *, activation: str = "softmax") -> None:
    """A net that looks where `make_faces` puts each label's bright bar, and so is always right."""
    import keras

    weights = np.zeros((48, 48, len(classes)), np.float32)
    for place, name in enumerate(classes):
        top = 6 * EMOTION_NAMES.index(name)
        weights[top : top + 8, :, place] = 2e-4
    face = keras.Input((48, 48, 1))
    dense = keras.layers.Dense(len(classes), activation=activation)
    model = keras.Model(face, dense(keras.layers.Flatten()(face)))
    dense.set_weights([weights.reshape(48 * 48, -1), np.zeros(len(classes), np.float32)])
    model.save(path)


def save_card(model: Path, labels: tuple[str, ...], **values: Any) -> None:
    card = replace(ModelCard(model.stem, labels, INPUT, keras_sha256=sha256_of(model)), **values)
    model.with_suffix(".json").write_text(json.dumps(card.to_dict()), encoding="utf-8")


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model = tmp_path_factory.mktemp("models") / "five.keras"
    save_model(model, FIVE)
    save_card(model, FIVE, training={"held_out_parts": 5, "seed": 3}, data_sha256=fingerprint(FACES.of_usage(TRAINING)))
    return model


def test_a_model_of_five_classes_is_judged_on_their_faces_and_says_so(
    five: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_csv(tmp_path / "fer2013.csv", csv_rows(FACES))
    out = tmp_path / "out"
    assert main(["evaluate", str(five), str(data), "--out", str(out), "--no-robustness"]) == 0
    printed = capsys.readouterr().out
    assert "PublicTest, labels FER-2013, copies included: 10 faces, accuracy 100.00 %" in printed
    assert "The card has no figures for what was scored." in printed
    written = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert written["model"]["labels"] == list(FIVE)
    assert {(entry["n"], entry["left_out"]) for entry in written["figures"]} == {(10, 4)}
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "The model knows only angry, happy, sad, surprise, neutral." in page
    assert "When the picture is worse" not in page
    assert {path.name for path in out.glob("*.png")} == {
        f"{kind}-PublicTest-fer2013.png" for kind in ("confusion", "roc", "calibration")
    }


def test_worse_pictures_are_scored_by_the_labels_that_the_card_names(five: Path, tmp_path: Path) -> None:
    from train.judging.evaluate import MAJORITY
    from train.judging.evaluate_model import evaluate_model

    model = tmp_path / "five.keras"
    model.write_bytes(five.read_bytes())
    save_card(model, FIVE, label_set=MAJORITY)
    robustness = evaluate_model(model, FACES, tmp_path / "out").robustness
    assert robustness is not None
    assert (robustness["split"], robustness["labels"]) == (PUBLIC_TEST, MAJORITY)
    assert robustness["rows"][0]["accuracy"] == 1.0
    assert "a quarter as bright" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_the_card_says_which_faces_were_held_out(five: Path, tmp_path: Path) -> None:
    from train.judging.evaluate_model import evaluate_model

    evaluation = evaluate_model(five, FACES, tmp_path, splits=("held-out", "held-out"), with_robustness=False)
    names = {(entry["split"], entry["copies"]) for entry in evaluation.figures}
    assert names == {("held-out part of Training (1 in 5)", "included")}
    # One in five of ten faces of each label; the learner may leave out other labels' faces before or after dividing.
    assert evaluation.figures[0]["n"] == 10
    other = replace(FACES, images=FACES.images[:, ::-1])
    with pytest.raises(DataError, match="not the faces or votes that 'five' was trained with"):
        evaluate_model(five, other, tmp_path, splits=("held-out",))


def test_a_run_that_held_out_other_faces_is_refused(five: Path, tmp_path: Path) -> None:
    from train.config import TrainConfig, write_config
    from train.judging.evaluate_model import evaluate_model

    write_config(TrainConfig(held_out_parts=5, seed=4), tmp_path / "run")
    with pytest.raises(AppError, match="held out other faces"):
        evaluate_model(five, FACES, tmp_path / "out", splits=("held-out",), run=tmp_path / "run")
    with pytest.raises(AppError, match="no training run"):
        evaluate_model(five, FACES, tmp_path / "out", run=tmp_path / "absent")
    assert not (tmp_path / "out").exists()


Judge = Callable[[Path], "Evaluation"]


class TestCards:
    """What the card beside a model may and may not be."""

    @pytest.fixture
    def judge(self, tmp_path: Path) -> Judge:
        from train.judging.evaluate_model import evaluate_model

        return lambda path: evaluate_model(path, FACES, tmp_path / "out", with_robustness=False)

    def test_without_a_card_seven_outputs_are_in_the_order_of_fer2013(self, tmp_path: Path, judge: Judge) -> None:
        save_model(tmp_path / "seven.keras", EMOTION_NAMES)
        evaluation = judge(tmp_path / "seven.keras")
        assert evaluation.figures[0]["accuracy"] == 1.0
        assert evaluation.comparison is None
        assert "There is no card beside the model" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    def test_the_figures_of_other_weights_are_not_compared(self, tmp_path: Path, judge: Judge) -> None:
        model = tmp_path / "seven.keras"
        save_model(model, EMOTION_NAMES)
        # Other labels in other places: the faces are named by them.
        save_card(model, EMOTION_NAMES[::-1], keras_sha256="0" * 64)
        evaluation = judge(model)
        assert evaluation.comparison is None
        assert evaluation.figures[0]["per_class"]["happy"]["recall"] == 1.0
        assert evaluation.figures[0]["per_class"]["angry"]["recall"] == 0.0
        assert "belongs to other weights" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    @pytest.fixture
    def other(self, five: Path, tmp_path: Path) -> Path:
        """The model of five classes without its card."""
        model = tmp_path / "other.keras"
        model.write_bytes(five.read_bytes())
        return model

    def test_five_outputs_without_a_card_are_refused(self, tmp_path: Path, other: Path, judge: Judge) -> None:
        with pytest.raises(ModelError, match="no card beside it says which"):
            judge(other)
        assert not (tmp_path / "out").exists()

    def test_a_card_that_does_not_fit_is_refused(self, other: Path, judge: Judge) -> None:
        save_card(other, EMOTION_NAMES)
        with pytest.raises(ModelError, match="names 7 expressions, but the model has 5"):
            judge(other)
        save_card(other, FIVE, input=INPUT | {"value_range": [0, 1]})
        with pytest.raises(ModelError, match=r"grey levels in \[0, 1\]"):
            judge(other)

    def test_nothing_says_what_a_model_without_a_run_held_out(self, tmp_path: Path, other: Path) -> None:
        from train.judging.evaluate_model import evaluate_model

        save_card(other, FIVE, training={"held_out_parts": "many"})
        with pytest.raises(AppError, match="Nothing says which faces were held out"):
            evaluate_model(other, FACES, tmp_path / "out", splits=("held-out",))

    def test_faces_of_other_expressions_alone_are_refused(self, tmp_path: Path, five: Path) -> None:
        from train.judging.evaluate_model import evaluate_model

        with pytest.raises(DataError, match="None of the faces"):
            evaluate_model(five, FACES.select(FACES.labels == 1), tmp_path / "out", with_robustness=False)


def test_logits_are_no_probabilities(tmp_path: Path) -> None:
    from train.judging.evaluate_model import evaluate_model

    save_model(tmp_path / "logits.keras", EMOTION_NAMES, activation="linear")
    with pytest.raises(ModelError, match=r"'logits\.keras' gives numbers that are no probabilities"):
        evaluate_model(tmp_path / "logits.keras", FACES, tmp_path / "out")


def test_program_code_in_a_model_is_refused(tmp_path: Path) -> None:
    import keras

    from train.judging.evaluate_model import evaluate_model

    face = keras.Input((48, 48, 1))
    code = keras.layers.Lambda(lambda x: x * 1.0)(face)
    keras.Model(face, keras.layers.Dense(7)(keras.layers.Flatten()(code))).save(tmp_path / "code.keras")
    with pytest.raises(ModelError, match=r"'code\.keras' cannot be loaded"):
        evaluate_model(tmp_path / "code.keras", FACES, tmp_path / "out")


@pytest.mark.parametrize("name", ["absent.tflite", "lone.tflite", "model.h5"])
def test_what_is_no_published_model_is_refused(five: Path, tmp_path: Path, name: str) -> None:
    from train.judging.evaluate_model import evaluate_model

    (tmp_path / "lone.tflite").write_bytes(b"\x1c\x00\x00\x00TFL3 torn")
    (tmp_path / "model.h5").write_bytes(five.read_bytes())
    with pytest.raises(ModelError, match=name):
        evaluate_model(tmp_path / name, FACES, tmp_path / "out")
