"""Emotion GUI: names the facial expressions before a camera and keeps the session of one candidate.

For scripts and notebooks, without a window: `open_analyzer`, `analyze_image` and `analyze_recording`.
"""

from importlib import import_module

__version__ = "0.1.0"

# Loaded when asked for: every part of the program imports this file, and the window must not wait for them. What a type
# checker sees of them stands in __init__.pyi.
_FROM = {
    "Analyzer": "emotion_gui.api.analyzer",
    "open_analyzer": "emotion_gui.api.analyzer",
    "analyze_image": "emotion_gui.api.analyze",
    "analyze_recording": "emotion_gui.api.analyze",
    "ImageResult": "emotion_gui.api.results",
    "RecordingResult": "emotion_gui.api.results",
    "Settings": "emotion_gui.core.settings",
    "AppError": "emotion_gui.core.errors",
}


def __getattr__(name: str) -> object:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FROM[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_FROM})
