"""Marks on the picture: what is drawn around and beside every face, and the picture as the window shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.emotions import EMOTIONS
from emotion_gui.core.results import Box, FaceResult
from emotion_gui.vision.face_frames import draw_frame
from emotion_gui.vision.face_labels import draw_label, draw_tag, inside, tag_lines, text_px
from emotion_gui.vision.text import WHITE, lay_over, rgb_of, text_mask

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class AnnotationStyle:
    """What is drawn around a face.

    Attributes:
        marker: 'box' or 'circle'.
        show_boxes: False draws nothing at all.
        show_bars: Whether all seven probabilities stand beside the face.
        show_candidate: Whether the candidate's face is marked as such.
    """

    marker: str = "box"
    show_boxes: bool = True
    show_bars: bool = False
    show_candidate: bool = True


def compose(
    image_bgr: Picture,
    faces: Sequence[FaceResult],
    style: AnnotationStyle,
    *,
    size_wh: tuple[int, int],
    mirror: bool,
) -> Picture:
    """The picture as the window shows it.

    Args:
        image_bgr: The frame, uint8 [height, width, 3]; it is left as it is.
        faces: What was found, in pixels of the frame.
        style: What to draw.
        size_wh: Width and height of the place for it, in pixels; the result fits in and keeps the frame's shape.
        mirror: Whether left and right change places.

    Returns:
        RGB, uint8 [h, w, 3].
    """
    height, width = image_bgr.shape[:2]
    scale = min(size_wh[0] / width, size_wh[1] / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    picture = cv2.cvtColor(cv2.resize(image_bgr, size, interpolation=method), cv2.COLOR_BGR2RGB)
    if mirror:
        # Boxes are mirrored with the picture and the text is drawn afterwards, or nobody could read it.
        picture, faces = cv2.flip(picture, 1), mirrored(faces, width)
    shown = np.asarray(picture, dtype=np.uint8)
    annotate(shown, [replace(face, box=_scaled(face.box, scale)) for face in faces], style)
    return shown


def mirrored(faces: Sequence[FaceResult], width: float) -> list[FaceResult]:
    """The faces as they stand in a mirror, in a picture of this width in pixels."""
    return [replace(face, box=replace(face.box, x=width - face.box.x - face.box.width)) for face in faces]


def annotate(picture_rgb: Picture, faces: Sequence[FaceResult], style: AnnotationStyle) -> None:
    """Draw the marks of all faces onto a picture, in place.

    Args:
        picture_rgb: uint8 [height, width, 3].
        faces: In pixels of this picture.
        style: What to draw.
    """
    if not style.show_boxes:
        return
    marked = [face.candidate and style.show_candidate for face in faces]
    extents = [
        draw_frame(picture_rgb, face, style.marker, as_candidate=as_candidate)
        for face, as_candidate in zip(faces, marked, strict=True)
    ]
    taken = [face.box for face in faces]
    if style.show_bars:
        for face in faces:
            taken.append(_draw_bars(picture_rgb, face, taken))
    # Words come last, so that no neighbour's frame or bars run through one.
    for face, extent, as_candidate in zip(faces, extents, marked, strict=True):
        if lines := tag_lines(face, as_candidate=as_candidate):
            draw_tag(picture_rgb, lines, extent)
        draw_label(picture_rgb, face, extent)


def bars_place(
    picture_wh: tuple[int, int], box: Box, bars_wh: tuple[int, int], taken: Sequence[Box]
) -> tuple[int, int]:
    """Left and top of a face's bars: right, left, below or above of it, never over the edge.

    Of these, the first is taken that covers least of the faces and bars that are there already.
    """
    width, height = bars_wh
    gap = width // 20
    left, top = round(box.x), round(box.y)
    right, bottom = round(box.x + box.width), round(box.y + box.height)
    wished = ((right + gap, top), (left - gap - width, top), (left, bottom + gap), (left, top - 4 * gap - height))
    places = [(inside(x, picture_wh[0], width), inside(y, picture_wh[1], height)) for x, y in wished]

    def covered(place: tuple[int, int]) -> float:
        return sum(_overlap(Box(place[0], place[1], width, height), other) for other in taken)

    return min(places, key=covered)


def _overlap(first: Box, second: Box) -> float:
    """Shared area in square pixels."""
    width = min(first.x + first.width, second.x + second.width) - max(first.x, second.x)
    height = min(first.y + first.height, second.y + second.height) - max(first.y, second.y)
    return max(0.0, width) * max(0.0, height)


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)


def _draw_bars(picture: Picture, face: FaceResult, taken: Sequence[Box]) -> Box:
    """All seven probabilities on a dark ground, where they cover least of what is `taken`; returns that place."""
    size_px = max(11, round(text_px(picture) * 0.8))
    names = [text_mask(emotion.title, size_px) for emotion in EMOTIONS]
    row, pad = names[0].shape[0], size_px // 2
    name_width, bar_width = max(name.shape[1] for name in names), 5 * size_px
    percent_width = text_mask("100 %", size_px).shape[1]
    width = name_width + bar_width + percent_width + 4 * pad
    height = len(names) * row + pad
    left, top = bars_place((picture.shape[1], picture.shape[0]), face.box, (width, height), taken)
    region = picture[top : top + height, left : left + width]
    region[:] = region // 4
    for number, (emotion, probability) in enumerate(zip(EMOTIONS, face.probabilities, strict=True)):
        y = top + pad // 2 + number * row
        lay_over(picture, names[number], left + pad, y, color=WHITE)
        bar = left + 2 * pad + name_width
        end = bar + max(1, round(bar_width * probability))
        cv2.rectangle(picture, (bar, y + row // 4), (end, y + row - row // 4), rgb_of(emotion.color), cv2.FILLED)
        lay_over(picture, text_mask(f"{100 * probability:.0f} %", size_px), bar + bar_width + pad, y, color=WHITE)
    return Box(left, top, width, height)
