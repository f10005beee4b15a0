from __future__ import annotations

import pytest

from emotion_gui.controller.queue_rows import QueueProgress
from emotion_gui.ui.recordings.wording import left_words, progress_line


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "about 5 s"),
        (12, "about 15 s"),
        (59.5, "about 60 s"),
        (61, "about 1 min"),
        (3599, "about 60 min"),
        (7800, "about 2 h 10 min"),
    ],
)
def test_the_time_left_is_told_no_finer_than_it_is_known(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


def test_before_a_run_there_is_nothing_to_say_and_after_it_no_time() -> None:
    assert progress_line(QueueProgress()) == ""
    assert progress_line(QueueProgress(1, 1, 1.0)) == "1 of 1 recording"
    assert progress_line(QueueProgress(0, 2, 0.0, running=True)) == "0 of 2 recordings, working out the time left"
