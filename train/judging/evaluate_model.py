"""A published model against FER-2013: the command `evaluate`."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import keras

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.vision.preprocessing import FACE_SIDE
from train.data.faces import PRIVATE_TEST, PUBLIC_TEST, TRAINING, DataError, Faces, without_blank
from train.judging.confusion_chart import draw_confusion
from train.judging.evaluate import evaluate
from train.judging.scoring import score_keras


def evaluate_model(path: Path, faces: Faces, out: Path) -> list[dict[str, Any]]:
    """Score every test part that the data has; write `figures.json` and one confusion PNG per figure.

    Args:
        path: A `.keras` file that takes float32 [n, 48, 48, 1] and gives [n, 7] in FER-2013 order.
        faces: The data.
        out: Folder for the files; created when missing.

    Returns:
        What `train.judging.evaluate.evaluate` gives, for every part.

    Raises:
        ModelError: The file is no such model.
        DataError: The data has no test part.
    """
    model = _load(path)
    training = without_blank(faces.select(faces.usage == TRAINING))
    figures: list[dict[str, Any]] = []
    for split in (PUBLIC_TEST, PRIVATE_TEST):
        if (faces.usage == split).any():
            part = faces.of_usage(split)
            figures += evaluate(score_keras(model, part.images), part, split, training if len(training) else None)
    if not figures:
        raise DataError("The data has no PublicTest or PrivateTest faces.", "Give FER-2013 with a test part.")
    out.mkdir(parents=True, exist_ok=True)
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for number, entry in enumerate(figures):
        draw_confusion(entry, out / f"confusion_{number}_{entry['split']}.png")
    return figures


def _load(path: Path) -> keras.Model:
    try:
        model = keras.saving.load_model(path, safe_mode=True, compile=False)
    except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"'{path.name}' cannot be loaded as a Keras model.", "Give a published .keras file."
        ) from error
    shapes = model.input_shape, model.output_shape
    if shapes != ((None, FACE_SIDE, FACE_SIDE, 1), (None, len(EMOTION_NAMES))):
        raise ModelError(
            f"'{path.name}' takes {shapes[0]} and gives {shapes[1]}.",
            f"A model from (n, {FACE_SIDE}, {FACE_SIDE}, 1) to (n, {len(EMOTION_NAMES)}) is needed.",
        )
    return model
