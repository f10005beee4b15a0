"""Every network of the table: built, taught, saved, read back and compiled; listed, outlined and drawn."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from emotion_gui.core.emotions import EMOTION_NAMES
from tests.train.generated import make_faces
from train.__main__ import main
from train.commands.networks import config_to_show
from train.networks import ARCHITECTURES
from train.networks.catalog import DESCRIPTIONS
from train.presets import PRESETS

ROOT = Path(__file__).parents[2]
# Each with a kind of layer that the others lack; what the rest is made of, these and the test of the chain compile too.
TWINS = ("seed_five_class", "mini_xception", "vgg16_transfer", "resnet50v2_transfer")
OURS = ("compact_resnet", "residual_vgg")
FACES = make_faces(2).images[:8].astype(np.float32)[..., np.newaxis]


@pytest.fixture(autouse=True)
def freed() -> Iterator[None]:
    """Give the memory of a network back: the largest takes a third of a gigabyte while it learns."""
    yield
    if "keras" in sys.modules:
        import keras

        keras.backend.clear_session()


def headed(name: str, dtype: str = "float32") -> Any:
    import keras

    from train.networks.heads import build_headed

    keras.utils.set_random_seed(1)
    return build_headed(config_to_show(name, 48), dtype=dtype)


def published(name: str) -> Any:
    from train.networks.heads import build_single_head

    return build_single_head(headed(name), "fer2013", temperature=1.0)


def teach(model: Any, classes: int) -> list[float]:
    """Two steps of four faces; the loss of each. Without a compiled graph, which takes longer to make than to use."""
    import keras

    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.001), loss={"fer2013": loss}, run_eagerly=True)
    targets = np.eye(classes, dtype=np.float32)[np.arange(8) % classes]
    return [
        float(model.train_on_batch(FACES[start : start + 4], {"fer2013": targets[start : start + 4]}))
        for start in (0, 4)
    ]


def twin_of(model: Any, path: Path) -> Any:
    """A compiled model as `publish` makes it, without loss of precision."""
    import tensorflow as tf
    from ai_edge_litert.interpreter import Interpreter

    path.write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())
    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    return interpreter


def claims(name: str) -> tuple[str, int]:
    """What a network's docstring says of its trunk: weights in M or k, and features."""
    module, function = ARCHITECTURES[name].split(":")
    text = getattr(import_module(module), function).__doc__
    found = re.search(r"([\d.]+ [Mk]) weights, features \[n, (\d+)\]", text)
    assert found, f"{name} does not say its size"
    return found[1], int(found[2])


@pytest.mark.slow
@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_network_learns_two_steps_and_is_the_same_from_its_files(name: str, tmp_path: Path) -> None:
    import keras

    from train.networks.heads import build_single_head
    from train.networks.outline import outline

    model = headed(name)
    head = model.get_layer("fer2013")
    weights = model.count_params()
    assert weights == DESCRIPTIONS[name].parameters
    trunk = weights - head.count_params()
    assert claims(name) == (f"{trunk / 1e6:.1f} M" if trunk > 1e6 else f"{trunk / 1e3:.0f} k", head.input.shape[-1])

    before = [weight.copy() for weight in model.get_weights()]
    assert np.isfinite(teach(model, head.units)).all()
    moved = [not np.array_equal(old, new) for old, new in zip(before, model.get_weights(), strict=True)]
    # A bias before a batch normalisation has no say, and one behind dead units gets no gradient.
    assert sum(moved) > 0.8 * len(moved)

    single = build_single_head(model, "fer2013", temperature=1.5)
    expected = np.asarray(single(FACES, training=False))
    assert expected.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.ptp(expected, axis=0).max() > 1e-4, "all faces look alike to it"
    single.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras", safe_mode=True)
    assert np.abs(np.asarray(again(FACES, training=False)) - expected).max() < 1e-5

    blocks = outline(single)
    lines = [(block.repeats, line) for block in blocks for way in (block.lines, *block.shortcuts) for line in way]
    assert sum(repeats * line.parameters for repeats, line in lines) == weights
    assert {type(layer).__module__.split(".")[0] for layer in single.layers} == {"keras"}


@pytest.mark.slow
@pytest.mark.parametrize("name", TWINS)
def test_networks_say_the_same_compiled(name: str, tmp_path: Path) -> None:
    model = published(name)
    twin = twin_of(model, tmp_path / "model.tflite")
    for face in FACES[:2, np.newaxis]:
        twin.set_tensor(twin.get_input_details()[0]["index"], face)
        twin.invoke()
        answer = twin.get_tensor(twin.get_output_details()[0]["index"])
        assert np.abs(answer - np.asarray(model(face, training=False))).max() < 1e-4


