"""Every face result as a row of a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.session import SessionRecord
from emotion_gui.export.cells import defused

COLUMNS = (
    *("time_s", "frame", "face", "x", "y", "width", "height"),
    *EMOTION_NAMES,
    *("label", "detector_score", "duration_s", "session_id", "candidate", "model", "model_sha256"),
)


def write_results(record: SessionRecord, path: Path) -> None:
    """Write the table, row by row as the frames are read, so that hours need no memory.

    UTF-8 with a byte order mark: without one, Excel takes it for the system's old code page.

    Raises:
        OSError: The file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(record))


def _rows(record: SessionRecord) -> Iterator[tuple[object, ...]]:
    info = record.info
    origin = (
        info.session_id,
        defused(info.candidate),
        defused(info.provenance.model_name),
        info.provenance.model_sha256,
    )
    for frame in record.frames:
        for face in frame.faces:
            box = face.box
            yield (
                f"{frame.time_s:.3f}",
                frame.frame,
                face.face,
                *(f"{value:.1f}" for value in (box.x, box.y, box.width, box.height)),
                *(f"{probability:.4f}" for probability in face.probabilities),
                face.label.value,
                f"{face.detector_score:.3f}",
                f"{frame.duration_s:.4f}",
                *origin,
            )
