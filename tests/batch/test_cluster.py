"""A scheduler and three workers on this machine: the results of one pass, also where a worker dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from emotion_gui.__main__ import main
from emotion_gui.batch import cluster
from emotion_gui.batch.far import MODELS, Facts
from emotion_gui.batch.model_bundle import ModelBundle, bundle_of
from emotion_gui.batch.progress import Progress
from emotion_gui.core.errors import ModelError
from emotion_gui.core.paths import user_data_folder
from emotion_gui.core.session import SessionState
from emotion_gui.pipeline.batch import selected_frames
from emotion_gui.pipeline.selection import Selection
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import shipped_model
from emotion_gui.vision.sources.video_file import VideoFileSource
from tests.batch.clips import CHECKOUT, command, environment, write_talk
from tests.batch.test_kill import table, without_moments
from tests.waiting import wait_for

distributed = pytest.importorskip("distributed")

OPTIONS = ["--formats", "csv", "json", "--fps", "5", "--consent-given"]


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """A cluster of three."""
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=":0") as running:
        yield running


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talks")
    write_talk(folder / "a.mp4", 200)
    write_talk(folder / "b.mp4", 30)
    (folder / "c.mp4").write_text("no video", encoding="utf-8")
    return folder


def analyze(*arguments: str | Path) -> int:
    return main(["analyze", *map(str, arguments), *OPTIONS])


@pytest.mark.slow
def test_parts_join_to_the_result_of_one_pass(
    workers: Any, talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert analyze(talks, "--out", tmp_path / "one", "--no-store") == 1
    far = ["--scheduler", workers.scheduler_address, "--part", "3"]
    assert analyze(talks, "--out", tmp_path / "many", *far) == 1
    for name in ("a", "b"):
        pd.testing.assert_frame_equal(table(tmp_path / "many" / f"{name}.csv"), table(tmp_path / "one" / f"{name}.csv"))
        told = [without_moments(tmp_path / folder / f"{name}.json") for folder in ("many", "one")]
        assert told[0] == told[1]
    printed = capfd.readouterr().err
    assert "Dask dashboard: http://" in printed
    assert "3 recordings: 2 analysed, 1 failed." in printed
    with SessionStore(user_data_folder()) as store:
        assert [summary.state for summary in store.list()] == [SessionState.FINISHED] * 2
    assert analyze(talks, "--out", tmp_path / "many", *far, "--resume") == 1
    assert "2 done before" in capfd.readouterr().err


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing(
    workers: Any, talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert analyze(talks / "a.mp4", "--out", tmp_path / "one", "--no-store") == 0
    with distributed.Client(workers) as client:
        pids = client.run(os.getpid)
    killed: list[int] = []

    def kill_one(number: int, share: float) -> None:
        if not killed:
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(Progress, "show", lambda _, number, share: kill_one(number, share))
    far = ["--scheduler", workers.scheduler_address, "--part", "2"]
    assert analyze(talks / "a.mp4", "--out", tmp_path / "many", *far) == 0
    assert killed
    pd.testing.assert_frame_equal(table(tmp_path / "many" / "a.csv"), table(tmp_path / "one" / "a.csv"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes the user's folders from no environment variable")
def test_a_client_killed_in_the_middle_finds_its_parts_again(workers: Any, talks: Path, tmp_path: Path) -> None:
    assert analyze(talks / "a.mp4", "--out", tmp_path / "one", "--no-store") == 0
    far = [talks / "a.mp4", "--out", tmp_path / "many", "--scheduler", workers.scheduler_address, "--part", "2"]
    known = {key for key, *_ in workers.scheduler.transition_log}
    line, home = command(*far, *OPTIONS), environment(tmp_path / "home")
    process = subprocess.Popen(line, cwd=CHECKOUT, env=home, stderr=subprocess.DEVNULL)
    with distributed.Client(workers) as client:
        wait_for(client.list_datasets, "parts that the cluster keeps")
        process.send_signal(signal.SIGKILL)
        process.wait()
        (name,) = client.list_datasets()
        parts = [part.key for part in client.get_dataset(name)]
        told = subprocess.run([*line, "--resume"], cwd=CHECKOUT, env=home, capture_output=True, text=True, check=True)
        assert "resumed" in told.stderr
        assert not client.list_datasets()
    looked = {key for key, *_ in workers.scheduler.transition_log if key.startswith("find_part") and key not in known}
    assert looked == set(parts)
    pd.testing.assert_frame_equal(table(tmp_path / "many" / "a.csv"), table(tmp_path / "one" / "a.csv"))


@pytest.mark.slow
def test_recordings_behind_an_address_are_fetched(workers: Any, talks: Path, tmp_path: Path) -> None:
    """Of fsspec's plug-ins the one for files is everywhere; s3:// and the others come the same way."""
    assert analyze(f"file://{talks}/b*.mp4", "--out", tmp_path, "--scheduler", workers.scheduler_address) == 0
    told = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert len(table(tmp_path / "b.csv")) == 15
    assert "b.mp4" in json.dumps(told)


