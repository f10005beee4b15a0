"""Names that are paths, formulas, pages long or read from right to left: kept as typed, and harmless everywhere."""

from __future__ import annotations

import csv
import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from emotion_gui.export import EXPORTERS, default_name, export_session
from emotion_gui.storage.session_store import SessionStore
from tests.builders import CONSENT, make_frames, make_info
from tests.controller.conftest import Bench

NAMES = {
    "newline": "Ada\r\nLovelace",
    "right-to-left": "دانيال\u202egpj.exe",
    "emoji": "🙂‍↔️ 李雷",
    "path": "../../../etc/passwd",
    "windows path": "C:\\CON\\..\\nul.txt",
    "formula": "=cmd|'/C calc'!A0",
    "markup": "<script>alert(1)</script>$\\frac{1}{2}$",
    "long": "Ada " * 2500,
    "half a pair": "Ada\ud83d",
}
# Drawing takes seconds; these two have what is hard to draw in them.
_DRAWN = {"markup", "long"}


@pytest.fixture(params=NAMES, ids=list(NAMES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_lists_records_and_files_take_any_name(kind: str, tmp_path: Path) -> None:
    name, out = NAMES[kind], tmp_path / "out"
    info = make_info(candidate=name, note=name)
    with SessionStore(tmp_path / "store") as store:
        store.create(info)
        store.append(info.session_id, list(make_frames(2, rate=5)))
        store.finish(info.session_id, info.started_at + timedelta(seconds=2))
        kept = name.replace("\ud83d", "?")
        assert [summary.info.candidate for summary in store.list()] == [kept]
        record = store.load(info.session_id)
        assert (record.info.candidate, record.info.note) == (kept, kept)
        for key in EXPORTERS if kind in _DRAWN else ("csv", "summary", "json"):
            path = export_session(record, key, out / default_name(record.info, key))
            assert path.parent == out
            assert path.stat().st_size > 0
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file() and path.suffix in {".csv", ".json"}} == {out}
    with next(out.glob("*_summary.csv")).open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any(kept.strip() in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    assert json.loads(next(out.glob("*.json")).read_text(encoding="utf-8"))


def test_the_log_names_nobody(kind: str, bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    name = NAMES[kind]
    controller = bench.ready("file:clip.mp4")
    controller.start(name, name, consent=CONSENT)
    session = controller.session
    assert session
    bench.poll_until(lambda: session.statistics.frames > 5, "results")
    controller.stop()
    bench.poll_until(bench.store.list, "the session")
    errors: list[object] = []
    controller.persons.replace_name(bench.store.list()[0], lambda *_: errors.append("replaced"), errors.append)
    bench.poll_until(lambda: errors, "an answer")
    for record in caplog.records:
        assert name not in record.getMessage()
        assert name[:6] not in (record.exc_text or "")
