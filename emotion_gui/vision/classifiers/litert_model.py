"""Compiled models (`.tflite`) on LiteRT; TensorFlow is not needed for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import sha256_of
from emotion_gui.core.translation import _
from emotion_gui.vision.classifiers.cards import AskLabels, card_beside
from emotion_gui.vision.classifiers.network import Network, NetworkClassifier, classifier_from
from emotion_gui.vision.classifiers.tensors import PIXEL_RANGE, UNIT_RANGE, Range
from emotion_gui.vision.classifiers.trial import goes_well

_LITERT_ERRORS = (OSError, RuntimeError, ValueError, TypeError, MemoryError)
_USUAL_RANGES: tuple[Range, ...] = (UNIT_RANGE, PIXEL_RANGE, (-1.0, 1.0))


def load_tflite(path: Path, ask_labels: AskLabels | None) -> NetworkClassifier:
    """Load a compiled model.

    For a file without a card, the quantisation of its input tells the range of values; a float32 input tells nothing
    (the compiler folds a rescaling into the first convolution), so a trial decides between 0 to 1 and 0 to 255.

    Raises:
        ModelError: See `load_classifier`.
    """
    sha256 = sha256_of(path)
    card = card_beside(path)
    if (card is None or card.tflite_sha256 != sha256) and not _is_harmless(path):
        raise _unusable(path)
    return classifier_from(path, sha256, open_network(path), ask_labels)


def _is_harmless(path: Path) -> bool:
    """Whether a file that no card vouches for can be run without ending the program.

    LiteRT checks the outer frame of a file and trusts what is in it: of 400 damaged copies of a model, two ended the
    process with a segmentation fault, and one never returned.
    """
    with path.open("rb") as file:
        # Flatbuffers carry their identifier at byte 4; a file without it is told apart without a process.
        return file.read(8)[4:] == b"TFL3" and goes_well(_try_out, path)


def _try_out(path: Path) -> None:
    interpreter = _interpreter(path)
    for entry in interpreter.get_input_details():
        interpreter.set_tensor(entry["index"], np.zeros(entry["shape"], entry["dtype"]))
    interpreter.invoke()


def _interpreter(path: Path) -> Any:
    # The bytes and not the path: LiteRT cannot open names beyond the code page on Windows. Two threads take a seventh
    # off one face's time on two cores and left the window's gaps as they were.
    interpreter = Interpreter(model_content=path.read_bytes(), num_threads=2)
    interpreter.allocate_tensors()
    return interpreter


def open_network(path: Path) -> Network:
    """Load the file into an interpreter of its own.

    Raises:
        ModelError: LiteRT cannot use the file.
    """
    try:
        interpreter = _interpreter(path)
    except _LITERT_ERRORS as error:
        raise _unusable(path) from error
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    if len(inputs) != 1 or len(outputs) != 1:
        raise ModelError(
            _("The model '{name}' has {inputs} inputs and {outputs} outputs.").format(
                name=path.name, inputs=len(inputs), outputs=len(outputs)
            ),
            _("Choose one with one of each."),
        )
    value_range = _range_by_quantization(inputs[0])
    return Network(
        _Invocation(path, interpreter, inputs[0], outputs[0]),
        [int(size) for size in inputs[0]["shape"]],
        [int(size) for size in outputs[0]["shape"]],
        # Ours take 0 to 255, and a twin that was copied without its card should still work.
        value_range or PIXEL_RANGE,
        range_is_known=value_range is not None,
    )


def _unusable(path: Path) -> ModelError:
    return ModelError(
        _("'{name}' is not a compiled model that this program can run.").format(name=path.name),
        _("It may be damaged or cut short; copy it again, or choose another one."),
    )


class _Invocation:
    """One face after the other.

    A batch takes as long as its faces one by one (five faces: 12.7 ms both ways in float32, 3.4 ms in dynamic int8),
    and resizing breaks models whose reshapes hold the number 1.
    """

    def __init__(self, path: Path, interpreter: Any, entry: dict[str, Any], result: dict[str, Any]) -> None:
        self._path = path
        self._interpreter = interpreter
        self._entry = entry
        self._result = result

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.concatenate([self._run_one(face[np.newaxis]) for face in batch])

    def _run_one(self, face: NDArray[np.float32]) -> NDArray[np.float32]:
        try:
            self._interpreter.set_tensor(self._entry["index"], _quantized(face, self._entry))
            self._interpreter.invoke()
            return _dequantized(self._interpreter.get_tensor(self._result["index"]), self._result)
        except _LITERT_ERRORS as error:
            raise _unusable(self._path) from error


def _quantized(values: NDArray[np.float32], details: dict[str, Any]) -> NDArray[Any]:
    kind = np.dtype(details["dtype"])
    scale, zero_point = details["quantization"]
    if kind.kind == "f" or not scale:
        return values.astype(kind)
    limits = np.iinfo(kind)
    steps: NDArray[np.float32] = np.rint(values / scale + zero_point)
    return steps.clip(limits.min, limits.max).astype(kind)


def _dequantized(values: NDArray[Any], details: dict[str, Any]) -> NDArray[np.float32]:
    scale, zero_point = details["quantization"]
    if values.dtype.kind == "f" or not scale:
        return values.astype(np.float32)
    return (values.astype(np.float32) - np.float32(zero_point)) * np.float32(scale)


def _range_by_quantization(details: dict[str, Any]) -> Range | None:
    kind = np.dtype(details["dtype"])
    scale, zero_point = details["quantization"]
    if kind.kind == "f" or not scale:
        return None
    limits = np.iinfo(kind)
    low, high = (limits.min - zero_point) * scale, (limits.max - zero_point) * scale
    # Calibration measures a range that is a little off: the nearest usual one is meant.
    return min(_USUAL_RANGES, key=lambda usual: abs(usual[0] - low) + abs(usual[1] - high))
