"""Pictures of faces whose label was set right, in class folders that `python -m train finetune` reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PIL import Image

from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.storage.sqlite_errors import told_plainly

FOLDER = "corrections"
CROPS = "crops"
# A kept picture is about a second from the next one; what lies further off shows another expression.
NEAREST_S = 0.5
# Pixels; what FER-2013 has, and what training would otherwise enlarge again each time.
_LEAST_SIDE = 48
_CROP_NAME = re.compile(r"\d{10}\.png")
_ID = re.compile(r"[0-9a-f]{32}")


def nearest_crop(session_folder: Path, time_s: float) -> Path | None:
    """The kept picture of the candidate's face that is nearest to a moment; None where none is near enough.

    Args:
        session_folder: Holds `crops/<milliseconds of session time, ten digits>.png`.
        time_s: Session time in seconds.

    Raises:
        StorageError: The folder cannot be read.
    """
    folder = session_folder / CROPS
    with told_plainly():
        crops = [path for path in folder.iterdir() if _CROP_NAME.fullmatch(path.name)] if folder.is_dir() else []

    def distance_s(path: Path) -> float:
        return abs(int(path.stem) / 1000 - time_s)

    nearest = min(crops, key=distance_s, default=None)
    # Half a millisecond to spare: the name is rounded.
    return nearest if nearest and distance_s(nearest) <= NEAREST_S + 0.0005 else None


class CorrectionsFolder:
    """`corrections/<emotion>/<session id>-<correction id>.png`; names begin with the session, so that it can be undone.

    Attributes:
        path: The folder itself; made when the first picture is kept.
    """

    def __init__(self, data_folder: Path) -> None:
        """Take the user's data folder."""
        self.path = data_folder / FOLDER

    def keep(self, crop: Path, right: Emotion, *, session_id: str, correction_id: str) -> str:
        """Keep a copy of a face under its right label, in place of an earlier copy for the same correction.

        Args:
            crop: The picture, in any size and colour.
            right: The right label.
            session_id: 32 hexadecimal digits.
            correction_id: 32 hexadecimal digits.

        Returns:
            The file's name, for `Correction.crop`.

        Raises:
            StorageError: The picture cannot be read or written.
        """
        name = f"{_checked(session_id)}-{_checked(correction_id)}.png"
        with told_plainly():
            with Image.open(crop) as picture:
                gray = _large_enough(picture.convert("L"))
            with atomic_path(self.path / right.value / name) as temporary:
                gray.save(temporary, format="PNG")
            self._remove(path for path in self._pictures(name) if path.parent.name != right.value)
        return name

    def remove(self, name: str) -> None:
        """Remove the picture of that name under whatever label; does nothing where there is none.

        Raises:
            StorageError: It cannot be removed.
        """
        with told_plainly():
            self._remove(self._pictures(name))

    def of_session(self, session_id: str) -> tuple[Path, ...]:
        """The pictures from one session.

        Raises:
            StorageError: The folder cannot be read.
        """
        prefix = f"{_checked(session_id)}-"
        with told_plainly():
            return tuple(sorted(path for path in self._pictures() if path.name.startswith(prefix)))

    def forget_session(self, session_id: str) -> None:
        """Remove all pictures from one session.

        Raises:
            StorageError: They cannot be removed.
        """
        with told_plainly():
            self._remove(list(self.of_session(session_id)))

    def count(self) -> dict[Emotion, int]:
        """How many pictures there are of each emotion.

        Raises:
            StorageError: The folder cannot be read.
        """
        with told_plainly():
            found = Counter(path.parent.name for path in self._pictures())
        return {emotion: found[emotion.value] for emotion in EMOTIONS}

    def _pictures(self, name: str = "") -> list[Path]:
        return list(self._found(name))

    def _found(self, name: str) -> Iterator[Path]:
        for emotion in EMOTIONS:
            folder = self.path / emotion.value
            if folder.is_dir():
                # A half-written file begins with a dot; it is not there yet.
                yield from (
                    path
                    for path in folder.iterdir()
                    if path.suffix == ".png" and not path.name.startswith(".") and name in {"", path.name}
                )

    def _remove(self, paths: Iterator[Path] | list[Path]) -> None:
        for path in paths:
            path.unlink(missing_ok=True)
            # An empty class folder tells `train` nothing; one that another picture just came into stays.
            with suppress(OSError):
                path.parent.rmdir()


def _checked(identifier: str) -> str:
    """An identifier that may become part of a file's name.

    Raises:
        ValueError: It is none that this program made.
    """
    if not _ID.fullmatch(identifier):
        raise ValueError(f"not 32 hexadecimal digits: {identifier!r}")
    return identifier


def _large_enough(gray: Image.Image) -> Image.Image:
    side = min(gray.size)
    if side >= _LEAST_SIDE:
        return gray
    width, height = gray.size
    scale = _LEAST_SIDE / max(1, side)
    return gray.resize((round(width * scale), round(height * scale)), Image.Resampling.BICUBIC)
