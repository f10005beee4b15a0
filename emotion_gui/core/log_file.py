"""The program's own log: a file of limited size in the user's log folder."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from logging.handlers import RotatingFileHandler
from pathlib import Path

from emotion_gui.core.crash import Crash
from emotion_gui.core.paths import log_folder

_NAME, _BYTES, _FILES = "emotion-gui.log", 1_000_000, 3
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_path() -> Path:
    """The newest log file; older ones lie beside it."""
    return log_folder() / _NAME


def start_log(*, debug: bool = False) -> Path:
    """Log to the file from now on; a second call changes nothing.

    Args:
        debug: Log everything, and to the standard error stream too.

    Returns:
        The file's path.

    Raises:
        OSError: The log folder cannot be made.
    """
    path = log_path()
    logger = logging.getLogger("emotion_gui")
    if any(isinstance(each, RotatingFileHandler) and Path(each.baseFilename) == path for each in logger.handlers):
        return path
    handlers: list[logging.Handler] = [
        RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    ]
    if debug:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(_Formatter(_FORMAT))
        handler.addFilter(_OncePerError())
        logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    return path


class _OncePerError(logging.Filter):
    """Lets an error that comes again pass at its 10th, 100th ... time only, with the number in `record.times`.

    One that a timer meets a hundred times a second would otherwise push everything else out of the log in a minute.
    """

    def __init__(self) -> None:
        super().__init__()
        self._times: Counter[str] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.exc_info or not record.exc_info[0]:
            return True
        signature = Crash.of(*record.exc_info).signature
        self._times[signature] += 1
        times = self._times[signature]
        record.__dict__["times"] = times
        return str(times).strip("0") == "1"


class _Formatter(logging.Formatter):
    """Says how often an error has come."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        times: int = getattr(record, "times", 1)
        return super().formatMessage(record) + (f" (for the {times}th time)" if times > 1 else "")
