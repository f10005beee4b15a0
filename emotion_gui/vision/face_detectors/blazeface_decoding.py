"""From BlazeFace's raw outputs to faces: plain arithmetic on arrays, no model runtime.

After Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs" (2019, arXiv:1907.05047),
and MediaPipe's published options of the full-range model (one anchor per cell at stride 4, scale 192, 6 key points).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

INPUT_SIDE = 192
_STRIDE = 4
# Beyond this the logistic function is 0 or 1 in float32 anyway, and exp() would overflow.
_LOGIT_LIMIT = 80.0

# Positions in `Candidates.points`; left and right as they stand on the picture.
LEFT_EYE, RIGHT_EYE, NOSE = 0, 1, 2
LEFT_EAR, RIGHT_EAR = 4, 5


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Faces in pixels of the model's input, one row each.

    Attributes:
        boxes: float32 [n, 4], left, top, right and bottom.
        points: float32 [n, 6, 2], x and y of the two eyes, nose tip, mouth and the two ears.
        scores: float32 [n], 0 to 1.
    """

    boxes: NDArray[np.float32]
    points: NDArray[np.float32]
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.scores)


def anchor_centers(side: int = INPUT_SIDE, stride: int = _STRIDE) -> NDArray[np.float32]:
    """Centre of every cell in pixels, float32 [cells * cells, 2] as x, y, row by row."""
    ticks = (np.arange(side // stride, dtype=np.float32) + 0.5) * stride
    x, y = np.meshgrid(ticks, ticks)
    return np.stack([x.ravel(), y.ravel()], axis=1)


def decode(
    regressors: NDArray[np.float32], logits: NDArray[np.float32], anchors: NDArray[np.float32], threshold: float
) -> Candidates:
    """Read the cells that hold a face.

    Args:
        regressors: float32 [n, 16] in pixels: box centre relative to the anchor, width, height, then six x, y pairs
            relative to the anchor.
        logits: float32 [n], any value.
        anchors: float32 [n, 2] in pixels.
        threshold: Smallest score that counts, 0 to 1.

    Returns:
        The cells at or over the threshold; neighbouring cells describe the same face.
    """
    scores = 1 / (1 + np.exp(-np.clip(logits, -_LOGIT_LIMIT, _LOGIT_LIMIT)))
    # A cell with a box of no size describes nothing, and would divide by zero later.
    chosen = np.flatnonzero((scores >= threshold) & (regressors[:, 2:4] > 0).all(axis=1))
    cells, origins = regressors[chosen], anchors[chosen]
    centers, halves = cells[:, :2] + origins, cells[:, 2:4] / 2
    points = cells[:, 4:].reshape(-1, 6, 2) + origins[:, np.newaxis]
    return Candidates(np.hstack([centers - halves, centers + halves]), points, scores[chosen].astype(np.float32))


def weighted_non_maximum_suppression(candidates: Candidates, overlap: float = 0.3) -> Candidates:
    """Merge the cells that describe the same face.

    The best cell takes every other one that overlaps it and becomes their mean, weighted by score: steadier from frame
    to frame than the best alone (section 4 of the paper).

    Args:
        candidates: What `decode` found.
        overlap: Intersection over union from which two boxes are one face, 0 to 1.

    Returns:
        One row per face, best score first; the score is that of its best cell.
    """
    left = np.argsort(-candidates.scores, kind="stable")
    boxes, points, scores = [], [], []
    while len(left):
        same = intersection_over_union(candidates.boxes[left[0]], candidates.boxes[left]) > overlap
        # The best cell overlaps itself unless rounding says otherwise; without it the loop would not end.
        same[0] = True
        merged = left[same]
        weights = candidates.scores[merged] / candidates.scores[merged].sum()
        boxes.append(weights @ candidates.boxes[merged])
        points.append(np.tensordot(weights, candidates.points[merged], axes=1))
        scores.append(candidates.scores[left[0]])
        left = left[~same]
    return Candidates(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array(points, np.float32).reshape(-1, 6, 2),
        np.array(scores, np.float32),
    )


def intersection_over_union(box: NDArray[np.float32], boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Overlap of one box [4] with others [n, 4]; float32 [n], 0 to 1."""
    corners = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    shared = np.clip(corners, 0, None).prod(axis=1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    union = (box[2:] - box[:2]).prod() + areas - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0), dtype=np.float32)
