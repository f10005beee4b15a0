"""An analysis of recordings that says what a test makes it say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from emotion_gui.batch.plan import BatchPlan, Found, Outcome, OutcomeState, Recording
from emotion_gui.batch.run_events import Ended, Moved, Over, RunEvent
from emotion_gui.core.errors import AppError
from emotion_gui.core.nervousness import Judgement, Verdict
from tests.builders import make_info

FOUND = Found(make_info(candidate="Ada"), Judgement(Verdict.NOT_NERVOUS, (), "no expression over its threshold"), 31.0)


@dataclass
class FakeRun:
    """`BackgroundRun` without processes."""

    recordings: Sequence[Recording]
    plan: BatchPlan
    events: list[RunEvent] = field(default_factory=list)
    cancelled: bool = False
    closed: bool = False

    def take(self) -> Sequence[RunEvent]:
        taken, self.events = self.events, []
        return taken

    def cancel(self) -> None:
        self.cancelled = True

    def close(self) -> None:
        self.closed = True

    def move(self, number: int, share: float) -> None:
        self.events.append(Moved(number, share))

    def finish(self, number: int, state: OutcomeState = OutcomeState.ANALYSED) -> None:
        self.events.append(Ended(number, Outcome(state, "", duration_s=40.0, found=FOUND)))

    def fail(self, number: int, text: str = "It is no video. Choose another.") -> None:
        self.events.append(Ended(number, Outcome(OutcomeState.FAILED, text)))

    def end(self, error: AppError | None = None) -> None:
        self.events.append(Over(error))
