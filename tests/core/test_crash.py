"""What is told of an error: enough to mend it, and no name of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_gui.core.crash import Crash, Surroundings, details, without_names
from emotion_gui.core.settings import Settings
from emotion_gui.core.versions import versions


def _crash(error: Exception) -> Crash:
    try:
        raise error
    except type(error) as raised:
        return Crash.of(type(raised), raised, raised.__traceback__)


def test_the_same_error_at_the_same_place_is_known_again() -> None:
    assert _crash(ValueError("one")) == _crash(ValueError("two"))
    assert _crash(ValueError("one")) != _crash(TypeError("one"))


def test_the_details_name_what_is_needed_to_mend_it() -> None:
    around = Surroundings(versions("8.6.13"), "ferplus abcdef", Settings(max_rate=12), "running", ())
    text = details(_crash(ZeroDivisionError("oops")), around, times=3)
    for part in ("Emotion GUI: ", "Python: 3.", "system: ", "Tk: 8.6.13", "numpy: ", "OpenCV: ", "LiteRT: "):
        assert part in text
    for part in ("model: ferplus abcdef", "session: running", "times: 3", "ZeroDivisionError: oops", "max_rate=12"):
        assert part in text


def test_no_name_and_no_folder_is_told() -> None:
    settings = Settings(
        candidate="Ada Lovelace", source="file:/home/grace/Ada Lovelace.mp4", export_folder="/home/grace/Ada Lovelace"
    )
    error = FileNotFoundError(2, "No such file", "/home/grace/reports/Ada-Lovelace_2026.csv")
    around = Surroundings({}, "ferplus", settings, "", ("Ada Lovelace", "demo clip"))
    text = details(_crash(error), around)
    assert "FileNotFoundError" in text
    for name in ("Ada", "Lovelace", "grace", str(Path.cwd())):
        assert name not in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('File "/home/grace/x/emotion_gui/ui/app.py", line 3', 'File "emotion_gui/ui/app.py", line 3'),
        (r'File "C:\Users\Grace\emotion_gui\app.py", line 3', 'File "emotion_gui/app.py", line 3'),
        ('File "/v/lib/python3.11/site-packages/PIL/Image.py"', 'File "site-packages/PIL/Image.py"'),
        ('File "/usr/lib/python3.11/tkinter/__init__.py"', 'File "python3.11/tkinter/__init__.py"'),
        ("[Errno 2]: '/home/grace/My Ada.mp4'", "[Errno 2]: '[path].mp4'"),
        (r"cannot open C:\Users\Grace Hopper\Ada L.mp4", "cannot open [path].mp4"),
        ("cannot open /home/grace/Ada L: busy\nand more", "cannot open [path]\nand more"),
        (r"\\server\share\Ada", "[path]"),
        ("file:///home/grace/Ada.mp4", "[path].mp4"),
        ("a session of ada  lovelace", "a session of [candidate]"),
        ("Ada_Lovelace.csv is held", "[candidate].csv is held"),
        ("KeyError: 'box'", "KeyError: 'box'"),
        ("x = a / b", "x = a / b"),
    ],
)
def test_paths_and_names_are_cut(text: str, told: str) -> None:
    assert without_names(text, ("Ada Lovelace", "")) == told
