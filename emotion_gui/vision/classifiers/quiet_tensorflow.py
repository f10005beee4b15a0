"""Importing TensorFlow without its chatter."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from emotion_gui.core.quiet_output import quiet


def import_keras() -> Any:
    """Keras on TensorFlow, imported in the calling thread; takes about 3 s the first time.

    Returns:
        The module `keras`.

    Raises:
        ImportError: TensorFlow or Keras is not installed, or the processor is too old for it.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # A `keras.json` in the home folder may name a backend that is not installed here.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    if "keras" not in sys.modules:
        with quiet():
            import_module("keras")
    return import_module("keras")
