"""The line around a face: who is the candidate, who counts, who does not; told by shape and not by colour alone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import Box, FaceResult
from emotion_gui.vision.text import BLACK, WHITE, Color, rgb_of

Picture = NDArray[np.uint8]

# Length of the candidate's corner marks, in sides of the box, and of a dash, in thicknesses of the line.
_CORNER = 0.28
_DASH = 5
_MOST_DASHES = 200
# OpenCV keeps points in 32 bits and is slow with lines far outside the picture.
_FAR = 20_000
# Of those who are not watched.
_QUIET: Color = (190, 190, 190)


def draw_frame(picture_rgb: Picture, face: FaceResult, marker: str, *, as_candidate: bool) -> Box:
    """Draw the line around one face, in place.

    The candidate has a second line around the first, with heavy corners; a face that its person's session cannot use
    has a broken line; a face of somebody who is not watched has a thin one.

    Args:
        picture_rgb: uint8 [height, width, 3].
        face: In pixels of this picture.
        marker: 'box' or 'circle'.
        as_candidate: Whether it is marked as the candidate's.

    Returns:
        The place that all of it takes, in pixels.
    """
    thick = max(2, round(min(picture_rgb.shape[:2]) / 200))
    color, line = (rgb_of(face.label.color), thick) if face.watched else (_QUIET, 1)
    extent = _round_box(face.box) if marker == "circle" else face.box
    outline = _circle if marker == "circle" else _rectangle
    broken = face.watched and face.problem is not None
    _draw(picture_rgb, _dashes(outline(extent), _DASH * thick) if broken else [outline(extent)], color, line)
    if not as_candidate:
        return extent
    outer = _grown(extent, 2 * thick + 1)
    _draw(picture_rgb, [outline(outer)], WHITE, max(1, thick // 2))
    _draw(picture_rgb, _corners(outer), WHITE, 2 * thick)
    return _grown(outer, thick + 1)


def _draw(picture_rgb: Picture, lines: list[NDArray[np.int32]], color: Color, thickness: int) -> None:
    # A dark line under the coloured one keeps yellow visible on a white wall.
    for shade, width in ((BLACK, thickness + 2), (color, thickness)):
        cv2.polylines(picture_rgb, lines, False, shade, width, cv2.LINE_AA)


def _grown(box: Box, margin: float) -> Box:
    return Box(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin)


def _round_box(box: Box) -> Box:
    """The square around the circle around a face."""
    radius = max(box.width, box.height) / 2 * 1.1
    (x, y) = box.center
    return Box(x - radius, y - radius, 2 * radius, 2 * radius)


def _points(*points: tuple[float, float]) -> NDArray[np.int32]:
    return np.clip(np.round(np.array(points)), -_FAR, _FAR).astype(np.int32)


def _rectangle(box: Box) -> NDArray[np.int32]:
    right, bottom = box.x + box.width, box.y + box.height
    return _points((box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom), (box.x, box.y))


def _circle(square: Box) -> NDArray[np.int32]:
    radius, (x, y) = square.width / 2, square.center
    turns = np.linspace(0, 2 * np.pi, 73)
    return _points(*zip(x + radius * np.cos(turns), y + radius * np.sin(turns), strict=True))


def _corners(box: Box) -> list[NDArray[np.int32]]:
    """Four angles, one in each corner."""
    reach_x, reach_y = _CORNER * box.width, _CORNER * box.height
    right, bottom = box.x + box.width, box.y + box.height
    corners = (
        (box.x, box.y, reach_x, reach_y),
        (right, box.y, -reach_x, reach_y),
        (right, bottom, -reach_x, -reach_y),
        (box.x, bottom, reach_x, -reach_y),
    )
    return [_points((x + along, y), (x, y), (x, y + down)) for x, y, along, down in corners]


def _dashes(line: NDArray[np.int32], length: float) -> list[NDArray[np.int32]]:
    """Every second piece of a line, each about as long as `length` in pixels."""
    steps = np.hypot(*np.diff(line, axis=0).T.astype(np.float64))
    walked = np.concatenate([[0.0], np.cumsum(steps)])
    count = min(_MOST_DASHES, max(1, round(float(walked[-1]) / (2 * length))))
    borders = np.linspace(0.0, float(walked[-1]), 2 * count + 1)
    pieces = []
    for begin, end in zip(borders[:-1:2], borders[1::2], strict=True):
        # The corners between its ends belong to a piece as well.
        along = np.concatenate([[begin], walked[(walked > begin) & (walked < end)], [end]])
        pieces.append(_points(*zip(*(np.interp(along, walked, line[:, axis]) for axis in (0, 1)), strict=True)))
    return pieces
