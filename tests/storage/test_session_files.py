"""The folder of a session's files: found by its id alone, and gone with the session."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_gui.core.errors import StorageError
from emotion_gui.storage.session_files import delete_files, files_of, session_folder

SESSION_ID = "0123456789abcdef" * 2


def test_each_session_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = session_folder(tmp_path, SESSION_ID)
    assert tmp_path in folder.parents
    assert folder != session_folder(tmp_path, SESSION_ID[::-1])
    assert not folder.exists()


@pytest.mark.parametrize("bad", ["", "..", "../" * 8, "A" * 32, SESSION_ID + "\n", SESSION_ID[1:], "٠" * 32])
def test_only_an_id_becomes_a_path(tmp_path: Path, bad: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        session_folder(tmp_path, bad)


def test_files_are_listed_and_removed_with_their_folder(tmp_path: Path) -> None:
    folder, other = session_folder(tmp_path, SESSION_ID), session_folder(tmp_path, SESSION_ID[::-1])
    for where in (folder, other):
        (where / "crops").mkdir(parents=True)
        (where / "video.mp4").write_bytes(b"video")
        (where / "crops" / "1.png").write_bytes(b"face")
    assert files_of(tmp_path, SESSION_ID) == (folder / "crops" / "1.png", folder / "video.mp4")
    delete_files(tmp_path, SESSION_ID)
    delete_files(tmp_path, SESSION_ID)
    assert files_of(tmp_path, SESSION_ID) == ()
    assert not folder.exists()
    assert len(files_of(tmp_path, SESSION_ID[::-1])) == 2


def test_a_file_that_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session_folder(tmp_path, SESSION_ID).mkdir(parents=True)

    def held_by_a_player(_: Path) -> None:
        raise PermissionError("in use")

    monkeypatch.setattr("shutil.rmtree", held_by_a_player)
    with pytest.raises(StorageError, match="cannot be deleted"):
        delete_files(tmp_path, SESSION_ID)
