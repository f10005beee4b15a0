"""The course of a run for TensorBoard, which is a package of its own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import keras

from emotion_gui.core.errors import AppError


def tensorboard_callback(run_folder: Path) -> keras.callbacks.Callback:
    """Writes the figures of each epoch to the folder 'tensorboard' of the run.

    Raises:
        AppError: TensorBoard is not installed.
    """
    # Keras writes them through TensorFlow whatever its backend is.
    if find_spec("tensorboard") is None or find_spec("tensorflow") is None:
        raise AppError(
            "TensorBoard is not installed.", "Install it with 'pip install tensorboard', or leave --tensorboard away."
        )
    return keras.callbacks.TensorBoard(run_folder / "tensorboard", write_graph=False)
