"""The files of a session beside its rows: video, snapshots and pictures of faces, in one folder for each session."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from emotion_gui.core.errors import StorageError
from emotion_gui.core.translation import _

_FOLDER = "files"
_SESSION_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def session_folder(data_folder: Path, session_id: str) -> Path:
    """Where the files of a session lie; whoever writes the first of them makes the folder.

    Args:
        data_folder: The user's data folder, beside the database of the sessions.
        session_id: 32 hexadecimal digits; nothing a person typed becomes part of the path.

    Raises:
        ValueError: It is no session's id.
    """
    if not _SESSION_ID.fullmatch(session_id):
        raise ValueError(f"no id of a session: {session_id!r}")
    return data_folder / _FOLDER / session_id


def files_of(data_folder: Path, session_id: str) -> tuple[Path, ...]:
    """The files of a session, sorted by name; none where it has no folder.

    Raises:
        OSError: The folder cannot be read.
    """
    folder = session_folder(data_folder, session_id)
    if not folder.is_dir():
        return ()
    # A link could point out of the folder; the program makes none.
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()))


def delete_files(data_folder: Path, session_id: str) -> None:
    """Remove the folder of a session with all in it; does nothing where there is none.

    Raises:
        StorageError: A file cannot be removed, as one that another program plays on Windows.
    """
    folder = session_folder(data_folder, session_id)
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(
            _("A video or picture of this session cannot be deleted."),
            _("Close the program that shows it, then delete the session again."),
        ) from error
