"""Everything that is held about one person, as one zip file for that person."""

from __future__ import annotations

import tempfile
import threading
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.errors import AppError, ExportError
from emotion_gui.core.safe_name import safe_name
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import _
from emotion_gui.export import EXPORTERS, export_session, write_error
from emotion_gui.storage.corrections_folder import CorrectionsFolder
from emotion_gui.storage.session_files import files_of, session_folder

# Compressing what is compressed costs time and saves nothing.
_COMPRESSED = frozenset({".mp4", ".png", ".jpg", ".jpeg", ".pdf", ".avi"})
_CHUNK = 1 << 20
README = "README.txt"


class CancelledError(AppError):
    """The user gave the export up; no file was left."""

    def __init__(self) -> None:
        super().__init__(_("The export was cancelled."), _("No file was written."))


class ExportProgress:
    """How far an export has come; read by the window while another thread writes.

    Attributes:
        done: Files that are written.
        total: Files in all.
    """

    def __init__(self) -> None:
        self.done = 0
        self.total = 1
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Have the export end without a file as soon as it can."""
        self._cancelled.set()

    def step(self) -> None:
        """Note that one more file is written."""
        self.done += 1
        self.check()

    def check(self) -> None:
        """Go on only where nobody cancelled.

        Raises:
            CancelledError: Somebody did.
        """
        if self._cancelled.is_set():
            raise CancelledError


class HeldExport:
    """Writes the zip file.

    Args:
        data_folder: Holds the files of sessions.
        load: Reads a session.
        progress: Told how far it has come, and asked whether to go on.
    """

    def __init__(self, data_folder: Path, load: Callable[[str], SessionRecord], progress: ExportProgress) -> None:
        self._data_folder = data_folder
        self._load = load
        self._progress = progress

    def write(self, session_ids: Sequence[str], path: Path) -> None:
        """Write all of these sessions, whole or not at all: every format, and the files of each.

        Raises:
            ExportError: It cannot be written.
            StorageError: A session cannot be read.
            CancelledError: The user gave it up.
        """
        files = {each: self._files(each) for each in session_ids}
        self._progress.total = len(session_ids) * len(EXPORTERS) + sum(map(len, files.values())) + 1
        try:
            with atomic_path(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                folders = [
                    self._add_session(archive, number, each, files[each]) for number, each in enumerate(session_ids, 1)
                ]
                archive.writestr(README, _readme(folders).replace("\n", "\r\n"))
                self._progress.step()
        except OSError as error:
            raise write_error(error, path) from error

    def _files(self, session_id: str) -> list[tuple[Path, PurePath]]:
        """Each file of a session with its name within the session's folder of the zip."""
        folder = session_folder(self._data_folder, session_id)
        own = [(path, path.relative_to(folder)) for path in files_of(self._data_folder, session_id)]
        kept = CorrectionsFolder(self._data_folder).of_session(session_id)
        return own + [(path, PurePath("corrections", path.parent.name, path.name)) for path in kept]

    def _add_session(
        self, archive: zipfile.ZipFile, number: int, session_id: str, files: Sequence[tuple[Path, PurePath]]
    ) -> str:
        record = self._load(session_id)
        folder = f"{number:03}_{record.info.started_at.astimezone():%Y-%m-%d_%H-%M}"
        taken: set[str] = set()
        with tempfile.TemporaryDirectory(prefix="emotion-gui-") as scratch:
            for key, exporter in EXPORTERS.items():
                written = export_session(record, key, Path(scratch) / f"session{exporter.suffix}")
                self._add(archive, written, _inside(PurePath(folder, written.name), taken))
        for path, name in files:
            self._add(archive, path, _inside(PurePath(folder, "files", name), taken))
        return folder

    def _add(self, archive: zipfile.ZipFile, path: Path, name: str) -> None:
        entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
        entry.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in _COMPRESSED else zipfile.ZIP_DEFLATED
        # In pieces, so that an hour of video can be given up half-way.
        with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
            while piece := source.read(_CHUNK):
                target.write(piece)
                self._progress.check()
        self._progress.step()


def _inside(name: PurePath, taken: set[str]) -> str:
    """A name that stays in its folder wherever the zip is unpacked, and that no other file has, whatever its case."""
    parts = [f"{safe_name(PurePath(part).stem, 'file')}{_suffix(part)}" for part in name.parts]
    stem, suffix = parts[-1].removesuffix(_suffix(parts[-1])), _suffix(parts[-1])
    for number in range(1, len(taken) + 2):
        parts[-1] = f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
        joined = "/".join(parts)
        if joined.casefold() not in taken:
            taken.add(joined.casefold())
            return joined
    raise ExportError(_("The files of this session cannot be named."))


def _suffix(part: str) -> str:
    suffix = PurePath(part).suffix
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""


def _readme(folders: Sequence[str]) -> str:
    formats = "\n".join(f"  session{exporter.suffix}: {_(exporter.label)}" for exporter in EXPORTERS.values())
    text = _(
        "Everything that Emotion GUI holds about one person on this computer.\n"
        "\n"
        "There is one folder for each session, named by its number and the local time of its start:\n"
        "{folders}\n"
        "\n"
        "In each folder:\n"
        "{formats}\n"
        "  files: Videos, snapshots and pictures of the face, where keeping them was agreed to\n"
        "  files/corrections: Pictures of the face that were kept with a label set right by hand\n"
        "\n"
        "The tables open in any spreadsheet program. Times are in seconds from the start of the session.\n"
        "A face shows an expression, not a feeling: the figures say what a program saw in a face, and not what the "
        "person felt.\n"
    )
    return text.format(folders="\n".join(f"  {folder}" for folder in folders), formats=formats)
