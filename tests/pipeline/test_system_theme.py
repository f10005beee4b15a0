"""The system's theme, asked on a thread of its own."""

from __future__ import annotations

import logging
import threading

import pytest

from emotion_gui.pipeline.system_theme import SystemTheme
from tests.waiting import wait_for


def test_follows_the_system() -> None:
    answers = iter([True, False])
    last = threading.Event()

    def ask() -> bool:
        try:
            return next(answers)
        except StopIteration:
            last.set()
            return True

    theme = SystemTheme(ask, interval_s=0.001)
    assert last.wait(10)
    wait_for(theme.is_dark)
    theme.stop()


def test_the_first_answer_can_be_waited_for() -> None:
    theme = SystemTheme(lambda: True)
    theme.wait(10)
    assert theme.is_dark()
    theme.stop()


def test_a_desktop_that_does_not_answer_holds_nothing_up() -> None:
    never = threading.Event()
    theme = SystemTheme(lambda: never.wait(10))
    theme.wait(0.01)
    assert not theme.is_dark()
    theme.stop()
    never.set()


@pytest.mark.parametrize("silent", [None, False])
def test_a_system_that_says_nothing_is_light(silent: bool | None) -> None:
    theme = SystemTheme(lambda: silent)
    theme.wait(10)
    assert not theme.is_dark()
    theme.stop()


def test_a_failure_is_logged_once_and_is_light(caplog: pytest.LogCaptureFixture) -> None:
    def ask() -> bool:
        raise OSError("no registry")

    with caplog.at_level(logging.ERROR):
        theme = SystemTheme(ask, interval_s=0.001)
        theme.wait(10)
    assert not theme.is_dark()
    assert [record.getMessage() for record in caplog.records] == ["the system's theme cannot be read"]
