"""The table at the end: what became of each recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from emotion_gui.batch.plan import Outcome, OutcomeState, Recording
from emotion_gui.core.nervousness import CAVEAT

_HEADINGS = ("recording", "result", "length", "speed", "")


def closing_table(recordings: Sequence[Recording], outcomes: Sequence[Outcome]) -> str:
    """A line for each recording, a line of sums and the caveat that goes with every verdict."""
    rows = [_HEADINGS, *(_row(*pair) for pair in zip(recordings, outcomes, strict=True))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    lines = [
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1])) for row in rows
    ]
    return "\n".join(
        [*(line.rstrip() for line in lines), "", _sums(outcomes), f"A verdict is no more than this: {CAVEAT}"]
    )


def _row(recording: Recording, outcome: Outcome) -> tuple[str, ...]:
    minutes, seconds = divmod(round(outcome.duration_s), 60)
    length = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if outcome.duration_s else "-"
    # What was resumed was only partly analysed in this run: its speed would be none.
    measured = outcome.state is OutcomeState.ANALYSED and outcome.took_s
    speed = f"{outcome.duration_s / outcome.took_s:.1f}x" if measured else "-"
    return recording.source.title, outcome.state.value, length, speed, outcome.text


def _sums(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(outcome.state for outcome in outcomes)
    told = ", ".join(f"{counts[state]} {state.value.lower()}" for state in OutcomeState if counts[state])
    noun = "recording" if len(outcomes) == 1 else "recordings"
    return f"{len(outcomes)} {noun}: {told}."
