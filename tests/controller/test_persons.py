"""Everything about one person through the controller: nothing of the name is left where it was to go."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emotion_gui.batch.work import Work
from emotion_gui.controller.held_export import README, CancelledError
from emotion_gui.core.candidate_names import is_code
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.markers import Marker
from emotion_gui.core.paths import analyses_folder
from emotion_gui.core.session import SessionEntry, SessionEvent, SessionInfo
from emotion_gui.export import EXPORTERS
from emotion_gui.storage.session_files import session_folder
from emotion_gui.storage.session_store import SessionStore
from tests.builders import CONSENT, STARTED_AT, make_frames, make_info
from tests.controller.conftest import Bench

HOSTILE = ("Ada\nLovelace", "دانيال\u202e gpj", "🙂‍↔️ 李雷", "../../etc/passwd", "=cmd|'/C calc'!A0", "x" * 10_000)


def fill(store: SessionStore, info: SessionInfo) -> None:
    store.create(info)
    store.append(info.session_id, list(make_frames(4, rate=5)))
    store.finish(info.session_id, info.started_at + timedelta(seconds=4))


@pytest.fixture
def tables_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the formats that need no drawing; tests/export tries all of them with such names."""
    tables = {key: EXPORTERS[key] for key in ("csv", "summary")}
    monkeypatch.setattr("emotion_gui.controller.held_export.EXPORTERS", tables)


def stored_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("tables_only")
def test_everything_held_fits_into_one_zip_for_any_name(bench: Bench, tmp_path: Path, name: str) -> None:
    infos = [make_info(candidate=name), make_info(candidate=f" {name} "), make_info(candidate="Somebody else")]
    for info in infos:
        fill(bench.store, info)
    folder = session_folder(bench.store.folder, infos[0].session_id)
    (folder / "snapshots").mkdir(parents=True)
    (folder / "snapshots" / "1.png").write_bytes(b"picture")
    (folder / "video.mp4").write_bytes(b"film" * 100_000)
    kept = bench.store.folder / "corrections" / "happy" / f"{infos[1].session_id}-{'c' * 32}.png"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"face")
    path, finished, errors = tmp_path / "held.zip", list[bool](), list[AppError]()

    def export(sessions: tuple[object, ...]) -> None:
        ids = [infos[0].session_id, infos[1].session_id]
        assert len(sessions) == 2
        bench.controller.persons.export_held(ids, path, done=lambda: finished.append(True), failed=errors.append)

    bench.controller.persons.sessions_of(infos[0].session_id, export, errors.append)
    bench.poll_until(lambda: finished or errors, "the zip")
    assert errors == []
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        readme = archive.read(README).decode("utf-8")
        films = [archive.read(each) for each in names if each.endswith(".mp4")]
    assert films == [b"film" * 100_000]
    assert len(names) == len({each.casefold() for each in names}) == 2 * 2 + 4
    for each in names:
        assert not each.startswith("/")
        assert ".." not in each
        assert "\\" not in each
        assert len(each) < 150
        assert name not in each or name == ""
    folders = {each.split("/")[0] for each in names} - {README}
    assert len(folders) == 2
    assert all(each in readme for each in folders)
    assert any(each.endswith(f"files/corrections/happy/{kept.name}") for each in names)


def test_a_cancelled_export_leaves_no_file(bench: Bench, tmp_path: Path) -> None:
    info = make_info(candidate="Ada")
    fill(bench.store, info)
    errors: list[AppError] = []
    target = tmp_path / "out" / "held.zip"
    progress = bench.controller.persons.export_held([info.session_id], target, done=lambda: None, failed=errors.append)
    progress.cancel()
    bench.poll_until(lambda: errors, "the end")
    assert isinstance(errors[0], CancelledError)
    assert list(target.parent.iterdir()) == []


def test_an_export_that_cannot_be_written_is_told(bench: Bench, tmp_path: Path) -> None:
    info = make_info(candidate="Ada")
    fill(bench.store, info)
    (tmp_path / "taken").touch()
    errors: list[AppError] = []
    bench.controller.persons.export_held(
        [info.session_id], tmp_path / "taken" / "held.zip", done=lambda: None, failed=errors.append
    )
    bench.poll_until(lambda: errors, "the error")
    assert "cannot be written" in errors[0].message


