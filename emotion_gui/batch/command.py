"""Recordings into their reports without a window: the same engine, session and exporters, at the machine's speed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from emotion_gui.batch.closing import closing_table
from emotion_gui.batch.engine import load_engine
from emotion_gui.batch.plan import BatchPlan, Outcome, OutcomeState, Recording
from emotion_gui.batch.progress import Progress
from emotion_gui.batch.recording import analyze_one
from emotion_gui.batch.work import forget_old_work
from emotion_gui.batch.workers import analyze_many
from emotion_gui.core.candidate_names import is_code, new_code
from emotion_gui.core.errors import AppError, ExportError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.paths import settings_file
from emotion_gui.core.rule_presets import apply_preset
from emotion_gui.core.settings import Settings
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.settings_file import load_settings

_MOST_THREADS = 4


def batch_settings(preset: str | None, detector: str | None, *, everyone: bool | None, quiet: bool) -> Settings:
    """The settings of the window with what the command changes.

    Args:
        preset: Name of the rule to judge by; None for the thresholds in the settings.
        detector: Key of the face detector; None for the one in the settings.
        everyone: Whether all faces count; None as in the settings.
        quiet: Do not tell what was wrong with the settings file.
    """
    settings, notice = load_settings(settings_file())
    if notice and not quiet:
        print(f"emotion-gui: {notice}", file=sys.stderr)
    if preset:
        settings = apply_preset(settings, preset)
    counted = settings.count_everyone if everyone is None else everyone
    return replace(settings, detector=detector or settings.detector, count_everyone=counted)


def usual_jobs(recordings: int) -> int:
    """One process for each core, but no more than there are recordings."""
    return max(1, min(recordings, os.cpu_count() or 1))


def usual_threads(jobs: int) -> int:
    """The cores that so many processes leave to each of them; Python itself would be in the way of more than a few."""
    return max(1, min(_MOST_THREADS, (os.cpu_count() or 1) // jobs))


@dataclass(frozen=True)
class Hands:
    """Who does it.

    Attributes:
        jobs: How many recordings are analysed at once on this machine; None for `usual_jobs`.
        scheduler: Address of a Dask scheduler whose workers do it instead; empty for this machine.
    """

    jobs: int | None = None
    scheduler: str = ""


def analyze(
    recordings: Sequence[Recording], plan: BatchPlan, hands: Hands | None = None, *, quiet: bool = False
) -> int:
    """Analyse recordings, write their reports and print the reports' paths.

    Args:
        recordings: What to analyse.
        plan: How.
        hands: By whom; this machine without it.
        quiet: Print nothing but the paths.

    Returns:
        The exit code: 0 where all are done, 1 where some failed.

    Raises:
        AppError: The model, the store or the folder cannot be used, or the only recording cannot; no report is left
            half-written.
    """
    for folder in {recording.folder for recording in recordings}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"The folder '{folder}' cannot be made.", "Choose another with --out.") from error
    forget_old_work(plan.work_folder)
    chosen = hands or Hands()
    if plan.store_folder is None:
        return _analyze(recordings, plan, chosen, quiet=quiet)
    # Open all the while: a store that cannot be used is told before hours of work, and the workers need not check it.
    with SessionStore(plan.store_folder) as store:
        if store.notice and not quiet:
            print(f"emotion-gui: {store.notice}", file=sys.stderr)
        return _analyze(recordings, _coded(plan, store, quiet=quiet), chosen, quiet=quiet)


def _coded(plan: BatchPlan, store: SessionStore, *, quiet: bool) -> BatchPlan:
    """The plan with a code for the name, where the settings want no names kept."""
    if not plan.settings.use_codes or not plan.name or is_code(plan.name):
        return plan
    code = new_code({summary.info.candidate for summary in store.list()})
    if not quiet:
        print(f"The settings keep codes for names: '{plan.name}' is {code}.", file=sys.stderr)
    return replace(plan, name=code)


def _analyze(recordings: Sequence[Recording], plan: BatchPlan, hands: Hands, *, quiet: bool) -> int:
    try:
        with Progress(recordings, quiet=quiet) as progress:
            if len(recordings) == 1 and not hands.scheduler:
                closing, failed = _only(recordings[0], plan, progress), False
            else:
                outcomes = _all(recordings, plan, hands, progress)
                closing = closing_table(recordings, outcomes)
                failed = any(outcome.state is OutcomeState.FAILED for outcome in outcomes)
    except KeyboardInterrupt:
        if not quiet:
            print("What was done so far is kept for a run with --resume.", file=sys.stderr)
        raise
    if not quiet:
        print(closing, file=sys.stderr)
    return 1 if failed else 0


def _only(recording: Recording, plan: BatchPlan, progress: Progress) -> str:
    """Analyse one recording in this process; gives what is said about it."""
    threaded = replace(plan, threads=usual_threads(1))
    engine = load_engine(threaded)
    outcome = analyze_one(recording, threaded, engine, lambda share: progress.show(0, share))
    progress.end(0, outcome)
    return f"{outcome.text}\n{CAVEAT}"


def _all(recordings: Sequence[Recording], plan: BatchPlan, hands: Hands, progress: Progress) -> list[Outcome]:
    ended: dict[int, Outcome] = {}
    for number, outcome in _outcomes(recordings, plan, hands, progress):
        ended[number] = outcome
        progress.end(number, outcome)
    return [ended[number] for number in range(len(recordings))]


def _outcomes(
    recordings: Sequence[Recording], plan: BatchPlan, hands: Hands, progress: Progress
) -> Iterator[tuple[int, Outcome]]:
    if hands.scheduler:
        try:
            from emotion_gui.batch.cluster import analyze_on_cluster
        except ImportError as error:
            raise AppError("Dask is not installed.", "Install it with the extra [cluster].") from error
        return analyze_on_cluster(recordings, plan, hands.scheduler, progress)
    at_once = min(hands.jobs or usual_jobs(len(recordings)), len(recordings))
    return analyze_many(recordings, replace(plan, threads=usual_threads(at_once)), at_once, progress.show)
