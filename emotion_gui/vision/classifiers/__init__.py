"""What names an expression: one file per model runtime, one table by file suffix."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard
from emotion_gui.core.translation import _
from emotion_gui.vision.classifiers.cards import AskLabels, verified_twin
from emotion_gui.vision.classifiers.model_files import check_model_file, check_tensorflow, shipped_model

__all__ = ["CLASSIFIERS", "AskLabels", "EmotionClassifier", "load_classifier", "shipped_model"]


class EmotionClassifier(Protocol):
    """A loaded model; used by one thread at a time.

    Attributes:
        card: The model's card; made from the file itself where it has none.
        sha256: Hash of the file that runs, 64 hexadecimal digits.
        input_side: Width and height in pixels of the crops that it takes.
    """

    card: ModelCard
    sha256: str
    input_side: int

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Score some faces.

        Args:
            faces_gray: Crops as `crop_face` makes them, uint8 [input_side, input_side], 0 to 255.

        Returns:
            float32 [n, 7] in the order of `EMOTIONS`, 0 to 1, each row summing to 1; 0 for classes that the model
            does not have.
        """


class _Loader(Protocol):
    def __call__(self, path: Path, ask_labels: AskLabels | None) -> EmotionClassifier: ...


# By suffix. Named as strings, so that a runtime is imported when a file of its kind is opened and not before;
# build.spec reads this table too.
CLASSIFIERS: dict[str, str] = {
    ".keras": "emotion_gui.vision.classifiers.keras_model:load_keras",
    ".tflite": "emotion_gui.vision.classifiers.litert_model:load_tflite",
    ".h5": "emotion_gui.vision.classifiers.keras_model:load_h5",
    ".hdf5": "emotion_gui.vision.classifiers.keras_model:load_h5",
    ".json": "emotion_gui.vision.classifiers.keras_model:load_json",
}


def load_classifier(path: Path, ask_labels: AskLabels | None = None) -> EmotionClassifier:
    """Load a model in the calling thread; of a published model the compiled twin, where it belongs to the `.keras`.

    Args:
        path: `.keras`, `.tflite`, `.h5` or `.hdf5` (whole, or weights with a JSON architecture beside them), or that
            `.json`. `NAME.keras` stands for `NAME.tflite` where only the twin is there.
        ask_labels: Asked for the emotion names of a model that has neither seven outputs nor a card; called in this
            thread with the number of outputs; returns None when the person cancels.

    Raises:
        ModelError: With the sentence to show: the file is missing, damaged, unsafe, or no model of ours.
    """
    twin = path.with_suffix(".tflite")
    if path.suffix.lower() == ".keras" and not path.exists() and twin.is_file():
        path = twin
    if path.suffix.lower() not in CLASSIFIERS:
        known = ", ".join(CLASSIFIERS)
        raise ModelError(
            _("'{name}' is not a kind of model file that this program reads.").format(name=path.name),
            _("Choose one of {known}.").format(known=known),
        )
    check_model_file(path)
    if path.suffix.lower() == ".keras":
        path = verified_twin(path) or path
    if path.suffix.lower() != ".tflite":
        check_tensorflow(path)
    module, _colon, function = CLASSIFIERS[path.suffix.lower()].partition(":")
    loader = cast("_Loader", getattr(import_module(module), function))
    return loader(path, ask_labels)
