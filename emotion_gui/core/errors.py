"""Expected trouble: each error carries one sentence for the user and one that says what to do."""

from __future__ import annotations


class AppError(Exception):
    """Trouble that the user can do something about; shown without a traceback.

    Attributes:
        message: What happened, one full sentence.
        hint: What to do now, one full sentence; may be empty where the message says it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint


class SourceError(AppError):
    """A camera, file or stream cannot be opened or read."""


class ModelError(AppError):
    """A model file cannot be used."""


class StorageError(AppError):
    """A session or the settings cannot be kept or read."""


class ExportError(AppError):
    """A report cannot be written."""
