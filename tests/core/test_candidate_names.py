"""Who is the same person, and what becomes of a name that gives way to a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.candidate_names import CandidateCodes, is_code, new_code, person_key, without_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "  ada   LOVELACE\n"),
        ("Jose\u0301", "José"),
        ("STRASSE", "straße"),
        ("Ａｄａ", "Ada"),
        ("Ada\u200f", "Ada"),
        ("دانيال\u202c", "دانيال"),
    ],
)
def test_the_same_person(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)


@pytest.mark.parametrize(("one", "other"), [("José", "Jose"), ("Ada", "Ada L."), ("../ada", "ada"), ("😀", "😃")])
def test_other_persons(one: str, other: str) -> None:
    assert person_key(one) != person_key(other)


@pytest.mark.parametrize("nobody", ["", " \n\t", "\u200b\u202e"])
def test_nobody_is_no_person(nobody: str) -> None:
    assert person_key(nobody) == ""


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert person_key(person_key(name)) == person_key(name)


def test_a_name_keeps_its_code_and_a_code_stays() -> None:
    codes = CandidateCodes()
    code = codes.code_for("Ada Lovelace")
    assert is_code(code)
    assert codes.code_for("ada lovelace ") == code
    assert codes.code_for(code) == code
    assert codes.code_for("Grace") != code
    assert codes.code_for("  ") == "  "
    assert [name for name, _ in codes.pairs()] == ["Ada Lovelace", "Grace"]


def test_a_code_that_is_taken_is_not_given_again() -> None:
    given_out: set[str] = set()
    for _ in range(300):
        given_out.add(new_code(given_out))
    assert len(given_out) == 300
    assert all(map(is_code, given_out))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ada was calm.", "Ada", "P-2222 was calm."),
        ("ADA and ada's brother", "Ada", "P-2222 and P-2222's brother"),
        ("Adam and Nevada", "Ada", "Adam and Nevada"),
        ("Ada\n Lovelace", "Ada Lovelace", "P-2222"),
        ("问李雷说", "李雷", "问P-2222说"),
        ("Ada说", "Ada", "P-2222说"),
        ("=Ada()", "=Ada()", "P-2222"),
        ("C:\\1 (.*)", "(.*)", "C:\\1 P-2222"),
        ("nothing", "", "nothing"),
    ],
)
def test_a_name_is_replaced_where_it_stands(text: str, name: str, expected: str) -> None:
    assert without_name(text, name, "P-2222") == expected


@given(st.text(), st.text(min_size=1), st.text())
def test_any_text_can_be_searched_for_any_name(before: str, name: str, after: str) -> None:
    assert isinstance(without_name(before + name + after, name, "P-2222"), str)
