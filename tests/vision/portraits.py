"""A real face for tests, from a photograph that an installed package carries (NASA and US Navy, public domain)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray


def portrait() -> NDArray[np.uint8]:
    """Rear Admiral Grace Hopper, as matplotlib carries her: uint8 BGR [600, 512, 3]."""
    spec = find_spec("matplotlib")
    assert spec
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "mpl-data" / "sample_data" / "grace_hopper.jpg"
    return np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)


def rolled(image: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """The picture turned about its middle, counter-clockwise, its edges repeated."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)
