"""The folder that every save dialog begins in."""

from __future__ import annotations

from pathlib import Path

from emotion_gui.core.settings import Settings


def offered_folder(settings: Settings) -> Path:
    """The folder of the last export; the user's own where that is gone, as a stick that was pulled out."""
    remembered = Path(settings.export_folder or Path.home())
    return remembered if remembered.is_dir() else Path.home()
