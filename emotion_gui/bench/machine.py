"""What was measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from emotion_gui import __version__

_LIBRARIES = ("tensorflow", "keras", "ai-edge-litert", "opencv-python-headless", "numpy", "matplotlib")


def describe_machine() -> dict[str, str]:
    """Processor, cores, system and the versions of what the speed depends on."""
    return {
        "emotion-gui": __version__,
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        **{name: _version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    try:
        # Linux tells the name here only; platform.processor() is empty there.
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        # A built program carries the library without its metadata.
        return "built in"
