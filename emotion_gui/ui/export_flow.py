"""From 'Export' to the file in the user's hand: where to, may it be replaced, did it work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from emotion_gui.controller.status import Level, Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.session import SessionInfo
from emotion_gui.core.translation import _, plural
from emotion_gui.export import EXPORTERS, default_name
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs, FileKind
from emotion_gui.ui.export_folder import offered_folder


class ExportFlow:
    """Exports a session by asking the user where.

    Args:
        controller: Writes the files in the background and remembers the folder.
        dialogs: Asks the user.
        tell: Shows what became of it.
    """

    def __init__(self, controller: Controller, dialogs: Dialogs, tell: Callable[[Notice], None]) -> None:
        self._controller = controller
        self._dialogs = dialogs
        self._tell = tell

    def one(self, info: SessionInfo, key: str) -> None:
        """Ask for a file and write one format to it.

        Args:
            info: The session.
            key: A key of `EXPORTERS`.
        """
        exporter = EXPORTERS[key]
        path = self._dialogs.ask_save_file(
            _("Save: {kind}").format(kind=_(exporter.label)),
            name=default_name(info, key),
            kind=FileKind(_(exporter.label), (f"*{exporter.suffix}",)),
            folder=offered_folder(self._controller.settings),
        )
        if path:
            self._write(info, {key: path})

    def everything(self, info: SessionInfo) -> None:
        """Ask for a folder and write all formats into it under safe names."""
        folder = self._dialogs.ask_folder(
            _("Choose a folder for the tables and the report"), offered_folder(self._controller.settings)
        )
        if folder:
            self._write(info, {key: folder / default_name(info, key) for key in EXPORTERS})

    def _write(self, info: SessionInfo, paths: dict[str, Path]) -> None:
        present = [path.name for path in paths.values() if path.exists()]
        if present and not self._may_replace(present):
            return
        self._controller.remember_export_folder(next(iter(paths.values())).parent)
        _Writing(self._controller, self._tell, info.session_id, paths).next(overwrite=bool(present))

    def _may_replace(self, names: Sequence[str]) -> bool:
        question = plural(
            "{names} is there already. Replace it?",
            "{names} are there already. Replace them?",
            len(names),
            names=_listed(names),
        )
        return self._dialogs.confirm(_("Replace the file?"), question, yes=_("Replace"), danger=True)


class _Writing:
    """Writes several files one after the other and tells once at the end."""

    def __init__(
        self, controller: Controller, tell: Callable[[Notice], None], session_id: str, paths: dict[str, Path]
    ) -> None:
        self._controller = controller
        self._tell = tell
        self._session_id = session_id
        self._left = list(paths.items())
        self._written: list[Path] = []

    def next(self, *, overwrite: bool) -> None:
        if not self._left:
            self._tell(Notice(Level.INFO, _saved(self._written)))
            return
        key, path = self._left.pop(0)

        def done() -> None:
            self._written.append(path)
            self.next(overwrite=overwrite)

        self._controller.history.export(
            self._session_id, key, path=path, overwrite=overwrite, done=done, failed=self._failed
        )

    def _failed(self, error: AppError) -> None:
        self._tell(Notice(Level.ERROR, error.message, error.hint))


def _saved(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return _("Saved {path}").format(path=paths[0])
    return _("Saved in {folder}: {names}").format(folder=paths[0].parent, names=_listed([path.name for path in paths]))


def _listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) == 1:
        return names[0]
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])
