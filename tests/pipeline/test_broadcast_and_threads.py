"""One value for many readers, one thread for many callers, one process for unknown work."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from emotion_gui.core.errors import AppError
from emotion_gui.pipeline.broadcast import Broadcast
from emotion_gui.pipeline.isolated import BusyError, IsolatedWorker, IsolatedWorkError
from emotion_gui.pipeline.own_thread import OwnThread
from tests.waiting import wait_for


def test_every_reader_gets_the_newest_value() -> None:
    pictures: Broadcast[bytes] = Broadcast(8)
    with pictures.reader() as first, pictures.reader() as second:
        assert first and second
        pictures.put(b"1")
        assert first.next(1.0) == second.next(1.0) == b"1"
        pictures.put(b"2")
        pictures.put(b"3")
        assert first.next(1.0) == b"3"
        assert pictures.readers == 2
    assert pictures.readers == 0


def test_a_reader_who_waits_in_vain_gets_the_last_value_again_and_none_after_the_end() -> None:
    pictures: Broadcast[bytes] = Broadcast(8)
    with pictures.reader() as reader:
        assert reader
        pictures.put(b"1")
        assert [reader.next(0.01), reader.next(0.01)] == [b"1", b"1"]
        pictures.put(None)
        assert reader.next(0.01) is None


def test_there_are_no_more_readers_than_may_be() -> None:
    pictures: Broadcast[bytes] = Broadcast(1)
    with pictures.reader() as first, pictures.reader() as second:
        assert first
        assert second is None
        assert pictures.readers == 1
    with pictures.reader() as again:
        assert again


def _fails() -> None:
    raise AppError("It does not work.", "Try another.")


def test_calls_are_made_on_the_one_thread_and_answered() -> None:
    steps: list[str] = []
    thread = OwnThread("desk", lambda: steps.append(threading.current_thread().name), 0.001)
    assert thread.call(lambda: threading.current_thread().name) == "desk"
    with pytest.raises(AppError, match="It does not work"):
        thread.call(_fails)
    wait_for(lambda: len(steps) > 2, "steps")
    thread.stop()
    assert set(steps) == {"desk"}


def test_a_step_that_fails_is_not_the_last() -> None:
    steps: list[int] = []

    def step() -> None:
        steps.append(1)
        if len(steps) == 1:
            raise ValueError("once")

    thread = OwnThread("desk", step, 0.001)
    wait_for(lambda: len(steps) > 1, "a second step")
    thread.stop()


def _work(task: str) -> str:
    match task:
        case "refuse":
            raise AppError("It is damaged.", "Choose another.")
        case "fail":
            raise ValueError("a bug")
        case "crash":
            os._exit(11)
        case "hang":
            time.sleep(60)
    return f"{task} in {os.getpid()}"


@pytest.fixture(scope="module")
def worker() -> Iterator[IsolatedWorker[str, str]]:
    made = IsolatedWorker(_work, limit_s=5.0, wait_s=0.05)
    yield made
    made.close()


def test_work_is_done_in_one_process_that_is_not_ours(worker: IsolatedWorker[str, str]) -> None:
    assert worker.ask("a") == f"a in {worker.process_id}"
    assert worker.process_id != os.getpid()
    assert worker.ask("b") == f"b in {worker.process_id}"


def test_what_the_work_says_is_said_here(worker: IsolatedWorker[str, str]) -> None:
    with pytest.raises(AppError) as caught:
        worker.ask("refuse")
    assert (caught.value.message, caught.value.hint) == ("It is damaged.", "Choose another.")


@pytest.mark.parametrize("task", ["fail", "crash"])
def test_work_that_goes_wrong_is_no_end(worker: IsolatedWorker[str, str], task: str) -> None:
    with pytest.raises(IsolatedWorkError):
        worker.ask(task)
    assert worker.ask("again").startswith("again in ")


def test_work_that_hangs_is_ended_and_others_are_not_kept_waiting() -> None:
    worker = IsolatedWorker(_work, limit_s=1.0, wait_s=0.05)
    worker.ask("started")
    told: list[type[BaseException]] = []

    def hang() -> None:
        try:
            worker.ask("hang")
        except IsolatedWorkError as error:
            told.append(type(error))

    hanging = threading.Thread(target=hang)
    hanging.start()
    wait_for(worker._turn.locked, "the work")
    with pytest.raises(BusyError):
        worker.ask("late")
    hanging.join(10)
    assert told == [IsolatedWorkError]
    assert worker.ask("after").startswith("after in ")
    worker.close()
