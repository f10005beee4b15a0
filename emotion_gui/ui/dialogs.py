"""What the window asks the user, as an interface: tests answer it without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from emotion_gui.core.consent import Consent
from emotion_gui.core.consent_texts import AgreementText, ConsentQuestion


@dataclass(frozen=True)
class FileKind:
    """Files that belong together in a file dialog.

    Attributes:
        label: 'Videos'.
        patterns: '*.mp4' and the like.
    """

    label: str
    patterns: tuple[str, ...]


class Dialogs(Protocol):
    """Questions to the user; each blocks until it is answered, and None always means that the user gave up."""

    def ask_open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None: ...

    def ask_open_files(self, title: str, kinds: Sequence[FileKind]) -> tuple[Path, ...]:
        """Several files at once; none where the user gave up."""
        ...

    def ask_save_file(self, title: str, *, name: str, kind: FileKind, folder: Path | None) -> Path | None:
        """Where to save; the answer may be a file that exists, asking about that is the caller's part."""
        ...

    def ask_folder(self, title: str, folder: Path | None = None) -> Path | None: ...
    def ask_text(self, title: str, prompt: str, initial: str = "") -> str | None: ...

    def ask_labels(self, model: str, outputs: int) -> tuple[str, ...] | None:
        """Emotion names for a model's outputs, in order and none twice."""
        ...

    def ask_consent(self, question: ConsentQuestion) -> Consent | None:
        """Ask before a session; None where the answer is no."""
        ...

    def ask_acknowledgement(self, notice: AgreementText) -> bool:
        """Show a notice that must have been read; False where the user does not want to go on."""
        ...

    def choose(self, title: str, message: str, *, buttons: Sequence[str], danger: str = "") -> str | None:
        """Let the user press one of several buttons.

        Args:
            title: Heading of the dialog.
            message: What is asked.
            buttons: Their words, left to right; the last one is what most people want.
            danger: The one among them that destroys something; empty for none.
        """
        ...

    def confirm(self, title: str, message: str, *, yes: str, danger: bool = False) -> bool: ...
    def show_error(self, message: str, hint: str = "") -> None: ...
