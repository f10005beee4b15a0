"""Reading a start's moments from the program's log."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.bench.startup_bench import logged_moments
from emotion_gui.core.milestones import FIRST_FACE_NAMED, WINDOW_OPEN

_LOG = f"""\
2026-02-03 04:05:06,250 INFO MainThread emotion_gui.app: {WINDOW_OPEN}
2026-02-03 04:05:06,900 WARNING task_0 emotion_gui.controller.playback: camera: gone
Traceback (most recent call last):
2026-02-03 04:05:08,750 INFO MainThread emotion_gui.controller.playback: {FIRST_FACE_NAMED}
2026-02-03 04:05:09,000 INFO MainThread emotion_gui.controller.playback: {FIRST_FACE_NAMED}
"""


def test_a_message_is_found_at_its_first_time() -> None:
    moments = logged_moments(_LOG)
    assert moments[WINDOW_OPEN] == datetime(2026, 2, 3, 4, 5, 6, 250_000).astimezone().timestamp()
    assert moments[FIRST_FACE_NAMED] - moments[WINDOW_OPEN] == 2.5


def test_a_message_with_a_colon_stays_whole() -> None:
    assert "camera: gone" in logged_moments(_LOG)


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert all(moment > 0 or moment <= 0 for moment in logged_moments(text).values())
