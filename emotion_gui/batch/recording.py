"""One recording into its session and its reports; what was cut off goes on where it was."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from emotion_gui.batch.counting import Job, count_recording, find_in
from emotion_gui.batch.engine import Engine
from emotion_gui.batch.fingerprint import content_hash, fingerprint
from emotion_gui.batch.keeping import keep_session, kept_session
from emotion_gui.batch.plan import BatchPlan, Found, OnShare, Outcome, OutcomeState, Recording
from emotion_gui.batch.work import Work
from emotion_gui.core.atomic_file import atomic_path
from emotion_gui.core.candidate_watch import CHOSEN
from emotion_gui.core.candidate_wish import WishKind
from emotion_gui.core.errors import ExportError
from emotion_gui.core.session import SessionRecord
from emotion_gui.core.translation import language, set_language
from emotion_gui.export import export_session, write_error
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.sources import open_source

_one_language = threading.Lock()

# Leaves one finished session in a store in the folder; gives the reports that are ready, by their exporters' keys.
Fill = Callable[[Path], Mapping[str, bytes]]


def analyze_one(recording: Recording, plan: BatchPlan, engine: Engine, on_share: OnShare) -> Outcome:
    """Analyse a recording, write its reports and keep its session.

    Raises:
        AppError: The recording, the store or the folder cannot be used; no report is left half-written.
    """
    # Opened first: what cannot be opened says why in a sentence of its own.
    with closing(open_source(recording.source)) as source:
        key = fingerprint(recording, content_hash(recording.source), plan, engine.model)
        job = Job(recording, plan, engine.model, find_in(source, plan, engine, on_share))

        def fill(folder: Path) -> Mapping[str, bytes]:
            with SessionStore(folder) as store:
                count_recording(job, store)
            return {}

        return carry_out(recording, plan, key, fill)


def carry_out(recording: Recording, plan: BatchPlan, key: str, fill: Fill) -> Outcome:
    """Skip, resume or begin an analysis, and hand over what it gives.

    Args:
        recording: What is analysed.
        plan: How.
        key: Its fingerprint.
        fill: Analyses it.

    Raises:
        AppError: The recording, the store or the folder cannot be used; no report is left half-written.
    """
    begun = time.monotonic()
    work = Work(plan.work_folder, key)
    with work.held():
        done = _done_before(work, recording, plan) if plan.resume else None
        if done:
            return done
        if not plan.resume:
            work.clear()
        resumed = work.begun
        if not resumed:
            check_targets(recording, plan)
        ready = fill(work.folder)
        with SessionStore(work.folder) as store:
            (summary,) = store.list()
            record = store.load(summary.session_id)
            reports = write_reports(record, recording, plan, overwrite=plan.overwrite or resumed, ready=ready)
            if plan.store_folder:
                keep_session(record, plan.store_folder)
        work.finish(record.info.session_id if plan.store_folder else "")
    state = OutcomeState.RESUMED if resumed else OutcomeState.ANALYSED
    took_s = time.monotonic() - begun
    return Outcome(state, found_text(record), reports, record.statistics.duration_s, took_s, found_in(record))


def _done_before(work: Work, recording: Recording, plan: BatchPlan) -> Outcome | None:
    """What an earlier run left, with the reports that are missing written from its session; None where that is gone."""
    session_id = work.done_session
    if session_id is None:
        return None
    targets = recording.targets(plan.formats)
    missing = tuple(key for key, path in targets.items() if not path.exists())
    if plan.store_folder is None and not missing:
        return Outcome(OutcomeState.SKIPPED, "Nothing was left to do.", tuple(targets.values()))
    record = kept_session(session_id, plan.store_folder) if plan.store_folder and session_id else None
    if record is None:
        return None
    write_reports(record, recording, replace(plan, formats=missing), overwrite=False)
    written = f"; {len(missing)} reports were missing and are written" if missing else ""
    text = f"{found_text(record)}{written}"
    return Outcome(OutcomeState.SKIPPED, text, tuple(targets.values()), found=found_in(record))


def check_targets(recording: Recording, plan: BatchPlan) -> None:
    """Say now what would stop the reports after a long analysis.

    Raises:
        ExportError: A report is there already and may not be replaced, or the folder cannot be made.
    """
    try:
        recording.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"The folder '{recording.folder}' cannot be made.", "Choose another with --out.") from error
    present = [path.name for path in recording.targets(plan.formats).values() if path.exists()]
    if present and not plan.overwrite:
        raise ExportError(
            f"'{recording.folder}' already holds {', '.join(present)}.", "Add --overwrite to replace, or change --out."
        )


def write_reports(
    record: SessionRecord,
    recording: Recording,
    plan: BatchPlan,
    *,
    overwrite: bool,
    ready: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Path, ...]:
    """Write the reports in the language that the user chose in the window; the terminal speaks English.

    Args:
        record: The session.
        recording: Says where they go.
        plan: Says which.
        overwrite: Whether those that are there are replaced.
        ready: Reports that were made elsewhere, by their exporters' keys.

    Raises:
        ExportError: One of them cannot be written.
    """
    targets = recording.targets(plan.formats)
    for key in targets.keys() & ready.keys():
        write_ready(ready[key], targets[key])
    with _in_language(plan.settings.language):
        for key in targets.keys() - ready.keys():
            export_session(record, key, targets[key], overwrite=overwrite)
    return tuple(targets.values())


@contextmanager
def _in_language(chosen: str) -> Iterator[None]:
    # The language is one for all threads: of those that wait for a cluster's recordings one may change it at a time.
    with _one_language:
        spoken = language()
        set_language(chosen)
        try:
            yield
        finally:
            set_language(spoken)


def write_ready(report: bytes, path: Path) -> None:
    """Write a report that was made elsewhere, whole or not at all.

    Raises:
        ExportError: It cannot be written.
    """
    try:
        with atomic_path(path) as temporary:
            temporary.write_bytes(report)
    except OSError as error:
        raise write_error(error, path) from error


def found_in(record: SessionRecord) -> Found:
    """What was found, as values."""
    return Found(record.info, record.judgement, record.statistics.face_duration_s)


def found_text(record: SessionRecord) -> str:
    """What was found, in one line."""
    statistics, judgement = record.statistics, record.judgement
    shares = sorted(statistics.shares().items(), key=lambda item: -item[1])
    named = ", ".join(f"{emotion.value} {100 * share:.0f} %" for emotion, share in shares if share >= 0.005)
    counted = f"{statistics.frames} frames analysed, {statistics.face_duration_s:.1f} of {statistics.duration_s:.1f} s"
    text = f"{counted} with a face: {named or 'no face found'}. {judgement.verdict.title} ({judgement.reason})."
    wish = str(record.info.settings.get("candidate_wish", ""))
    missed = wish.startswith(WishKind.TRACK.value) and not any(event.kind == CHOSEN for event in record.events)
    return f"{text} Nobody was '{wish}'." if missed else text
