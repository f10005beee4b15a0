"""Where the program keeps and finds its files."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_APP = "emotion-gui"


def user_data_folder() -> Path:
    """Sessions; the platform's data folder for this user, created when it is missing."""
    return platformdirs.user_data_path(_APP, appauthor=False, ensure_exists=True)


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


def notices_file() -> Path | None:
    """The licences of what a built program bundles; None in a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    path = Path(frozen) / "THIRD_PARTY_NOTICES.txt" if frozen else None
    return path if path and path.is_file() else None


def assets_folder() -> Path:
    """Icons and the demo clip."""
    return _program_folder() / "assets"
