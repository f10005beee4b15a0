"""Turning results into counted time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.nervousness import Verdict
from emotion_gui.core.results import FrameResult
from emotion_gui.core.session import MAX_HOLD_S, InterviewSession, SessionFrame, summarize
from emotion_gui.core.settings import Settings
from tests.builders import make_face, make_info, make_record

_INTERVAL_S = 1 / 30


def _result(frame: int, time_s: float, *labels: Emotion, interval_s: float = _INTERVAL_S) -> FrameResult:
    return FrameResult(frame, time_s, interval_s, tuple(make_face(label, face=n) for n, label in enumerate(labels)))


def _played(results: list[FrameResult]) -> InterviewSession:
    session = InterviewSession(make_info())
    for result in results:
        session.add(result)
    return session


def _counted(session: InterviewSession, result: FrameResult) -> SessionFrame:
    frame = session.add(result)[0]
    assert isinstance(frame, SessionFrame)
    return frame


# A change is noticed up to a tenth of a second late; moods this long keep what that can do under 2 points for any clip.
_MOODS = st.lists(st.tuples(st.none() | st.sampled_from(EMOTIONS), st.floats(2.5, 6)), min_size=2, max_size=8)


@settings(max_examples=30, deadline=None)
@given(_MOODS, st.integers(0, 2))
def test_the_same_clip_at_30_and_at_10_results_a_second(moods: list[tuple[Emotion | None, float]], offset: int) -> None:
    clip: list[FrameResult] = []
    for label, duration_s in [*moods, *moods]:
        for _ in range(round(duration_s * 30)):
            clip.append(_result(len(clip), len(clip) * _INTERVAL_S, *([label] if label else [])))
    fast, slow = _played(clip).statistics, _played(clip[offset::3]).statistics
    for emotion in EMOTIONS:
        assert slow.shares()[emotion] == pytest.approx(fast.shares()[emotion], abs=0.02)
    assert slow.duration_s == pytest.approx(fast.duration_s, abs=0.2)


def test_an_ordinary_clip_at_30_and_10_results_a_second() -> None:
    clip = [_result(f.frame, f.time_s, *(face.label for face in f.faces)) for f in make_record(120, 30).frames]
    clip = [FrameResult(index, index * _INTERVAL_S, _INTERVAL_S, r.faces) for index, r in enumerate(clip)]
    fast, slow = _played(clip), _played(clip[::3])
    for emotion in EMOTIONS:
        assert slow.statistics.shares()[emotion] == pytest.approx(fast.statistics.shares()[emotion], abs=0.02)
    assert slow.statistics.duration_s == pytest.approx(120, abs=0.1)


def test_an_uneven_rate_counts_the_time_between_results() -> None:
    session = _played([_result(0, 10.0, Emotion.SAD), _result(3, 10.1, Emotion.SAD), _result(20, 10.7, Emotion.HAPPY)])
    assert session.statistics.seconds[Emotion.SAD] == pytest.approx(_INTERVAL_S + 0.1)
    assert session.statistics.seconds[Emotion.HAPPY] == pytest.approx(0.6)
    assert session.time_s == pytest.approx(0.7)


def test_of_a_long_gap_only_the_hold_is_counted() -> None:
    session = _played([_result(0, 0.0, Emotion.SAD), _result(1, 3600.0, Emotion.SAD)])
    assert session.statistics.duration_s == pytest.approx(_INTERVAL_S + MAX_HOLD_S)
    assert session.time_s == 3600


def test_slow_pictures_are_held_no_longer_than_the_limit() -> None:
    assert _played([_result(0, 0.0, Emotion.SAD, interval_s=5.0)]).statistics.duration_s == MAX_HOLD_S


def test_a_pause_is_not_counted() -> None:
    session = _played([_result(0, 0.0, Emotion.SAD), _result(1, 0.1, Emotion.SAD)])
    assert session.pause().kind == "paused"
    assert session.resume().time_s == pytest.approx(0.1)
    frame = _counted(session, _result(9, 0.5, Emotion.SAD))
    assert frame.duration_s == pytest.approx(_INTERVAL_S)
    assert frame.time_s == pytest.approx(0.5)
    assert session.statistics.duration_s == pytest.approx(0.1 + 2 * _INTERVAL_S)


def test_time_that_goes_on_in_a_pause_is_told_and_not_counted() -> None:
    session = _played([_result(0, 0.0, Emotion.SAD), _result(1, 0.1, Emotion.SAD)])
    counted_s = session.statistics.duration_s
    session.pause()
    session.skip(_result(2, 0.4, Emotion.SAD))
    assert session.resume().time_s == session.time_s == pytest.approx(0.4)
    assert session.statistics.duration_s == counted_s
    assert _counted(session, _result(3, 0.5, Emotion.SAD)).duration_s == pytest.approx(_INTERVAL_S)


def test_a_lost_source_is_not_counted_until_it_returns() -> None:
    session = _played([_result(0, 0.0, Emotion.SAD), _result(1, 0.1, Emotion.SAD)])
    event = session.interrupt("The camera was pulled out.")
    assert (event.kind, event.text) == ("source lost", "The camera was pulled out.")
    # The camera's own clock begins anew.
    frame = _counted(session, _result(0, 0.0, Emotion.SAD))
    assert frame.duration_s == pytest.approx(_INTERVAL_S)
    assert frame.time_s == pytest.approx(0.1 + _INTERVAL_S)
    assert _counted(session, _result(1, 0.2, Emotion.SAD)).duration_s == pytest.approx(0.2)


def test_a_clock_set_back_takes_nothing_away() -> None:
    session = _played([_result(0, 100.0, Emotion.SAD), _result(1, 100.5, Emotion.SAD)])
    frame = _counted(session, _result(2, 40.0, Emotion.SAD))
    assert frame.duration_s == 0
    assert frame.time_s == pytest.approx(0.5 + _INTERVAL_S)
    assert _counted(session, _result(3, 40.1, Emotion.SAD)).time_s == pytest.approx(0.6 + _INTERVAL_S)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.sampled_from(["add", "pause", "interrupt"])), max_size=40))
def test_whatever_the_clock_does_time_runs_forward(steps: list[tuple[float, str]]) -> None:
    session, frames = InterviewSession(make_info()), list[SessionFrame]()
    for time_s, step in steps:
        if step == "pause":
            session.pause()
            session.skip(_result(len(frames), time_s, Emotion.SAD))
            session.resume()
        elif step == "interrupt":
            session.interrupt("gone")
        frames.append(_counted(session, _result(len(frames), time_s, Emotion.SAD)))
    assert all(0 <= frame.duration_s <= MAX_HOLD_S for frame in frames)
    assert [frame.time_s for frame in frames] == sorted(frame.time_s for frame in frames)
    assert session.statistics.duration_s == pytest.approx(sum(frame.duration_s for frame in frames))


def test_two_faces_make_two_seconds_of_face_time() -> None:
    statistics = _played([_result(0, 0.0, interval_s=1.0), _result(1, 1.0, Emotion.SAD, Emotion.HAPPY)]).statistics
    assert sum(statistics.seconds.values()) == pytest.approx(2)
    assert statistics.face_duration_s == pytest.approx(1)


def test_stored_frames_give_the_totals_of_the_running_session() -> None:
    session = InterviewSession(make_info())
    frames = [_counted(session, _result(n, n * 0.07, *EMOTIONS[: n % 3])) for n in range(200)]
    statistics, timeline = summarize(frames)
    assert statistics == session.statistics
    assert list(timeline) == list(session.timeline)


def test_the_verdict_of_the_session_and_of_its_record() -> None:
    session = InterviewSession(make_info(rule=Settings(min_face_s=0.0).rule))
    before = session.judgement
    session.add(_result(0, 0.0, Emotion.FEAR))
    assert [before.verdict, session.judgement.verdict] == [Verdict.NOT_ENOUGH_DATA, Verdict.NERVOUS]
    assert make_record(60).judgement.verdict in {Verdict.NERVOUS, Verdict.NOT_NERVOUS}


def test_every_session_has_its_own_number() -> None:
    numbers = {InterviewSession(make_info()).info.session_id for _ in range(2)}
    assert all(len(number) == 32 for number in numbers)
    assert len({make_record(1).info.session_id for _ in range(3)}) == 3
