"""How this program is started again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# What platformdirs asks for the user's folders. HOME is left alone where it can be: matplotlib would build its font
# cache anew in an empty one.
_FOLDER_VARIABLES = {
    "win32": ("WIN_PD_OVERRIDE_LOCAL_APPDATA", "WIN_PD_OVERRIDE_APPDATA"),
    "darwin": ("HOME",),
}
_XDG_VARIABLES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")


def program() -> list[str]:
    """The command without arguments; a built program is its own interpreter."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "emotion_gui"]


def environment_in(folder: Path) -> dict[str, str]:
    """Variables for it that put the user's folders under `folder`: their settings and sessions stay theirs."""
    return os.environ | {name: str(folder) for name in _FOLDER_VARIABLES.get(sys.platform, _XDG_VARIABLES)}
