"""The functions for scripts: every example in their documentation is tried, and nothing heavy loads unasked."""

from __future__ import annotations

import builtins
import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pandas as pd
import pytest

import emotion_gui
from emotion_gui.api.examples import demo_file, portrait_file
from emotion_gui.core.emotions import Emotion
from tests.batch.clips import write_talk

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["analyze", "analyzer", "results"])
def test_every_example_is_true(name: str) -> None:
    tried = doctest.testmod(import_module(f"emotion_gui.api.{name}"))
    assert tried.attempted
    assert not tried.failed


def _loaded_after(statement: str) -> set[str]:
    """Modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return set(run.stderr.split())


def test_importing_the_package_loads_nothing() -> None:
    loaded = _loaded_after("import emotion_gui; emotion_gui.__version__; dir(emotion_gui)")
    assert {name for name in loaded if name.startswith("emotion_gui")} == {"emotion_gui"}
    assert not loaded & {"numpy", "cv2", "tkinter", "pandas", "PIL"}


def test_a_notebook_needs_no_window_and_no_pandas() -> None:
    picture = "import numpy as np; emotion_gui.analyze_image(np.zeros((90, 90, 3), np.uint8))"
    loaded = _loaded_after(f"import emotion_gui; {picture}")
    assert "cv2" in loaded
    assert not loaded & {"tkinter", "_tkinter", "ttkbootstrap", "pandas", "tensorflow", "sqlite3"}


def test_every_name_is_there_and_no_other() -> None:
    names = {"open_analyzer", "analyze_image", "analyze_recording", "ImageResult", "RecordingResult", "AppError"}
    assert names <= set(dir(emotion_gui))
    assert all(getattr(emotion_gui, name).__name__ == name for name in names)
    stub = (_ROOT / "emotion_gui" / "__init__.pyi").read_text(encoding="utf-8")
    assert all(f"as {name}\n" in stub for name in emotion_gui._FROM)  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        emotion_gui.analyse  # type: ignore[attr-defined]  # noqa: B018


def test_red_and_blue_are_told_apart() -> None:
    blue_first = cv2.imread(str(portrait_file()))
    assert blue_first is not None
    by_file = emotion_gui.analyze_image(portrait_file())
    by_array = emotion_gui.analyze_image(np.asarray(blue_first[..., ::-1], np.uint8), rgb=True)
    assert by_array.faces[0].probabilities == pytest.approx(by_file.faces[0].probabilities, abs=0.02)


@pytest.mark.parametrize("wrong", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 3)), np.zeros((0, 9, 3), np.uint8)])
def test_what_is_no_picture_is_told(wrong: Any) -> None:
    with pytest.raises(emotion_gui.AppError, match="must be uint8"):
        emotion_gui.analyze_image(wrong)


def test_a_recording_is_counted_as_the_command_counts_it(tmp_path: Path) -> None:
    from emotion_gui.__main__ import main

    clip = write_talk(tmp_path / "talk.mp4")
    assert main(["analyze", str(clip), "--out", str(tmp_path), "--fps", "5", "--formats", "csv", "--quiet"]) == 0
    told, table = pd.read_csv(tmp_path / "talk.csv"), emotion_gui.analyze_recording(clip, fps=5).to_pandas()
    assert list(table["frame"]) == list(told["frame"])
    assert list(table["label"]) == list(told["label"])
    for column in ("time_s", "happy", "raw_happy", "neutral", "x", "light"):
        assert list(table[column]) == pytest.approx(list(told[column]), abs=0.06), column


def test_settings_and_parts_are_as_asked() -> None:
    everyone = emotion_gui.open_analyzer(settings=emotion_gui.Settings(count_everyone=True, smoothing_ms=0))
    result = emotion_gui.analyze_recording(demo_file(), everyone, fps=2, end_s=4)
    assert result.frames[-1].time_s < 4
    assert all(face.probabilities == pytest.approx(face.raw) for frame in result.frames for face in frame.faces)
    assert sum(result.shares.values()) == pytest.approx(1)
    assert set(result.shares) == set(Emotion)


def test_trouble_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(emotion_gui.AppError, match="does not exist"):
        emotion_gui.analyze_recording(tmp_path / "gone.mp4")
    with pytest.raises(emotion_gui.AppError, match="no picture in the part"):
        emotion_gui.analyze_recording(demo_file(), start_s=1000)
    with pytest.raises(ValueError, match="me"):
        emotion_gui.analyze_recording(demo_file(), candidate="me")


def test_without_pandas_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *rest)

    result = emotion_gui.analyze_image(np.zeros((90, 90, 3), np.uint8))
    assert len(result.to_pandas()) == 0
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(emotion_gui.AppError, match=r"\[api\]"):
        result.to_pandas()
