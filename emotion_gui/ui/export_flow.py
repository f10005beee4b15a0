"""From 'Export' to the file in the user's hand: where to, may it be replaced, did it work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from emotion_gui.controller.status import Notice
from emotion_gui.core.errors import AppError
from emotion_gui.core.session import SessionInfo
from emotion_gui.core.translation import _, plural
from emotion_gui.export import EXPORTERS, default_name
from emotion_gui.ui.controller_port import Controller
from emotion_gui.ui.dialogs import Dialogs, FileKind
from emotion_gui.ui.export_folder import offered_folder
from emotion_gui.ui.saved_notice import listed, not_written, writing, written


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
            self._write(info, {key: path}, partial(self.one, info, key))

    def everything(self, info: SessionInfo) -> None:
        """Ask for a folder and write all formats into it under safe names."""
        folder = self._dialogs.ask_folder(
            _("Choose a folder for the tables and the report"), offered_folder(self._controller.settings)
        )
        if folder:
            paths = {key: folder / default_name(info, key) for key in EXPORTERS}
            self._write(info, paths, partial(self.everything, info))

    def _write(self, info: SessionInfo, paths: dict[str, Path], again: Callable[[], None]) -> None:
        present = [path.name for path in paths.values() if path.exists()]
        if present and not self._may_replace(present):
            return
        self._controller.remember(export_folder=str(next(iter(paths.values())).parent))
        job = _Job(info.session_id, paths, overwrite=bool(present), again=again)
        _Writing(self._controller, self._tell, job).next()

    def _may_replace(self, names: Sequence[str]) -> bool:
        question = plural(
            "{names} is there already. Replace it?",
            "{names} are there already. Replace them?",
            len(names),
            names=listed(names),
        )
        return self._dialogs.confirm(_("Replace the file?"), question, yes=_("Replace"), danger=True)


@dataclass(frozen=True)
class _Job:
    """What is written.

    Attributes:
        session_id: The session.
        paths: The file of each format.
        overwrite: Whether the user agreed to replace what is there.
        again: Asks for another place.
    """

    session_id: str
    paths: dict[str, Path]
    overwrite: bool
    again: Callable[[], None]


class _Writing:
    """Writes several files one after the other, says which one, and tells once at the end."""

    def __init__(self, controller: Controller, tell: Callable[[Notice], None], job: _Job) -> None:
        self._controller = controller
        self._tell = tell
        self._job = job
        self._left = list(job.paths.items())
        self._written: list[Path] = []

    def next(self) -> None:
        if not self._left:
            self._tell(written(self._written, self._controller.desktop))
            return
        key, path = self._left.pop(0)
        self._tell(writing(path))

        def done() -> None:
            self._written.append(path)
            self.next()

        self._controller.history.export(
            self._job.session_id, key, path=path, overwrite=self._job.overwrite, done=done, failed=self._failed
        )

    def _failed(self, error: AppError) -> None:
        self._tell(not_written(error, self._job.again))
