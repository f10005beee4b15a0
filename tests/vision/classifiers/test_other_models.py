"""'Open model...': models that other people made, in the formats and habits that are found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import sha256_of
from emotion_gui.core.quiet_output import quiet
from emotion_gui.vision.classifiers import load_classifier
from tests.vision.classifiers.nets import (
    ModelFiles,
    compile_net,
    face_net,
    faces,
    save_weights_as_keras_2,
    write_card,
)

pytestmark = pytest.mark.slow


def _old_json(net: Any, *, bare_list: bool) -> dict[str, Any]:
    """`net` as Keras 2.2 described it: no input layer, the shape with its batch size on the first layer.

    Until 2.2.2 a sequential model was the bare list of its layers.
    """
    layers: Any = []
    for layer in net.layers[1:]:
        config = {key: value for key, value in layer.get_config().items() if key in _OLD_KEYS}
        layers.append({"class_name": type(layer).__name__, "config": config})
    layers[0]["config"]["batch_input_shape"] = [None, 48, 48, 1]
    whole = layers if bare_list else {"name": "sequential_1", "layers": layers}
    return {"class_name": "Sequential", "config": whole, "keras_version": "2.2.4", "backend": "tensorflow"}


_OLD_KEYS = ("name", "trainable", "filters", "kernel_size", "strides", "activation", "pool_size", "units", "padding")


@pytest.fixture
def unit_net(keras: Any) -> Any:
    """A net that wants faces from 0 to 1, as most of the seeds do."""
    return face_net(keras, rescale=False)


def _expected(net: Any, low: float = 0.0, high: float = 255.0) -> np.ndarray[Any, Any]:
    batch = np.stack(faces()).astype(np.float32)[..., None] / 255 * (high - low) + low
    return np.asarray(net(np.repeat(batch, net.inputs[0].shape[-1], -1), training=False))


def _scores_of(path: Path) -> np.ndarray[Any, Any]:
    return load_classifier(path).probabilities(faces())


@pytest.mark.parametrize("suffix", [".keras", ".h5", ".hdf5", ".H5", ".KERAS"])
def test_a_whole_model_without_a_card(models: ModelFiles, tmp_path: Path, suffix: str) -> None:
    source = models / "published.keras" if suffix.lower() == ".keras" else models / "whole/whole.h5"
    path = tmp_path / f"Gesicht – 表情{suffix}"
    shutil.copy(source, path)
    classifier = load_classifier(path)
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(models.net), atol=1e-5)
    assert classifier.card.labels == EMOTION_NAMES
    assert classifier.card.input["value_range"] == [0.0, 255.0], "it rescales inside"
    assert classifier.sha256 == sha256_of(path)


def test_a_model_without_rescaling_is_fed_0_to_1(unit_net: Any, tmp_path: Path) -> None:
    unit_net.save(tmp_path / "unit.keras")
    classifier = load_classifier(tmp_path / "unit.keras")
    assert classifier.card.input["value_range"] == [0.0, 1.0]
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(unit_net, 0, 1), atol=1e-5)


def test_a_model_that_wants_whole_pixels_without_saying_so(keras: Any, tmp_path: Path) -> None:
    net = face_net(keras, rescale=False)
    kernel, bias = net.layers[1].get_weights()
    net.layers[1].set_weights([kernel / 255, bias])
    net.save(tmp_path / "raw.keras")
    classifier = load_classifier(tmp_path / "raw.keras")
    assert classifier.card.input["value_range"] == [0.0, 255.0]
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(net), atol=1e-5)


@pytest.mark.parametrize(("names", "opened"), [
    (("fer.json", "fer.h5"), "fer.h5"),
    (("fer.json", "fer.h5"), "fer.json"),
    (("model_4layer.json", "model_weights.h5"), "model_weights.h5"),
    (("model_4layer.json", "model_weights.hdf5"), "model_4layer.json"),
])  # fmt: skip
def test_weights_with_the_architecture_of_keras_2_beside(
    unit_net: Any, tmp_path: Path, names: tuple[str, str], opened: str
) -> None:
    with quiet():
        unit_net.save(tmp_path / "whole.h5")
    save_weights_as_keras_2(tmp_path / "whole.h5", tmp_path / names[1])
    (tmp_path / "whole.h5").unlink()
    (tmp_path / names[0]).write_text(json.dumps(_old_json(unit_net, bare_list=opened == names[0])), encoding="utf-8")
    (tmp_path / "history.json").write_text('{"loss": [1.0, 0.9]}', encoding="utf-8")
    classifier = load_classifier(tmp_path / opened)
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(unit_net, 0, 1), atol=1e-5)
    assert classifier.sha256 == sha256_of(tmp_path / names[1])


@pytest.mark.parametrize("weights", ["net.weights.h5", "net.h5"])
def test_weights_with_the_architecture_of_keras_3_beside(models: ModelFiles, tmp_path: Path, weights: str) -> None:
    models.net.save_weights(tmp_path / "saved.weights.h5")
    (tmp_path / "saved.weights.h5").rename(tmp_path / weights)
    (tmp_path / "net.json").write_text(models.net.to_json(), encoding="utf-8")
    np.testing.assert_allclose(_scores_of(tmp_path / weights), _expected(models.net), atol=1e-5)


@pytest.mark.parametrize("rescale", [True, False])
def test_a_compiled_model_without_a_card(keras: Any, tmp_path: Path, rescale: bool) -> None:
    net = face_net(keras, rescale=rescale)
    (tmp_path / "alone.tflite").write_bytes(compile_net(net))
    classifier = load_classifier(tmp_path / "alone.tflite")
    high = 255 if rescale else 1
    assert classifier.card.input["value_range"] == [0, high]
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(net, 0, high), atol=1e-4)


def test_a_compiled_model_with_whole_numbers_in_and_out(models: ModelFiles) -> None:
    classifier = load_classifier(models / "int8/int8.tflite")
    # Weights, activations and scores have 256 steps each.
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(models.net), atol=0.03)
    np.testing.assert_allclose(classifier.probabilities(faces()).sum(axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("side", [24, 64, 224])
def test_colour_models_of_other_sizes_get_the_grey_three_times(keras: Any, tmp_path: Path, side: int) -> None:
    net = face_net(keras, side=side, channels=3)
    net.save(tmp_path / "rgb.keras")
    (tmp_path / "rgb.tflite").write_bytes(compile_net(net))
    batch = np.repeat(np.stack(faces(side)).astype(np.float32)[..., None], 3, -1)
    for suffix in (".keras", ".tflite"):
        classifier = load_classifier(tmp_path / f"rgb{suffix}")
        assert classifier.input_side == side
        assert classifier.card.input["color"] == "rgb"
        np.testing.assert_allclose(classifier.probabilities(faces(side)), net(batch), atol=1e-4)


def test_a_card_decides_on_range_and_order(unit_net: Any, tmp_path: Path) -> None:
    alphabetical = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"]
    path = tmp_path / "mine.keras"
    unit_net.save(path)
    write_card(path, labels=alphabetical, input={"shape": [48, 48, 1], "value_range": [-1, 1]})
    expected = _expected(unit_net, -1, 1)[:, [alphabetical.index(name) for name in EMOTION_NAMES]]
    np.testing.assert_allclose(_scores_of(path), expected, atol=1e-5)


def test_logits_become_probabilities(keras: Any, models: ModelFiles, tmp_path: Path) -> None:
    features = models.net.layers[-2].output
    logits = keras.layers.Dense(7, kernel_initializer="glorot_normal")(features)
    net = keras.Model(models.net.input, logits * 20)
    net.save(tmp_path / "logits.keras")
    raw = np.asarray(net(np.stack(faces()).astype(np.float32)[..., None]), np.float64)
    expected = np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(_scores_of(tmp_path / "logits.keras"), expected, atol=1e-5)


def test_a_model_of_fewer_classes_asks_for_their_names(keras: Any, tmp_path: Path) -> None:
    net, path = face_net(keras, classes=3), tmp_path / "three.keras"
    net.save(path)
    asked: list[int] = []

    def answer(classes: int) -> tuple[str, ...]:
        asked.append(classes)
        return ("neutral", "happy", "angry")

    scores = load_classifier(path, answer).probabilities(faces())
    assert asked == [3]
    np.testing.assert_allclose(scores[:, [6, 3, 0]], _expected(net), atol=1e-5)
    assert not scores[:, [1, 2, 4, 5]].any()


@pytest.mark.parametrize("answer", [None, lambda _: None, lambda _: ("happy", "sad"), lambda _: ("sad", "sad", "joy")])
def test_without_good_names_the_model_is_not_opened(keras: Any, tmp_path: Path, answer: Any) -> None:
    face_net(keras, classes=3).save(tmp_path / "three.keras")
    with pytest.raises(ModelError):
        load_classifier(tmp_path / "three.keras", answer)


def test_a_model_saved_with_a_batch_size_takes_any_number_of_faces(keras: Any, tmp_path: Path) -> None:
    inner = face_net(keras)
    image = keras.Input(batch_shape=(2, 48, 48, 1))
    keras.Model(image, inner(image)).save(tmp_path / "batch.keras")
    classifier = load_classifier(tmp_path / "batch.keras")
    np.testing.assert_allclose(classifier.probabilities(faces()), _expected(inner), atol=1e-5)
    assert classifier.card.input["value_range"] == [0.0, 255.0], "the rescaling is in a model within the model"


def test_no_faces_give_no_rows(models: ModelFiles) -> None:
    for path in (models / "published.keras", models / "whole/whole.h5"):
        assert load_classifier(path).probabilities([]).shape == (0, 7)
