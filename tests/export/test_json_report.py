"""The document for programs: strict JSON, and the same figures as the session."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emotion_gui.core.brief_changes import BriefChange
from emotion_gui.core.emotions import EMOTION_NAMES, Emotion
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.session import SessionRecord
from emotion_gui.export import export_session
from emotion_gui.export.json_report import write_json
from tests.builders import make_record
from tests.export.sessions import RESTING, full_record, watched_record


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)


def _exported(record: SessionRecord, tmp_path: Path) -> Any:
    return _read(export_session(record, "json", tmp_path / "out.json"))


def test_the_figures_are_the_sessions(tmp_path: Path) -> None:
    record = full_record()
    document = _exported(record, tmp_path)
    assert document["schema"] == {"name": "emotion-gui session", "version": 1}
    emotions = document["statistics"]["emotions"]
    assert sum(emotions[name]["share"] for name in EMOTION_NAMES) == pytest.approx(1, abs=0.001)
    for emotion, seconds in record.statistics.seconds.items():
        parts = [segment["shares"][emotion.value] * segment["usable_s"] for segment in document["segments"]]
        assert sum(parts) == pytest.approx(seconds, abs=0.05)
    assert document["verdict"]["verdict"] == record.judgement.verdict.value
    assert document["baselines"][0]["resting"] == dict(zip(EMOTION_NAMES, RESTING, strict=True))
    assert document["consent"]["text_version"] == "2026-11"
    assert document["model"]["card"]["match"] == "exact"
    assert [figure["emotion"] for figure in document["model"]["card"]["classes"]] == list(EMOTION_NAMES)
    assert document["corrections"][0]["right"] == "neutral"
    assert document["brief_changes"]["per_minute_at_rest"] == 4.0


def test_the_course_is_there_unless_it_is_not_wanted(tmp_path: Path) -> None:
    record = make_record(30)
    course = _exported(record, tmp_path)["course"]
    assert len(course["rows"]) == len(record.timeline)
    assert {len(row) for row in course["rows"]} == {len(course["columns"])}
    write_json(record, tmp_path / "short.json", course=False)
    assert "course" not in _read(tmp_path / "short.json")


def test_quality_says_how_long_each_problem_lasted(tmp_path: Path) -> None:
    quality = _exported(watched_record(), tmp_path)["quality"]
    assert quality["problem_s"][QualityProblem.TURNED_AWAY.value] == pytest.approx(2.0, abs=0.001)
    assert quality["usable_share"] == pytest.approx(0.8, abs=0.001)


def test_what_is_no_number_is_null(tmp_path: Path) -> None:
    odd = BriefChange(float("nan"), float("inf"), Emotion.SAD, 0.123456789)
    document = _exported(replace(make_record(0), brief_changes=(odd,)), tmp_path)
    assert document["brief_changes"]["list"] == [
        {"time_s": None, "duration_s": None, "emotion": "sad", "strength": 0.1235}
    ]
    assert document["quality"]["usable_share"] is None
    assert document["consent"] is None


@pytest.mark.parametrize("text", ["\ud800 half a pair", '"; \\ \x00 \u2028', "🙂 שלום", "x" * 10_000])
def test_every_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    document = _exported(full_record(5.0, [text]), tmp_path)
    assert document["session"]["candidate"] == text
    assert document["markers"][0]["text"] == text
