"""Saves the settings in the background, the newest last."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import _
from emotion_gui.pipeline.workers import QueueWorker
from emotion_gui.storage.settings_file import save_settings


class SettingsWriter:
    """One thread for one file: two writers could finish in the wrong order and bring an old choice back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notices: queue.SimpleQueue[Notice] = queue.SimpleQueue()
        self._worker: QueueWorker[Settings] = QueueWorker("settings writer", self._write, self._tell)

    def save(self, settings: Settings) -> None:
        self._worker.submit(settings)

    def notices(self) -> Iterator[Notice]:
        """What the user must be told since the last call."""
        while not self._notices.empty():
            yield self._notices.get()

    def close(self) -> None:
        self._worker.stop()

    def _write(self, waiting: list[Settings]) -> None:
        save_settings(self._path, waiting[-1])
        waiting.clear()

    def _tell(self, error: Exception | None) -> None:
        if isinstance(error, AppError):
            self._notices.put(Notice(Level.ERROR, error.message, error.hint))
        elif error:
            self._notices.put(Notice(Level.ERROR, _("The settings cannot be saved."), _("See the log.")))
