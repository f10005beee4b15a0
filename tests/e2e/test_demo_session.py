from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from PIL import Image

from emotion_gui.controller.status import Phase
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.settings import RULE
from emotion_gui.export.csv_report import COLUMNS
from emotion_gui.ui.settings.dialog import SettingsDialog
from tests.e2e.program import Program

pytestmark = pytest.mark.gui

_A4_AT_150_DPI = (1240, 1754)


def test_from_a_face_to_the_report_in_the_hand(program: Program, tmp_path: Path) -> None:
    main = program.main
    main.source_bar.demo.invoke()
    program.wait_for_face()
    program.start_session("Ada Lovelace")

    program.wait(lambda: program.colored_pixels(main.charts, Emotion.NEUTRAL), "a pie")
    happy_at_first = program.colored_pixels(main.charts, Emotion.HAPPY)

    program.count_for(5.0)
    assert main.verdict.headline.cget("text") == "● Not nervous"
    program.change_settings(lambda dialog: _set_threshold(program, dialog, Emotion.HAPPY, "12.5"))
    program.wait(lambda: main.verdict.headline.cget("text") == "▲ Nervous", "another verdict")
    assert main.verdict.reason.cget("text").startswith("happy ")
    assert main.verdict.reason.cget("text").endswith("> 12.5 %")

    program.count_for(7.5)
    program.press("<Shift-F5>")
    assert program.controller.phase is Phase.IDLE
    program.wait(lambda: program.colored_pixels(main.charts, Emotion.HAPPY) != happy_at_first, "another pie")
    program.wait(lambda: _shows_the_shares(program), "charts that show the shares")
    files = program.export_all(tmp_path)
    record = program.record()
    _check_results(pd.read_csv(files.results), record)
    _check_summary(pd.read_csv(files.summary), record)
    with Image.open(files.page) as page:
        assert page.size == _A4_AT_150_DPI
        assert page.info["dpi"] == pytest.approx((150, 150), abs=0.1)


def _shows_the_shares(program: Program) -> bool:
    """Whether the two emotions have as much colour in the charts as they have time in the session."""
    pair = (Emotion.HAPPY, Emotion.NEUTRAL)
    happy, neutral = (program.colored_pixels(program.main.charts, emotion) for emotion in pair)
    # The screen may be caught between two pictures.
    drawn = happy + neutral > 0
    return drawn and abs(happy / (happy + neutral) - program.session.statistics.shares(pair)[Emotion.HAPPY]) < 0.05


def _set_threshold(program: Program, dialog: SettingsDialog, emotion: Emotion, percent: str) -> None:
    tab = next(tab for tab in dialog.tabs.tabs() if dialog.tabs.tab(tab, "text") == RULE)
    dialog.tabs.select(tab)
    entry = dialog.fields[f"threshold_{emotion.value}"].input
    program.type_into(entry, "much")
    assert dialog.ok_button.instate(["disabled"])
    program.type_into(entry, percent)
    assert dialog.ok_button.instate(["!disabled"])


def _check_results(table: pd.DataFrame, record: SessionRecord) -> None:
    statistics = record.statistics
    assert tuple(table.columns) == COLUMNS
    assert table["label"].value_counts().to_dict() == {
        emotion.value: count for emotion, count in statistics.counts.items() if count
    }
    assert {"neutral", "happy"} <= set(table["label"])
    seconds = table.groupby("label")["duration_s"].sum()
    assert seconds["happy"] == pytest.approx(statistics.seconds[Emotion.HAPPY], abs=0.02)
    assert table["time_s"].is_monotonic_increasing
    assert table["time_s"].iloc[-1] == pytest.approx(statistics.duration_s, abs=0.1)
    assert set(table["candidate"]) == {"Ada Lovelace"}
    assert set(table["model_sha256"]) == {record.info.provenance.model_sha256}


def _check_summary(table: pd.DataFrame, record: SessionRecord) -> None:
    values: dict[Any, Any] = table.set_index(["section", "key"])["value"].to_dict()
    assert values["session", "candidate"] == "Ada Lovelace"
    assert values["session", "source"] == "Demo clip"
    assert values["session", "state"] == "finished"
    assert values["verdict", "verdict"] == "nervous"
    assert float(values["thresholds", "happy"]) == 12.5
    happy = 100 * record.statistics.shares()[Emotion.HAPPY]
    assert float(values["percent", "happy"]) == pytest.approx(happy, abs=0.01)
    kinds = [event.kind for event in record.events]
    assert kinds == ["candidate chosen", "settings changed", "stopped"]
