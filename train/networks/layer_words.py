"""Layers in words that fit a line of a diagram."""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import layers


def describe(layer: keras.layers.Layer) -> str:
    """'Conv 3x3, 64, stride 2 · ReLU', 'Dense 512', 'Max pool 2x2'; of a layer that is not known here its class."""
    for kind, words in _WORDS:
        if isinstance(layer, kind):
            return f"{words(layer)}{_activation(layer)}"
    return str(type(layer).__name__)


def belongs(layer: keras.layers.Layer, before: keras.layers.Layer) -> bool:
    """Whether a layer shares the line of the one before: an activation its convolution's, that one its padding's."""
    return isinstance(layer, _FOLLOWING) or isinstance(before, layers.ZeroPadding2D)


_FOLLOWING = (
    layers.BatchNormalization,
    layers.Activation,
    layers.ReLU,
    layers.ELU,
    layers.Dropout,
    layers.Normalization,
)
_ACTIVATIONS = {"relu": "ReLU", "elu": "ELU"}


def _activation(layer: keras.layers.Layer) -> str:
    name = getattr(getattr(layer, "activation", None), "__name__", "linear")
    if name == "linear" or isinstance(layer, layers.Activation):
        return ""
    return f" · {_ACTIVATIONS.get(name, name)}"


def _by(size: tuple[int, ...]) -> str:
    return "\N{MULTIPLICATION SIGN}".join(map(str, size))


def _stride(layer: keras.layers.Layer, usual: tuple[int, ...]) -> str:
    return "" if tuple(layer.strides) == usual else f", stride {layer.strides[0]}"


def _convolution(name: str) -> Callable[[keras.layers.Layer], str]:
    return lambda layer: f"{name} {_by(layer.kernel_size)}, {layer.filters}{_stride(layer, (1, 1))}"


def _pool(name: str) -> Callable[[keras.layers.Layer], str]:
    return lambda layer: f"{name} {_by(layer.pool_size)}{_stride(layer, tuple(layer.pool_size))}"


def _scaling(layer: keras.layers.Layer) -> str:
    low, high = layer.offset, 255 * layer.scale + layer.offset
    return f"Scale to {low:g} … {high:g}".replace("-", "\N{MINUS SIGN}")


# The first that fits; a separable convolution is no Conv2D in Keras, a max pool no average pool.
_WORDS: tuple[tuple[type[keras.layers.Layer], Callable[[keras.layers.Layer], str]], ...] = (
    (layers.InputLayer, lambda _: "Grey face, 0 … 255"),
    (layers.Rescaling, _scaling),
    (layers.LayerNormalization, lambda _: "Each face to mean 0, deviation 1"),
    (layers.Normalization, lambda _: "less ImageNet's mean"),
    (layers.Resizing, lambda layer: f"Enlarge to {_by((layer.height, layer.width))}"),
    (layers.SeparableConv2D, _convolution("Separable conv")),
    (layers.Conv2D, _convolution("Conv")),
    (layers.MaxPooling2D, _pool("Max pool")),
    (layers.AveragePooling2D, _pool("Mean pool")),
    (layers.GlobalAveragePooling2D, lambda _: "Mean of each channel"),
    (layers.Flatten, lambda _: "Flatten"),
    (layers.Dense, lambda layer: f"Dense {layer.units}"),
    (layers.BatchNormalization, lambda _: "batch norm"),
    (layers.ReLU, lambda _: "ReLU"),
    (layers.ELU, lambda _: "ELU"),
    (layers.Activation, lambda layer: _ACTIVATIONS.get(layer.activation.__name__, layer.activation.__name__)),
    (layers.Dropout, lambda layer: f"dropout {layer.rate:g}"),
    (layers.ZeroPadding2D, lambda _: "Pad"),
    (layers.Add, lambda _: "Add"),
    (layers.Concatenate, lambda layer: f"Join to {layer.output.shape[-1]} channels"),
)
