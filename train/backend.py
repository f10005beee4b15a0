"""Keras, on whichever backend the environment names, without the lines that backends print while they load."""

from __future__ import annotations

import os
from importlib import import_module

from emotion_gui.core.errors import AppError
from emotion_gui.core.quiet_output import quiet


def load_keras(*, start: bool = True) -> None:
    """Import Keras and let its backend start, so that what they print then does not stand between our own lines.

    Args:
        start: Whether the backend computes something; it must not before machines that train together have met.

    Raises:
        AppError: Keras or the backend that KERAS_BACKEND names is not installed.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        with quiet():
            keras = import_module("keras")
            if start:
                # The first computation is what makes TensorFlow look for a GPU, and tell that there is none.
                keras.ops.ones(1)
    except ImportError as error:
        raise AppError(
            f"Keras cannot be used: {error}.", "Install the train extra, and the backend that KERAS_BACKEND names."
        ) from error
