"""From what was chosen in the window to recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from emotion_gui.batch.finding import find_recordings
from emotion_gui.batch.plan import Recording
from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import IMAGES
from emotion_gui.core.translation import _
from emotion_gui.vision.sources.images import images_at


def recordings_at(paths: Sequence[Path], folder: Path) -> tuple[Recording, ...]:
    """The recordings that are meant, each by its whole path.

    Args:
        paths: Files, and folders that are looked through with all below.
        folder: Of their reports; none are written, so that it only must be one that can be made.

    Raises:
        SourceError: A folder holds neither videos nor images.
    """
    found = find_recordings([str(path.resolve()) for path in paths], folder)
    for recording in found:
        place = Path(recording.source.address)
        if recording.source.kind == IMAGES and place.is_dir():
            _check_images(place)
    return tuple(replace(recording, folder=folder) for recording in found)


def _check_images(folder: Path) -> None:
    try:
        images_at(folder)
    except SourceError as error:
        raise SourceError(
            _("There is no recording in '{name}'.").format(name=folder.name),
            _("Choose a folder with videos, or with images."),
        ) from error
