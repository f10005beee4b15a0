"""Every face result as a row of a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.markers import Marker
from emotion_gui.core.results import FaceQuality, FaceResult
from emotion_gui.core.segments import marker_at
from emotion_gui.core.session import SessionRecord
from emotion_gui.export.cells import defused

# Grows at its end only, so that scripts written for an older version go on working.
COLUMNS = (
    *("time_s", "frame", "face", "x", "y", "width", "height"),
    *EMOTION_NAMES,
    *("label", "detector_score", "duration_s", "session_id", "candidate", "model", "model_sha256"),
    *("track", "is_candidate", "counted", "problem"),
    *(f"raw_{name}" for name in EMOTION_NAMES),
    *(f"smoothed_{name}" for name in EMOTION_NAMES),
    *("side_px", "light", "sharpness", "turn", "marker", "corrected_label"),
)

_SEVEN = " ".join(["%.4f"] * len(EMOTION_NAMES))


def write_results(record: SessionRecord, path: Path) -> None:
    """Write the table, row by row as the frames are read, so that hours need no memory.

    UTF-8 with a byte order mark: without one, Excel takes it for the system's old code page.

    Columns beside those that say what they are: the emotions' own columns hold what counts (smoothed, and corrected by
    the baseline where there is one), `raw_*` what the model said of this frame alone, `smoothed_*` the same over time
    and not corrected. `track` is the person's number, 0 where nobody followed the faces. `is_candidate` and `counted`
    are 1 or 0; `problem` says why a face was not counted. The quality columns are empty where it was not measured.
    `marker` is the note that the row's segment begins with. `corrected_label` is what a person named by hand; it
    changes no other column.

    Raises:
        OSError: The file cannot be written.
    """
    # Half a surrogate pair, which no file can hold, becomes a question mark.
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
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
    corrected = {(correction.time_s, correction.shown): correction.right.value for correction in record.corrections}
    for frame in record.frames:
        marker = _marker_text(record.markers, frame.time_s)
        for face in frame.faces:
            box = face.box
            right = corrected.get((frame.time_s, face.label), "") if corrected and face.watched else ""
            yield (
                f"{frame.time_s:.3f}",
                frame.frame,
                face.face,
                *(f"{value:.1f}" for value in (box.x, box.y, box.width, box.height)),
                *_figures(face.probabilities),
                face.label.value,
                f"{face.detector_score:.3f}",
                f"{frame.duration_s:.4f}",
                *origin,
                *_person(face),
                *_figures(face.raw or face.probabilities),
                *_figures(face.smoothed or face.probabilities),
                *_quality(face.quality),
                marker,
                right,
            )


def _figures(probabilities: Sequence[float]) -> list[str]:
    # One format for all seven takes half the time of seven formats.
    return (_SEVEN % tuple(probabilities)).split()


def _person(face: FaceResult) -> tuple[object, ...]:
    problem = face.problem.value if face.problem else ""
    return face.track, int(face.candidate), int(face.counts), problem


def _quality(quality: FaceQuality | None) -> tuple[str, ...]:
    if quality is None:
        return "", "", "", ""
    return f"{quality.side_px:.1f}", f"{quality.light:.1f}", f"{quality.sharpness:.2f}", f"{quality.turn:.3f}"


def _marker_text(markers: Sequence[Marker], time_s: float) -> str:
    marker = marker_at(markers, time_s) if markers else None
    return defused(marker.text) if marker else ""
