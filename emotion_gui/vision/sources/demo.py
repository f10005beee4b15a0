"""The clip that comes with the program: a portrait that shows several expressions."""

from __future__ import annotations

from emotion_gui.core.errors import SourceError
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.translation import _
from emotion_gui.vision.sources.video_file import VideoFileSource

DEMO_CLIP = "demo.mp4"


def open_demo(address: str = "") -> VideoFileSource:
    """Open the demo clip; `address` is not used.

    Raises:
        SourceError: The clip is missing from this installation.
    """
    path = assets_folder() / DEMO_CLIP
    if not path.is_file():
        raise SourceError(_("The demo clip is missing."), _("Install the program again, or choose a video file."))
    return VideoFileSource(path)
