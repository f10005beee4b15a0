"""A frame with what was seen in it, before it is drawn for a screen, a video or a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.results import FaceResult
from emotion_gui.vision.annotate import AnnotationStyle, compose
from emotion_gui.vision.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """Everything that a picture of this moment is drawn from.

    Attributes:
        frame: As the source gave it.
        faces: The faces to mark, in pixels of the frame.
        style: What is drawn around them.
        mirror: Whether left and right change places.
    """

    frame: Frame
    faces: tuple[FaceResult, ...]
    style: AnnotationStyle
    mirror: bool

    @property
    def size_wh(self) -> tuple[int, int]:
        """Width and height of the frame in pixels."""
        height, width = self.frame.image_bgr.shape[:2]
        return width, height

    def composed(self, size_wh: tuple[int, int]) -> NDArray[np.uint8]:
        """The picture as the window shows it; see `compose`.

        Args:
            size_wh: Width and height that it must fit into, in pixels.

        Returns:
            RGB, uint8 [h, w, 3].
        """
        return compose(self.frame.image_bgr, self.faces, self.style, size_wh=size_wh, mirror=self.mirror)

    def marked(self) -> Shot:
        """The same with its faces marked, although the user has switched the marks off on the screen."""
        return replace(self, style=replace(self.style, show_boxes=True))
