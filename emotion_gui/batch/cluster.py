"""Many recordings over a Dask cluster: workers look, count and report; this process hands over what they give.

Frames do not depend on each other until persons are told apart, so a long recording is looked at in parts, wherever a
worker is free, and followed and counted in one go after that: the result is that of one pass. Where this process is
killed, the parts that it has asked for go on, and the run after it takes them.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from distributed import Client, Future, KilledWorker
from distributed import as_completed as far_completed

from emotion_gui.batch.counting import begin_session
from emotion_gui.batch.engine import ModelName, load_engine
from emotion_gui.batch.far import Facts, Product, find_part, look_up, make
from emotion_gui.batch.fingerprint import fingerprint
from emotion_gui.batch.kept_parts import KeptParts, Parts
from emotion_gui.batch.model_bundle import ModelBundle, bundle_of, same
from emotion_gui.batch.plan import BatchPlan, OnShare, Outcome, OutcomeState, Recording
from emotion_gui.batch.progress import Progress
from emotion_gui.batch.recording import carry_out
from emotion_gui.batch.workers import unexpected
from emotion_gui.core.errors import AppError
from emotion_gui.storage.session_store import SessionStore

_CONNECT_S = 15
_FILE = "sessions.sqlite3"
# Each recording on its way holds a thread here that waits; so many keep every worker busy.
_AHEAD, _MOST_AT_ONCE = 2, 256


def analyze_on_cluster(
    recordings: Sequence[Recording], plan: BatchPlan, scheduler: str, progress: Progress
) -> Iterator[tuple[int, Outcome]]:
    """Analyse all recordings on the workers of a scheduler; see `analyze_many`.

    A worker that dies costs the parts that it was at; others do them again.

    Args:
        recordings: What to analyse: files under the same path on every worker, or addresses that fsspec opens.
        plan: How.
        scheduler: Address of the scheduler, such as tcp://host:8786.
        progress: Shown how far each recording is, and told where the cluster can be watched.

    Raises:
        AppError: No scheduler answers there, or the model cannot be used.
    """
    model = load_engine(replace(plan, threads=1)).model
    with _connected(scheduler) as client:
        progress.tell(f"Dask dashboard: {client.dashboard_link}")
        bundle = bundle_of(plan.model)
        # A task and no scattered data: that would be lost with the workers that hold it.
        sent = client.submit(same, bundle, key=f"model-{bundle.sha256}", pure=True)
        cluster = _Cluster(client, plan, model, sent)
        cores = sum(client.ncores().values()) or 1
        with ThreadPoolExecutor(min(_MOST_AT_ONCE, _AHEAD * cores + 2)) as threads:
            waiting = {
                threads.submit(cluster.attempt, _found_anywhere(each), partial(progress.show, number)): number
                for number, each in enumerate(recordings)
            }
            try:
                for done in as_completed(waiting):
                    yield waiting[done], done.result()
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                client.close()
                raise


def _connected(scheduler: str) -> Client:
    try:
        return Client(scheduler, timeout=_CONNECT_S)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise AppError(
            f"No Dask scheduler answers at {scheduler}.",
            "Start one with 'dask scheduler', and workers with 'dask worker'.",
        ) from error


@dataclass(frozen=True)
class _FarWork:
    """One recording, what is known of it, and what the cluster keeps of its analysis."""

    recording: Recording
    facts: Facts
    kept: KeptParts


class _Cluster:
    """One recording after the other on the workers; used by several threads."""

    def __init__(self, client: Client, plan: BatchPlan, model: ModelName, bundle: Future[ModelBundle]) -> None:
        self._client = client
        self._plan = plan
        self._model = model
        self._bundle = bundle

    def attempt(self, recording: Recording, on_share: OnShare) -> Outcome:
        """Analyse a recording; whatever goes wrong is its outcome."""
        try:
            facts: Facts = self._client.submit(look_up, recording.source, pure=False).result()
            key = fingerprint(recording, facts.content, self._plan, self._model)
            work = _FarWork(recording, facts, KeptParts(self._client, key))
            return carry_out(recording, self._plan, key, lambda folder: self._fill(work, folder, on_share))
        except AppError as error:
            return Outcome(OutcomeState.FAILED, str(error))
        except KilledWorker:
            return Outcome(OutcomeState.FAILED, "Every worker that was at it died; their logs say more.")
        except Exception:  # noqa: BLE001 - the boundary of one recording: the others must not suffer
            return Outcome(OutcomeState.FAILED, str(unexpected()))

    def _fill(self, work: _FarWork, folder: Path, on_share: OnShare) -> Mapping[str, bytes]:
        parts = self._parts(work, folder)
        making = self._client.submit(make, work.recording, self._plan, self._model, list(parts), pure=False)
        try:
            for done, _part in enumerate(far_completed(parts), 1):  # type: ignore[no-untyped-call]
                on_share(done / (len(parts) + 1))
            product: Product = making.result()
        except (AppError, KilledWorker):
            # Going on with them would only fail again.
            work.kept.forget()
            raise
        _empty(folder)
        (folder / _FILE).write_bytes(zlib.decompress(product.session))
        work.kept.forget()
        return product.reports

    def _parts(self, work: _FarWork, folder: Path) -> Parts:
        """Those of a run that was cut off, where its note is still there, or new ones."""
        kept = work.kept.find() if folder.is_dir() else None
        if kept:
            return kept
        _empty(folder)
        with SessionStore(folder) as store:
            begin_session(work.recording, self._plan, self._model, store)
        parts = [
            self._client.submit(find_part, work.recording.source, self._plan, self._bundle, part, pure=False)
            for part in work.facts.parts(self._plan.part_s)
        ]
        work.kept.keep(parts)
        return parts


def _empty(folder: Path) -> None:
    """A folder for an analysis; what a run without the cluster began is of no use to one with it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _found_anywhere(recording: Recording) -> Recording:
    """With its whole path: the workers have folders of their own."""
    if "://" in recording.source.address:
        return recording
    return replace(recording, source=replace(recording.source, address=str(Path(recording.source.address).resolve())))
