"""Clips of several people made of a photo of them: who is where is known, because they were put there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import Box

Picture = NDArray[np.uint8]
SECONDS = 6.0
_WIDTH = 800
# What is cut out around a face, in sides of its box: to each side, above and below its middle.
_BESIDE, _ABOVE, _BELOW = 1.1, 1.1, 1.9
# The nearest to the camera are shown so large, in pixels; all faces of a photo keep their proportions.
_SIDE = 110


@dataclass(frozen=True)
class SceneFrame:
    """One picture of a scene.

    Attributes:
        time_s: Its moment in seconds.
        image_bgr: uint8 [height, width, 3].
        places: Middle of each visible person's face in pixels, by person.
    """

    time_s: float
    image_bgr: Picture
    places: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class _CutOut:
    """A person's head and shoulders, with soft edges, around the middle of the face."""

    name: str
    pixels: NDArray[np.float32]
    mask: NDArray[np.float32]
    middle: tuple[float, float]
    side: float


def pan(photo_bgr: Picture, boxes: Sequence[Box], rate: float) -> Iterator[SceneFrame]:
    """The camera swings and zooms over the photo as it is."""
    height, width = photo_bgr.shape[:2]
    size = _WIDTH, round(_WIDTH * height / width)
    for index in range(round(SECONDS * rate)):
        time_s = index / rate
        scale = _WIDTH / width * (1.25 + 0.15 * math.sin(1.7 * time_s))
        shift = [
            size[0] / 2 - scale * width * (0.5 + 0.1 * math.sin(1.1 * time_s)),
            size[1] / 2 - scale * height * (0.5 + 0.08 * math.cos(1.5 * time_s)),
        ]
        matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        image = np.asarray(cv2.warpAffine(photo_bgr, matrix, size, borderMode=cv2.BORDER_REFLECT), dtype=np.uint8)
        middles = [(scale * box.center[0] + shift[0], scale * box.center[1] + shift[1]) for box in boxes]
        yield SceneFrame(time_s, image, {f"{n}": place for n, place in enumerate(middles) if _is_in(place, size)})


def cross(photo_bgr: Picture, boxes: Sequence[Box], rate: float) -> Iterator[SceneFrame]:
    """Two people walk past each other and back, one behind the other, while a third stands still."""

    def path(person: int, time_s: float) -> tuple[float, float]:
        if person == 2:
            return 0.5 * _WIDTH, 120
        way = 0.5 - 0.5 * math.cos(2 * math.pi * time_s / SECONDS)
        return (0.15 + 0.7 * (way if person == 0 else 1 - way)) * _WIDTH, 300 + 12 * math.sin(3 * time_s)

    yield from _played(photo_bgr, boxes[:3], path, rate)


def leave_and_return(photo_bgr: Picture, boxes: Sequence[Box], rate: float) -> Iterator[SceneFrame]:
    """One person leaves the picture to the left and comes back from the right, while another stays."""

    def path(person: int, time_s: float) -> tuple[float, float]:
        if person == 1:
            return (0.5 + 0.03 * math.sin(2 * time_s)) * _WIDTH, 280
        if time_s < SECONDS / 2:
            return (0.25 - 0.3 * max(0.0, time_s - 1)) * _WIDTH, 300
        return (1.2 - 0.3 * min(1.5, time_s - SECONDS / 2 - 0.5)) * _WIDTH, 300

    yield from _played(photo_bgr, boxes[:2], path, rate)


SCENES: Mapping[str, Callable[[Picture, Sequence[Box], float], Iterator[SceneFrame]]] = {
    "pan and zoom": pan,
    "two cross": cross,
    "leave and return": leave_and_return,
}


def _played(
    photo_bgr: Picture, boxes: Sequence[Box], path: Callable[[int, float], tuple[float, float]], rate: float
) -> Iterator[SceneFrame]:
    """Cut-outs on their paths over a blurred photo; the first ones stand in front."""
    people = _cut_outs(photo_bgr, boxes)
    size = _WIDTH, 480
    blurred = cv2.GaussianBlur(cv2.resize(photo_bgr, size), (0, 0), 25)
    for index in range(round(SECONDS * rate)):
        time_s = index / rate
        image = blurred.astype(np.float32)
        places = {person.name: path(number, time_s) for number, person in enumerate(people)}
        for person in reversed(people):
            _paste(image, person, places[person.name])
        visible = {person.name for number, person in enumerate(people) if _is_seen(number, people, places)}
        shown = {name: places[name] for name in visible if _is_in(places[name], size)}
        yield SceneFrame(time_s, image.astype(np.uint8), shown)


def _is_in(place: tuple[float, float], size_wh: tuple[int, int]) -> bool:
    return 0 <= place[0] < size_wh[0] and 0 <= place[1] < size_wh[1]


def _is_seen(number: int, people: Sequence[_CutOut], places: Mapping[str, tuple[float, float]]) -> bool:
    """Whether nobody in front hides the face or is hidden by it: one box for two people could be either's."""
    own, person = places[people[number].name], people[number]
    others = [other for other in people if other is not person]
    return all(math.dist(own, places[other.name]) > 0.9 * max(person.side, other.side) for other in others)


def _cut_outs(photo_bgr: Picture, boxes: Sequence[Box]) -> list[_CutOut]:
    scale = _SIDE / max(box.width for box in boxes)
    photo = cv2.resize(photo_bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    people = []
    for number, box in enumerate(boxes):
        side, (x, y) = scale * box.width, (scale * box.center[0], scale * box.center[1])
        left, top = max(0, round(x - _BESIDE * side)), max(0, round(y - _ABOVE * side))
        pixels = photo[top : round(y + _BELOW * side), left : round(x + _BESIDE * side)].astype(np.float32)
        mask = np.zeros(pixels.shape[:2], np.float32)
        head, shoulders = (round(x - left), round(y - top)), (round(x - left), round(y - top + 1.5 * side))
        cv2.ellipse(mask, head, (round(0.75 * side), round(0.95 * side)), 0, 0, 360, 1.0, cv2.FILLED)
        cv2.ellipse(mask, shoulders, (round(1.0 * side), round(0.8 * side)), 0, 0, 360, 1.0, cv2.FILLED)
        soft = np.asarray(cv2.GaussianBlur(mask, (0, 0), max(1.0, 0.03 * side)), np.float32)[..., np.newaxis]
        people.append(_CutOut(str(number), pixels, soft, (x - left, y - top), side))
    return people


def _paste(image: NDArray[np.float32], person: _CutOut, place: tuple[float, float]) -> None:
    left, top = round(place[0] - person.middle[0]), round(place[1] - person.middle[1])
    height, width = person.pixels.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(image.shape[1], left + width), min(image.shape[0], top + height)
    if x0 >= x1 or y0 >= y1:
        return
    part = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    region = image[y0:y1, x0:x1]
    region += person.mask[part] * (person.pixels[part] - region)
