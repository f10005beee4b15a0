"""Models that need TensorFlow: `.keras`, legacy `.h5`, and weights with a JSON architecture."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import sha256_of
from emotion_gui.core.quiet_output import quiet
from emotion_gui.core.translation import _
from emotion_gui.vision.classifiers.cards import AskLabels, is_architecture
from emotion_gui.vision.classifiers.keras_files import (
    check_keras_archive,
    damaged,
    has_legacy_layout,
    parse_architecture,
    read_h5_architecture,
    refuse_code,
)
from emotion_gui.vision.classifiers.keras_legacy import (
    architecture_for,
    modernized,
    weights_for,
    write_whole_model,
)
from emotion_gui.vision.classifiers.network import Network, NetworkClassifier, classifier_from
from emotion_gui.vision.classifiers.quiet_tensorflow import import_keras
from emotion_gui.vision.classifiers.tensors import PIXEL_RANGE, UNIT_RANGE
from emotion_gui.vision.preprocessing import FACE_SIDE

# What Keras raises on files that are not as it expects; its own errors have no common base.
_BUILD_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_OWN_RESCALING = ("Rescaling", "Normalization")


def load_keras(path: Path, ask_labels: AskLabels | None) -> NetworkClassifier:
    """Load a `.keras` file, safe mode on.

    Raises:
        ModelError: See `load_classifier`.
    """
    check_keras_archive(path)
    return _classifier(path, lambda keras: _load_whole(keras, path), ask_labels)


def load_h5(path: Path, ask_labels: AskLabels | None) -> NetworkClassifier:
    """Load a legacy `.h5` file; where it holds weights only, with the architecture beside it.

    Raises:
        ModelError: See `load_classifier`.
    """
    architecture = read_h5_architecture(path)
    if architecture is None:
        json_file = architecture_for(path)
        architecture = parse_architecture(json_file, json_file.read_bytes())
    refuse_code(path, architecture)
    return _classifier(path, lambda keras: _join(keras, architecture, path), ask_labels)


def load_json(path: Path, ask_labels: AskLabels | None) -> NetworkClassifier:
    """Load the architecture in a JSON file with the weights beside it.

    Raises:
        ModelError: See `load_classifier`.
    """
    if not is_architecture(path):
        raise ModelError(
            _("'{name}' holds no Keras architecture.").format(name=path.name),
            _("Choose the model file itself: .keras, .tflite or .h5."),
        )
    weights = weights_for(path)
    read_h5_architecture(weights)
    architecture = parse_architecture(path, path.read_bytes())
    refuse_code(path, architecture)
    return _classifier(weights, lambda keras: _join(keras, architecture, weights), ask_labels)


def _join(keras: Any, architecture: dict[str, Any], weights: Path) -> Any:
    with tempfile.TemporaryDirectory(prefix="emotion-gui-") as folder:
        if has_legacy_layout(weights):
            whole = Path(folder) / "whole.h5"
            write_whole_model(modernized(architecture), weights, whole)
            return _load_whole(keras, whole)
        # Keras 3 goes by the name's ending, which people change.
        copy = Path(folder) / "copy.weights.h5"
        shutil.copyfile(weights, copy)
        model = keras.models.model_from_json(json.dumps(architecture))
        model.load_weights(copy)
        return model


def _load_whole(keras: Any, path: Path) -> Any:
    if path.suffix != path.suffix.lower():
        # Keras knows its own files by endings in small letters only.
        with tempfile.TemporaryDirectory(prefix="emotion-gui-") as folder:
            return _load_whole(keras, Path(shutil.copyfile(path, Path(folder) / f"copy{path.suffix.lower()}")))
    return keras.saving.load_model(path, compile=False, safe_mode=True)


def _classifier(path: Path, build: Callable[[Any], Any], ask_labels: AskLabels | None) -> NetworkClassifier:
    keras = import_keras()
    import tensorflow as tf

    try:
        with quiet():
            with keras.StatelessScope(initialize_variables=False):
                # Loaded without room for its weights first: layers that claim other sizes than the file holds fail
                # here, before they take the computer's memory.
                build(keras)
            model = build(keras)
            # Building the graph and the trial run belong to loading: a model may be sound in form and still not run.
            network = _network(path, model)
            network.run(np.zeros([size or FACE_SIDE for size in network.input_shape], np.float32))
    except (*_BUILD_ERRORS, tf.errors.OpError) as error:
        raise _explained(path, error) from error
    return classifier_from(path, sha256_of(path), network, ask_labels)


def _explained(path: Path, error: BaseException) -> ModelError:
    if "Could not locate" in str(error) or "Unknown layer" in str(error):
        return ModelError(
            _("'{name}' uses parts that are not Keras's own, so it cannot be loaded.").format(name=path.name),
            _("Choose a model made of Keras's own layers only."),
        )
    return damaged(path)


def _network(path: Path, model: Any) -> Network:
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ModelError(
            _("The model '{name}' has {inputs} inputs and {outputs} outputs.").format(
                name=path.name, inputs=len(model.inputs), outputs=len(model.outputs)
            ),
            _("Choose one with one of each."),
        )
    # A model that rescales or normalises inside is fed 0 to 255, as ours is; of one that does not, most people (and
    # nearly all of the programs this one follows) divide by 255 before it.
    rescales = _rescales(model)
    return Network(
        _compiled(model),
        tuple(model.inputs[0].shape),
        tuple(model.outputs[0].shape),
        PIXEL_RANGE if rescales else UNIT_RANGE,
        range_is_known=rescales,
    )


def _compiled(model: Any) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """A graph of the model: a quarter of the time of calling it, and a twentieth of `model.predict`."""
    import tensorflow as tf

    # Any number of faces, also where the model was saved with the batch size of its training.
    shape = tf.TensorSpec([None, *model.inputs[0].shape[1:]], tf.float32)
    graph = tf.function(lambda batch: model(batch, training=False), input_signature=[shape])

    def run(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(graph(tf.constant(batch)), np.float32)

    return run


def _rescales(layer: Any) -> bool:
    return type(layer).__name__ in _OWN_RESCALING or any(_rescales(part) for part in getattr(layer, "layers", ()))
