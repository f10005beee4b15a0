"""How fast `analyze` goes through an hour of video, and whether it stays as fast and as small to the end."""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from emotion_gui.batch.command import usual_threads
from emotion_gui.batch.counting import Job, count_recording, find_in
from emotion_gui.batch.engine import load_engine
from emotion_gui.batch.keeping import keep_session
from emotion_gui.batch.plan import BatchPlan, Recording
from emotion_gui.batch.recording import write_reports
from emotion_gui.bench.looped import LoopedSource, scaled_clip, size_of
from emotion_gui.bench.memory_bench import resident_mb
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import FILE, SourceSpec
from emotion_gui.pipeline.selection import Selection
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.classifiers import shipped_model
from emotion_gui.vision.sources.demo import DEMO_CLIP

_SECONDS, _QUICK_SECONDS = 3600.0, 60.0
_SIZE_WH = (640, 480)
_RATE = 10.0
# Libraries fill their caches and pools at first; a tenth of the recording at either end is compared.
_WARM_UP, _TENTH = 0.02, 0.1


@dataclass(frozen=True, slots=True)
class _Part:
    times: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class _Sample:
    share: float
    at_s: float
    cpu_s: float
    resident_mb: float

    @classmethod
    def now(cls, share: float) -> _Sample:
        return cls(share, time.monotonic(), time.process_time(), resident_mb())

    def until(self, later: _Sample, seconds: float) -> _Part:
        """How fast it went from here on in a recording of so many seconds."""
        video_s = (later.share - self.share) * seconds
        return _Part(video_s / (later.at_s - self.at_s), 1000 * (later.cpu_s - self.cpu_s) / video_s)


def measure(*, quick: bool, clip: Path | None = None) -> dict[str, float]:
    """Analyse a looped clip as `analyze --fps 10` does, with every report and the session kept.

    Args:
        quick: A minute in place of an hour.
        clip: The clip, at its own size; None for the demo clip at 640x480.

    Returns:
        A value for each figure of `BENCHMARKS["recordings"]`.

    Raises:
        SourceError: The clip cannot be read.
        SkippedError: This system does not tell a process's memory.
    """
    resident_mb()
    seconds = _QUICK_SECONDS if quick else _SECONDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        looped = clip or scaled_clip(assets_folder() / DEMO_CLIP, folder / DEMO_CLIP, _SIZE_WH)
        return _analyze(looped, seconds, folder)


def run_loop(clip: Path, *, quick: bool, as_json: bool) -> int:
    """Measure on a clip of the user's and print what was found."""
    from emotion_gui.bench.report import Findings, table

    findings = Findings(figures={"recordings": measure(quick=quick, clip=clip)})
    print(json.dumps(findings.to_dict(), indent=2) if as_json else table(findings))
    return 0


def _analyze(clip: Path, seconds: float, folder: Path) -> dict[str, float]:
    plan = BatchPlan(
        Settings(),
        shipped_model(),
        folder / "work",
        folder / "store",
        Selection(max_rate=_RATE),
        threads=usual_threads(1),
    )
    recording = Recording(SourceSpec(FILE, str(clip)), folder / "reports", "looped")
    engine = load_engine(plan)
    samples: list[_Sample] = []

    def sample(share: float) -> None:
        if not samples or share - samples[-1].share >= _WARM_UP / 2:
            samples.append(_Sample.now(share))

    begin = _Sample.now(0.0)
    with closing(LoopedSource(clip, seconds)) as source, SessionStore(folder / "work") as store:
        record = count_recording(Job(recording, plan, engine.model, find_in(source, plan, engine, sample)), store)
        end = _Sample.now(1.0)
        write_reports(record, recording, plan, overwrite=False)
        keep_session(record, folder / "store")
    width, height = size_of(clip)
    return {
        "width_px": float(width),
        "height_px": float(height),
        "video_s": seconds,
        "results": float(record.statistics.frames),
        "times": seconds / (end.at_s - begin.at_s),
        "reports_s": time.monotonic() - end.at_s,
        "cpu_ms": 1000 * (end.cpu_s - begin.cpu_s) / seconds,
        **_course([*samples, end], seconds),
    }


def _course(samples: list[_Sample], seconds: float) -> dict[str, float]:
    """The first tenth after the start against the last."""
    start = next(each for each in samples if each.share >= _WARM_UP)
    first_end = next(each for each in samples if each.share >= _WARM_UP + _TENTH)
    last_start = next(each for each in samples if each.share >= 1 - _TENTH)
    first, last = start.until(first_end, seconds), last_start.until(samples[-1], seconds)
    return {
        "first_times": first.times,
        "last_times": last.times,
        "flat": first.cpu_ms / last.cpu_ms,
        "start_mb": start.resident_mb,
        "end_mb": samples[-1].resident_mb,
    }
