"""What a second worker of a cluster brings, on this machine: twice the recordings for two workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from emotion_gui.batch.plan import BatchPlan, OutcomeState, Recording
from emotion_gui.batch.progress import Progress
from emotion_gui.bench.looped import scaled_clip
from emotion_gui.bench.table import SkippedError
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import FILE, SourceSpec
from emotion_gui.pipeline.selection import Selection
from emotion_gui.vision.classifiers import shipped_model
from emotion_gui.vision.sources.demo import DEMO_CLIP

_CLIP_S = 20.0
_CLIPS_EACH, _QUICK_CLIPS_EACH = 12, 2
_SIZE_WH = (640, 480)
_RATE = 10.0
_HERE = "127.0.0.1"
_START_S, _END_S = 60.0, 20.0


def measure(*, quick: bool) -> dict[str, float]:
    """Analyse the demo clip at 640x480, many times for each worker, by one worker of one core and then by two.

    The scheduler is in this process, the workers are processes of this machine as `dask worker` starts them; their
    models are loaded before the time begins.

    Returns:
        `each_s`, the seconds of video for each worker; `one_times` and `two_times`, how many seconds of video were
        analysed in a second; `gain`, the second over the first.

    Raises:
        SkippedError: Dask is not installed, or a recording was not analysed.
    """
    clips_each = _QUICK_CLIPS_EACH if quick else _CLIPS_EACH
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = scaled_clip(assets_folder() / DEMO_CLIP, folder / DEMO_CLIP, _SIZE_WH)
        seconds = [_seconds(clip, folder / str(workers), workers, clips_each) for workers in (1, 2)]
    each_s = clips_each * _CLIP_S
    one, two = each_s / seconds[0], 2 * each_s / seconds[1]
    return {"each_s": each_s, "one_times": one, "two_times": two, "gain": two / one}


def _seconds(clip: Path, folder: Path, workers: int, clips_each: int) -> float:
    """How long so many workers need for so many recordings each."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise SkippedError("Dask is not installed; it comes with the extra [cluster].") from error
    folder.mkdir()
    with ExitStack() as stack:
        alone = LocalCluster(n_workers=0, host=_HERE, dashboard_address=":0")  # type: ignore[no-untyped-call]
        address = stack.enter_context(alone).scheduler_address
        for number in range(workers):
            stack.enter_context(_worker(address, folder, number))
        client = stack.enter_context(Client(address))  # type: ignore[no-untyped-call]
        client.wait_for_workers(workers, timeout=_START_S)
        # Each worker is given some before the time begins, and loads its model with the first.
        _analyze(_copies(clip, folder / "first", 2 * workers), folder, address)
        recordings = _copies(clip, folder / "clips", clips_each * workers)
        began = time.monotonic()
        _analyze(recordings, folder, address)
        return time.monotonic() - began


@contextmanager
def _worker(scheduler: str, folder: Path, number: int) -> Iterator[None]:
    """A worker of one thread, on a core of its own where the system can bind it: decoders use all that they see."""
    command = [sys.executable, "-m", "dask", "worker", scheduler, "--nthreads", "1", "--no-dashboard", "--no-nanny"]
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    with (folder / f"worker-{number}.log").open("wb") as log:
        if cores:
            # A process is born onto the cores of the thread that starts it.
            os.sched_setaffinity(0, {cores[number % len(cores)]})
        try:
            process = subprocess.Popen([*command, "--local-directory", str(folder)], stdout=log, stderr=log)
        finally:
            if cores:
                os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        process.terminate()
        process.wait(_END_S)


def _copies(clip: Path, folder: Path, count: int) -> list[Recording]:
    folder.mkdir()
    copies = [folder / f"{number}{clip.suffix}" for number in range(count)]
    for copy in copies:
        shutil.copy(clip, copy)
    return [Recording(SourceSpec(FILE, str(copy)), folder / "reports", copy.stem) for copy in copies]


def _analyze(recordings: list[Recording], folder: Path, scheduler: str) -> None:
    from emotion_gui.batch.cluster import analyze_on_cluster

    plan = BatchPlan(
        Settings(), shipped_model(), folder / "work", selection=Selection(max_rate=_RATE), formats=("csv",)
    )
    recordings[0].folder.mkdir()
    with Progress(recordings, quiet=True) as progress:
        for _number, outcome in analyze_on_cluster(recordings, plan, scheduler, progress):
            if outcome.state is not OutcomeState.ANALYSED:
                raise SkippedError(outcome.text)
