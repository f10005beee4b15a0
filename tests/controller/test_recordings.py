"""The queue of recordings over an analysis that says what a test makes it say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emotion_gui.batch.plan import BatchPlan, OutcomeState, Recording
from emotion_gui.controller.queue_rows import QueueRequest, RowState
from emotion_gui.controller.recordings import Recordings, Surroundings
from emotion_gui.controller.status import Level, Notice, Phase
from emotion_gui.core.candidate_names import CandidateCodes, is_code
from emotion_gui.core.candidate_wish import LARGEST, CandidateWish, WishKind
from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.errors import AppError
from emotion_gui.core.settings import Settings
from emotion_gui.pipeline.tasks import TaskRunner
from tests.builders import CONSENT
from tests.controller.conftest import Bench
from tests.fake_run import FOUND, FakeRun
from tests.waiting import wait_for

AGREED = Consent(datetime(2026, 11, 21, tzinfo=UTC), "1-ab", "en", asked_of=AskedOf.USER)
REQUEST = QueueRequest(LARGEST, Purpose.PRACTICE, AGREED)


class Desk:
    """A queue, and everything around it for a test to set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings()
        self.phase = Phase.IDLE
        self.codes = CandidateCodes()
        self.told: list[Notice] = []
        self.runs: list[FakeRun] = []
        self.tasks = TaskRunner()
        around = Surroundings(
            folder / "store", lambda: self.settings, lambda: self.phase, self._kept_name, self.told.append
        )
        self.queue = Recordings(self.tasks, around, self._begin)

    def _kept_name(self, name: str) -> str:
        return self.codes.code_for(name) if self.settings.use_codes else name

    def _begin(self, recordings: Sequence[Recording], plan: BatchPlan) -> FakeRun:
        self.runs.append(FakeRun(recordings, plan))
        return self.runs[-1]

    @property
    def run(self) -> FakeRun:
        return self.runs[-1]

    def add(self, *names: str) -> int:
        """Make files and add them; how many were new."""
        for name in names:
            (self.folder / name).write_bytes(b"x" * 100)
        return self.add_paths(*(self.folder / name for name in names))

    def add_paths(self, *paths: Path) -> int:
        added: list[int] = []
        failed: list[AppError] = []

        def delivered() -> bool:
            self.tasks.deliver()
            return bool(added or failed)

        self.queue.add(paths, added.append, failed.append)
        wait_for(delivered, "the recordings")
        if failed:
            raise failed[0]
        return added[0]

    @property
    def states(self) -> list[RowState]:
        return [row.state for row in self.queue.rows]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.tasks.close()


def test_recordings_are_named_by_their_files_and_come_once(desk: Desk) -> None:
    assert desk.add("ada.mp4", "ben.mp4") == 2
    assert desk.add("ben.mp4", "eve.mp4") == 1
    assert [row.name for row in desk.queue.rows] == ["ada", "ben", "eve"]
    assert desk.states == [RowState.WAITING] * 3


def test_where_codes_are_wanted_no_file_name_becomes_a_name(desk: Desk) -> None:
    desk.settings = replace(desk.settings, use_codes=True)
    desk.add("ada.mp4")
    assert is_code(desk.queue.rows[0].name)
    desk.queue.rename([desk.queue.rows[0].key], "Ben")
    assert is_code(desk.queue.rows[0].name)


def test_a_folder_without_recordings_is_told(desk: Desk) -> None:
    (desk.folder / "notes").mkdir()
    with pytest.raises(AppError, match="no recording in 'notes'"):
        desk.add_paths(desk.folder / "notes")
    assert not desk.queue.rows


def test_names_and_what_is_removed_go_by_the_selection(desk: Desk) -> None:
    desk.add("a.mp4", "b.mp4", "c.mp4")
    first, second, third = (row.key for row in desk.queue.rows)
    desk.queue.rename([first, third], " Ada Lovelace ")
    desk.queue.rename([second], "  ")
    desk.queue.remove([third])
    assert [row.name for row in desk.queue.rows] == ["Ada Lovelace", "b"]


def test_all_are_analysed_in_their_order_as_it_was_asked_for(desk: Desk) -> None:
    desk.add("b.mp4", "a.mp4")
    desk.queue.rename([desk.queue.rows[0].key], "Ben")
    left = CandidateWish(WishKind.LEFT)
    desk.queue.start(QueueRequest(left, Purpose.RESEARCH, AGREED))
    plan = desk.run.plan
    assert [(each.source.title, each.name) for each in desk.run.recordings] == [("b.mp4", "Ben"), ("a.mp4", "a")]
    assert (plan.wish, plan.purpose, plan.consent) == (left, Purpose.RESEARCH, AGREED)
    assert (plan.formats, plan.resume, plan.store_folder) == ((), True, desk.folder / "store")
    assert plan.work_folder == desk.folder / "store" / "analyses"
    assert not plan.settings.count_everyone


def test_everyone_counts_where_that_is_wished(desk: Desk) -> None:
    desk.add("a.mp4")
    desk.queue.start(replace(REQUEST, wish=None))
    assert desk.run.plan.settings.count_everyone


