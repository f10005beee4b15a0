"""Tells a key that is pressed from one that is held down."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable

# X11 tells a release before each repeated press, at the same time; no finger is that fast.
_BOUNCE_S = 0.02
# A release that never came, because another window took the keyboard, must not block the key for ever.
_LONGEST_REPEAT_S = 1.0


class KeyRepeat:
    """Watches the presses of one key in a window.

    Args:
        window: The window; its children are watched too.
        keys: Tk's names of the key: 'm' and 'M'.
        clock: Seconds, never running backwards.
    """

    def __init__(
        self, window: tk.Tk | tk.Toplevel, keys: tuple[str, ...], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._down = False
        self._pressed_at = self._released_at = -_LONGEST_REPEAT_S
        for key in keys:
            window.bind(f"<KeyRelease-{key}>", self._released, add="+")

    def is_repeat(self) -> bool:
        """Whether the press that is handled now comes from the keyboard and not from a finger; once for each press."""
        now = self._clock()
        held = self._down and now - self._pressed_at < _LONGEST_REPEAT_S
        bounced = now - self._released_at < _BOUNCE_S
        self._down, self._pressed_at = True, now
        return held or bounced

    def _released(self, _event: tk.Event[tk.Misc]) -> None:
        self._down, self._released_at = False, self._clock()
