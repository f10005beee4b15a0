"""Which model files there are and whether one can be opened at all."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from emotion_gui.core import paths
from emotion_gui.core.errors import ModelError
from emotion_gui.core.translation import _

DEFAULT_MODEL = "ferplus"
# The largest nets that are used for expressions (VGG16 with its dense layers) take 0.55 GB; more is no such model.
MAX_MODEL_BYTES = 1 << 30


def shipped_model() -> Path:
    """The model that comes with the program: `models/ferplus.keras`, else the first published one by name.

    Raises:
        ModelError: The program came without a model.
    """
    folder = paths.models_folder()
    names = sorted({file.stem for suffix in ("*.keras", "*.tflite") for file in folder.glob(suffix)})
    for name in [DEFAULT_MODEL, *names]:
        for suffix in (".keras", ".tflite"):
            file = folder / f"{name}{suffix}"
            if file.is_file():
                return file
    raise ModelError(
        _("The program's own expression model is missing."),
        _("Install the program again, or choose a model file with 'Open model...'."),
    )


def check_tensorflow(path: Path) -> None:
    """See that this installation has what runs a model that is not compiled; a built program may lack it.

    Raises:
        ModelError: It has not.
    """
    if find_spec("tensorflow"):
        return
    message = _("'{name}' needs TensorFlow, which this edition of the program does not carry.").format(name=path.name)
    twin = path.with_suffix(".tflite")
    if twin.is_file():
        raise ModelError(message, _("Open '{twin}' beside it, or get the full edition.").format(twin=twin.name))
    raise ModelError(message, _("Get the full edition, or choose the model's compiled form (.tflite)."))


def check_model_file(path: Path) -> None:
    """See that a file is there, can be read, and is of a size that a model can have.

    Raises:
        ModelError: It is missing, a folder, empty, not readable or too large.
    """
    hint = _("Choose another model file.")
    try:
        if not path.exists():
            raise ModelError(_("The model file '{name}' is not there.").format(name=path.name), hint)
        if not path.is_file():
            raise ModelError(_("'{name}' is a folder, not a model file.").format(name=path.name), hint)
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise ModelError(
            _("The model file '{name}' cannot be read.").format(name=path.name),
            _("Check that you may open it, or choose another one."),
        ) from error
    if not size:
        raise ModelError(
            _("The model file '{name}' is empty.").format(name=path.name), _("Copy it again, or choose another one.")
        )
    if size > MAX_MODEL_BYTES:
        raise ModelError(
            _("'{name}' is too large for an expression model ({size} MB).").format(name=path.name, size=size >> 20),
            hint,
        )
