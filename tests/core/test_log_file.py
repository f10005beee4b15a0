"""The log is one file, however often it is asked for."""

from __future__ import annotations

import logging

import pytest

from emotion_gui.core.log_file import start_log


def test_a_second_start_writes_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    logger = logging.getLogger("emotion_gui")
    monkeypatch.setattr(logger, "handlers", [])
    path = start_log()
    assert start_log() == path
    logger.info("once")
    assert path.read_text(encoding="utf-8").count("once") == 1
