"""What the live benchmark makes of the moments that it noted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.bench.live_bench import Run, label_delays
from emotion_gui.bench.portrait import portrait_frame, stamp_of, stamped


def _run(**changes: object) -> Run:
    """Three frames 0.1 s apart, each named 0.02 s and drawn 0.03 s after it was there."""
    captured = [0.0, 0.1, 0.2]
    values: dict[str, object] = {
        "begin": 0.0,
        "end": 1.0,
        "gaps": [],
        "captured_at": captured,
        "results": {number: at + 0.02 for number, at in enumerate(captured)},
        "shown": [(at, at + 0.03) for at in captured],
        "charts_at": [],
    }
    return Run(**(values | changes))  # type: ignore[arg-type]  # the test changes one field at a time


def test_a_label_is_on_the_first_picture_captured_after_its_result() -> None:
    # Frame 0 has its result at 0.02; the next picture is captured at 0.1 and drawn at 0.13.
    assert label_delays(_run()) == pytest.approx([0.13, 0.13])


def test_a_slow_result_waits_for_a_later_picture() -> None:
    assert label_delays(_run(results={0: 0.15})) == pytest.approx([0.23])


def test_results_outside_the_measured_time_do_not_count() -> None:
    assert label_delays(_run(begin=0.1)) == pytest.approx([0.13])
    assert label_delays(_run(end=0.01)) == []


@given(st.integers(0, 2**24 - 1))
def test_a_frame_carries_its_number(number: int) -> None:
    picture = portrait_frame()
    assert stamp_of(stamped(picture, number)) == number


def test_stamping_leaves_the_picture_itself_alone() -> None:
    picture = portrait_frame()
    before = picture.copy()
    stamped(picture, 77)
    assert (picture == before).all()
    assert (stamped(picture, 77)[1:] == before[1:]).all()
