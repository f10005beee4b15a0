"""Files that every installation has, to try the functions on."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

from emotion_gui.core.paths import assets_folder
from emotion_gui.vision.sources.demo import DEMO_CLIP


def portrait_file() -> Path:
    """A portrait in the public domain that matplotlib carries."""
    return Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"


def demo_file() -> Path:
    """The clip that comes with the program."""
    return assets_folder() / DEMO_CLIP
