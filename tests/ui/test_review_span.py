from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.ui.review.span import LEAST_S, Span

wholes = st.floats(0.1, 20_000, allow_nan=False)
times = st.floats(-100, 20_100, allow_nan=False)


def sound(span: Span) -> bool:
    """Whether a stretch lies within its session and has a length."""
    return -1e-6 <= span.begin_s < span.end_s <= span.whole_s + 1e-6


@settings(deadline=None)
@given(wholes, times, st.floats(0.01, 100), times)
def test_no_way_of_moving_leaves_the_session(whole_s: float, at_s: float, factor: float, other_s: float) -> None:
    whole = Span.whole(whole_s)
    zoomed = whole.zoomed(min(max(at_s, 0.0), whole_s), factor)
    for span in (whole, zoomed, zoomed.following(other_s), whole.stretch(at_s, other_s), zoomed.zoomed(other_s, 2)):
        assert sound(span)
        assert span.length_s >= min(LEAST_S, whole_s) - 1e-6


def test_zooming_keeps_the_moment_at_its_place() -> None:
    span = Span(100.0, 300.0, 1000.0).zoomed(150.0, 0.5)
    assert (span.begin_s, span.end_s) == (125.0, 225.0)
    assert span.zoomed(150.0, 2).begin_s == pytest.approx(100.0)


def test_following_moves_only_when_it_must() -> None:
    span = Span(100.0, 200.0, 1000.0)
    assert span.following(199.0) is span
    assert span.following(500.0).begin_s == 450.0
    assert span.following(999.0).end_s == 1000.0


def test_places_and_times_are_inverse() -> None:
    span = Span(100.0, 200.0, 1000.0)
    assert span.time_at(span.share_of(130.0)) == pytest.approx(130.0)
    assert span.time_at(7.0) == 200.0