@pytest.mark.parametrize("name", ["Zuzana Nováková", *HOSTILE])
def test_a_code_takes_the_place_of_a_name_everywhere(bench: Bench, name: str) -> None:
    store, controller = bench.store, bench.controller
    other = make_info(candidate="Other", settings={"candidate": name})
    infos = [make_info(candidate=name, note=f"{name} was calm."), make_info(candidate=name.upper()), other]
    for info in infos:
        store.create(info)
        if info is not other:
            texts: list[SessionEntry] = [SessionEvent(1.0, "note", f"with {name}"), Marker(2.0, f"{name}: question 1")]
            store.append(info.session_id, texts)
        store.finish(info.session_id, STARTED_AT + timedelta(seconds=3))
    controller.settings = replace(controller.settings, candidate=name)
    codes: list[str] = []
    first = next(summary for summary in store.list() if summary.session_id == infos[0].session_id)
    controller.persons.replace_name(first, lambda code, count: codes.append(f"{code} {count}"), print)
    bench.poll_until(lambda: codes, "the code")
    code = codes[0].split()[0]
    assert is_code(code)
    assert codes == [f"{code} 2"]
    record = store.load(infos[0].session_id)
    assert record.info.candidate == code
    assert record.info.note == f"{code} was calm."
    assert record.events[0].text == f"with {code}"
    assert record.markers[0].text == f"{code}: question 1"
    assert store.load(other.session_id).info.settings == {"candidate": code}
    assert controller.settings.candidate == code
    assert controller.persons.codes.pairs()[0][1] == code
    assert name.encode() not in stored_bytes(store.folder)


def test_nothing_of_a_deleted_person_is_left(bench: Bench) -> None:
    store, controller = bench.store, bench.controller
    mine = [make_info(candidate="Zuzana Q"), make_info(candidate="zuzana  q ")]
    other = make_info(candidate="Other", settings={"candidate": "Zuzana Q"})
    for info in (*mine, other):
        fill(store, info)
        folder = session_folder(store.folder, info.session_id)
        folder.mkdir(parents=True)
        (folder / "video.mp4").write_bytes(b"Zuzana Q's face" if info is not other else b"another face")
    controller.settings = replace(controller.settings, candidate="Zuzana Q")
    gone: list[int] = []
    controller.persons.sessions_of(
        mine[0].session_id, lambda found: controller.persons.delete_all(found, gone.append, print), print
    )
    bench.poll_until(lambda: gone, "the end of it")
    assert gone == [2]
    assert [summary.session_id for summary in store.list()] == [other.session_id]
    assert controller.settings.candidate == ""
    left = stored_bytes(store.folder)
    assert b"zuzana" not in left.lower()
    assert b"another face" in left


@pytest.mark.parametrize("wish", ["delete", "replace"])
def test_nothing_is_left_in_unfinished_analyses_of_recordings(bench: Bench, wish: str) -> None:
    root = analyses_folder(bench.store.folder)
    hers, at_it, his, nameless = (Work(root, key) for key in ("hers", "at-it", "his", "nameless"))
    for work, name in ((hers, "Zuzana Q"), (at_it, "zuzana q"), (his, "Hugo"), (nameless, "")):
        with work.held(), SessionStore(work.folder) as store:
            fill(store, make_info(candidate=name))
    fill(bench.store, make_info(candidate="Zuzana Q"))
    (summary,) = bench.store.list()
    ended: list[object] = []
    with at_it.held():
        if wish == "delete":
            bench.controller.persons.delete_all([summary], ended.append, print)
        else:
            bench.controller.persons.replace_name(summary, lambda code, _count: ended.append(code), print)
        bench.poll_until(lambda: ended, "the end of it")
    assert [work.begun for work in (hers, at_it, his, nameless)] == [False, True, True, True]


def test_a_running_person_is_not_touched(bench: Bench) -> None:
    info = make_info(candidate="Ada")
    bench.store.create(info)
    errors: list[AppError] = []
    (summary,) = bench.store.list()
    bench.controller.persons.replace_name(summary, lambda *_: None, errors.append)
    bench.controller.persons.delete_all([summary], lambda _: None, errors.append)
    bench.poll_until(lambda: len(errors) == 2, "two refusals")
    assert all("running" in error.message for error in errors)
    assert bench.store.list() == (summary,)


def test_an_unnamed_session_stands_for_itself(bench: Bench) -> None:
    infos = [make_info(candidate=""), make_info(candidate=" \u200b"), make_info(candidate="")]
    for info in infos:
        fill(bench.store, info)
    found: list[object] = []
    bench.controller.persons.sessions_of(infos[0].session_id, found.extend, print)
    bench.poll_until(lambda: found, "the session")
    assert len(found) == 1


def test_with_codes_a_name_never_reaches_the_disk(bench: Bench, tmp_path: Path) -> None:
    controller = bench.ready("file:clip.mp4")
    controller.apply_settings(replace(controller.settings, use_codes=True))
    controller.start("Zuzana Nováková", "", consent=CONSENT)
    session = controller.session
    assert session
    code = session.info.candidate
    assert is_code(code)
    bench.poll_until(lambda: session.statistics.seconds[Emotion.HAPPY] > 0, "results")
    controller.stop()
    bench.poll_until(bench.store.list, "the session")
    assert controller.settings.candidate == code
    listed: list[bool] = []
    target = tmp_path / "list" / "codes.csv"
    controller.persons.save_codes(target, done=lambda: listed.append(True), failed=print)
    bench.poll_until(lambda: listed, "the list")
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["code", "name"], [code, "Zuzana Nováková"]]
    target.unlink()
    assert "Nováková".encode() not in stored_bytes(tmp_path)
