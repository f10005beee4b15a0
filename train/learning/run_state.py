"""What a machine needs to go on with another's run: its configuration and its newest checkpoint, as bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from emotion_gui.core.errors import AppError
from train.config import CONFIG_FILE


def pack_run(run_folder: Path) -> bytes:
    """The run as a zip file; one without files where it has not begun.

    Raises:
        OSError: A file cannot be read.
    """
    packed = io.BytesIO()
    checkpoints = sorted(run_folder.glob("epoch-[0-9]*"))[-1:]
    files = [run_folder / CONFIG_FILE, *(path for folder in checkpoints for path in sorted(folder.iterdir()))]
    with zipfile.ZipFile(packed, "w") as archive:
        for path in files:
            if path.is_file():
                archive.write(path, path.relative_to(run_folder))
    return packed.getvalue()


def unpack_run(packed: bytes, run_folder: Path) -> None:
    """Write what `pack_run` gave; names that lead out of the folder are bent into it, as `zipfile` does.

    Raises:
        AppError: It is no such run.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(run_folder)
    except (zipfile.BadZipFile, ValueError) as error:
        raise AppError("The first machine sent no run.", "Use the same version of this program everywhere.") from error
