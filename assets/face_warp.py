"""Moves the features of a portrait smoothly, so that one photograph shows several expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Map = NDArray[np.float32]

# Numbers of the face mesh that MediaPipe's landmark model finds (468 points).
LEFT_CHEEKBONE, RIGHT_CHEEKBONE, CHIN = 234, 454, 152
_INNER_UPPER_LIP = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
# Colours of an open mouth, BGR.
_THROAT, _TEETH = (34, 26, 66), (180, 200, 214)


@dataclass(frozen=True)
class Pull:
    """Moves the surroundings of some landmarks.

    Attributes:
        landmarks: Numbers of the mesh.
        by: Right and down, in widths of the face.
        reach: Standard deviation of the pull's fading, in widths of the face.
    """

    landmarks: tuple[int, ...]
    by: tuple[float, float]
    reach: float


@dataclass(frozen=True)
class Expression:
    """How far a face moves from where it rests.

    Attributes:
        pulls: What moves.
        jaw: How far the mouth opens, in widths of the face.
        teeth: How much of the upper teeth is seen, 0 to 1.
        roundness: Shape of the opening: 0.5 an ellipse, above 1 pointed at the corners.
    """

    pulls: tuple[Pull, ...] = ()
    jaw: float = 0.0
    teeth: float = 0.0
    roundness: float = 1.0


@dataclass(frozen=True)
class Pose:
    """One moment: shares of expressions (0 to 1 each) and the head's place in pixels and degrees."""

    shares: Mapping[str, float] = field(default_factory=dict)
    shift: tuple[float, float] = (0.0, 0.0)
    roll_deg: float = 0.0


