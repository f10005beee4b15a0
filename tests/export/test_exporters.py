"""Every format: written whole or not at all, safe to open, and the same figures as the session."""

from __future__ import annotations

import csv
import errno
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from emotion_gui import export
from emotion_gui.core import translation
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
from tests.export.pages import ReadPage
from tests.export.sessions import full_record, watched_record

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


def _check_file(path: Path) -> None:
    """Read a file back as what it says it is."""
    if path.suffix == ".csv":
        assert len(pd.read_csv(path).columns) >= 4
    elif path.suffix == ".json":
        assert json.loads(path.read_text(encoding="utf-8"))["schema"]
    elif path.suffix == ".png":
        with Image.open(path) as picture:
            picture.verify()
    elif path.suffix == ".pdf":
        assert PdfReader(path).pages[0].extract_text()
    else:
        assert ReadPage(path).left_open == []


@pytest.mark.parametrize("key", EXPORTERS)
@pytest.mark.parametrize("duration_s", [0.0, 20.0])
def test_every_format_takes_a_session_of_any_length(tmp_path: Path, key: str, duration_s: float) -> None:
    path = export_session(make_record(duration_s), key, tmp_path / f"out{EXPORTERS[key].suffix}")
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    _check_file(path)


@pytest.mark.slow
@pytest.mark.parametrize("key", EXPORTERS)
def test_every_format_takes_four_hours(tmp_path: Path, key: str) -> None:
    path = tmp_path / f"out{EXPORTERS[key].suffix}"
    _check_file(export_session(full_record(4 * 3600.0), key, path))
    # What is drawn is brought down to what a page can show.
    assert path.stat().st_size < 20e6


@pytest.mark.parametrize("key", EXPORTERS)
def test_every_format_takes_a_session_without_a_face(tmp_path: Path, key: str) -> None:
    record = make_record(30, faces=0)
    _check_file(export_session(record, key, tmp_path / f"out{EXPORTERS[key].suffix}"))


@pytest.mark.parametrize("key", EXPORTERS)
def test_every_format_takes_any_text(tmp_path: Path, key: str) -> None:
    _check_file(export_session(full_record(5.0, AWKWARD), key, tmp_path / f"out{EXPORTERS[key].suffix}"))


@pytest.mark.parametrize("text", AWKWARD)
def test_a_name_of_any_kind_becomes_one_file(tmp_path: Path, text: str) -> None:
    info = make_info(candidate=text)
    for key in EXPORTERS:
        name = default_name(info, key)
        assert Path(name).name == name
    assert export_session(make_record(2, info=info), "csv", tmp_path / default_name(info, "csv")).parent == tmp_path


@pytest.mark.parametrize("key", ["png", "pdf"])
@pytest.mark.parametrize("text", ["x" * 10_000, "שלום $x^2$\n王小明 🙂"])
def test_the_heading_takes_any_name(tmp_path: Path, key: str, text: str) -> None:
    record = make_record(2, info=make_info(candidate=text, note=text))
    _check_file(export_session(record, key, tmp_path / f"out{EXPORTERS[key].suffix}"))


@pytest.mark.parametrize("key", ["csv", "summary", "json"])
@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_files_for_programs_take_every_text(key: str, texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{EXPORTERS[key].suffix}"
        _check_file(export_session(full_record(2.0, texts), key, path))


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


def test_the_columns_of_old_tables_come_first_and_new_ones_say_who_counted_and_why(tmp_path: Path) -> None:
    record = watched_record()
    table = pd.read_csv(export_session(record, "csv", tmp_path / "out.csv"), keep_default_na=False)
    assert tuple(table.columns[:21]) == COLUMNS[:21]
    assert tuple(table.columns[18:22]) == ("candidate", "model", "model_sha256", "track")
    candidate, other = table[table["track"] == 3], table[table["track"] == 4]
    assert (candidate["is_candidate"] == 1).all()
    assert (other[["is_candidate", "counted"]] == 0).all(axis=None)
    assert (candidate["counted"] == 0).sum() == 20
    assert set(candidate.loc[candidate["counted"] == 0, "problem"]) == {"turned away"}
    assert (candidate["raw_fear"].astype(float) == 0.6).all()
    assert (candidate["smoothed_sad"].astype(float) == 0.5).all()
    assert set(other["side_px"]) == {""}
    assert set(candidate["side_px"].astype(float)) == {128.0}
    # The text of a marker is no formula either, and a row's segment begins at the marker's own moment.
    assert table.groupby("marker", sort=False)["time_s"].min().to_dict() == {
        "": 0.0,
        "'=question 1": 2.0,
        "question 2": 7.0,
    }
    corrected = table[table["corrected_label"] != ""]
    assert corrected[["time_s", "label", "corrected_label"]].to_numpy().tolist() == [[3.0, "happy", "neutral"]]


def test_where_nothing_was_followed_raw_is_what_counts(tmp_path: Path) -> None:
    table = pd.read_csv(export_session(make_record(2), "csv", tmp_path / "out.csv"))
    for name in EMOTION_NAMES:
        assert table[f"raw_{name}"].tolist() == table[name].tolist() == table[f"smoothed_{name}"].tolist()


def test_the_summary_tells_of_all_that_was_done(tmp_path: Path) -> None:
    table = pd.read_csv(export_session(full_record(), "summary", tmp_path / "out_summary.csv"), dtype=str)
    values = {(row.section, row.key): row.value for row in table.itertuples()}
    assert values["session", "purpose"] == "coaching"
    assert values["consent", "text_version"] == "2026-11"
    assert values["method", "baseline"] == "yes"
    assert values["baseline", "1 resting sad"] == "0.35"
    assert values["markers", "1 at 15.0 s"] == "question 1"
    assert values["segments", "1 text"] == "question 1"
    assert sum(float(values["segments", f"2 percent {name}"]) for name in EMOTION_NAMES) == pytest.approx(100, abs=0.1)
    assert float(values["brief changes", "rate at rest"]) == 4.0
    assert values["corrections", "1 at 5.0 s"] == "sad -> neutral"
    assert values["model card", "split"] == "PublicTest"
    assert 0 < float(values["model card", "disgust recall"]) < 1


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


@pytest.mark.parametrize("key", ["csv", "summary", "json"])
def test_files_for_programs_are_the_same_in_every_language(key: str, tmp_path: Path) -> None:
    record = full_record()
    english = export_session(record, key, tmp_path / "english").read_bytes()
    translation.set_language("de")
    try:
        german = export_session(record, key, tmp_path / "german").read_bytes()
    finally:
        translation.set_language(translation.DEFAULT_LANGUAGE)
    assert german == english
