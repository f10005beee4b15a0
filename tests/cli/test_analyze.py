"""A recording in, three reports out, through the command line as it is typed."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import pytest

from emotion_gui.__main__ import main
from emotion_gui.bench.portrait import SIZE_WH, portrait_frame
from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.paths import settings_file
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import language
from emotion_gui.export import EXPORTERS
from emotion_gui.storage.settings_file import save_settings

_FRAMES, _RATE = 20, 10


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a portrait that sways."""
    path = tmp_path_factory.mktemp("clip") / "talk.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), _RATE, SIZE_WH)
    for number in range(_FRAMES):
        writer.write(portrait_frame(3 * number))
    writer.release()
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_video_becomes_a_report_of_each_kind(clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "reports"
    assert main(["analyze", str(clip), "--out", str(out), "--name", "ANNA"]) == 0
    printed = capsys.readouterr()
    expected = [out / f"talk{exporter.suffix}" for exporter in EXPORTERS.values()]
    assert sorted(printed.out.splitlines()) == sorted(map(str, expected))
    assert sorted(out.iterdir()) == sorted(expected)
    assert CAVEAT in printed.err
    assert (out / "talk.png").read_bytes().startswith(b"\x89PNG")
    assert "ANNA" in (out / "talk_summary.csv").read_text(encoding="utf-8-sig")


def test_every_frame_has_its_row(clip: Path, tmp_path: Path) -> None:
    assert main(["analyze", str(clip), "--out", str(tmp_path), "--quiet", "--formats", "csv"]) == 0
    rows = _rows(tmp_path / "talk.csv")
    assert [int(row["frame"]) for row in rows] == list(range(_FRAMES))
    assert [float(row["time_s"]) for row in rows] == pytest.approx([n / _RATE for n in range(_FRAMES)], abs=0.01)
    for row in rows:
        assert row["label"] in EMOTION_NAMES
        assert sum(float(row[name]) for name in EMOTION_NAMES) == pytest.approx(1, abs=1e-3)


def test_fewer_results_stand_for_the_same_time(clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(clip), "--out", str(tmp_path), "--fps", "5", "--formats", "csv"]) == 0
    assert len(_rows(tmp_path / "talk.csv")) == _FRAMES / 2
    assert f"{_FRAMES // 2} frames analysed" in capsys.readouterr().err


def test_quiet_prints_the_paths_alone(clip: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(clip), "--out", str(tmp_path), "--quiet", "--formats", "csv", "json"]) == 0
    printed = capfd.readouterr()
    assert printed.out.splitlines() == [str(tmp_path / "talk.csv"), str(tmp_path / "talk.json")]
    assert sorted(path.name for path in tmp_path.glob("talk*")) == ["talk.csv", "talk.json"]
    assert not printed.err


def test_reports_are_not_replaced_unasked(clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "talk.csv"
    kept.write_text("mine", encoding="utf-8")
    assert main(["analyze", str(clip), "--out", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "talk.csv" in printed.err
    assert "--overwrite" in printed.err
    assert kept.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.glob("talk*")) == [kept]
    assert main(["analyze", str(clip), "--out", str(tmp_path), "--overwrite", "--quiet", "--formats", "csv"]) == 0
    assert len(_rows(kept)) == _FRAMES


def test_detector_and_preset_are_used_and_told(clip: Path, tmp_path: Path) -> None:
    options = ["--detector", "haar", "--preset", "seed-rule", "--fps", "2", "--quiet", "--formats", "csv", "summary"]
    assert main(["analyze", str(clip), "--out", str(tmp_path), *options]) == 0
    summary = (tmp_path / "talk_summary.csv").read_text(encoding="utf-8-sig")
    assert "haar" in summary
    assert "neutral" in summary


@pytest.mark.parametrize("folder", [False, True])
def test_images_are_taken_too(folder: bool, tmp_path: Path) -> None:
    pictures = tmp_path / "faces"
    pictures.mkdir()
    for number in range(3):
        cv2.imwrite(str(pictures / f"p{number}.png"), portrait_frame(number))
    source = pictures if folder else pictures / "p1.png"
    assert main(["analyze", str(source), "--out", str(tmp_path / "out"), "--quiet", "--formats", "csv"]) == 0
    assert len(_rows(tmp_path / "out" / f"{source.stem}.csv")) == (3 if folder else 1)


@pytest.mark.parametrize("name", ["missing.mp4", "text.mp4", "empty.mp4", "empty-folder", "text.png"])
def test_what_cannot_be_analysed_is_told_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.mp4").write_text("no video", encoding="utf-8")
    (tmp_path / "text.png").write_text("no image", encoding="utf-8")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "empty-folder").mkdir()
    out = tmp_path / "out"
    assert main(["analyze", str(tmp_path / name), "--out", str(out)]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("emotion-gui: ")
    assert printed.err.count("\n") == 1
    assert not printed.out
    assert not list(out.iterdir())


@pytest.mark.parametrize("problem", ["model", "out"])
def test_a_wrong_model_or_folder_is_told_in_one_line(
    problem: str, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.keras"
    wrong.write_text("no model", encoding="utf-8")
    options = ["--out", str(tmp_path / "out"), "--model", str(wrong)] if problem == "model" else ["--out", str(wrong)]
    assert main(["analyze", str(clip), *options]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("emotion-gui: ")
    assert printed.err.count("\n") == 1


def test_the_demo_runs_without_a_window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--headless", "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.glob("demo*")} == {
        f"demo{exporter.suffix}" for exporter in EXPORTERS.values()
    }
    assert len({row["label"] for row in _rows(tmp_path / "demo.csv")}) >= 3
    assert CAVEAT in capsys.readouterr().err


def test_reports_speak_the_language_chosen_in_the_window_and_the_terminal_english(
    clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_settings(settings_file(), Settings(language="de"))
    assert main(["analyze", str(clip), "--out", str(tmp_path), "--formats", "html"]) == 0
    page = (tmp_path / "talk.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "Gesichtszeit" in page
    assert CAVEAT in capsys.readouterr().err
    assert language() == "en"
