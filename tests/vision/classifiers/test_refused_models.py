"""Files that cannot be used: each gets a `ModelError`, whatever is wrong, and nothing in it is run."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emotion_gui.core.errors import ModelError
from emotion_gui.core.quiet_output import quiet
from emotion_gui.vision.classifiers import CLASSIFIERS, load_classifier
from tests.vision.classifiers.nets import ModelFiles, compile_net, face_net, save_weights_as_keras_2, write_card


def _refused(path: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_classifier(path)
    assert caught.value.message.endswith(".")
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)
    assert str(path.parent) not in str(caught.value), "the name is enough to find the file"
    return caught.value


def _without_an_input(compiled: bytes) -> bytes:
    """A compiled model whose slice operator has lost its input: sound in form, but LiteRT reads address 0."""
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(compiled, 0))
    codes = [code.builtinCode for code in model.operatorCodes]
    for operator in model.subgraphs[0].operators:
        if codes[operator.opcodeIndex] == schema.BuiltinOperator.STRIDED_SLICE:
            operator.inputs = [-1, *operator.inputs[1:]]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _rezipped(archive: Path, changes: dict[str, bytes]) -> bytes:
    """The archive with some members replaced, checksums right."""
    result = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changes.get(name, source.read(name)))
    return result.getvalue()


@pytest.mark.parametrize("suffix", [*CLASSIFIERS, ".pb", ""])
@pytest.mark.parametrize("content", [None, b"", b"\0" * 4096, b"PK\x03\x04", b"{}", b"\x89HDF\r\n\x1a\n" + b"\1" * 900])
def test_what_is_no_model(tmp_path: Path, suffix: str, content: bytes | None) -> None:
    path = tmp_path / f"model{suffix}"
    if content is not None:
        path.write_bytes(content)
    _refused(path)


@pytest.mark.parametrize("suffix", CLASSIFIERS)
def test_a_folder_is_no_model(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"model{suffix}").mkdir()
    assert "folder" in _refused(tmp_path / f"model{suffix}").message


# The folder stays the same for all examples, each of which overwrites the file.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=st.sampled_from(sorted(CLASSIFIERS)), content=st.binary(max_size=4000))
def test_any_bytes_are_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"random{suffix}"
    path.write_bytes(content)
    _refused(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["class_name", "config", "layers", "labels", "name", "input", "value_range"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_JSON)
def test_any_json_is_refused(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "random.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    _refused(path)


def test_an_archive_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "bomb.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("config.json", "{}")
        with archive.open("model.weights.h5", "w", force_zip64=True) as member:
            for _ in range(65):
                member.write(bytes(16 << 20))
    assert path.stat().st_size < 8 << 20
    assert "more than a model needs" in _refused(path).message


def test_a_compiled_model_with_another_mark(models: ModelFiles, tmp_path: Path) -> None:
    content = bytearray((models / "published.tflite").read_bytes())
    content[4] ^= 1
    (tmp_path / "marked.tflite").write_bytes(content)
    _refused(tmp_path / "marked.tflite")


@pytest.mark.slow
class TestDamaged:
    @pytest.mark.parametrize("name", ["published.keras", "published.tflite", "whole/whole.h5", "int8/int8.tflite"])
    @pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
    def test_cut_short(self, models: ModelFiles, tmp_path: Path, name: str, part: float) -> None:
        content = (models / name).read_bytes()
        path = tmp_path / Path(name).name
        path.write_bytes(content[: int(part * len(content))])
        _refused(path)

    @pytest.mark.parametrize("name", ["published.keras", "whole/whole.h5", "published.tflite"])
    def test_changed_bytes_never_give_another_error(self, models: ModelFiles, tmp_path: Path, name: str) -> None:
        random = np.random.default_rng(7)
        path = tmp_path / Path(name).name
        for _ in range(12):
            content = bytearray((models / name).read_bytes())
            for place in random.integers(0, min(len(content), 4000), 6):
                content[-1 - place] = random.integers(256)
            path.write_bytes(content)
            # Some changes hit what does not matter.
            try:
                load_classifier(path)
            except ModelError:
                continue

    def test_a_file_that_would_end_the_program(self, models: ModelFiles, tmp_path: Path) -> None:
        path = tmp_path / "harmful.tflite"
        path.write_bytes(_without_an_input((models / "published.tflite").read_bytes()))
        code = (
            "import sys, pathlib; from emotion_gui.vision.classifiers.litert_model import open_network; import numpy\n"
            "open_network(pathlib.Path(sys.argv[1])).run(numpy.zeros((1, 48, 48, 1), numpy.float32))"
        )
        crash = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=False)
        assert crash.returncode not in {0, 1}, "if LiteRT now refuses it itself, the child process is needless"
        _refused(path)

    def test_a_broken_card(self, models: ModelFiles, tmp_path: Path) -> None:
        path = tmp_path / "published.keras"
        path.write_bytes((models / "published.keras").read_bytes())
        for text in (
            '{"labels": [',
            '{"labels": ["joy"], "name": "x", "input": {}}',
            '{"labels": ["sad"]}',
            "[]",
            '"x"',
        ):
            path.with_suffix(".json").write_text(text, encoding="utf-8")
            assert "card" in _refused(path).message

    @pytest.mark.parametrize("value_range", [[1, 0], "ab", None, [0], [0, "x"], [0, float("nan")]])
    def test_a_card_with_a_senseless_range(self, models: ModelFiles, tmp_path: Path, value_range: Any) -> None:
        path = tmp_path / "published.keras"
        path.write_bytes((models / "published.keras").read_bytes())
        write_card(path, input={"value_range": value_range})
        assert "range" in _refused(path).message

    def test_a_card_of_another_number_of_classes(self, models: ModelFiles, tmp_path: Path) -> None:
        path = tmp_path / "published.keras"
        path.write_bytes((models / "published.keras").read_bytes())
        write_card(path, labels=["happy", "sad"])
        assert "2 expressions" in _refused(path).message

    def test_layers_that_claim_gigabytes_take_none(self, models: ModelFiles, tmp_path: Path) -> None:
        resource = pytest.importorskip("resource", reason="only POSIX systems tell the memory used at most")
        with zipfile.ZipFile(models / "published.keras") as archive:
            config = json.loads(archive.read("config.json"))
        dense = config["config"]["layers"][-1]
        dense["config"]["units"] = 4_000_000
        path = tmp_path / "greedy.keras"
        path.write_bytes(_rezipped(models / "published.keras", {"config.json": json.dumps(config).encode()}))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _refused(path)
        unit = 1 if sys.platform == "darwin" else 1024
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit < 200 << 20


@pytest.mark.slow
class TestWrongShape:
    def _saved(self, net: Any, folder: Path) -> list[Path]:
        net.save(folder / "net.keras")
        (folder / "net.tflite").write_bytes(compile_net(net))
        return [folder / "net.keras", folder / "net.tflite"]

    @pytest.mark.parametrize(("shape", "told"), [
        ((100,), "100"), ((48, 64, 1), "48 x 64 x 1"), ((16, 16, 1), "16 x 16 x 1"),
        ((256, 256, 1), "256 x 256 x 1"), ((48, 48, 2), "48 x 48 x 2"), ((1, 48, 48), "1 x 48 x 48"),
    ])  # fmt: skip
    def test_input(self, keras: Any, tmp_path: Path, shape: tuple[int, ...], told: str) -> None:
        image = keras.Input(shape)
        net = keras.Model(image, keras.layers.Dense(7, activation="softmax")(keras.layers.Flatten()(image)))
        for path in self._saved(net, tmp_path):
            assert told in _refused(path).message

    @pytest.mark.parametrize("classes", [1, 8, 1000])
    def test_output(self, keras: Any, tmp_path: Path, classes: int) -> None:
        for path in self._saved(face_net(keras, classes=classes), tmp_path):
            assert f"{classes} values" in _refused(path).message

    def test_two_outputs(self, keras: Any, tmp_path: Path) -> None:
        net = face_net(keras)
        for path in self._saved(keras.Model(net.input, [net.output, net.layers[-2].output]), tmp_path):
            assert "2 outputs" in _refused(path).message

    def test_no_numbers(self, keras: Any, tmp_path: Path) -> None:
        net = face_net(keras)
        net.layers[-1].set_weights([weights * np.nan for weights in net.layers[-1].get_weights()])
        for path in self._saved(net, tmp_path):
            assert "no usable numbers" in _refused(path).message


@pytest.mark.slow
class TestCode:
    """A Lambda layer that would create a file: it must be refused, and the file must not be there."""

    @pytest.fixture
    def trap(self, keras: Any, tmp_path: Path) -> tuple[Any, Path]:
        target = tmp_path / "sprung"
        layers, image = keras.layers, keras.Input((48, 48, 1))

        def spring(x: Any, place: str = str(target)) -> Any:
            Path(place).write_text("sprung", encoding="utf-8")
            return x

        x = layers.Lambda(spring, output_shape=(48, 48, 1))(image)
        net = keras.Model(image, layers.Dense(7, activation="softmax")(layers.Flatten()(x)))
        target.unlink(missing_ok=True)
        return net, target

    @pytest.mark.parametrize("name", ["trap.keras", "trap.h5", "trap.json"])
    def test_a_lambda_layer(self, trap: tuple[Any, Path], tmp_path: Path, name: str) -> None:
        net, target = trap
        with quiet():
            net.save(tmp_path / ("whole.h5" if name == "trap.json" else name))
        if name == "trap.json":
            save_weights_as_keras_2(tmp_path / "whole.h5", tmp_path / "trap.h5")
            (tmp_path / name).write_text(net.to_json(), encoding="utf-8")
        target.unlink(missing_ok=True)
        assert "program code" in _refused(tmp_path / name).message
        assert not target.exists()

    @pytest.mark.parametrize("layer", [
        {"module": "os", "class_name": "system", "config": "echo", "registered_name": None},
        {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"},
        {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "x"}, "registered_name": None},
        {"module": "my", "class_name": "Mine", "config": {}, "registered_name": "my>Mine"},
    ])  # fmt: skip
    def test_parts_from_elsewhere(self, models: ModelFiles, tmp_path: Path, layer: dict[str, Any]) -> None:
        with zipfile.ZipFile(models / "published.keras") as archive:
            config = json.loads(archive.read("config.json"))
        config["config"]["layers"][2] = layer
        path = tmp_path / "foreign.keras"
        path.write_bytes(_rezipped(models / "published.keras", {"config.json": json.dumps(config).encode()}))
        _refused(path)
