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


def test_icons_come_largest_first() -> None:
    assert [file.name for file in paths.icon_files()][::4] == ["emotion-gui-256.png", "emotion-gui-16.png"]


def test_only_a_built_program_has_notices(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert paths.notices_file() is None
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.notices_file() is None
    (tmp_path / "THIRD_PARTY_NOTICES.txt").touch()
    assert paths.notices_file() == tmp_path / "THIRD_PARTY_NOTICES.txt"
