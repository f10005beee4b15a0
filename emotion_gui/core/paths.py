"""Where the program keeps and finds its files."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_APP = "emotion-gui"


def user_data_folder() -> Path:
    """Sessions; the platform's data folder for this user, created when it is missing."""
    return platformdirs.user_data_path(_APP, appauthor=False, ensure_exists=True)


def analyses_folder(data: Path | None = None) -> Path:
    """What is kept of recordings whose analysis is not done, and notes of those that are done.

    Args:
        data: Folder of the sessions; None for the user's.
    """
    return (data or user_data_folder()) / "analyses"


def settings_file() -> Path:
    return platformdirs.user_config_path(_APP, appauthor=False, ensure_exists=True) / "settings.json"


def log_folder() -> Path:
    return platformdirs.user_log_path(_APP, appauthor=False, ensure_exists=True)


def _program_folder() -> Path:
    # A built program unpacks its data files to sys._MEIPASS; a checkout has them beside the package.
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).parents[2]


def models_folder() -> Path:
    """The published models that come with the program."""
    return _program_folder() / "models"


def assets_folder() -> Path:
    """Icons and the demo clip."""
    return _program_folder() / "assets"


def icon_files() -> list[Path]:
    """The program's icon as PNG, largest first; no files where an installation came without."""
    files = (assets_folder() / "icon").glob("emotion-gui-*.png")
    return sorted(files, key=lambda file: int(file.stem.rpartition("-")[2]), reverse=True)


def notices_file() -> Path | None:
    """The licences of everything that a built program carries; None where nothing was built, as in a checkout."""
    file = _program_folder() / "THIRD_PARTY_NOTICES.txt"
    return file if file.is_file() else None
