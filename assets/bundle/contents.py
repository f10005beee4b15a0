"""What goes into a built program and what stays out of it, by flavour."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

# PyInstaller's own form: the name inside the program, the file that it comes from, its kind.
Entry = tuple[str, str, str]


@dataclass(frozen=True)
class Flavour:
    """One of the programs that can be built.

    Attributes:
        name: Name of the program's folder.
        title: Name that people see.
        excludes: Modules that it does without, though something imports them.
        model_files: Which of the published models' files it carries.
    """

    name: str
    title: str
    excludes: tuple[str, ...]
    model_files: tuple[str, ...]


# What only builds, tests and trains.
_TOOLS = (
    *("IPython", "PyInstaller", "_pytest", "babel", "hypothesis", "mypy", "pytest", "scipy", "sklearn"),
    # What only the extras for scripts and clusters need.
    *("pandas", "dask", "distributed", "fsspec"),
)
# What the pages for a browser stand on; without it `web` says how to install them.
_WEB = ("flask", "flask_wtf", "waitress", "werkzeug")
# What `gradio` stands on, with all that it alone brings; it says the same.
_GRADIO = (
    "annotated_doc", "annotated_types", "anyio", "brotli", "fastapi", "gradio", "gradio_client", "groovy", "hf_gradio",
    "hf_xet", "httpcore", "httpcore2", "httpx", "httpx2", "huggingface_hub", "lazy_importer", "opentelemetry", "orjson",
    "pydantic", "pydantic_core", "pydub", "python_multipart", "pytz", "safehttpx", "semantic_version", "shellingham",
    "starlette", "tomlkit", "truststore", "typer", "typing_inspection", "uvicorn",
)  # fmt: skip
# Imported by a library's tests and conveniences, none of which a user can reach; TensorFlow needs some of them.
_NEVER = (
    "PIL._avif", "PIL._imagingcms", "certifi", "curses", "distutils", "fontTools.cu2qu", "fontTools.pens.momentsPen",
    "fontTools.qu2cu", "fontTools.ufoLib", "jinja2", "lib2to3", "matplotlib.tests", "numpy._core._multiarray_tests",
    "numpy.f2py", "numpy.tests", "pip", "pkg_resources", "readline", "setuptools", "threadpoolctl", "tkinter.test",
    "tornado", "wheel",
)  # fmt: skip
_TENSORFLOW = ("tensorflow", "keras", "h5py", "grpc", "google", "ml_dtypes", "optree", "tensorboard")
_COMPILED = ("*.json", "*.md", "*.tflite")

FLAVOURS = {
    # Models run on LiteRT alone.
    "default": Flavour("emotion-gui", "Emotion GUI", (*_TOOLS, *_WEB, *_GRADIO, *_NEVER, *_TENSORFLOW), _COMPILED),
    # Any Keras file opens; 1.4 GB more.
    "full": Flavour(
        "emotion-gui-full", "Emotion GUI (full)", (*_TOOLS, *_WEB, *_GRADIO, "readline"), (*_COMPILED, "*.keras")
    ),
}

# Data that libraries bring for uses that are not ours. Charts are drawn with DejaVu Sans alone.
_UNUSED_DATA = (
    "*/tests/*", "*.pyi", "matplotlib/mpl-data/sample_data/*", "matplotlib/mpl-data/images/*",
    "matplotlib/mpl-data/plot_directive/*", "matplotlib/mpl-data/fonts/afm/*",
    "matplotlib/mpl-data/fonts/pdfcorefonts/*", "matplotlib/mpl-data/fonts/ttf/STIX*",
    "matplotlib/mpl-data/fonts/ttf/DejaVuSerif*", "matplotlib/mpl-data/fonts/ttf/DejaVuSansMono*",
    "_tcl_data/tzdata/*", "_tk_data/images/*", "_tk_data/demos/*", "tcl8/*",
    "ai_edge_litert/*Accelerator*", "ai_edge_litert/vendors/*", "ai_edge_litert/tools/*",
)  # fmt: skip
# The portrait that the self-test and the benchmarks look at.
_USED_DATA = ("matplotlib/mpl-data/sample_data/grace_hopper.jpg",)


def used(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that the program needs."""
    return [entry for entry in entries if _is_used(PurePath(entry[0]).as_posix())]


def _is_used(name: str) -> bool:
    return name in _USED_DATA or not any(fnmatchcase(name, pattern) for pattern in _UNUSED_DATA)


def without_dead_links(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without links to what was left out."""
    kept = list(entries)
    names = {PurePath(name).as_posix() for name, _source, _kind in kept}
    return [entry for entry in kept if entry[2] != "SYMLINK" or _target(entry) in names]


def _target(link: Entry) -> str:
    name, target, _kind = link
    return PurePath(os.path.normpath(PurePath(name).parent / target)).as_posix()


def without_debug_symbols(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The entries with copies of their libraries in `folder`, free of what only debuggers read: 30 MB on Linux.

    Left as they are: other systems' libraries, and those in the wheels' own `NAME.libs`, whose changed form `strip` is
    known to break.
    """
    strip = shutil.which("strip")
    if not sys.platform.startswith("linux") or strip is None:
        return list(entries)
    return [_stripped(strip, entry, folder) for entry in entries]


def _stripped(strip: str, entry: Entry, folder: Path) -> Entry:
    name, source, kind = entry
    if kind not in {"BINARY", "EXTENSION"} or PurePath(name).parts[0].endswith(".libs"):
        return entry
    copy = folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, copy)
    shutil.copymode(source, copy)
    done = subprocess.run([strip, "--strip-unneeded", copy], capture_output=True, check=False)
    return entry if done.returncode else (name, str(copy), kind)
