"""What may be uploaded: the limits, and what a file is by its content; its name and its stated type say nothing."""

from __future__ import annotations

import math
from enum import Enum
from pathlib import Path

import cv2
from PIL import Image, UnidentifiedImageError

from emotion_gui.core.errors import AppError
from emotion_gui.core.translation import N_, _
from emotion_gui.vision.sources.images import IMAGE_FORMATS
from emotion_gui.vision.sources.video_file import is_video

MOST_UPLOAD_BYTES = 100 * 1024**2
# Of a photo: more than any phone takes. Of a video's picture: 4K with some margin.
MOST_PHOTO_PIXELS, MOST_VIDEO_PIXELS = 50_000_000, 10_000_000
MOST_VIDEO_S, MOST_WORK_S = 120.0, 45.0
RESULTS_PER_S = 10.0

_HEAD_BYTES = 12
_PHOTO_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"II*\x00", b"MM\x00*")
_HINT = N_("Choose a photo (png, jpg, bmp, webp, tif) or a video (mp4, mov, avi, webm, mkv).")


class Kind(Enum):
    """What an uploaded file is; the value is the name that it gets on this machine."""

    PHOTO = "photo"
    VIDEO = "video"


class RefusedError(AppError):
    """A request that is not answered, with the HTTP status that says so.

    Attributes:
        status: 400 to 599.
    """

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status

    def __reduce__(self) -> tuple[type[RefusedError], tuple[int, str, str]]:
        # It comes out of another process.
        return RefusedError, (self.status, self.message, self.hint)


def kind_of_file(path: Path) -> Kind:
    """What the file's first bytes say that it is.

    Raises:
        RefusedError: It is empty, or neither a photo nor a video that this program can read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise RefusedError(400, _("The file is empty."), _(_HINT))
    if head.startswith(_PHOTO_HEADS) or (head[:4] == b"RIFF" and head[8:] == b"WEBP"):
        return Kind.PHOTO
    if is_video(head):
        return Kind.VIDEO
    raise RefusedError(415, _("The file is neither a photo nor a video that this program can read."), _(_HINT))


def check_photo_size(path: Path) -> None:
    """Refuse a photo that would fill the memory, before it is decoded.

    Raises:
        RefusedError: It states more than `MOST_PHOTO_PIXELS`.
    """
    if _photo_pixels(path) > MOST_PHOTO_PIXELS:
        raise RefusedError(413, _("The photo has too many pixels."), _("Scale it down to 50 megapixels or less first."))


def _photo_pixels(path: Path) -> float:
    try:
        with Image.open(path, formats=IMAGE_FORMATS) as image:
            return image.width * image.height
    except Image.DecompressionBombError:
        return math.inf
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        # `read_image` tells what is wrong.
        return 0


def check_video_size(path: Path) -> None:
    """Refuse a video whose pictures would fill the memory, before the first is decoded.

    Raises:
        RefusedError: It states larger pictures than `MOST_VIDEO_PIXELS`.
    """
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        pixels = capture.get(cv2.CAP_PROP_FRAME_WIDTH) * capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    finally:
        capture.release()
    if pixels > MOST_VIDEO_PIXELS:
        raise RefusedError(413, _("The pictures of this video are too large."), _("Scale it down to 4K or less first."))
