"""The log in the system's own viewer, without the controller: after a crash that may be what is broken."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from pathlib import Path

from emotion_gui.core.log_file import log_path
from emotion_gui.core.translation import _
from emotion_gui.ui.dialogs import Dialogs


def open_file(path: Path) -> bool:
    """Show a file; returns at once, and False where the system has nothing to show it with."""
    if sys.platform == "darwin":
        # A browser's address would open the browser there.
        subprocess.Popen(["open", str(path)])
        return True
    return webbrowser.open(path.as_uri())


def show_log(dialogs: Dialogs) -> None:
    """Show the log in the system's own viewer."""
    path = log_path()
    if not open_file(path):
        dialogs.show_error(_("This system has no program that shows the log."), str(path))
