"""Text in lines: none too wide, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_gui.export.text_measure import fitted, text_width, wrapped

_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=80)


@settings(deadline=None)
@given(_TEXT, st.floats(40, 400), st.booleans())
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: float, bold: bool) -> None:
    lines = wrapped(text, width, 16, bold=bold)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 16, bold=bold) <= width for line in lines)


@settings(deadline=None)
@given(_TEXT, st.floats(40, 400), st.integers(1, 4))
def test_too_much_text_ends_in_an_ellipsis(text: str, width: float, most: int) -> None:
    lines = wrapped(text, width, 16, most_lines=most)
    whole = wrapped(text, width, 16)
    assert len(lines) <= most
    assert (lines == whole) or lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}")


@pytest.mark.parametrize("text", ["", "short"])
def test_what_fits_stays(text: str) -> None:
    assert fitted(text, 200, 16) == text


def test_a_bold_line_is_wider() -> None:
    assert text_width("Nervous", 16, bold=True) > text_width("Nervous", 16) > 0
