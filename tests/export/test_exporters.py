"""Every format: written whole or not at all, safe to open, and the same figures as the session."""

from __future__ import annotations

import csv
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from emotion_gui import export
from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTION_NAMES, EMOTIONS, Emotion
from emotion_gui.core.errors import ExportError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.rule_presets import apply_preset
from emotion_gui.core.session import SessionEvent
from emotion_gui.core.settings import Settings
from emotion_gui.export import EXPORTERS, default_name, export_session
from emotion_gui.export.cells import defused
from emotion_gui.export.csv_report import COLUMNS
from emotion_gui.export.png_report import SIZE_WH, rule_share
from tests.builders import TENSE, make_info, make_record

AWKWARD = [
    "",
    "=cmd()",
    "../../etc",
    "a\nb\r\nc",
    "שלום עולם",
    "王小明",
    "🙂",
    "$x^2$ \\frac{1}{2}",
    "x" * 10_000,
    "\ud800",
]


@pytest.mark.parametrize("key", EXPORTERS)
@pytest.mark.parametrize("duration_s", [0.0, 1.0, 60.0])
def test_every_format_takes_a_session_of_any_length(tmp_path: Path, key: str, duration_s: float) -> None:
    path = export_session(make_record(duration_s), key, tmp_path / f"out{EXPORTERS[key].suffix}")
    assert path.stat().st_size > 0
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("key", EXPORTERS)
@pytest.mark.parametrize("text", AWKWARD)
def test_every_format_takes_any_name_and_note(tmp_path: Path, key: str, text: str) -> None:
    info = make_info(candidate=text.encode("utf-8", "replace").decode(), note=text.encode("utf-8", "replace").decode())
    name = default_name(info, key)
    assert Path(name).name == name
    assert export_session(make_record(2, info=info), key, tmp_path / name).parent == tmp_path


@pytest.mark.parametrize("key", EXPORTERS)
def test_a_file_that_is_there_is_only_replaced_when_allowed(tmp_path: Path, key: str) -> None:
    path = tmp_path / f"out{EXPORTERS[key].suffix}"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="is there already"):
        export_session(make_record(1), key, path)
    assert path.read_text(encoding="utf-8") == "mine"
    export_session(make_record(1), key, path, overwrite=True)
    assert path.read_bytes() != b"mine"


@pytest.mark.parametrize("key", EXPORTERS)
def test_a_full_disk_is_told_and_leaves_what_was_there(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def filling(path: Path) -> Iterator[Path]:
        with atomic_path(path) as temporary:
            yield temporary
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export, "atomic_path", filling)
    path = tmp_path / f"out{EXPORTERS[key].suffix}"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="disk is full"):
        export_session(make_record(1), key, path, overwrite=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written"):
        export_session(make_record(1), "csv", tmp_path / "file" / "out.csv")


def test_the_table_has_a_row_for_every_face_result(tmp_path: Path) -> None:
    record = make_record(10, faces=2)
    table = pd.read_csv(export_session(record, "csv", tmp_path / "out.csv"))
    assert tuple(table.columns) == COLUMNS
    assert tuple(table.columns[:15]) == (
        *("time_s", "frame", "face", "x", "y", "width", "height"),
        *("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"),
        "label",
    )
    assert len(table) == sum(record.statistics.counts.values())
    assert table[list(EMOTION_NAMES)].sum(axis=1).tolist() == pytest.approx([1.0] * len(table), abs=0.001)
    assert table.groupby("label")["duration_s"].sum().to_dict() == pytest.approx(
        {e.value: s for e, s in record.statistics.seconds.items() if record.statistics.counts[e]}, abs=0.05
    )
    assert (table["model_sha256"] == record.info.provenance.model_sha256).all()


def test_the_summary_has_the_figures_and_their_grounds(tmp_path: Path) -> None:
    info = make_info(candidate="=1+1", rule=apply_preset(Settings(), "Seed rule").rule)
    record = make_record(60, info=info, moods=TENSE, events=(SessionEvent(3.0, "paused"), SessionEvent(5.0, "resumed")))
    table = pd.read_csv(export_session(record, "summary", tmp_path / "out_summary.csv"), dtype=str)
    values = {(row.section, row.key): row.value for row in table.itertuples()}
    for emotion in EMOTIONS:
        assert int(values["count", emotion.value]) == record.statistics.counts[emotion]
        assert float(values["seconds", emotion.value]) == pytest.approx(record.statistics.seconds[emotion], abs=0.001)
    assert sum(float(values["percent", name]) for name in EMOTION_NAMES) == pytest.approx(100, abs=0.1)
    assert values["verdict", "verdict"] == record.judgement.verdict.value
    assert values["verdict", "caveat"] == CAVEAT
    assert values["thresholds", "neutral"] == "30.0"
    assert values["thresholds", "disgust_counted"] == "no"
    assert values["session", "candidate"] == "'=1+1"
    assert values["session", "model_sha256"] == info.provenance.model_sha256
    assert values["events", "1 at 3.0 s"] == "paused"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_becomes_a_formula_and_all_of_it_stays(text: str) -> None:
    safe = defused(text)
    assert not safe or safe[0] not in "=+-@\t\r\n"
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == text


def test_line_breaks_in_a_name_stay_in_one_cell(tmp_path: Path) -> None:
    record = make_record(1, info=make_info(candidate="first\nsecond"))
    path = export_session(record, "csv", tmp_path / "out.csv")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {row["candidate"] for row in rows} == {"first\nsecond"}


def test_the_page_is_a4_at_150_dots(tmp_path: Path) -> None:
    with Image.open(export_session(make_record(30, moods=TENSE), "png", tmp_path / "out.png")) as page:
        assert page.size == SIZE_WH == (1240, 1754)
        assert round(page.info["dpi"][0]) == 150
        colors = {color for _, color in page.convert("RGB").getcolors(1 << 24) or ()}
    # The strongest expression is on the page in its own colour.
    assert tuple(bytes.fromhex(Emotion.FEAR.color[1:])) in colors


def test_the_share_bar_is_the_watched_part_of_what_is_counted() -> None:
    record = make_record(60, moods=TENSE)
    seconds = record.statistics.seconds
    rule = replace(record.info.rule, thresholds={Emotion.FEAR: 10.0})
    share = rule_share(replace(record, info=replace(record.info, rule=rule)))
    assert share == pytest.approx(seconds[Emotion.FEAR] / sum(seconds.values()))
    assert rule_share(make_record(0)) is None
