"""Probabilities of many faces, from a Keras model or its compiled twin."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import keras
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from emotion_gui.vision.preprocessing import to_model_input


def score_keras(model: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """uint8 [n, 48, 48] to float32 [n, 7] in the order of the model's outputs."""
    scores = model.predict(to_model_input(list(images)), batch_size=256, verbose=0)
    return np.asarray(scores, dtype=np.float32)


def score_twin(path: Path, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The same through LiteRT, face by face, as the program does it."""
    interpreter = Interpreter(str(path), num_threads=1)
    interpreter.allocate_tensors()
    source, target = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
    rows = []
    for face in to_model_input(list(images)):
        interpreter.set_tensor(source, face[np.newaxis])
        interpreter.invoke()
        rows.append(interpreter.get_tensor(target)[0].copy())
    return np.stack(rows)


def milliseconds_per_face(path: Path, images: NDArray[np.uint8]) -> float:
    """Median time of one face through the twin on one thread, in milliseconds."""
    times = []
    for _ in range(5):
        begin = perf_counter()
        score_twin(path, images)
        times.append(1000 * (perf_counter() - begin) / len(images))
    return float(np.median(times))
