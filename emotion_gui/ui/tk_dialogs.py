"""The dialogs on the screen: the system's own file dialogs, the theme's for the rest."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tkinter import filedialog

from emotion_gui.core.consent import Consent
from emotion_gui.core.consent_texts import AgreementText, ConsentQuestion
from emotion_gui.core.translation import _
from emotion_gui.ui.dialogs import FileKind
from emotion_gui.ui.question_windows import ChoiceWindow, LabelsWindow, TextWindow
from emotion_gui.ui.session.consent_window import ConsentWindow, NoticeWindow
from emotion_gui.ui.theme import APP_NAME


class TkDialogs:
    """`Dialogs` over the window that has the keyboard: behind that one, nobody would find them.

    Args:
        parent: The window that the dialogs stand over where none of the program's has it.
    """

    def __init__(self, parent: tk.Misc) -> None:
        self._parent = parent

    @property
    def _over(self) -> tk.Misc:
        # A list that a combobox has dropped has no widget of Python's.
        with suppress(KeyError):
            focused = self._parent.focus_get()
            if focused is not None:
                return focused.winfo_toplevel()
        return self._parent

    def ask_open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        types = [(kind.label, kind.patterns) for kind in kinds]
        return _path(filedialog.askopenfilename(parent=self._over, title=title, filetypes=types))

    def ask_open_files(self, title: str, kinds: Sequence[FileKind]) -> tuple[Path, ...]:
        types = [(kind.label, kind.patterns) for kind in kinds]
        chosen = filedialog.askopenfilenames(parent=self._over, title=title, filetypes=types)
        return tuple(map(Path, chosen or ()))

    def ask_save_file(self, title: str, *, name: str, kind: FileKind, folder: Path | None) -> Path | None:
        return _path(
            filedialog.asksaveasfilename(
                parent=self._over,
                title=title,
                initialfile=name,
                initialdir=folder,
                defaultextension=kind.patterns[0].removeprefix("*"),
                filetypes=[(kind.label, kind.patterns)],
                # The export asks itself, in the same words on every system.
                confirmoverwrite=False,
            )
        )

    def ask_folder(self, title: str, folder: Path | None = None) -> Path | None:
        return _path(filedialog.askdirectory(parent=self._over, title=title, initialdir=folder, mustexist=True))

    def ask_text(self, title: str, prompt: str, initial: str = "") -> str | None:
        window = TextWindow(self._over, title, prompt=prompt, initial=initial)
        return window.value.get().strip() if window.run(window.entry) else None

    def ask_labels(self, model: str, outputs: int) -> tuple[str, ...] | None:
        window = LabelsWindow(self._over, model, outputs)
        return window.labels if window.run() else None

    def ask_consent(self, question: ConsentQuestion) -> Consent | None:
        window = ConsentWindow(self._over, question)
        window.ask()
        return window.answer

    def ask_acknowledgement(self, notice: AgreementText) -> bool:
        return NoticeWindow(self._over, notice).ask()

    def choose(self, title: str, message: str, *, buttons: Sequence[str], danger: str = "") -> str | None:
        window = ChoiceWindow(self._over, title, message=message, buttons=buttons, danger=danger)
        window.run()
        return window.answer

    def confirm(self, title: str, message: str, *, yes: str, danger: bool = False) -> bool:
        return self.choose(title, message, buttons=(_("Cancel"), yes), danger=yes if danger else "") == yes

    def show_error(self, message: str, hint: str = "") -> None:
        text = f"{message}\n\n{hint}" if hint else message
        self.choose(APP_NAME, text, buttons=(_("OK"),))


def _path(answer: object) -> Path | None:
    # Tk answers '' or () when the user gives up.
    return Path(str(answer)) if answer else None
