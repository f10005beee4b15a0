"""File names from what users type."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.safe_name import safe_name


@given(st.text(max_size=300))
def test_any_text_gives_a_name_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode("utf-8")) <= 100
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert not any(character.isspace() for character in name)
    assert name == name.strip(" .-~")
    assert not PureWindowsPath(f"{name}.csv").is_reserved()
    assert PureWindowsPath(name).name == name


# Surrogates stand alone in names that Windows and old file systems hand over.
@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Ll", "Mn"]), max_size=50))
def test_the_name_can_be_written(text: str) -> None:
    safe_name(text).encode("utf-8")


@pytest.mark.parametrize(
    "name",
    ["Ada-Lovelace", "Łukasz-Żółć", "Ёлкин", "王小明", "محمد", "दीपक", "ทดสอบ", "O'Neil", "Anne-Marie", "a.b", "👩-🔬"],
)
def test_names_of_all_scripts_stay(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(("text", "name"), [
    ("Ada Lovelace", "Ada-Lovelace"),
    ("../../etc/passwd", "etc-passwd"),
    ("..\\..\\Windows", "Windows"),
    ("C:\\x", "C-x"),
    ("a\nb\tc", "a-b-c"),
    ("abc\u202egnp.exe", "abcgnp.exe"),
    ("null\0byte", "nullbyte"),
    ("~root", "root"),
    ("-rf", "rf"),
    ("Zoë", "Zoë"),
    ("", "session"), ("   ", "session"), ("...", "session"), ("/", "session"), ("\ud800", "session"),
    ("CON", "session"), ("nul.txt", "session"), ("com1", "session"), ("LPT¹", "session"), ("AUX .x", "AUX-.x"),
])  # fmt: skip
def test_in_cases(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("letter", ["a", "ä", "王", "👩"])
def test_ten_thousand_characters(letter: str, tmp_path: Path) -> None:
    name = safe_name(letter * 10_000)
    assert set(name) == {letter}
    assert 97 <= len(name.encode("utf-8")) <= 100
    (tmp_path / f"{name}_summary.csv").write_text("x", encoding="utf-8")


def test_the_fallback_can_be_chosen() -> None:
    assert safe_name("?", "candidate") == "candidate"
