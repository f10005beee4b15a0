"""The edition that carries TensorFlow; tried only where `FLAVOUR=full make package` has built it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from emotion_gui.core.paths import assets_folder, models_folder
from tests.package.built import BuiltProgram
from tests.package.conftest import built_folder


@pytest.fixture
def full(tmp_path: Path) -> BuiltProgram:
    made = BuiltProgram(built_folder("emotion-gui-full"), tmp_path / "home", as_other_user=False)
    made.give_home()
    return made


@pytest.mark.slow
def test_any_keras_file_opens(full: BuiltProgram) -> None:
    model = shutil.copyfile(models_folder() / "ferplus.keras", full.home / "mine.keras")
    clip = assets_folder() / "demo.mp4"
    out = full.home / "out"
    run = full.run("analyze", str(clip), "--model", str(model), "--out", str(out), "--formats", "summary", "--fps", "1")
    assert run.returncode == 0, run.stderr
    assert "mine" in (out / "demo_summary.csv").read_text(encoding="utf-8-sig")
