from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.core.moments import ListedFrames, MomentReader
from emotion_gui.core.session import MAX_HOLD_S, SessionFrame
from tests.builders import make_face, make_frames


def frames_at(*times_s: float) -> tuple[SessionFrame, ...]:
    return tuple(SessionFrame(index, time_s, 0.1, (make_face(),)) for index, time_s in enumerate(times_s))


def test_finds_the_nearest_frame_and_its_neighbours() -> None:
    moment = MomentReader(frames_at(0.0, 1.0, 2.0)).at(1.4)
    assert moment.frame is not None
    assert (moment.frame.time_s, moment.before_s, moment.after_s) == (1.0, 0.0, 2.0)


def test_a_pause_has_no_frame_but_neighbours() -> None:
    moment = MomentReader(frames_at(0.0, 1.0, 60.0)).at(30.0)
    assert (moment.frame, moment.before_s, moment.after_s) == (None, 1.0, 60.0)


def test_an_empty_session_has_nothing() -> None:
    moment = MomentReader(()).at(3.0)
    assert (moment.frame, moment.face, moment.before_s, moment.after_s) == (None, None, None, None)
    assert not list(MomentReader(()).between(0, 10))


def test_the_face_is_the_candidates() -> None:
    others = [make_face(face=0), make_face(face=1)]
    chosen = make_face(face=2)
    object.__setattr__(chosen, "candidate", True)
    reader = MomentReader((SessionFrame(0, 0.0, 0.1, (*others, chosen)),))
    assert reader.at(0.0).face is chosen


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 600, allow_nan=False), max_size=900).map(sorted),
    st.floats(-5, 620, allow_nan=False),
)
def test_agrees_with_reading_everything(times_s: list[float], time_s: float) -> None:
    frames = frames_at(*times_s)
    moment = MomentReader(frames).at(time_s)
    nearest = min((abs(each - time_s) for each in times_s), default=float("inf"))
    if nearest > MAX_HOLD_S:
        assert moment.frame is None
    else:
        assert moment.frame is not None
        assert abs(moment.frame.time_s - time_s) == pytest.approx(nearest)


LONG = tuple(make_frames(100, rate=6))


@settings(deadline=None)
@given(st.floats(0, 200), st.floats(0, 200))
def test_between_agrees_with_reading_everything(begin_s: float, end_s: float) -> None:
    found = list(MomentReader(LONG).between(begin_s, end_s))
    assert found == [frame for frame in LONG if begin_s <= frame.time_s <= end_s]


def test_reads_few_blocks_however_often_it_is_asked() -> None:
    read: list[int] = []

    class Counted(ListedFrames):
        def block(self, first: int, count: int) -> tuple[SessionFrame, ...]:
            read.append(first)
            return super().block(first, count)

    reader = MomentReader(Counted(tuple(make_frames(320, rate=15))))  # type: ignore[arg-type]  # read in parts alone
    for step in range(400):
        reader.at(150 + step / 100)
    assert len(read) <= 5


def test_a_session_that_was_deleted_meanwhile_has_nothing() -> None:
    class Gone(ListedFrames):
        def block(self, first: int, count: int) -> tuple[SessionFrame, ...]:
            return ()

    assert MomentReader(Gone(LONG)).at(5.0).frame is None  # type: ignore[arg-type]  # read in parts alone
