"""Small real models and faces for the tests of the classifiers: untrained weights, but real files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import h5py
import matplotlib
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.model_card import ModelCard, sha256_of
from emotion_gui.core.quiet_output import quiet


@dataclass(frozen=True)
class ModelFiles:
    """A folder of models; `net` is the Keras model that the published files were made from."""

    folder: Path
    net: Any

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


def face_net(keras: Any, *, side: int = 48, channels: int = 1, classes: int = 7, rescale: bool = True) -> Any:
    """A net that sees differences between faces although it is not trained: weights drawn wide."""
    layers = keras.layers
    wide = keras.initializers.VarianceScaling(8.0, seed=3)
    x = image = keras.Input((side, side, channels))
    if rescale:
        x = layers.Rescaling(1 / 255)(x)
    x = layers.Conv2D(4, 3, strides=2, activation="relu", kernel_initializer=wide)(x)
    x = layers.BatchNormalization()(x)
    x = layers.AveragePooling2D(4)(x)
    x = layers.Flatten()(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", kernel_initializer=wide)(x))


def faces(side: int = 48) -> list[NDArray[np.uint8]]:
    """Seven views of a real face: Grace Hopper's portrait (US Navy, public domain) as matplotlib carries it."""
    portrait = cv2.imread(str(Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"), 0)
    assert portrait is not None
    views = []
    for shift in (0, 12, -12):
        crop = portrait[60 + shift : 310 + shift, 140:390]
        views += [crop, crop[:, ::-1]]
    views.append(cv2.convertScaleAbs(views[0], alpha=0.5, beta=90))
    return [np.asarray(cv2.resize(view, (side, side), interpolation=cv2.INTER_AREA), np.uint8) for view in views]


def compile_net(net: Any, *, full_int8: bool = False) -> bytes:
    """The net as LiteRT runs it."""
    import tensorflow as tf

    with quiet():
        converter = tf.lite.TFLiteConverter.from_keras_model(net)
        if full_int8:
            side, channels = net.inputs[0].shape[2:]
            samples = [np.repeat(face[None, ..., None], channels, -1).astype(np.float32) for face in faces(side)]
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
            converter.representative_dataset = lambda: ([sample] for sample in samples)
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
            converter.inference_input_type = converter.inference_output_type = tf.uint8
        return bytes(converter.convert())


def write_card(keras_file: Path, **changes: Any) -> None:
    """A card as `train` publishes it, true to the files that are there unless `changes` says otherwise."""
    twin = keras_file.with_suffix(".tflite")
    card = ModelCard(
        keras_file.stem,
        EMOTION_NAMES,
        {"shape": [48, 48, 1], "value_range": [0, 255], "color": "gray"},
        metrics={"accuracy": {"value": 0.5, "split": "PublicTest"}},
        keras_sha256=sha256_of(keras_file) if keras_file.exists() else "",
        tflite_sha256=sha256_of(twin) if twin.exists() else "",
    )
    text = json.dumps(card.to_dict() | changes)
    keras_file.with_suffix(".json").write_text(text, encoding="utf-8")


def save_weights_as_keras_2(whole_model: Path, target: Path) -> None:
    """The weights alone, by layer names, as `save_weights('fer.h5')` of Keras 1 and 2 wrote them."""
    with h5py.File(whole_model, "r") as source, h5py.File(target, "w") as weights:
        group = source["model_weights"]
        for key, value in group.attrs.items():
            weights.attrs[key] = value
        for key in group:
            group.copy(group[key], weights, key)
