"""ImageNet weights from a file, and a base that learns layer by layer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_gui.core.errors import AppError
from tests.train.generated import make_faces
from train.config import NetworkConfig, TrainConfig
from train.presets import PRESETS

pytestmark = pytest.mark.slow

BASES = {"vgg16_transfer": "VGG16", "resnet50v2_transfer": "ResNet50V2"}
PREPROCESSING = {"vgg16_transfer": "vgg16", "resnet50v2_transfer": "resnet_v2"}


def headed(architecture: str, side: int = 48) -> Any:
    from train.networks.heads import build_headed

    config = TrainConfig(heads=("fer2013",), network=NetworkConfig(architecture, input_side=side))
    return build_headed(config, dtype="float32")


@pytest.fixture(params=list(BASES))
def architecture(request: pytest.FixtureRequest) -> Iterator[str]:
    import keras

    yield request.param
    # The largest takes a tenth of a gigabyte.
    keras.backend.clear_session()


def save(model: Any, path: Path) -> Path:
    """Weights as Keras writes them today (.weights.h5), or as `keras.applications` publishes them (.h5)."""
    if path.name.endswith(".weights.h5"):
        model.save_weights(path)
        return path
    import h5py
    from keras.src.legacy.saving import legacy_h5_format

    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    return path


def test_weights_of_keras_applications_give_its_features(architecture: str, tmp_path: Path) -> None:
    import keras

    from emotion_gui.vision.preprocessing import to_model_input
    from train.networks.transfer import load_base_weights

    original = getattr(keras.applications, BASES[architecture])(
        include_top=False, weights=None, input_shape=(96, 96, 3)
    )
    faces = to_model_input(list(make_faces(1).images[:3]))
    enlarged = keras.ops.convert_to_numpy(keras.ops.image.resize(faces, (96, 96)))
    prepared = getattr(keras.applications, PREPROCESSING[architecture]).preprocess_input(np.repeat(enlarged, 3, -1))
    expected = keras.ops.mean(original(prepared, training=False), (1, 2))
    model = headed(architecture, side=96)
    # What goes into the head is what comes out of the trunk.
    trunk = keras.Model(model.input, model.get_layer("fer2013").input)
    for name in ("imagenet.weights.h5", "imagenet_notop.h5"):
        model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
        load_base_weights(model, save(original, tmp_path / name))
        assert np.allclose(trunk(faces, training=False), expected, atol=1e-5)


def test_files_without_these_weights_are_refused_by_name(architecture: str, tmp_path: Path) -> None:
    import keras

    from train.networks.transfer import load_base_weights

    other = next(base for name, base in BASES.items() if name != architecture)
    network = getattr(keras.applications, other)(include_top=False, weights=None, input_shape=(48, 48, 3))
    model = headed(architecture)
    wrong = [
        save(network, tmp_path / "other.weights.h5"),
        save(network, tmp_path / "other_notop.h5"),
        save(model, tmp_path / "whole.weights.h5"),
    ]
    torn = tmp_path / "torn.h5"
    torn.write_bytes(wrong[1].read_bytes()[:5000])
    text = tmp_path / "weights.txt"
    text.write_text("not weights", encoding="utf-8")
    for path in (*wrong, torn, text, tmp_path / "absent.h5", tmp_path):
        with pytest.raises(AppError, match=path.name) as caught:
            load_base_weights(model, path)
        assert PRESETS[architecture].network.weights in caught.value.hint


def test_the_base_learns_as_far_as_it_is_let(architecture: str) -> None:
    import keras

    from train.networks.transfer import freeze_base, unfreeze_base

    model = headed(architecture)
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    everything = len(model.trainable_weights)
    order = [weight.path for weight in model.weights]
    freeze_base(model)
    # The head's kernel and bias.
    assert len(model.trainable_weights) == 2
    unfreeze_base(model, 6)
    learning = [layer for layer in base.layers if layer.trainable and layer.weights]
    assert learning
    assert set(learning) < set(base.layers[-6:])
    assert not any(isinstance(layer, keras.layers.BatchNormalization) for layer in learning)
    unfreeze_base(model, 0)
    assert len(model.trainable_weights) == 2
    unfreeze_base(model, -1)
    assert len(model.trainable_weights) == everything
    # Saved and averaged weights go by their order.
    assert [weight.path for weight in model.weights] == order
    with pytest.raises(AppError, match="'unfrozen_layers' is -2"):
        unfreeze_base(model, -2)


def test_a_frozen_base_keeps_weights_and_moments_in_training() -> None:
    from emotion_gui.vision.preprocessing import to_model_input
    from train.data.targets import one_hot
    from train.networks.transfer import freeze_base

    model = headed("resnet50v2_transfer")
    freeze_base(model)
    before = model.get_weights()
    model.compile("sgd", loss={"fer2013": "mse"})
    faces = make_faces(1)
    model.train_on_batch(to_model_input(list(faces.images)), {"fer2013": one_hot(faces.labels)})
    changed = [not np.array_equal(old, new) for old, new in zip(before, model.get_weights(), strict=True)]
    assert changed == [False] * (len(before) - 2) + [True] * 2


@pytest.mark.parametrize("side", [47, 225])
def test_a_side_out_of_range_is_refused(side: int) -> None:
    with pytest.raises(AppError, match=f"'input_side' is {side}"):
        headed("vgg16_transfer", side)


def test_a_network_without_a_base_is_refused(tmp_path: Path) -> None:
    from train.networks.transfer import freeze_base, load_base_weights, unfreeze_base

    model = headed("compact_resnet")
    for function, arguments in ((freeze_base, ()), (unfreeze_base, (1,)), (load_base_weights, (tmp_path,))):
        with pytest.raises(AppError, match="no base with ImageNet weights"):
            function(model, *arguments)
