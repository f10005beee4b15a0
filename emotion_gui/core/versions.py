"""Which program, system and libraries this is: for the log and for whoever reports an error."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from emotion_gui import __version__

# As a reader knows them, by the name that they are installed under.
_LIBRARIES = {
    "numpy": "numpy",
    "OpenCV": "opencv-python",
    "LiteRT": "ai-edge-litert",
    "TensorFlow": "tensorflow",
    "Pillow": "pillow",
    "ttkbootstrap": "ttkbootstrap",
}
# A built program may carry a library without its papers; one that is loaded tells itself.
_MODULES = {"OpenCV": "cv2", "LiteRT": "ai_edge_litert", "Pillow": "PIL"}


def versions(tk: str = "") -> dict[str, str]:
    """Names and versions, in the order in which they are told.

    Args:
        tk: Version of Tk, which only the window can ask for; empty where there is no window.
    """
    built = " (built)" if getattr(sys, "frozen", False) else ""
    told = {
        "Emotion GUI": f"{__version__}{built}",
        "Python": platform.python_version(),
        "system": f"{platform.platform()} {platform.machine()}",
    }
    if tk:
        told["Tk"] = tk
    return told | {name: _library(name, package) for name, package in _LIBRARIES.items()}


def _library(name: str, package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        loaded = sys.modules.get(_MODULES.get(name, package))
        return str(getattr(loaded, "__version__", "-"))
