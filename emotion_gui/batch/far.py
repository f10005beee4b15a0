"""What a worker of a cluster does; nothing of it stays on the worker."""

from __future__ import annotations

import math
import multiprocessing
import shutil
import tempfile
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import fsspec
from distributed import get_worker

from emotion_gui.batch.counting import Job, count_recording
from emotion_gui.batch.engine import Engine, ModelName, load_engine
from emotion_gui.batch.fingerprint import content_hash
from emotion_gui.batch.model_bundle import ModelBundle
from emotion_gui.batch.plan import BatchPlan, Recording
from emotion_gui.batch.recording import write_reports
from emotion_gui.core.errors import ModelError, SourceError
from emotion_gui.core.results import FrameResult
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.pipeline.batch import selected_frames
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.sources import open_source

MODELS = "emotion-gui-models"
_STORE = "sessions.sqlite3"
_engines = threading.local()

# Number of the first frame, and of the one after the last.
Part = tuple[float, float]


@dataclass(frozen=True)
class Facts:
    """What must be known of a recording before it is divided.

    Attributes:
        content: Hash of its content.
        frames: How many it has as its header says; 0 where it does not.
        interval_s: Nominal seconds between two of them.
    """

    content: str
    frames: int
    interval_s: float

    def parts(self, part_s: float) -> list[Part]:
        """First frame and the one after the last of each part; the last part is open, whatever the header says."""
        length = max(1, round(part_s / self.interval_s)) if self.interval_s else 0
        begins = list(range(0, max(1, self.frames), length or max(1, self.frames)))
        return list(zip(map(float, begins), [*map(float, begins[1:]), math.inf], strict=True))


@dataclass(frozen=True)
class Product:
    """What is left of a recording.

    Attributes:
        session: The store with its session, compressed.
        reports: Each report by its exporter's key.
    """

    session: bytes
    reports: dict[str, bytes]


def look_up(source: SourceSpec) -> Facts:
    """Open a recording and read all of it for its hash.

    Raises:
        SourceError: It cannot be read here.
    """
    with _here(source) as local, closing(open_source(local)) as opened:
        first = opened.read()
        return Facts(content_hash(local), opened.frame_count, first.interval_s if first else 0.0)


def find_part(source: SourceSpec, plan: BatchPlan, bundle: ModelBundle, within: Part) -> list[FrameResult]:
    """The results of the selected frames from one number to before another.

    All frames before them are stepped over from the first one on, so that the same ones are selected as in one pass.

    Raises:
        AppError: The recording or the model cannot be used here.
    """
    engine = _engine(plan, bundle)
    with _here(source) as local, closing(open_source(local)) as opened:
        part = selected_frames(opened, plan.selection, within=within)
        return list(engine.analyzer.in_order(part))


def make(recording: Recording, plan: BatchPlan, model: ModelName, parts: Sequence[list[FrameResult]]) -> Product:
    """Follow and count the results of all parts in one go, and write the reports.

    Raises:
        AppError: Nothing was selected, or a report cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="emotion-gui-") as name:
        folder = Path(name)
        job = Job(recording, plan, model, lambda _: chain.from_iterable(parts))
        with SessionStore(folder / "store") as store:
            record = count_recording(job, store)
            here = replace(recording, folder=folder / "reports", stem="report")
            write_reports(record, here, plan, overwrite=False)
        reports = {key: path.read_bytes() for key, path in here.targets(plan.formats).items()}
        return Product(zlib.compress((folder / "store" / _STORE).read_bytes()), reports)


def _engine(plan: BatchPlan, bundle: ModelBundle) -> Engine:
    """This thread's own, kept for the next part."""
    key = bundle.sha256, plan.settings.detector, plan.settings.min_face_px
    if getattr(_engines, "key", None) != key:
        try:
            _engines.engine = load_engine(replace(plan, model=bundle.unpack(_models()), threads=1))
        except AssertionError as error:
            if not multiprocessing.current_process().daemon:
                raise
            raise ModelError(
                "An unknown model cannot be tried out by a worker that may start no process.",
                "Start the workers with DASK_DISTRIBUTED__WORKER__DAEMON=False.",
            ) from error
        _engines.key = key
    engine: Engine = _engines.engine
    return engine


def _models() -> Path:
    """A folder that Dask removes with the worker, or with the next one on this machine where a worker was killed."""
    folder = Path(get_worker().local_directory) / MODELS
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _here(source: SourceSpec) -> Iterator[SourceSpec]:
    """The recording as a file of this machine; one behind an address is fetched, and removed afterwards."""
    if "://" not in source.address:
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="emotion-gui-") as folder:
        path = Path(folder) / Path(source.title).name
        try:
            with fsspec.open(source.address, "rb") as far, path.open("wb") as near:
                shutil.copyfileobj(far, near)
        except FileNotFoundError as error:
            raise SourceError(f"There is no '{source.address}'.", "Check its address.") from error
        except (OSError, ValueError, ImportError) as error:
            raise SourceError(
                f"'{source.title}' cannot be fetched: {error}.", "Check its address and who may read it."
            ) from error
        yield replace(source, address=str(path))
