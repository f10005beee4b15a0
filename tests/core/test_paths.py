"""Where the program keeps and finds its files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from emotion_gui.core import paths


def test_user_folders_exist(user_folders: Path) -> None:
    assert paths.user_data_folder().is_dir()
    assert paths.log_folder().is_dir()
    assert paths.settings_file().parent.is_dir()
    assert user_folders in paths.user_data_folder().parents


def test_a_checkout_has_its_models_beside_the_package() -> None:
    assert paths.models_folder() == Path(__file__).parents[2] / "models"
    assert paths.assets_folder().parent == paths.models_folder().parent


def test_a_built_program_finds_them_where_it_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.models_folder() == tmp_path / "models"
    assert paths.assets_folder() == tmp_path / "assets"
