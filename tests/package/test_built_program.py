"""What the built program does without Python, TensorFlow or the checkout near it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from emotion_gui import __version__
from emotion_gui.core.paths import models_folder
from tests.package.built import BuiltProgram

_MOST_BYTES = 260_000_000


def test_the_self_test_passes_and_leaves_nothing(built: BuiltProgram) -> None:
    before = built.files()
    run = built.run("--self-test")
    assert run.returncode == 0, run.stdout + run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == f"emotion-gui {__version__}"
    assert [line.split()[0] for line in lines[1:-1]] == ["ok"] * (len(lines) - 2)
    assert "neutral" in lines[2]
    assert "Español" in run.stdout
    assert run.stderr == ""
    assert built.files() == before
    assert built.written() == []


def test_a_damaged_copy_is_told(dist: Path, tmp_path: Path, built: BuiltProgram) -> None:
    folder = built.home / "damaged"
    shutil.copytree(dist, folder, symlinks=True, copy_function=os.link)
    (folder / "_internal" / "assets" / "demo.mp4").unlink()
    run = BuiltProgram(folder, built.home).run("--self-test")
    assert run.returncode == 1
    assert "FAILED  the demo clip plays: The demo clip is missing." in run.stdout


def test_it_is_no_larger_than_it_should_be(dist: Path) -> None:
    files = [path for path in dist.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(file.stat().st_size for file in files) <= _MOST_BYTES
    names = " ".join(str(file.relative_to(dist)) for file in files).lower()
    assert not [word for word in ("tensorflow", "keras", "h5py", "qt5", "/tests/", "readline") if word in names]


def test_no_link_leads_nowhere(dist: Path) -> None:
    assert [path for path in dist.rglob("*") if path.is_symlink() and not path.exists()] == []


@pytest.mark.parametrize("twin", [False, True])
def test_a_keras_file_alone_needs_the_full_edition(built: BuiltProgram, twin: bool) -> None:
    model = built.home / "mine.keras"
    for suffix in (".keras", ".tflite", ".json") if twin else (".keras",):
        shutil.copyfile(models_folder() / f"ferplus{suffix}", model.with_suffix(suffix))
    portrait = built.folder / "_internal" / "matplotlib" / "mpl-data" / "sample_data" / "grace_hopper.jpg"
    out = built.hand_over(built.home)
    run = built.run("analyze", str(portrait), "--model", str(model), "--out", str(out), "--formats", "summary")
    if twin:
        assert run.returncode == 0, run.stderr
        assert (built.home / "grace_hopper_summary.csv").is_file()
        return
    assert run.returncode == 1
    assert run.stderr == (
        "emotion-gui: 'mine.keras' needs TensorFlow, which this edition of the program does not carry. "
        "Get the full edition, or choose the model's compiled form (.tflite).\n"
    )
    assert not list(built.home.glob("**/*.csv"))
