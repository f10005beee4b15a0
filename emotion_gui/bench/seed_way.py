"""The way of the programs that this one follows, to compare with: full-frame Haar and Keras `predict` per face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.vision.classifiers.quiet_tensorflow import import_keras

_CASCADE = "haarcascade_frontalface_default.xml"
_SIDE = 48
_FILTERS = (128, 256, 512, 1024)
_DROPOUT = 0.4


class SeedWay:
    """OpenCV's frontal-face cascade at 1.3 / 5 on the whole grey frame, then one `model.predict` for each face.

    The weights are random: they do not change the time. `predict` is called without its progress bar, which is kinder
    than what those programs do.
    """

    def __init__(self) -> None:
        self._cascade = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / _CASCADE))
        self._model = seed_network()

    def analyze(self, frame_bgr: NDArray[np.uint8]) -> list[int]:
        """Index of the strongest class for every face.

        Args:
            frame_bgr: uint8 [height, width, 3], 0 to 255.
        """
        gray = cv2.cvtColor(frame_bgr, cv2.COLOR_BGR2GRAY)
        faces = self._cascade.detectMultiScale(gray, 1.3, 5)
        return [self._classify(gray[y : y + height, x : x + width]) for x, y, width, height in faces]

    def _classify(self, face_gray: NDArray[Any]) -> int:
        face = cv2.resize(face_gray, (_SIDE, _SIDE))
        batch = face.reshape(1, _SIDE, _SIDE, 1) / 255.0
        return int(self._model.predict(batch, verbose=0).argmax())


def seed_network() -> Any:
    """The tutorial network: four convolutions of 128, 256, 512 and 1024 filters with dropout 0.4, two dense layers.

    Returns:
        A Keras model: input float32 [n, 48, 48, 1] from 0 to 1, output float32 [n, 7] probabilities.
    """
    keras = import_keras()
    layers: list[Any] = [keras.Input((_SIDE, _SIDE, 1))]
    for filters in _FILTERS:
        layers += [
            keras.layers.Conv2D(filters, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Dropout(_DROPOUT),
        ]
    layers.append(keras.layers.Flatten())
    for units, dropout in ((512, _DROPOUT), (256, 0.3)):
        layers += [keras.layers.Dense(units, activation="relu"), keras.layers.Dropout(dropout)]
    layers.append(keras.layers.Dense(7, activation="softmax"))
    return keras.Sequential(layers)
