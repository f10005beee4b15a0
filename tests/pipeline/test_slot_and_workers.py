"""The small parts that threads are built from."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.errors import AppError
from emotion_gui.pipeline.latest import LatestSlot
from emotion_gui.pipeline.metrics import RateMeter
from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.pipeline.tasks import TaskRunner
from emotion_gui.pipeline.workers import LatestWorker, QueueWorker
from tests.waiting import wait_for


def test_the_slot_keeps_the_newest_and_counts_the_rest() -> None:
    slot: LatestSlot[int] = LatestSlot()
    for value in range(5):
        slot.put(value)
    assert (slot.take(), slot.take(), slot.dropped) == (4, None, 4)


def test_the_slot_wakes_whoever_waits() -> None:
    slot: LatestSlot[str] = LatestSlot()
    threading.Timer(0.01, slot.put, ["here"]).start()
    assert slot.take(timeout_s=10) == "here"


def test_the_rate_is_taken_over_the_last_seconds() -> None:
    now = [0.0]
    meter = RateMeter(window_s=2.0, clock=lambda: now[0])
    assert meter.rate == 0.0
    for _ in range(40):
        meter.tick()
        now[0] += 0.1
    assert meter.rate == pytest.approx(10.0)
    now[0] += 5
    assert meter.rate == 0.0


@given(fps=st.floats(5, 120), rate=st.floats(1, 60))
def test_the_gate_lets_the_asked_rate_through_and_never_more(fps: float, rate: float) -> None:
    gate = RateGate(rate)
    seconds = 20
    passed = sum(gate.lets_pass(n / fps, 1 / fps) for n in range(int(seconds * fps)))
    expected = min(fps, rate) * seconds
    assert passed <= expected * 1.02 + 2
    assert passed >= expected * 0.9 - 2


def test_an_open_gate_lets_all_through() -> None:
    gate = RateGate(None)
    assert all(gate.lets_pass(n / 30, 1 / 30) for n in range(100))


def test_the_gate_does_not_make_up_for_a_gap() -> None:
    gate = RateGate(10)
    assert gate.lets_pass(0.0, 0.01)
    assert gate.lets_pass(60.0, 0.01)
    assert not gate.lets_pass(60.01, 0.01)


def test_time_that_runs_backwards_holds_nothing_up() -> None:
    gate = RateGate(10)
    assert gate.lets_pass(3600.0, 0.01)
    passed = [gate.lets_pass(n / 100, 0.01) for n in range(100)]
    assert passed[0]
    assert 9 <= sum(passed) <= 11


def test_the_latest_worker_goes_on_after_a_bad_value(caplog: pytest.LogCaptureFixture) -> None:
    worker: LatestWorker[int, float] = LatestWorker("halves", lambda value: 1 / value)
    results: list[float] = []

    def result_came() -> bool:
        value = worker.results.take()
        if value is not None:
            results.append(value)
        return bool(results)

    worker.submit(0)
    wait_for(lambda: "failed on a value" in caplog.text)
    worker.submit(4)
    wait_for(result_came)
    worker.stop()
    assert results == [0.25]


def test_the_queue_worker_hands_over_everything_in_order() -> None:
    seen: list[int] = []

    def handle(batch: list[int]) -> None:
        seen.extend(batch)
        batch.clear()

    worker = QueueWorker("writer", handle, lambda _: None, gather_s=0.001)
    for value in range(1000):
        worker.submit(value)
    assert worker.stop() == 0
    assert seen == list(range(1000))


def test_the_queue_worker_keeps_what_was_refused_and_tells_once() -> None:
    seen: list[int] = []
    trouble: list[Exception | None] = []
    full = [True]

    def handle(batch: list[int]) -> None:
        while batch:
            if full[0] and len(seen) == 3:
                raise OSError("disk full")
            seen.append(batch.pop(0))

    worker = QueueWorker("writer", handle, trouble.append, gather_s=0.001, retry_s=0.001)
    for value in range(10):
        worker.submit(value)
    wait_for(lambda: trouble, "the trouble")
    assert not worker.flush(timeout_s=0.02)
    full[0] = False
    assert worker.flush()
    assert worker.stop() == 0
    assert seen == list(range(10))
    assert [type(item) for item in trouble] == [OSError, type(None)]


def test_the_queue_worker_says_how_much_it_could_not_hand_over() -> None:
    def refuse(batch: list[int]) -> None:
        raise OSError("disk full")

    worker = QueueWorker("writer", refuse, lambda _: None, gather_s=0.001)
    for value in range(7):
        worker.submit(value)
    assert worker.stop() == 7


def test_a_task_that_gets_no_thread_is_not_dropped_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    tasks = TaskRunner()
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RuntimeError, match="thread"):
        tasks.run(lambda: 42, lambda _: None, lambda _: None)
    monkeypatch.undo()
    tasks.close()
    tasks.run(lambda: 42, lambda _: None, lambda _: None)


def test_outcomes_are_told_on_the_asking_thread() -> None:
    tasks = TaskRunner()
    told: list[tuple[object, threading.Thread]] = []

    def tell(outcome: object) -> None:
        told.append((outcome, threading.current_thread()))

    def refuse() -> None:
        raise AppError("No.", "Ask again.")

    def break_down() -> None:
        raise ValueError("a mistake of ours")

    tasks.run(lambda: 42, tell, tell)
    tasks.run(refuse, tell, tell)
    tasks.run(break_down, tell, tell)

    def all_told() -> bool:
        tasks.deliver()
        return len(told) == 3

    wait_for(all_told)
    tasks.close()
    outcomes = [outcome for outcome, _ in told]
    assert 42 in outcomes
    assert sorted(str(o) for o in outcomes if isinstance(o, AppError)) == [
        "No. Ask again.",
        "Something unexpected went wrong (ValueError). See the log.",
    ]
    assert {thread for _, thread in told} == {threading.current_thread()}
