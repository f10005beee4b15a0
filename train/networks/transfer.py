"""Networks that were trained on ImageNet's photos, taught faces: built here without weights, which come from a file.

Nothing is downloaded: whoever has a file of ImageNet weights gives it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import keras
from keras import layers

from emotion_gui.core.errors import AppError
from emotion_gui.vision.preprocessing import FACE_SIDE
from train.config import NetworkConfig
from train.networks.blocks import pooled

LARGEST_SIDE = 224
# Of ImageNet's pictures, blue, green, red: what VGG's authors took off (https://arxiv.org/abs/1409.1556, 2.1).
_VGG_MEAN = (103.939, 116.779, 123.68)


@dataclass(frozen=True)
class _Base:
    """A network of `keras.applications` without its top, one layer of ours, so that its weights keep their places.

    Attributes:
        build: Its function.
        preprocessing: From three equal channels, 0 to 255, to what it was trained on.
        weights_file: Name of its ImageNet weights as Keras publishes and keeps them.
    """

    build: Callable[..., keras.Model]
    preprocessing: Callable[[], layers.Layer]
    weights_file: str


_BASES = {
    "vgg16_base": _Base(
        keras.applications.VGG16,
        lambda: layers.Normalization(mean=_VGG_MEAN, variance=(1.0, 1.0, 1.0), dtype="float32"),
        "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
    ),
    "resnet50v2_base": _Base(
        keras.applications.ResNet50V2,
        lambda: layers.Rescaling(1 / 127.5, offset=-1.0, dtype="float32"),
        "resnet50v2_weights_tf_dim_ordering_tf_kernels_notop.h5",
    ),
}


def vgg16_transfer(network: NetworkConfig, dtype: str) -> keras.Model:
    """VGG16 without its top: 14.7 M weights, features [n, 512], the mean of each channel.

    The original's three dense layers are left out; the head takes their place.

    Source: Simonyan and Zisserman 2014, https://arxiv.org/abs/1409.1556, by `keras.applications`.

    Raises:
        AppError: `network.input_side` is out of range.
    """
    return _transfer("vgg16", network, dtype)


def resnet50v2_transfer(network: NetworkConfig, dtype: str) -> keras.Model:
    """ResNet50V2 without its top: 23.6 M weights, features [n, 2048], the mean of each channel.

    The original's dense layer is left out; the head takes its place.

    Source: He et al. 2016, https://arxiv.org/abs/1603.05027, by `keras.applications`.

    Raises:
        AppError: `network.input_side` is out of range.
    """
    return _transfer("resnet50v2", network, dtype)


def load_base_weights(model: keras.Model, path: Path) -> None:
    """Put ImageNet's weights into the base of a network of this file.

    Args:
        model: What `train.networks.heads.build_headed` gave.
        path: Weights of that base without its top, as `keras.applications` publishes them (`..._notop.h5`) or as
            `save_weights` writes them (`.weights.h5`).

    Raises:
        AppError: The network has no base, or the file does not hold its weights.
    """
    base = _base_of(model)
    hint = (
        f"Give '{_BASES[base.name].weights_file}', which Keras keeps in the folder .keras/models of your home folder "
        "once a program of yours has used it."
    )
    if not path.is_file():
        raise AppError(f"There is no file '{path}'.", hint)
    try:
        # What Keras warns of, layer by layer, it also raises.
        with warnings.catch_warnings(action="ignore"):
            base.load_weights(path)
    # By what is wrong with the file, h5py and Keras raise any of these.
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise AppError(
            f"'{path.name}' does not hold the ImageNet weights that this network begins with.", hint
        ) from error


def freeze_base(model: keras.Model) -> None:
    """Let the head alone learn; the base's batch normalisation uses its stored moments while training too.

    To be called before `model.compile`, which fixes what learns.

    Args:
        model: What `build_headed` gave.

    Raises:
        AppError: The network has no base.
    """
    _base_of(model).trainable = False


def unfreeze_base(model: keras.Model, last_layers: int) -> None:
    """Let the last layers of the base learn too.

    Batch normalisation goes on with its stored moments unless everything learns: those of a few small batches would
    undo what the layers after it have learnt (https://keras.io/guides/transfer_learning/).

    To be called before `model.compile`, which fixes what learns.

    Args:
        model: What `build_headed` gave.
        last_layers: How many of the base's layers learn, counted from its end as its summary lists them; 0 for none,
            -1 for all of them with their batch normalisation. More than there are is all but the normalisation.

    Raises:
        AppError: The network has no base, or the number is below -1.
    """
    if last_layers < -1:
        raise AppError(f"'unfrozen_layers' is {last_layers}.", "It must be -1 for all, 0 for none, or more.")
    base = _base_of(model)
    base.trainable = last_layers != 0
    if last_layers == -1:
        return
    learning = base.layers[-last_layers:] if last_layers else []
    for layer in base.layers:
        layer.trainable = layer in learning and not isinstance(layer, layers.BatchNormalization)


def _transfer(name: str, network: NetworkConfig, dtype: str) -> keras.Model:
    side = network.input_side
    if not FACE_SIDE <= side <= LARGEST_SIDE:
        raise AppError(f"'input_side' is {side}.", f"It must be from {FACE_SIDE} to {LARGEST_SIDE}.")
    base = _BASES[f"{name}_base"]
    face = keras.Input((FACE_SIDE, FACE_SIDE, 1), name="face")
    x = face if side == FACE_SIDE else layers.Resizing(side, side, dtype="float32")(face)
    x = base.preprocessing()(layers.Concatenate(dtype="float32")([x, x, x]))
    with _dtype_policy(dtype):
        x = base.build(include_top=False, weights=None, input_shape=(side, side, 3), name=f"{name}_base")(x)
    return keras.Model(face, pooled(x, network.dropout), name=f"{name}_transfer")


@contextmanager
def _dtype_policy(dtype: str) -> Iterator[None]:
    """`keras.applications` takes the dtype of its layers from the process alone."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def _base_of(model: keras.Model) -> keras.Model:
    for layer in model.layers:
        if layer.name in _BASES:
            return layer
    raise AppError(
        f"The network '{model.name}' has no base with ImageNet weights.",
        "Choose vgg16_transfer or resnet50v2_transfer for that.",
    )
