"""What is in a Keras file, read and checked before anything in it is built or run."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import h5py

from emotion_gui.core.errors import ModelError
from emotion_gui.core.translation import _
from emotion_gui.vision.classifiers.model_files import MAX_MODEL_BYTES

# The architecture of the largest nets in use is 0.3 MB of JSON.
_MAX_CONFIG_BYTES = 16 << 20
_LAMBDA_CLASSES = frozenset({"Lambda", "__lambda__"})
H5_ERRORS = (OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError, MemoryError, RecursionError)


def damaged(path: Path) -> ModelError:
    """The error for a file that no reader takes."""
    return ModelError(
        _("'{name}' is not a Keras model that this program can read.").format(name=path.name),
        _("It may be damaged or cut short; copy it again, or choose another one."),
    )


def check_keras_archive(path: Path) -> None:
    """Check a `.keras` file: a zip archive with its configuration, of bounded size, without code.

    Raises:
        ModelError: It is none, or it is unsafe.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            # A few kilobytes of zip can unpack to terabytes.
            if sum(sizes.values()) > MAX_MODEL_BYTES:
                raise ModelError(
                    _("'{name}' unpacks to more than a model needs.").format(name=path.name),
                    _("Choose another model file."),
                )
            if sizes.get("config.json", _MAX_CONFIG_BYTES + 1) > _MAX_CONFIG_BYTES:
                raise damaged(path)
            text = archive.read("config.json")
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError) as error:
        raise damaged(path) from error
    refuse_code(path, parse_architecture(path, text))


def read_h5_architecture(path: Path) -> dict[str, Any] | None:
    """The architecture inside a legacy `.h5` file; None where it holds weights only.

    Raises:
        ModelError: It is no HDF5 file, or holds more than a model needs.
    """
    try:
        with h5py.File(path, "r") as file:
            if sum(_dataset_bytes(file)) > MAX_MODEL_BYTES:
                raise ModelError(
                    _("'{name}' unpacks to more than a model needs.").format(name=path.name),
                    _("Choose another model file."),
                )
            text = file.attrs.get("model_config")
    except H5_ERRORS as error:
        raise damaged(path) from error
    return None if text is None else parse_architecture(path, text)


def _dataset_bytes(file: h5py.File) -> Iterator[int]:
    sizes: list[int] = []

    def visit(_: str, item: object) -> None:
        if isinstance(item, h5py.Dataset):
            sizes.append(int(item.size or 0) * item.dtype.itemsize)

    file.visititems(visit)
    return iter(sizes)


def has_legacy_layout(path: Path) -> bool:
    """Whether a weights file is laid out as Keras 1 and 2 did, by layer names.

    Raises:
        ModelError: It cannot be read.
    """
    try:
        with h5py.File(path, "r") as file:
            return "layer_names" in file.attrs or "model_weights" in file
    except H5_ERRORS as error:
        raise damaged(path) from error


def parse_architecture(path: Path, text: str | bytes) -> dict[str, Any]:
    """The architecture as JSON types.

    Raises:
        ModelError: It is none.
    """
    try:
        architecture = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(path) from error
    if not isinstance(architecture, dict) or "class_name" not in architecture:
        raise damaged(path)
    return architecture


def refuse_code(path: Path, architecture: Any) -> None:
    """See that an architecture brings no program code of its own.

    Keras's safe mode refuses it too, but not for every kind of file and not before it has begun to build.

    Raises:
        ModelError: There is a Lambda layer or a pickled function in it.
    """
    waiting = [architecture]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            # A damaged file may have anything in this place, also what cannot be looked up in a set.
            if str(item.get("class_name")) in _LAMBDA_CLASSES:
                raise ModelError(
                    _(
                        "'{name}' contains program code (a Lambda layer), which could do anything on this computer."
                    ).format(name=path.name),
                    _("Choose a model made of Keras's own layers only."),
                )
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
