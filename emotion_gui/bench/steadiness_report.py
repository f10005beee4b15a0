"""The figures of steady labels, for reading and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from emotion_gui.bench.steadiness import TIME_CONSTANTS_MS, Course, Steadiness, steadiness
from emotion_gui.core.settings import Settings

_MOST_CHANGES, _MOST_DELAY_MS = 1.0, 300


def steadiness_lines(courses: Sequence[Course]) -> Iterator[str]:
    """Two tables: each clip raw and as it is shown, and all clips with other time constants; none without a clip."""
    if not courses:
        return
    shown_ms = Settings().smoothing_ms
    yield (
        f"  label changes a second, raw and shown with {shown_ms} ms (aim: at most {_MOST_CHANGES:g} shown, "
        f"{_MOST_DELAY_MS} ms on a sudden smile)"
    )
    over_time = f"{'shown':>6} {'delay':>8} {'longest':>8} {'missed':>6}"
    yield f"  {'one face alone':<34} {'seconds':>8} {'raw':>6} {over_time} {'brief':>6}"
    for course in courses:
        raw, shown = (steadiness([course], constant_ms / 1000) for constant_ms in (0, shown_ms))
        yield (
            f"  {course.file:<34} {raw.seconds:>8.1f} {raw.changes_per_s:>6.2f} {shown.changes_per_s:>6.2f} "
            f"{_milliseconds(shown.delay_s):>8} {_milliseconds(shown.longest_s):>8} {shown.missed:>6} "
            f"{course.brief_changes:>6}"
        )
    yield f"  {'time constant, all clips':<49} {over_time}"
    for constant_ms, found in _by_constant(courses):
        yield (
            f"  {f'{constant_ms} ms':<49} {found.changes_per_s:>6.2f} "
            f"{_milliseconds(found.delay_s):>8} {_milliseconds(found.longest_s):>8} {found.missed:>6}"
        )


def steadiness_dict(courses: Sequence[Course]) -> dict[str, Any]:
    """The same as JSON types: times in seconds, null where no new expression came and stayed."""
    shown_ms = Settings().smoothing_ms
    clips = [
        {
            "file": course.file,
            "seconds": round(course.seconds, 3),
            "raw": _figures(steadiness([course], 0.0)),
            "shown": _figures(steadiness([course], shown_ms / 1000)),
            "brief_changes": course.brief_changes,
        }
        for course in courses
    ]
    return {
        "smoothing_ms": shown_ms,
        "clips": clips,
        "time_constants": {str(constant_ms): _figures(found) for constant_ms, found in _by_constant(courses)},
    }


def _by_constant(courses: Sequence[Course]) -> Iterator[tuple[int, Steadiness]]:
    for constant_ms in sorted({*TIME_CONSTANTS_MS, Settings().smoothing_ms}):
        yield constant_ms, steadiness(courses, constant_ms / 1000)


def _figures(found: Steadiness) -> dict[str, float | None]:
    return {
        "changes_per_s": round(found.changes_per_s, 4),
        "delay_s": _rounded(found.delay_s),
        "longest_delay_s": _rounded(found.longest_s),
        "missed": found.missed,
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 4)


def _milliseconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.0f} ms"