@pytest.mark.slow
@pytest.mark.parametrize("name", [*OURS, "vgg16_transfer"])
def test_networks_learn_in_bfloat16(name: str) -> None:
    import keras

    before = keras.config.dtype_policy()
    model = headed(name, "mixed_bfloat16")
    assert keras.config.dtype_policy() == before
    assert np.isfinite(teach(model, 7)).all()
    logits = model(FACES, training=False)["fer2013"]
    assert keras.backend.standardize_dtype(logits.dtype) == "float32"
    assert {keras.backend.standardize_dtype(weight.dtype) for weight in model.weights} <= {"float32", "int64"}
    layers = [inner for layer in model.layers for inner in getattr(layer, "layers", [layer])]
    convolutions = [layer for layer in layers if isinstance(layer, keras.layers.Conv2D)]
    assert {layer.compute_dtype for layer in convolutions} == {"bfloat16"}
    # The same weights say nearly the same in float32, which is what is published.
    exact = headed(name)
    exact.set_weights(model.get_weights())
    assert np.abs(np.asarray(exact(FACES, training=False)["fer2013"]) - np.asarray(logits)).max() < 0.05


class TestTables:
    def test_each_network_is_described(self) -> None:
        assert list(DESCRIPTIONS) == list(ARCHITECTURES)

    def test_each_network_but_ours_has_a_preset_of_its_name(self) -> None:
        assert set(PRESETS) == set(ARCHITECTURES) - set(OURS)
        for name, config in PRESETS.items():
            assert config.network.architecture == name
            assert config.heads == ("fer2013",)
            assert config.targets.label_smoothing == 0

    def test_the_program_of_five_classes_leaves_two_out(self) -> None:
        assert set(EMOTION_NAMES) - set(PRESETS["seed_five_class"].classes) == {"disgust", "fear"}


class TestCommand:
    def test_the_list_names_all_and_needs_no_keras(self) -> None:
        code = "import sys, train.__main__ as cli; cli.main(['networks']); assert 'keras' not in sys.modules"
        answer = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert answer.returncode == 0, answer.stderr
        for name, description in DESCRIPTIONS.items():
            assert re.search(rf"^{name} +{description.parameters:,} ", answer.stdout, re.MULTILINE)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--summary"], "No network is named"),
            (["alexnet"], "no network 'alexnet'"),
            (["seed_wide", "--diagram", "wide.pdf"], "'wide.pdf' is no PNG"),
        ],
    )
    def test_what_cannot_be_shown_is_one_sentence(
        self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["networks", *arguments]) == 1
        assert said in capsys.readouterr().err

    @pytest.mark.slow
    def test_a_side_out_of_range_is_one_sentence(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["networks", "vgg16_transfer", "--summary", "--input-side", "32"]) == 1
        assert "'input_side' is 32" in capsys.readouterr().err

    @pytest.mark.slow
    @pytest.mark.parametrize("name", ["seed_tkinter", "resnet50v2_transfer"])
    def test_summary_and_diagram(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        picture = tmp_path / "new" / "network.png"
        assert main(["networks", name, "--summary", "--diagram", str(picture)]) == 0
        printed = capsys.readouterr().out
        assert f"{DESCRIPTIONS[name].parameters:,}" in printed
        assert "Total params" in printed
        assert ("conv5_block3_3_conv" in printed) == (name == "resnet50v2_transfer")
        with Image.open(picture) as image:
            # One page: 17 by 11 inches at most, at 150 dots each.
            assert image.width <= 17.5 * 150
            assert image.height <= 11.5 * 150
            assert np.unique(np.asarray(image.convert("L"))).size > 50


@pytest.mark.slow
class TestOutline:
    def test_a_residual_network_is_blocks_with_short_cuts(self) -> None:
        from train.networks.outline import outline

        blocks = [block for block in outline(published("compact_resnet")) if block.shortcuts]
        assert len(blocks) == 4
        first, third = blocks[0], blocks[2]
        assert [line.text for line in first.lines] == [
            "Conv 3×3, 64 · batch norm · ReLU",
            "Conv 3×3, 64 · batch norm",
            "Add · ReLU",
        ]
        assert [line.text for line in first.shortcuts[0]] == ["Conv 1×1, 64 · batch norm"]
        assert third.shortcuts == ((),)
        assert third.lines[-1].shape == (12, 12, 128)

    def test_equal_neighbours_are_one_block_and_the_base_is_opened(self) -> None:
        from train.networks.outline import outline

        blocks = outline(published("resnet50v2_transfer"))
        assert [block.repeats for block in blocks if block.shortcuts] == [1, 1, 1, 1, 2, 1, 1, 4, 1, 1, 1, 1]
        assert [block.base for block in blocks] == [False] * 3 + [True] * (len(blocks) - 5) + [False] * 2

    def test_a_fork_inside_a_fork_leaves_no_layer_out(self) -> None:
        import keras
        from keras import layers

        from train.networks.outline import outline

        face = keras.Input((48, 48, 1))
        x = layers.Conv2D(4, 3, padding="same")(face)
        gate = layers.Reshape((1, 1, 4))(layers.Dense(4, activation="sigmoid")(layers.GlobalAveragePooling2D()(x)))
        x = layers.Add()([layers.Multiply()([x, gate]), face])
        model = keras.Model(face, layers.Dense(7)(layers.Flatten()(x)))
        lines = [line for block in outline(model) for way in (block.lines, *block.shortcuts) for line in way]
        assert sum(line.parameters for line in lines) == model.count_params()
        assert [line.text for line in lines][1:7] == [
            "Conv 3×3, 4",
            "Mean of each channel",
            "Dense 4 · sigmoid",
            "Reshape",
            "Multiply",
            "Add",
        ]