@pytest.mark.slow
def test_the_model_goes_with_the_worker(workers: Any, talks: Path, tmp_path: Path) -> None:
    assert analyze(talks / "b.mp4", "--out", tmp_path, "--scheduler", workers.scheduler_address) == 0
    with distributed.Client(workers) as client:
        kept = client.run(lambda dask_worker: (Path(dask_worker.local_directory) / MODELS).is_dir())
    # Dask removes these folders with their workers.
    assert any(kept.values())


@pytest.mark.slow
def test_a_recording_that_is_not_there_is_told_with_its_address(
    workers: Any, talks: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    address = f"file://{talks}/gone.mp4"
    assert analyze(address, "--out", tmp_path, "--scheduler", workers.scheduler_address) == 1
    told = capfd.readouterr().err
    assert f"There is no '{address}'." in told
    assert "1 recording: 1 failed." in told


def test_parts_cover_a_recording_whatever_its_header_says() -> None:
    assert Facts("", 0, 0.1).parts(10) == [(0, float("inf"))]
    assert Facts("", 250, 0.1).parts(10) == [(0, 100), (100, 200), (200, float("inf"))]
    assert Facts("", 50, 0.0).parts(10) == [(0, float("inf"))]


def test_the_parts_have_the_frames_of_the_whole(talks: Path) -> None:
    selection = Selection(max_rate=3, start_s=0.7)
    whole = [frame.moment for frame in selected_frames(VideoFileSource(talks / "b.mp4"), selection)]
    parts = [
        frame.moment
        for part in Facts("", 30, 0.1).parts(0.8)
        for frame in selected_frames(VideoFileSource(talks / "b.mp4"), selection, within=part)
    ]
    assert parts == whole


def test_a_model_arrives_whole_or_not_at_all(tmp_path: Path) -> None:
    bundle = bundle_of(shipped_model())
    path = bundle.unpack(tmp_path)
    assert path.read_bytes() == shipped_model().read_bytes()
    assert path.with_suffix(".json").is_file()
    with pytest.raises(ModelError, match="damaged on its way"):
        ModelBundle(bundle.name, {**bundle.files, bundle.name: b""}, bundle.sha256).unpack(tmp_path / "other")


def test_nobody_at_the_address_is_told_in_one_line(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_S", 0.5)
    assert analyze(talks / "b.mp4", "--out", tmp_path, "--scheduler", "tcp://127.0.0.1:9") == 1
    assert "No Dask scheduler answers" in capsys.readouterr().err


def test_addresses_need_a_scheduler(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        analyze("s3://bucket/a.mp4", "--out", tmp_path)
    assert ended.value.code == 2
    assert "--scheduler" in capsys.readouterr().err
