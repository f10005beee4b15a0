"""The hand of a user on the screen: clicks and keys from outside, on windows of a program that is not ours."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image, ImageGrab

from tests.waiting import wait_for

# Share of the difference that shading and the edge of a focused button may make.
_ALIKE = 0.02
# So long a person waits before pressing a key again.
_PATIENCE_S = 4.0


class Hand:
    """Uses xdotool. Tk does not say which process a window is of, so titles must tell."""

    def find(self, title: str, *, window: str = "", keys: str = "") -> str:
        """Wait for a window.

        Args:
            title: A regular expression of its title.
            window: Where `keys` go.
            keys: Pressed again and again until it opens: not every command is allowed at every moment.

        Returns:
            Its X11 number.
        """
        found: list[str] = []
        pressed_at = -_PATIENCE_S

        def is_there() -> bool:
            nonlocal pressed_at
            if keys and time.monotonic() >= pressed_at + _PATIENCE_S:
                self.press(window, keys)
                pressed_at = time.monotonic()
            found[:] = _xdotool("search", "--onlyvisible", "--name", title, may_fail=True).split()
            return bool(found)

        wait_for(is_there, f"the window '{title}'")
        return found[0]

    def answer(self, title: str, key: str) -> None:
        """Press a key on a window again and again until it is gone: one that has just opened may not listen yet."""
        pressed_at = -_PATIENCE_S

        def is_gone() -> bool:
            nonlocal pressed_at
            found = _xdotool("search", "--onlyvisible", "--name", title, may_fail=True).split()
            if found and time.monotonic() >= pressed_at + _PATIENCE_S:
                # It may go in this very moment.
                _xdotool("windowfocus", "--sync", found[0], "key", key, may_fail=True)
                pressed_at = time.monotonic()
            return not found

        wait_for(is_gone, f"the answer to '{title}'")

    def click(self, look: Image.Image) -> None:
        """Wait until something on the screen looks like that, and click in its middle."""
        wanted = np.asarray(look.convert("RGB"))
        places: list[Sequence[int]] = []

        def is_there() -> bool:
            screen = np.asarray(ImageGrab.grab().convert("RGB"))
            difference, _most, place, _farthest = cv2.minMaxLoc(cv2.matchTemplate(screen, wanted, cv2.TM_SQDIFF_NORMED))
            places[:] = [place] if difference < _ALIKE else []
            return bool(places)

        wait_for(is_there, "what is to be clicked")
        x, y = places[0][0] + look.width // 2, places[0][1] + look.height // 2
        _xdotool("mousemove", "--sync", str(x), str(y), "click", "1")

    def press(self, window: str, *keys: str) -> None:
        """Press keys one after the other, with the keyboard on a window."""
        # Without a window manager nobody else gives it the keyboard.
        _xdotool("windowfocus", "--sync", window, "key", "--delay", "40", *keys)

    def type(self, window: str, text: str) -> None:
        """Type a text, with the keyboard on a window."""
        _xdotool("windowfocus", "--sync", window, "type", "--delay", "40", text)


def _xdotool(*arguments: str, may_fail: bool = False) -> str:
    environment = {name: value for name, value in os.environ.items() if name in {"DISPLAY", "XAUTHORITY", "PATH"}}
    command = ["xdotool", *arguments]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=30)
    assert may_fail or run.returncode == 0, f"{command}: {run.stderr}"
    return run.stdout
