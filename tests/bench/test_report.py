"""The benchmarks' table and JSON, from findings that were made up."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.bench import report
from emotion_gui.bench.report import Findings
from emotion_gui.bench.table import BENCHMARKS, Figure

_ALL = {name: {figure.key: 7.0 for figure in benchmark.figures} for name, benchmark in BENCHMARKS.items()}


def test_json_has_the_machine_and_every_figure() -> None:
    found = json.loads(json.dumps(Findings(figures=_ALL).to_dict()))
    assert found["frame"] == {"ours_ms": 7.0, "seed_ms": 7.0, "ratio": 7.0}
    assert int(found["machine"]["cores"]) > 0
    assert found["skipped"] == {}


def test_the_table_has_every_title_and_label() -> None:
    text = report.table(Findings(figures=_ALL))
    for benchmark in BENCHMARKS.values():
        assert benchmark.title in text
        assert all(figure.label in text for figure in benchmark.figures)


def test_what_was_left_out_is_said_with_its_reason() -> None:
    text = report.table(Findings(skipped={"live": "There is no display."}))
    assert "left out: There is no display." in text


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_goal_is_reached_on_its_own_side_only(goal: float, value: float) -> None:
    assert Figure("k", "l", "x", least=goal).reached(value) == (value >= goal)
    assert Figure("k", "l", "x", most=goal).reached(value) == (value <= goal)
    assert Figure("k", "l", "x").reached(value) is None


def test_missed_and_reached_goals_are_told_apart() -> None:
    assert "reached: at least 15" in report.table(Findings(figures={"frame": _ALL["frame"] | {"ratio": 20.0}}))
    assert "MISSED: at least 15" in report.table(Findings(figures={"frame": _ALL["frame"] | {"ratio": 3.0}}))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_entry_of_the_table_can_be_imported(name: str) -> None:
    module, _, function = BENCHMARKS[name].function.partition(":")
    assert callable(getattr(import_module(f"emotion_gui.bench.{module}"), function))
