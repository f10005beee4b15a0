"""Models as Keras 1 and 2 left them: whole `.h5` files, and weights with their architecture in a JSON file beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import h5py

from emotion_gui.core.errors import ModelError
from emotion_gui.core.translation import _
from emotion_gui.vision.classifiers.cards import is_architecture
from emotion_gui.vision.classifiers.keras_files import H5_ERRORS, damaged

WEIGHT_SUFFIXES = (".weights.h5", ".h5", ".hdf5")


def architecture_for(weights: Path) -> Path:
    """The JSON that belongs to a weights file: of the same name, or the only architecture in the folder.

    Raises:
        ModelError: There is none, or there are several.
    """
    stem = weights.name.removesuffix(weights.suffix).removesuffix(".weights")
    same_name = weights.with_name(f"{stem}.json")
    if same_name.is_file() and is_architecture(same_name):
        return same_name
    found = [file for file in sorted(weights.parent.glob("*.json")) if is_architecture(file)]
    if len(found) == 1:
        return found[0]
    if found:
        problem = _("'{name}' holds the weights only, and several architectures are beside it.")
    else:
        problem = _("'{name}' holds the weights only, and no JSON file with its architecture is beside it.")
    raise ModelError(
        problem.format(name=weights.name),
        _("Put the architecture beside it as '{stem}.json'.").format(stem=stem),
    )


def weights_for(architecture: Path) -> Path:
    """The weights that belong to an architecture: of the same name, or the only HDF5 file in the folder.

    Raises:
        ModelError: There are none, or there are several.
    """
    for suffix in WEIGHT_SUFFIXES:
        same_name = architecture.with_suffix(suffix)
        if same_name.is_file():
            return same_name
    found = [file for file in sorted(architecture.parent.iterdir()) if file.suffix.lower() in {".h5", ".hdf5"}]
    if len(found) == 1:
        return found[0]
    if found:
        problem = _("'{name}' holds the architecture only, and several weights files are beside it.")
    else:
        problem = _("'{name}' holds the architecture only, and no weights are beside it.")
    raise ModelError(
        problem.format(name=architecture.name),
        _("Put the weights beside it as '{stem}.h5'.").format(stem=architecture.stem),
    )


def modernized(architecture: Any) -> Any:
    """The architecture as Keras 3 takes it.

    Keras 2.2 and earlier note the input on the first layer with the batch size in it; Keras 3.15 takes that for the
    shape of one picture, and building fails. Keras 1 to 2.2.2 write a sequential model as the bare list of its layers.
    """
    if isinstance(architecture, list):
        return [modernized(item) for item in architecture]
    if not isinstance(architecture, dict):
        return architecture
    result = {key: modernized(value) for key, value in architecture.items()}
    config = result.get("config")
    if isinstance(config, list) and result.get("class_name") == "Sequential":
        result["config"] = {"name": "sequential", "layers": config}
    if isinstance(config, dict) and result.get("class_name") != "InputLayer":
        shape = config.pop("batch_input_shape", None)
        if isinstance(shape, list):
            config["input_shape"] = shape[1:]
    return result


def write_whole_model(architecture: dict[str, Any], weights: Path, target: Path) -> None:
    """Join an architecture and legacy weights in one `.h5` file that Keras loads.

    Raises:
        ModelError: The weights cannot be read, or there is no room for the copy.
    """
    try:
        with h5py.File(weights, "r") as source, h5py.File(target, "w") as joined:
            joined.attrs["model_config"] = json.dumps(architecture)
            group = source.get("model_weights", source)
            joined.copy(group, joined, "model_weights")
    except H5_ERRORS as error:
        raise damaged(weights) from error
