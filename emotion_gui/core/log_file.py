"""The program's own log: a file of limited size in the user's log folder."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from emotion_gui.core.paths import log_folder

_NAME, _BYTES, _FILES = "emotion-gui.log", 1_000_000, 3


def start_log() -> Path:
    """Log to the file from now on; a second call changes nothing.

    Returns:
        The file's path.

    Raises:
        OSError: The log folder cannot be made.
    """
    path = log_folder() / _NAME
    logger = logging.getLogger("emotion_gui")
    if any(isinstance(each, RotatingFileHandler) and Path(each.baseFilename) == path for each in logger.handlers):
        return path
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return path
