from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emotion_gui.batch.plan import Recording
from emotion_gui.controller.queue_rows import QueueRow, RowState, TimeLeft
from emotion_gui.core.source_spec import FILE, SourceSpec


def row(key: int, size: int, share: float = 0.0, state: RowState = RowState.ANALYSING) -> QueueRow:
    return QueueRow(key, Recording(SourceSpec(FILE, f"{key}.mp4"), Path(), str(key), size), str(key), state, share)


def test_the_time_left_goes_by_the_bytes_and_the_mean_rate() -> None:
    now = [100.0]
    left = TimeLeft(lambda: now[0])
    left.begin()
    rows = [row(1, 100, 0.5), row(2, 300, 0.0, RowState.WAITING)]
    assert left.seconds(rows) is None
    now[0] += 10
    assert left.share(rows) == pytest.approx(0.125)
    assert left.seconds(rows) == pytest.approx(70)


def test_what_took_no_time_does_not_make_the_rest_look_short() -> None:
    now = [0.0]
    left = TimeLeft(lambda: now[0])
    left.leave_out(1)
    now[0] += 10
    assert left.seconds([row(1, 900, 1.0, RowState.DONE), row(2, 100, 0.5)]) == pytest.approx(10)


def test_what_failed_is_over_too() -> None:
    rows = [replace(row(1, 0), state=RowState.FAILED)]
    assert TimeLeft(lambda: 0.0).share(rows) == 1.0
    assert TimeLeft(lambda: 0.0).share([]) == 0.0
