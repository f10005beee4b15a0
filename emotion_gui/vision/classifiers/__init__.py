"""What names an expression: one file per model runtime, one table by file suffix."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from emotion_gui.core.model_card import ModelCard


class EmotionClassifier(Protocol):
    """A loaded model; used by one thread at a time.

    Attributes:
        card: The model's card; made from the file itself where it has none.
        sha256: Hash of the file that runs, 64 hexadecimal digits.
        input_side: Width and height in pixels of the crops that it takes.
    """

    card: ModelCard
    sha256: str
    input_side: int

    def probabilities(self, faces_gray: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Score some faces.

        Args:
            faces_gray: Crops as `crop_face` makes them, uint8 [input_side, input_side], 0 to 255.

        Returns:
            float32 [n, 7] in the order of `EMOTIONS`, 0 to 1, each row summing to 1; 0 for classes that the model
            does not have.
        """
