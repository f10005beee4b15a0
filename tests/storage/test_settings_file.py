"""The settings file: a round trip for every value, and a sentence for everything that can be wrong with it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emotion_gui.core.errors import StorageError
from emotion_gui.core.settings import INTRODUCTION, Settings, kind_of, option_of
from emotion_gui.storage.settings_file import load_settings, save_settings

quietly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def _values(name: str) -> st.SearchStrategy[Any]:
    entry = next(field for field in fields(Settings) if field.name == name)
    kind = kind_of(name)
    if "option" not in entry.metadata:
        return st.text()
    option = option_of(entry)
    if option.choices:
        return st.sampled_from(sorted(option.choices))
    if kind is bool:
        return st.booleans()
    low, high = option.minimum or 0, option.maximum or 0
    numbers: st.SearchStrategy[Any] = st.floats(low, high) if kind is float else st.integers(int(low), int(high))
    return st.none() | numbers if option.optional else numbers


any_settings = st.fixed_dictionaries({field.name: _values(field.name) for field in fields(Settings)}).map(
    lambda values: Settings(**values)
)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@quietly
@given(any_settings)
def test_what_is_saved_is_loaded(path: Path, chosen: Settings) -> None:
    save_settings(path, chosen)
    assert load_settings(path) == (chosen, "")


def test_missing_file_gives_the_defaults(path: Path) -> None:
    assert load_settings(path) == (Settings(), "")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe{", b"[" * 100_000])
def test_damaged_file_is_kept_and_told(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    loaded, notice = load_settings(path)
    (kept,) = path.parent.iterdir()
    assert loaded == Settings()
    assert kept.name.startswith("settings.damaged-")
    assert kept.suffix == ".json"
    assert kept.name in notice
    assert kept.read_bytes() == content
    assert load_settings(path) == (Settings(), "")


def test_one_bad_value_does_not_cost_the_others(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"min_face_px": "big", "max_rate": 12, "threshold_sad": 300}), encoding="utf-8")
    loaded, notice = load_settings(path)
    assert loaded == Settings(max_rate=12)
    assert "'Smallest face'" in notice
    assert "'Sad over'" in notice
    assert "'Results a second'" not in notice


@quietly
@given(st.dictionaries(st.sampled_from([field.name for field in fields(Settings)]), any_json))
def test_any_json_gives_settings(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(values), encoding="utf-8")
    loaded, notice = load_settings(path)
    for name, value in values.items():
        taken = getattr(loaded, name)
        assert taken == value or (taken == getattr(Settings(), name) and notice)


def test_huge_number_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"min_face_px": 1' + "0" * 400 + "}", encoding="utf-8")
    loaded, notice = load_settings(path)
    assert (loaded, bool(notice)) == (Settings(), True)


def test_newer_file_gives_what_is_known_and_keeps_the_rest(path: Path) -> None:
    path.parent.mkdir()
    newer = asdict(Settings(max_rate=12)) | {"version": 9, "wallpaper": {"color": "blue"}}
    path.write_text(json.dumps(newer), encoding="utf-8")
    loaded, notice = load_settings(path)
    assert (loaded, notice) == (Settings(max_rate=12), "")

    save_settings(path, replace(loaded, max_rate=20))
    written = json.loads(path.read_text(encoding="utf-8"))
    assert (written["version"], written["wallpaper"], written["max_rate"]) == (9, {"color": "blue"}, 20)


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be saved"):
        save_settings(tmp_path / "taken" / "settings.json", Settings())


def test_file_that_cannot_be_read_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    loaded, notice = load_settings(tmp_path / "settings.json")
    assert (loaded, "cannot be read" in notice) == (Settings(), True)


def test_whoever_used_an_earlier_version_needs_no_introduction(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"version": 1, "max_rate": 12}), encoding="utf-8")
    assert load_settings(path) == (Settings(max_rate=12, introduction=INTRODUCTION), "")
    path.write_text(json.dumps(Settings().to_dict()), encoding="utf-8")
    assert load_settings(path) == (Settings(), "")
