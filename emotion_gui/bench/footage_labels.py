"""What a person says to see in clips and photos: a table in a CSV file, so that footage itself stays where it is."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS, Emotion
from emotion_gui.core.errors import AppError

COLUMNS = ("file", "from_s", "to_s", "expected", "x", "y")
NOBODY = "nobody"
_SEPARATOR = "|"
_BY_NAME = dict(zip(EMOTION_NAMES, EMOTIONS, strict=True))


@dataclass(frozen=True)
class Stretch:
    """A part of a recording in which one face shows the same all the time, or nobody is there.

    Attributes:
        file: Path within the folder of footage, with '/' between folders.
        from_s: Begin in seconds of the recording; this moment belongs to it.
        to_s: End in seconds, infinite for the rest of the recording; this moment does not belong to it.
        expected: The expressions that are right to name; empty where somebody is there but the expression is not
            judged.
        nobody: True where no face is there, so that every face found is a false one.
        place: A point on the face as fractions of width and height from the upper left corner, 0 to 1; None for the
            largest face.
    """

    file: str
    from_s: float = 0.0
    to_s: float = math.inf
    expected: frozenset[Emotion] = frozenset()
    nobody: bool = False
    place: tuple[float, float] | None = None

    @property
    def wording(self) -> str:
        """What is expected, as the table has it."""
        return NOBODY if self.nobody else _SEPARATOR.join(sorted(str(emotion.value) for emotion in self.expected))

    def covers(self, time_s: float) -> bool:
        """Whether a moment belongs to it."""
        return self.from_s <= time_s < self.to_s


def read_stretches(path: Path) -> list[Stretch]:
    """Read a table of what is seen.

    A CSV file with the columns `COLUMNS`, in any order: `file` within the folder of footage; `from_s` and `to_s` in
    seconds, empty for begin and end; `expected` with one or several expressions separated by '|', 'nobody', or empty
    where somebody is there whose expression is not judged; `x` and `y`, a point on the face as fractions of width and
    height, both empty for the largest face.

    Raises:
        AppError: The file cannot be read, or a line of it makes no sense; the message names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise AppError(f"'{path.name}' lacks the column {missing[0]}.", f"It needs {', '.join(COLUMNS)}.")
            stretches = [_stretch(row, f"Line {reader.line_num} of '{path.name}'") for row in reader]
    except FileNotFoundError as error:
        columns = ", ".join(COLUMNS)
        raise AppError(
            f"There is no table '{path}'.", f"Write one with the columns {columns}, or name another with --expected."
        ) from error
    except (OSError, UnicodeError, csv.Error) as error:
        raise AppError(f"The table '{path.name}' cannot be read.", "Give a CSV file in UTF-8.") from error
    if not stretches:
        raise AppError(f"The table '{path.name}' has no lines.", "Say what is seen in at least one file.")
    return stretches


def _stretch(row: Mapping[str, str | None], where: str) -> Stretch:
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    if not cells["file"]:
        raise AppError(f"{where} names no file.", "Write its path within the folder of footage.")
    from_s = _number(cells["from_s"], 0.0, math.inf, where)
    to_s = _number(cells["to_s"], math.inf, math.inf, where)
    if from_s >= to_s:
        raise AppError(f"{where} ends before it begins.", "Write from_s smaller than to_s.")
    if bool(cells["x"]) != bool(cells["y"]):
        raise AppError(f"{where} has only one of x and y.", "Write both, or none for the largest face.")
    place = (_number(cells["x"], 0.0, 1.0, where), _number(cells["y"], 0.0, 1.0, where)) if cells["x"] else None
    nobody = cells["expected"] == NOBODY
    expected = frozenset() if nobody else _emotions(cells["expected"], where)
    return Stretch(cells["file"], from_s, to_s, expected, nobody, place)


def _number(text: str, default: float, most: float, where: str) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        value = math.nan
    if not 0 <= value <= most:
        limit = f" to {most:g}" if math.isfinite(most) else ""
        raise AppError(f"{where}: '{text}' cannot be used.", f"Write a number from 0{limit}.")
    return value


def _emotions(text: str, where: str) -> frozenset[Emotion]:
    names = [name.strip() for name in text.split(_SEPARATOR)] if text else []
    unknown = [name for name in names if name not in _BY_NAME]
    if unknown:
        raise AppError(f"{where}: '{unknown[0]}' is no expression.", f"Use {', '.join(EMOTION_NAMES)} or {NOBODY}.")
    return frozenset(_BY_NAME[name] for name in names)
