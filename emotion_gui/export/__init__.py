"""What a session can be handed over as: one file per format, one table."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.errors import ExportError
from emotion_gui.core.safe_name import safe_name
from emotion_gui.core.session import SessionInfo, SessionRecord
from emotion_gui.core.translation import N_, _


@dataclass(frozen=True)
class Exporter:
    """One format.

    Attributes:
        label: Its name in menus.
        suffix: What the file's name ends with.
        function: 'module:function'; the function takes a `SessionRecord` and the `Path` to write.
    """

    label: str
    suffix: str
    function: str


# Named as strings, so that a table is written without loading what draws; build.spec reads this table too.
EXPORTERS: dict[str, Exporter] = {
    "csv": Exporter(N_("Table of all results (CSV)"), ".csv", "emotion_gui.export.csv_report:write_results"),
    "summary": Exporter(N_("Summary (CSV)"), "_summary.csv", "emotion_gui.export.summary_report:write_summary"),
    "json": Exporter(N_("Everything for programs (JSON)"), ".json", "emotion_gui.export.json_report:write_json"),
    "png": Exporter(N_("Report on one page (PNG)"), ".png", "emotion_gui.export.png_report:write_page"),
    "pdf": Exporter(N_("Report on several pages (PDF)"), ".pdf", "emotion_gui.export.pdf_report:write_pdf"),
    "html": Exporter(N_("Report for the browser (HTML)"), ".html", "emotion_gui.export.html_report:write_html"),
}


def default_name(info: SessionInfo, key: str) -> str:
    """A file name for a session, made of the candidate and the local time of the start; safe on every system."""
    started = info.started_at.astimezone().strftime("%Y-%m-%d_%H-%M")
    return f"{safe_name(info.candidate)}_{started}{EXPORTERS[key].suffix}"


def export_session(record: SessionRecord, key: str, path: Path, *, overwrite: bool = False) -> Path:
    """Write a session to a file, whole or not at all.

    Args:
        record: The session.
        key: Format, a key of `EXPORTERS`.
        path: The file.
        overwrite: Whether a file that is there may be replaced.

    Returns:
        The file's path.

    Raises:
        ExportError: The file is there and may not be replaced, or it cannot be written.
        StorageError: The session's frames cannot be read.
    """
    if path.exists() and not overwrite:
        raise ExportError(
            _("'{name}' is there already.").format(name=path.name),
            _("Choose another name, or allow it to be replaced."),
        )
    module, _colon, function = EXPORTERS[key].function.partition(":")
    write = getattr(import_module(module), function)
    try:
        with atomic_path(path) as temporary:
            write(record, temporary)
    except OSError as error:
        raise write_error(error, path) from error
    return path


def write_error(error: OSError, path: Path) -> ExportError:
    """Why a file cannot be written, for the user."""
    if error.errno == errno.ENOSPC:
        return ExportError(
            _("The disk is full; '{name}' was not written.").format(name=path.name),
            _("Free some space and export again."),
        )
    return ExportError(
        _("'{name}' cannot be written to '{parent}'.").format(name=path.name, parent=path.parent),
        _("Choose a folder that you may write to."),
    )