def test_it_tells_how_far_each_and_all_are(desk: Desk) -> None:
    desk.add("a.mp4", "b.mp4")
    desk.queue.start(REQUEST)
    assert desk.states == [RowState.WAITING] * 2
    desk.run.move(0, 0.5)
    desk.queue.poll()
    first = desk.queue.rows[0]
    assert (first.state, first.share, desk.queue.progress.share) == (RowState.ANALYSING, 0.5, 0.25)
    desk.run.finish(0)
    desk.run.fail(1)
    desk.queue.poll()
    assert desk.queue.progress.ended == 2
    assert desk.queue.running
    desk.run.end()
    desk.queue.poll()
    assert not desk.queue.running
    assert desk.states == [RowState.DONE, RowState.FAILED]
    assert desk.queue.rows[0].found == FOUND
    assert desk.queue.rows[1].text == "It is no video. Choose another."
    assert desk.told == [Notice(Level.INFO, "1 recording is analysed. 1 failed.")]


def test_what_is_cancelled_says_how_far_it_was_and_goes_on_with_the_rest(desk: Desk) -> None:
    desk.add("a.mp4", "b.mp4", "c.mp4")
    desk.queue.start(REQUEST)
    desk.run.finish(0)
    desk.run.move(1, 0.4)
    desk.queue.poll()
    desk.queue.cancel()
    assert desk.run.cancelled
    assert desk.queue.progress.cancelling
    desk.run.end()
    desk.queue.poll()
    assert desk.states == [RowState.DONE, RowState.CANCELLED, RowState.WAITING]
    assert desk.queue.rows[1].share == 0.4
    assert desk.told == [Notice(Level.INFO, "The analysis was cancelled. 1 recording is analysed.")]
    desk.queue.start(REQUEST)
    assert [each.source.title for each in desk.run.recordings] == ["b.mp4", "c.mp4"]
    desk.run.move(1, 0.1)
    desk.queue.poll()
    assert desk.states == [RowState.DONE, RowState.WAITING, RowState.ANALYSING]


def test_what_failed_is_tried_again_where_nothing_else_is_left(desk: Desk) -> None:
    desk.add("a.mp4", "b.mp4")
    desk.queue.start(REQUEST)
    desk.run.finish(0)
    desk.run.fail(1)
    desk.run.end()
    desk.queue.poll()
    desk.queue.start(REQUEST)
    assert [each.source.title for each in desk.run.recordings] == ["b.mp4"]


def test_what_was_done_before_is_done_with_its_session(desk: Desk) -> None:
    desk.add("a.mp4")
    desk.queue.start(REQUEST)
    desk.run.finish(0, OutcomeState.SKIPPED)
    desk.queue.poll()
    assert desk.queue.rows[0].found == FOUND


def test_while_it_runs_the_queue_stays_as_it_is(desk: Desk) -> None:
    desk.add("a.mp4")
    desk.queue.start(REQUEST)
    key = desk.queue.rows[0].key
    desk.queue.remove([key])
    desk.queue.rename([key], "Ben")
    assert [row.name for row in desk.queue.rows] == ["a"]
    with pytest.raises(AppError, match="being analysed"):
        desk.queue.start(REQUEST)


def test_why_none_could_be_analysed_is_told(desk: Desk) -> None:
    desk.add("a.mp4")
    desk.queue.start(REQUEST)
    desk.run.end(AppError("The model is broken.", "Open another."))
    desk.queue.poll()
    assert desk.told == [Notice(Level.ERROR, "The model is broken.", "Open another.")]
    assert desk.states == [RowState.WAITING]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (replace(REQUEST, consent=None), "Nobody has said"),
        (replace(REQUEST, consent=replace(AGREED, asked_of=AskedOf.NOBODY)), "Nobody has said"),
        (replace(REQUEST, purpose=Purpose.RECRUITMENT), "notice on recruitment"),
    ],
)
def test_nothing_begins_without_agreement(desk: Desk, request_: QueueRequest, words: str) -> None:
    desk.add("a.mp4")
    with pytest.raises(AppError, match=words):
        desk.queue.start(request_)
    assert not desk.runs


def test_nothing_begins_beside_a_session_or_with_an_empty_queue(desk: Desk) -> None:
    with pytest.raises(AppError, match="no recording"):
        desk.queue.start(REQUEST)
    desk.add("a.mp4")
    desk.phase = Phase.RUNNING
    with pytest.raises(AppError, match="session is running"):
        desk.queue.start(REQUEST)
    assert not desk.runs


def test_closing_ends_the_run(desk: Desk) -> None:
    desk.queue.close()
    desk.add("a.mp4")
    desk.queue.start(REQUEST)
    desk.queue.close()
    assert desk.run.closed


def test_no_session_begins_beside_the_queue(bench: Bench, tmp_path: Path) -> None:
    controller = bench.ready()
    (tmp_path / "a.mp4").write_bytes(b"x")
    added: list[int] = []
    controller.recordings.add([tmp_path / "a.mp4"], added.append, lambda _: None)
    bench.poll_until(lambda: added)
    controller.recordings.start(REQUEST)
    with pytest.raises(AppError, match="being analysed"):
        controller.start("Ada", "", consent=CONSENT)
    bench.runs[0].end()
    bench.poll_until(lambda: not controller.recordings.running)
    bench.begin()


def test_closing_the_program_ends_the_run(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    added: list[int] = []
    bench.controller.recordings.add([tmp_path / "a.mp4"], added.append, lambda _: None)
    bench.poll_until(lambda: added)
    bench.controller.recordings.start(REQUEST)
    closed: list[int] = []
    bench.controller.close(closed.append)
    bench.poll_until(lambda: closed)
    assert bench.runs[0].closed
