"""A user without a screen: answers are laid out beforehand, and what was asked is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from emotion_gui.core.consent import Consent
from emotion_gui.core.consent_texts import AgreementText, ConsentQuestion
from emotion_gui.ui.dialogs import FileKind


@dataclass
class FakeDialogs:
    """`Dialogs` that answer with what their attributes say; None gives up.

    Attributes:
        answer: Words of the button that the user presses; `confirm` is a yes when they are the button's own.
        agrees: Whether consent is given and notices are acknowledged.
        texts: Typed one after the other, before `text`.
        asked: Every text that was shown, in order.
        errors: Message and hint of every error that was shown.
    """

    file: Path | None = None
    files: tuple[Path, ...] = ()
    folder: Path | None = None
    text: str | None = None
    texts: list[str] = field(default_factory=list)
    labels: tuple[str, ...] | None = None
    answer: str | None = None
    agrees: bool = True
    asked: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    suggested: str = ""

    def ask_open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        self.asked.append(f"{title} ({', '.join(kind.label for kind in kinds)})")
        return self.file

    def ask_open_files(self, title: str, kinds: Sequence[FileKind]) -> tuple[Path, ...]:
        self.asked.append(f"{title} ({', '.join(kind.label for kind in kinds)})")
        return self.files

    def ask_save_file(self, title: str, *, name: str, kind: FileKind, folder: Path | None) -> Path | None:
        self.asked.append(f"{title} ({kind.label}) in {folder}")
        self.suggested = name
        return self.file

    def ask_folder(self, title: str, folder: Path | None = None) -> Path | None:
        self.asked.append(f"{title} {folder or ''}")
        return self.folder

    def ask_text(self, title: str, prompt: str, initial: str = "") -> str | None:
        self.asked.append(f"{title}: {prompt} {initial}")
        return self.texts.pop(0) if self.texts else self.text

    def ask_labels(self, model: str, outputs: int) -> tuple[str, ...] | None:
        self.asked.append(f"{model}: {outputs}")
        return self.labels

    def ask_consent(self, question: ConsentQuestion) -> Consent | None:
        self.asked.append(question.text.title)
        return question.agreed() if self.agrees else None

    def ask_acknowledgement(self, notice: AgreementText) -> bool:
        self.asked.append(notice.title)
        return self.agrees

    def choose(self, title: str, message: str, *, buttons: Sequence[str], danger: str = "") -> str | None:
        assert not danger or danger in buttons
        self.asked.append(f"{title}: {message}")
        return self.answer

    def confirm(self, title: str, message: str, *, yes: str, danger: bool = False) -> bool:
        return self.choose(title, message, buttons=("Cancel", yes), danger=yes if danger else "") == yes

    def show_error(self, message: str, hint: str = "") -> None:
        self.errors.append((message, hint))
