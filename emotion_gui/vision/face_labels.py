"""The words at a face: its expression above it, and below it whether it is the candidate's and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import Box, FaceResult, QualityProblem
from emotion_gui.core.translation import N_, _
from emotion_gui.vision.text import BLACK, Color, lay_over, readable_on, rgb_of, text_mask

Picture = NDArray[np.uint8]

_CANDIDATE = N_("Candidate")
_NOT_COUNTED = N_("Not counted: {reason}")
_REASONS: Mapping[QualityProblem, str] = MappingProxyType(
    {
        QualityProblem.TOO_SMALL: N_("too small"),
        QualityProblem.TOO_DARK: N_("too dark"),
        QualityProblem.TOO_BRIGHT: N_("too bright"),
        QualityProblem.BLURRED: N_("blurred"),
        QualityProblem.TURNED_AWAY: N_("turned away"),
        QualityProblem.UNSURE: N_("unclear"),
    }
)
# Smaller than this letters are no letters; a picture too narrow for them shows hardly a face either.
_SMALLEST_PX = 4
_QUIET = 0.8


def text_px(picture_rgb: Picture) -> int:
    """Height of the labels' font in pixels, by the picture's size."""
    return max(13, int(min(picture_rgb.shape[:2])) // 28)


def label_place(picture_wh: tuple[int, int], box: Box, label_wh: tuple[int, int]) -> tuple[int, int]:
    """Left and top of a face's label: above the box, inside it where there is no room, never over the edge."""
    above = round(box.y) - label_wh[1]
    top = above if above >= 0 else round(box.y)
    return inside(round(box.x), picture_wh[0], label_wh[0]), inside(top, picture_wh[1], label_wh[1])


def tag_place(picture_wh: tuple[int, int], box: Box, tag_wh: tuple[int, int]) -> tuple[int, int]:
    """Left and top of what stands below the box; inside it where there is no room, never over the edge."""
    bottom = round(box.y + box.height)
    top = bottom if bottom + tag_wh[1] <= picture_wh[1] else bottom - tag_wh[1]
    return inside(round(box.x), picture_wh[0], tag_wh[0]), inside(top, picture_wh[1], tag_wh[1])


def inside(start: int, space: int, length: int) -> int:
    """The start nearest to the one wished for with which a length stays within a space."""
    return max(0, min(start, space - length))


def tag_lines(face: FaceResult, *, as_candidate: bool) -> list[str]:
    """What is said below a face, in the user's language; nothing of somebody who is not watched."""
    lines = [_(_CANDIDATE)] if as_candidate else []
    if face.watched and face.problem:
        lines.append(_(_NOT_COUNTED).format(reason=_(_REASONS[face.problem])))
    return lines


def draw_label(picture_rgb: Picture, face: FaceResult, extent: Box) -> None:
    """Write the expression above what is drawn around a face, in place: loud where it counts, otherwise quiet."""
    color, size_px = rgb_of(face.label.color), text_px(picture_rgb)
    words = f"{face.label.title} {100 * face.confidence:.0f} %"
    block = _Block([words], size_px if face.counts else max(11, round(_QUIET * size_px)), picture_rgb.shape[1])
    left, top = label_place(_size(picture_rgb), extent, block.size_wh)
    block.draw(picture_rgb, (left, top), color if face.counts else BLACK)
    if not face.counts:
        # The expression's colour is there all the same, as a line at the foot.
        right, bottom = left + block.size_wh[0] - 1, top + block.size_wh[1] - 1
        foot = max(1, block.size_wh[1] // 8)
        cv2.rectangle(picture_rgb, (left, bottom - foot + 1), (right, bottom), color, cv2.FILLED)


def draw_tag(picture_rgb: Picture, lines: Sequence[str], extent: Box) -> Box:
    """Write lines below what is drawn around a face, in place; returns where they stand."""
    block = _Block(lines, text_px(picture_rgb), picture_rgb.shape[1])
    left, top = tag_place(_size(picture_rgb), extent, block.size_wh)
    block.draw(picture_rgb, (left, top), BLACK)
    return Box(left, top, *block.size_wh)


def _size(picture_rgb: Picture) -> tuple[int, int]:
    return picture_rgb.shape[1], picture_rgb.shape[0]


class _Block:
    """Lines of text on a ground, in letters as large as asked for or as the picture's width allows.

    Attributes:
        size_wh: Width and height with the ground, in pixels.
    """

    def __init__(self, lines: Sequence[str], size_px: int, most_px: int) -> None:
        while True:
            self._lines = [text_mask(line, size_px) for line in lines]
            self._row = self._lines[0].shape[0]
            self._pad = max(3, self._row // 5)
            width = max(line.shape[1] for line in self._lines) + 2 * self._pad
            if width <= most_px or size_px <= _SMALLEST_PX:
                break
            size_px -= 1
        self.size_wh = width, len(lines) * self._row + self._pad

    def draw(self, picture_rgb: Picture, corner: tuple[int, int], ground: Color) -> None:
        """Draw it with its top left corner there."""
        (left, top), (width, height) = corner, self.size_wh
        cv2.rectangle(picture_rgb, (left, top), (left + width - 1, top + height - 1), ground, cv2.FILLED)
        for number, line in enumerate(self._lines):
            y = top + self._pad // 2 + number * self._row
            lay_over(picture_rgb, line, left + self._pad, y, color=readable_on(ground))
