"""How this program is started again."""

from __future__ import annotations

import sys


def program() -> list[str]:
    """The command without arguments; a built program is its own interpreter."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "emotion_gui"]
