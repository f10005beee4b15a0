"""One recording into a finished session, in a store that outlives a kill."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice

from emotion_gui import __version__
from emotion_gui.batch.engine import Engine, ModelName
from emotion_gui.batch.keeping import in_groups
from emotion_gui.batch.plan import BatchPlan, OnShare, Recording
from emotion_gui.core.candidate_wish import LARGEST
from emotion_gui.core.errors import SourceError
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.session import InterviewSession, Provenance, SessionInfo, SessionRecord, SessionState
from emotion_gui.pipeline.batch import KnownFrame, analyze_recording
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.vision.frame import Moment
from emotion_gui.vision.sources import VideoSource

# So much is lost at most when the process is killed: about a second's work. A transaction for each frame would cost
# more than the analysis.
_ENTRIES_AT_ONCE = 100


# Takes what is known of the first frames and gives the results of all, in order and not followed yet.
Find = Callable[[Iterator[KnownFrame]], Iterator[FrameResult]]


@dataclass(frozen=True)
class Job:
    """One recording, how it is analysed and by what.

    Attributes:
        recording: What is analysed.
        plan: How.
        model: By which model.
        find: Looks at its pictures.
    """

    recording: Recording
    plan: BatchPlan
    model: ModelName
    find: Find


def find_in(source: VideoSource, plan: BatchPlan, engine: Engine, on_share: OnShare) -> Find:
    """Looks at the pictures of an open recording; `on_share` is told the share that is done, with every picture."""
    on_moment = _share_teller(source, plan, on_share)

    def find(known: Iterator[KnownFrame]) -> Iterator[FrameResult]:
        return analyze_recording(source, engine.analyzer, selection=plan.selection, on_moment=on_moment, known=known)

    return find


def count_recording(job: Job, store: SessionStore) -> SessionRecord:
    """Analyse a recording into a store of its own, so that hours of results need no memory.

    What a run that was cut off has left in the store is gone on with, and the result is the same as in one go.

    Raises:
        SourceError: The recording cannot be read any further, or has nothing in the part that was asked for.
        StorageError: The store cannot be read or written.
    """
    begun = next(iter(store.list()), None)
    info = begin_session(job.recording, job.plan, job.model, store) if begun is None else begun.info
    if begun is None or begun.state is not SessionState.FINISHED:
        _count(job, store, store.load(info.session_id))
    return store.load(info.session_id)


def begin_session(recording: Recording, plan: BatchPlan, model: ModelName, store: SessionStore) -> SessionInfo:
    """Note in an empty store whose analysis it is, before there is a result.

    Raises:
        StorageError: The store cannot be written.
    """
    info = _info(recording, plan, model)
    store.create(info)
    return info


def _count(job: Job, store: SessionStore, before: SessionRecord) -> None:
    """Analyse to the end; what was stored before is followed and counted again, and looked for no more."""
    info, plan = before.info, job.plan
    stored = before.statistics.frames + len(before.events) + len(before.brief_changes)
    session = InterviewSession(info)
    following = Following(FollowingOptions.of(plan.settings, plan.wish))
    results = map(following.follow, job.find(_known(before)))
    # The same results bring about the same entries in the same order, so the first ones are those that are stored.
    fresh = islice(chain.from_iterable(map(session.add, results)), stored, None)
    for entries in in_groups(fresh, _ENTRIES_AT_ONCE):
        store.append(info.session_id, entries)
    if not session.begun:
        raise SourceError(
            f"'{info.provenance.source}' has no picture in the part that was asked for.", "Change --start or --end."
        )
    store.finish(info.session_id, info.started_at + timedelta(seconds=session.time_s))


def _known(record: SessionRecord) -> Iterator[KnownFrame]:
    for frame in record.frames:
        yield frame.frame, tuple(map(_as_found, frame.faces))


def _as_found(face: FaceResult) -> FaceResult:
    """A face as the model saw it, before it was followed."""
    return FaceResult(face.face, face.box, face.detector_score, face.raw or face.probabilities, quality=face.quality)


def _share_teller(source: VideoSource, plan: BatchPlan, on_share: OnShare) -> Callable[[Moment], None]:
    def tell(moment: Moment) -> None:
        whole_s = min(source.frame_count * moment.interval_s, plan.selection.end_s)
        on_share(min(1.0, moment.time_s / whole_s) if whole_s else 0.0)

    return tell


def _info(recording: Recording, plan: BatchPlan, model: ModelName) -> SessionInfo:
    provenance = Provenance(
        __version__,
        model.name,
        model.sha256,
        plan.settings.detector,
        recording.source.recorded_title,
    )
    # Of the candidate and the camera in the window nothing belongs into the record of a recording.
    settings = plan.settings.to_record() | _chosen(plan)
    name = recording.name or plan.name
    return SessionInfo(name, "", plan.settings.rule, provenance, settings, plan.purpose, plan.consent)


def _chosen(plan: BatchPlan) -> dict[str, object]:
    """What the command chose of the recording, for the record; nothing where it is all of it."""
    selection = plan.selection
    chosen = {
        "analysed_every": selection.every if selection.every != 1 else None,
        "analysed_rate": selection.max_rate,
        "analysed_from_s": selection.start_s or None,
        "analysed_to_s": selection.end_s if selection.end_s < math.inf else None,
        "candidate_wish": str(plan.wish) if plan.wish != LARGEST else None,
    }
    return {key: value for key, value in chosen.items() if value is not None}
