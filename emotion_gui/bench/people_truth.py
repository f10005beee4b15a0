"""Where each person of a clip is, as somebody who looked at it wrote down."""

from __future__ import annotations

import csv
from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from emotion_gui.core.errors import AppError

COLUMNS = ("file", "person", "time_s", "x", "y")
# Between two points further apart than this, nobody looked.
_LONGEST_S = 1.0

# By person: moments in seconds with the middle of the face, in shares of the picture's width and height, by time.
Points = Mapping[str, list[tuple[float, float, float]]]


def read_points(path: Path) -> dict[str, Points]:
    """Read a table of who is where.

    A CSV file with the columns `COLUMNS`: `file` within the folder of footage; `person`, any name; `time_s` in seconds
    of the clip; `x` and `y`, the middle of the face as fractions of width and height. Between two lines of a person at
    most a second apart, the face moves in a straight line; elsewhere the person is not judged.

    Returns:
        The points of every person, by file.

    Raises:
        AppError: The file cannot be read, or a line of it makes no sense.
    """
    found: dict[str, dict[str, list[tuple[float, float, float]]]] = defaultdict(lambda: defaultdict(list))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                place = float(row["time_s"]), float(row["x"]), float(row["y"])
                found[row["file"]][row["person"]].append(place)
    except FileNotFoundError as error:
        columns = ", ".join(COLUMNS)
        raise AppError(
            f"There is no table '{path}'.", f"Write one with the columns {columns}, or name another with --who."
        ) from error
    except (OSError, UnicodeError, csv.Error) as error:
        raise AppError(f"The table '{path.name}' cannot be read.", "Give a CSV file in UTF-8.") from error
    except (KeyError, TypeError, ValueError) as error:
        hint = f"It needs the columns {', '.join(COLUMNS)}, the last three as numbers."
        raise AppError(f"A line of the table '{path.name}' makes no sense.", hint) from error
    return {name: {person: sorted(points) for person, points in people.items()} for name, people in found.items()}


def places_at(points: Points, time_s: float) -> dict[str, tuple[float, float]]:
    """Where each person's face is at a moment, in shares of the picture; only of those who are judged then."""
    places: dict[str, tuple[float, float]] = {}
    for person, known in points.items():
        after = bisect(known, (time_s, float("inf"), float("inf")))
        if after in {0, len(known)} or known[after][0] - known[after - 1][0] > _LONGEST_S:
            continue
        (begin_s, *begin), (end_s, *end) = known[after - 1], known[after]
        part = (time_s - begin_s) / (end_s - begin_s)
        x, y = (first + part * (last - first) for first, last in zip(begin, end, strict=True))
        places[person] = x, y
    return places
