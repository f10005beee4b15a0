"""What goes into a built program, without building one."""

from __future__ import annotations

import ast
import ctypes
import plistlib
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import cv2
import pytest
from bundle.contents import FLAVOURS, used, without_dead_links, without_debug_symbols
from bundle.notices import MissingLicenceError, licence_text, notices_text
from bundle.opencv_blas import REVIEWED, without_openblas
from bundle.windows import version_resource
from make_icon import FOLDER, main
from PIL import Image

_ROOT = Path(__file__).parents[2]
_PORTRAIT = "matplotlib/mpl-data/sample_data/grace_hopper.jpg"
_LINUX = sys.platform.startswith("linux")


def test_what_is_never_used_stays_out() -> None:
    names = [_PORTRAIT, "matplotlib/mpl-data/sample_data/Stocks.csv", "numpy/tests/a.py", "models/ferplus.tflite"]
    kept = used((name, f"/somewhere/{name}", "DATA") for name in names)
    assert [name for name, _source, _kind in kept] == [_PORTRAIT, "models/ferplus.tflite"]


def test_only_the_full_edition_has_tensorflow() -> None:
    assert {"tensorflow", "keras", "h5py"} <= set(FLAVOURS["default"].excludes)
    assert not {"tensorflow", "keras", "h5py"} & set(FLAVOURS["full"].excludes)
    assert "*.keras" in FLAVOURS["full"].model_files
    assert "*.keras" not in FLAVOURS["default"].model_files


def test_links_go_with_what_they_lead_to() -> None:
    file = ("a.libs/x.so", "/somewhere/x.so", "BINARY")
    links = [("x.so", "a.libs/x.so", "SYMLINK"), ("b/x.so", "../a.libs/x.so", "SYMLINK")]
    dead = ("y.so", "a.libs/y.so", "SYMLINK")
    assert without_dead_links([file, *links, dead]) == [file, *links]


@pytest.mark.skipif(not _LINUX, reason="libraries are stripped on Linux")
def test_a_library_without_debug_symbols_is_smaller_and_a_wheels_own_is_left(tmp_path: Path) -> None:
    import kiwisolver._cext as library

    source = str(library.__file__)
    own = ("kiwisolver.libs/a.so", source, "BINARY")
    stripped, left = without_debug_symbols([("kiwisolver/_cext.so", source, "EXTENSION"), own], tmp_path)
    assert Path(stripped[1]).stat().st_size < Path(source).stat().st_size
    assert left == own


@pytest.mark.skipif(not _LINUX, reason="the wheels of other systems have no OpenBLAS")
def test_opencvs_openblas_becomes_hollow_with_the_same_names(tmp_path: Path) -> None:
    opencv = Path(cv2.__file__).parent
    libraries = next(opencv.parent.glob("opencv_python*.libs"))
    files = [opencv / "cv2.abi3.so", *libraries.glob("libopenblas*"), *libraries.glob("libgfortran*")]
    entries = [(str(file.relative_to(opencv.parent)), str(file), "BINARY") for file in files]
    kept = {name: source for name, source, _kind in without_openblas(entries, tmp_path / "hollow")}
    hollow = next(Path(source) for name, source in kept.items() if "openblas" in name)
    assert len(kept) == 2
    assert hollow.stat().st_size < 100_000
    ctypes.CDLL(str(hollow))
    # Not looked up by ctypes, which does not expect an address of 0.
    listed = subprocess.run(["nm", "--dynamic", hollow], capture_output=True, text=True, check=True).stdout
    assert " cblas_sgemm\n" in listed
    assert "cblas_saxpy" not in listed


def test_every_function_of_opencv_was_reviewed_for_linear_algebra() -> None:
    called: set[str] = set()
    for file in (_ROOT / "emotion_gui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "cv2":
                called.add(node.attr)
    functions = {name for name in called if not name.isupper() and not name.startswith(("__", "COLOR_", "CV_"))}
    unknown = functions - REVIEWED
    assert not unknown, (
        f"{unknown}: the built program has no linear algebra in OpenCV, see assets/bundle/opencv_blas.py"
    )
    assert functions >= REVIEWED


def test_the_notices_name_what_is_carried_and_nothing_else() -> None:
    source = str(distribution("cycler").locate_file("cycler/__init__.py"))
    text = notices_text([("cycler", source, "PYMODULE")])
    contents = text.partition("====")[0]
    assert "cycler" in contents
    assert "numpy" not in contents
    assert licence_text(distribution("cycler")).strip() in text


def test_nothing_is_built_with_what_has_no_licence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bundle.notices.licence_text", lambda _: "")
    source = str(distribution("cycler").locate_file("cycler/__init__.py"))
    with pytest.raises(MissingLicenceError, match="cycler"):
        notices_text([("cycler", source, "PYMODULE")])


def test_a_licence_that_is_only_named_gets_its_text() -> None:
    assert "Apache License" in licence_text(distribution("flatbuffers"))


def test_windows_is_told_the_version() -> None:
    call = ast.parse(version_resource("1.2.3", "What it is"), mode="eval").body
    assert isinstance(call, ast.Call)
    text = ast.unparse(call)
    assert "filevers=(1, 2, 3, 0)" in text
    assert "StringStruct('FileDescription', 'What it is')" in text


def test_macos_is_told_what_the_program_may() -> None:
    with (_ROOT / "assets" / "bundle" / "entitlements.plist").open("rb") as file:
        allowed = plistlib.load(file)
    assert allowed["com.apple.security.device.camera"] is True
    assert allowed["com.apple.security.cs.disable-library-validation"] is True


def test_the_icons_are_those_that_the_script_draws(tmp_path: Path) -> None:
    main(tmp_path)
    for drawn in tmp_path.iterdir():
        with Image.open(drawn) as new, Image.open(FOLDER / drawn.name) as kept:
            assert new.size == kept.size
            assert new.convert("RGBA").tobytes() == kept.convert("RGBA").tobytes()
    with Image.open(FOLDER / "emotion-gui.ico") as icon:
        assert {(16, 16), (256, 256)} <= icon.info["sizes"]


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-validate is not here")
def test_the_menu_entry_is_as_the_specification_has_it() -> None:
    subprocess.run(["desktop-file-validate", str(_ROOT / "assets" / "bundle" / "emotion-gui.desktop")], check=True)
