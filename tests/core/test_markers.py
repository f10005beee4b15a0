from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.markers import Marker, marker_title, suggested_text


@pytest.mark.parametrize(
    ("texts", "suggested"),
    [
        ([], "question 1"),
        ([""], "question 2"),
        (["question 1"], "question 2"),
        (["question 1", ""], "question 2"),
        (["Frage 9 ", "", ""], "Frage 10"),
        (["salary"], "question 2"),
        (["part 2 of 3"], "part 2 of 4"),
        (["42"], "question 2"),
        (["question 9", "salary"], "question 3"),
        (["سؤال 2"], "سؤال 3"),
    ],
)
def test_the_next_text_is_found_by_counting(texts: list[str], suggested: str) -> None:
    assert suggested_text([*(Marker(0.0, text) for text in texts), Marker(9.0)]) == suggested


@given(st.lists(st.text(max_size=40), max_size=6))
def test_there_is_always_something_to_suggest(texts: list[str]) -> None:
    markers = [*(Marker(0.0, text) for text in texts), Marker(1.0)]
    assert suggested_text(markers).strip()


def test_a_title_stands_on_one_line() -> None:
    assert marker_title(Marker(0.0, " question\n 3\t"), 1) == "question 3"
    assert marker_title(Marker(0.0, " \n"), 7) == "Marker 7"
