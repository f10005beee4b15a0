"""Recordings in which hardly anything can be counted, through the command line as it is typed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from emotion_gui.__main__ import main
from emotion_gui.bench.portrait import SIZE_WH, portrait_frame
from emotion_gui.core.consent import Purpose

_RATE = 5


def _nobody() -> NDArray[np.uint8]:
    return np.full((SIZE_WH[1], SIZE_WH[0], 3), 120, np.uint8)


def _clip(path: Path, pictures: Iterable[NDArray[np.uint8]]) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), _RATE, SIZE_WH)
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return path


def _analyze(clip: Path, out: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The rows of faces, and the summary's values by their keys."""
    options = ["--out", str(out), "--purpose", Purpose.PRACTICE.value, "--consent-given", "--formats", "csv", "summary"]
    assert main(["analyze", str(clip), *options]) == 0
    with (out / f"{clip.stem}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (out / f"{clip.stem}_summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return rows, {row["key"]: row["value"] for row in csv.DictReader(file)}


def test_a_clip_without_any_face(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, summary = _analyze(_clip(tmp_path / "empty.mp4", [_nobody()] * 10), tmp_path)
    assert rows == []
    assert summary["verdict"] == "not enough data"
    assert summary["reason"] == "0 of 10 s usable; mostly no face"
    assert float(summary["duration_s"]) == pytest.approx(2, abs=0.1)
    assert float(summary["face_duration_s"]) == 0
    assert "no face found" in capsys.readouterr().err


def test_a_face_that_comes_and_goes_every_second(tmp_path: Path) -> None:
    there = [[portrait_frame(second)] * _RATE if second % 2 == 0 else [_nobody()] * _RATE for second in range(8)]
    clip = _clip(tmp_path / "door.mp4", (picture for second in there for picture in second))
    rows, summary = _analyze(clip, tmp_path)
    assert {float(row["time_s"]) // 1 % 2 for row in rows} == {0}
    assert len(rows) == 4 * _RATE
    # Every time the same person, and nothing counted while nobody is there.
    assert {row["track"] for row in rows} == {"1"}
    assert float(summary["duration_s"]) == pytest.approx(8, abs=0.1)
    assert float(summary["face_duration_s"]) == pytest.approx(4, abs=0.1)
    assert float(summary["usable_share"]) == pytest.approx(50, abs=2)
    assert " of 10 s usable" in summary["reason"]


def test_a_face_in_the_dark_is_shown_and_not_counted(tmp_path: Path) -> None:
    dark = [(portrait_frame(number) * np.float32(0.04)).astype(np.uint8) for number in range(10)]
    rows, summary = _analyze(_clip(tmp_path / "dark.mp4", dark), tmp_path)
    assert {row["problem"] for row in rows} == {"too dark"}
    assert float(summary["seen_duration_s"]) == pytest.approx(2, abs=0.3)
    assert float(summary["too_dark_s"]) == float(summary["seen_duration_s"])
    assert float(summary["face_duration_s"]) == 0
    assert summary["reason"] == "0 of 10 s usable; mostly too dark"
