"""A model on its way to other machines: its files under their hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from emotion_gui.core.errors import ModelError

_SUFFIXES = frozenset({".keras", ".tflite", ".h5", ".hdf5", ".json"})


@dataclass(frozen=True)
class ModelBundle:
    """A model file with its card and its twin.

    Attributes:
        name: Name of the file to load.
        files: Content of each file by its name.
        sha256: Over names and contents.
    """

    name: str
    files: dict[str, bytes]
    sha256: str

    def unpack(self, root: Path) -> Path:
        """Write the files into a folder named by their hash, once; gives the path of the one to load.

        Raises:
            ModelError: What arrived is not what was sent.
        """
        folder = root / self.sha256
        if _hash(self.files) != self.sha256:
            raise ModelError("The model was damaged on its way to the worker.", "Run the command again.")
        if not folder.is_dir():
            folder.mkdir(parents=True)
            for name, content in self.files.items():
                (folder / name).write_bytes(content)
        return folder / self.name


def bundle_of(model: Path) -> ModelBundle:
    """The files that `load_classifier` reads for a model."""
    files = {
        path.name: path.read_bytes()
        for path in sorted(model.parent.glob(f"{model.stem}.*"))
        if path.suffix.lower() in _SUFFIXES
    }
    return ModelBundle(model.name, files, _hash(files))


def same(bundle: ModelBundle) -> ModelBundle:
    """What the cluster calls to hold a bundle."""
    return bundle


def _hash(files: dict[str, bytes]) -> str:
    listed = [(name, hashlib.sha256(content).hexdigest()) for name, content in sorted(files.items())]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()
