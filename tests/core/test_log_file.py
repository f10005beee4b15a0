"""The log is one file, however often it is asked for, and no error floods it."""

from __future__ import annotations

import logging

import pytest

from emotion_gui.core.log_file import start_log


@pytest.fixture(autouse=True)
def logger(monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    logger = logging.getLogger("emotion_gui")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logging.NOTSET)
    return logger


def test_a_second_start_writes_nothing_twice(logger: logging.Logger) -> None:
    path = start_log()
    assert start_log() == path
    logger.info("once")
    assert path.read_text(encoding="utf-8").count("once") == 1


def test_what_is_for_developers_is_logged_and_printed_when_asked_for(
    logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    path = start_log(debug=True)
    logger.debug("a detail")
    assert "a detail" in path.read_text(encoding="utf-8")
    assert "DEBUG" in capsys.readouterr().err


def test_it_says_nothing_of_it_otherwise(logger: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    path = start_log()
    logger.debug("a detail")
    logger.info("news")
    assert "a detail" not in path.read_text(encoding="utf-8")
    assert not capsys.readouterr().err


def test_an_error_of_every_beat_does_not_flood_it(logger: logging.Logger) -> None:
    path = start_log()
    for _ in range(250):
        try:
            _ = 1 / 0
        except ZeroDivisionError:
            logger.exception("failed")
    text = path.read_text(encoding="utf-8")
    assert text.count("Traceback") == 3
    assert "failed (for the 100th time)" in text


def test_it_stays_within_its_size(logger: logging.Logger) -> None:
    path = start_log()
    for number in range(6000):
        logger.info("%06d %s", number, "x" * 1000)
    files = list(path.parent.glob("emotion-gui.log*"))
    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) < 4_100_000
    assert "005999" in path.read_text(encoding="utf-8")
