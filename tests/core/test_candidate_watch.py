"""What the record says of a candidate who comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from emotion_gui.core.candidate_watch import BACK, CHOSEN, LOST, LOST_AFTER_S, CandidateChange, CandidateWatch
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.session import InterviewSession, SessionEvent
from tests.builders import make_face, make_info

OTHER = replace(make_face(), track=9, watched=False)


def candidate(track: int = 1) -> FaceResult:
    return replace(make_face(), track=track, candidate=True)


def changes(*faces: tuple[FaceResult, ...], duration_s: float = 0.1) -> list[tuple[int, CandidateChange]]:
    watch = CandidateWatch()
    told = ((index, watch.add(index * duration_s, duration_s, some)) for index, some in enumerate(faces))
    return [(index, change) for index, change in told if change]


def test_who_is_watched_is_told_once() -> None:
    assert changes(*[(candidate(), OTHER)] * 30) == [(0, CandidateChange(CHOSEN, "person 1"))]


def test_another_choice_is_told() -> None:
    told = changes((candidate(1),), (candidate(1),), (candidate(2),), (candidate(2),))
    assert [(index, change.kind, change.text) for index, change in told] == [
        (0, CHOSEN, "person 1"),
        (2, CHOSEN, "person 2"),
    ]


def test_flicker_is_not_a_loss() -> None:
    assert len(changes((candidate(),), *[()] * 8, (candidate(),), *[()] * 8, (candidate(),))) == 1


def test_a_loss_and_the_return_are_told_with_their_times() -> None:
    told = changes((candidate(),), *[(OTHER,)] * 30, (candidate(),))
    assert [change.kind for _, change in told] == [CHOSEN, LOST, BACK]
    assert told[1] == (10, CandidateChange(LOST, "person 1, last seen at 0.0 s"))
    assert told[2] == (31, CandidateChange(BACK, "person 1 after 3.0 s"))


def test_who_was_never_there_cannot_be_lost() -> None:
    assert changes(*[(OTHER,)] * 50) == []


def session_events(
    session: InterviewSession, faces: Sequence[tuple[FaceResult, ...]], begin_s: float = 0.0
) -> list[str]:
    told = []
    for index, some in enumerate(faces):
        entries = session.add(FrameResult(index, begin_s + index / 10, 0.1, some))
        told += [entry.kind for entry in entries if isinstance(entry, SessionEvent)]
    return told


def test_the_session_keeps_it_as_events() -> None:
    faces = [(candidate(),)] * 5 + [()] * 20 + [(candidate(),)] * 5
    assert session_events(InterviewSession(make_info()), faces) == [CHOSEN, LOST, BACK]


def test_a_pause_is_no_absence() -> None:
    session = InterviewSession(make_info())
    session_events(session, [(candidate(),)] * 5 + [()] * 5)
    session.pause()
    session.skip(FrameResult(0, 500.0, 0.1, ()))
    session.resume()
    assert session_events(session, [()] * 3 + [(candidate(),)] * 3, 500.0) == []


def test_where_everyone_counts_nobody_is_the_candidate_of_the_record() -> None:
    everyone = make_info(settings={"count_everyone": True})
    faces = [(candidate(),)] * 5 + [()] * 20 + [(candidate(),)] * 5
    assert session_events(InterviewSession(everyone), faces) == []


def test_a_loss_takes_as_long_at_any_rate() -> None:
    for duration_s in (1 / 30, 0.1, 0.5):
        told = changes((candidate(),), *[()] * 90, duration_s=duration_s)
        lost = next(index for index, change in told if change.kind == LOST)
        assert LOST_AFTER_S <= lost * duration_s + 1e-6 <= LOST_AFTER_S + duration_s + 1e-6