class FaceWarp:
    """A portrait that can be rendered with any mix of expressions."""

    def __init__(self, portrait: Image, landmarks: NDArray[np.float32], expressions: Mapping[str, Expression]) -> None:
        """Measure the face and prepare how each expression displaces it.

        Args:
            portrait: uint8 BGR [height, width, 3].
            landmarks: float32 [468, 2], x and y in pixels of the portrait.
            expressions: By name.
        """
        self._portrait = portrait
        self._landmarks = landmarks
        self._expressions = expressions
        self._width = float(np.linalg.norm(landmarks[LEFT_CHEEKBONE] - landmarks[RIGHT_CHEEKBONE]))
        rows, columns = np.mgrid[0 : portrait.shape[0], 0 : portrait.shape[1]].astype(np.float32)
        self._fields = {name: self._displacement(e.pulls, columns, rows) for name, e in expressions.items()}

    def render(self, pose: Pose, columns: Map, rows: Map) -> Image:
        """Draw one moment.

        Each step goes backwards, from a pixel of the result to the pixel of the portrait that it shows: head, then
        jaw, then features.

        Args:
            pose: The moment.
            columns: float32 [h, w], the portrait's x for every pixel of the result, as if nothing moved.
            rows: The same for y.

        Returns:
            uint8 BGR [h, w, 3].
        """
        x, y = self._unmoved(pose, columns, rows)
        shift_x, shift_y = self._mixed(pose)
        opening = _Mouth(self, pose, shift_x, shift_y)
        inside, depth, across = opening.cavity(x, y)
        y = opening.closed(x, y)
        source_x = x - cv2.remap(shift_x, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        source_y = y - cv2.remap(shift_y, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        drawn = cv2.remap(
            self._portrait,
            np.asarray(source_x, np.float32),
            np.asarray(source_y, np.float32),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return _paint_cavity(np.asarray(drawn, np.uint8), inside, depth, across=across, teeth=opening.teeth)

    def _displacement(self, pulls: Sequence[Pull], columns: Map, rows: Map) -> tuple[Map, Map]:
        right, down = np.zeros_like(columns), np.zeros_like(rows)
        for pull in pulls:
            for number in pull.landmarks:
                x, y = self._landmarks[number]
                distance = (columns - x) ** 2 + (rows - y) ** 2
                weight = self._width * np.exp(-distance / (2 * (pull.reach * self._width) ** 2))
                right += weight * pull.by[0]
                down += weight * pull.by[1]
        return right, down

    def _mixed(self, pose: Pose) -> tuple[Map, Map]:
        right = np.zeros(self._portrait.shape[:2], np.float32)
        down = np.zeros_like(right)
        for name, share in pose.shares.items():
            right += share * self._fields[name][0]
            down += share * self._fields[name][1]
        return right, down

    def _unmoved(self, pose: Pose, columns: Map, rows: Map) -> tuple[Map, Map]:
        """Take the head's own movement back; it turns on the neck and fades towards the shoulders."""
        neck = self._landmarks[CHIN]
        head = self._landmarks.mean(axis=0)
        distance = np.hypot(columns - head[0], rows - head[1]) / self._width
        weight = _smooth_step(1.6 - distance)
        angle = np.radians(pose.roll_deg) * weight
        x, y = columns - neck[0], rows - neck[1]
        turned_x = np.cos(angle) * x + np.sin(angle) * y + neck[0] - weight * pose.shift[0]
        turned_y = np.cos(angle) * y - np.sin(angle) * x + neck[1] - weight * pose.shift[1]
        return turned_x.astype(np.float32), turned_y.astype(np.float32)


class _Mouth:
    """The opening between the lips of one moment, in the portrait's pixels."""

    def __init__(self, warp: FaceWarp, pose: Pose, shift_x: Map, shift_y: Map) -> None:
        mix = [(share, warp._expressions[name]) for name, share in pose.shares.items()]
        total = sum(share * expression.jaw for share, expression in mix) or 1e-6
        self._width = warp._width
        self._drop = total * warp._width
        self._roundness = sum(share * e.jaw * e.roundness for share, e in mix) / total
        self.teeth = sum(share * e.jaw * e.teeth for share, e in mix) / total
        resting = warp._landmarks[list(_INNER_UPPER_LIP)]
        at_columns, at_rows = resting.astype(int).T
        lip_x = resting[:, 0] + shift_x[at_rows, at_columns]
        lip_y = resting[:, 1] + shift_y[at_rows, at_columns]
        self._left, self._right = float(lip_x[0]), float(lip_x[-1])
        self._line = np.polyfit(self._across(lip_x), lip_y, 4)
        self._chin = float(warp._landmarks[CHIN, 1]) + self._drop

    def cavity(self, x: Map, y: Map) -> tuple[Map, Map, Map]:
        """Inside the opening (0 or 1), depth below the upper lip and place across (-1 to 1), all [h, w]."""
        lip, gap, across = self._lip_and_gap(x)
        inside = ((y > lip) & (y < lip + gap)).astype(np.float32)
        return inside, ((y - lip) / self._width).astype(np.float32), across.astype(np.float32)

    def closed(self, x: Map, y: Map) -> Map:
        """Where each pixel's row would be with the mouth shut: what is below the opening goes up again."""
        lip, gap, _ = self._lip_and_gap(x)
        below = np.maximum(y - lip - gap, 0)
        half = (self._right - self._left) / 2
        # The pull is as narrow as the mouth at the lip and widens to the jaw, but never to the shoulders.
        reach = np.minimum(half + 1.6 * below, 0.55 * self._width)
        spread = _bump((x - (self._left + self._right) / 2) / reach, self._roundness)
        fade = _smooth_step(1 - (y - self._chin + 0.05 * self._width) / (0.45 * self._width))
        return np.asarray(np.where(y > lip + gap, y - self._drop * spread * fade, y), np.float32)

    def _across(self, x: Map) -> Map:
        """Columns as places across the mouth, -1 at its left corner and 1 at its right."""
        return np.asarray((2 * x - self._left - self._right) / (self._right - self._left), np.float32)

    def _lip_and_gap(self, x: Map) -> tuple[Map, Map, Map]:
        across = self._across(x)
        lip = np.polyval(self._line, np.clip(across, -1, 1)).astype(np.float32)
        return lip, self._drop * _bump(across, self._roundness), across


def _bump(x: Map, roundness: float) -> Map:
    return np.asarray(np.clip(1 - x * x, 0, 1) ** roundness, np.float32)


def _smooth_step(x: Map) -> Map:
    clipped = np.clip(x, 0, 1)
    return np.asarray(clipped * clipped * (3 - 2 * clipped), np.float32)


def _paint_cavity(drawn: Image, inside: Map, depth: Map, *, across: Map, teeth: float) -> Image:
    if not inside.any():
        return drawn
    edge = cv2.GaussianBlur(inside, (0, 0), 1.1)[..., np.newaxis]
    throat = np.array(_THROAT, np.float32) * (0.7 + 2.0 * np.clip(depth, 0, 0.3))[..., np.newaxis]
    shade = (1 - 0.4 * np.abs(across) ** 2)[..., np.newaxis]
    row = (inside > 0) & (depth < 0.05) & (np.abs(across) < 0.9)
    shown = teeth * cv2.GaussianBlur(row.astype(np.float32), (0, 0), 1.4)[..., np.newaxis]
    cavity = throat * (1 - shown) + np.array(_TEETH, np.float32) * shade * shown
    return np.asarray(np.clip(drawn * (1 - edge) + cavity * edge, 0, 255), np.uint8)
