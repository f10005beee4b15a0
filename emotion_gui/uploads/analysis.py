"""An uploaded photo or video into its answer; runs in the process that is set apart for files nobody knows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.session import (
    InterviewSession,
    SessionFrame,
    SessionRecord,
    SessionState,
)
from emotion_gui.core.translation import _, plural, speaking
from emotion_gui.export.content.blocks import ChartKind
from emotion_gui.export.content.outcome import sentence
from emotion_gui.export.csv_report import write_results
from emotion_gui.export.html_charts import chart_uri, probabilities_uri
from emotion_gui.export.probability_bars import ProbabilityPanel
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.pipeline.rate_gate import RateGate
from emotion_gui.pipeline.shot import Shot
from emotion_gui.uploads.answers import Answer, Figure, UploadJob, VerdictWords
from emotion_gui.uploads.engine import engine, jpeg, session_info
from emotion_gui.uploads.limits import (
    MOST_VIDEO_S,
    MOST_WORK_S,
    RESULTS_PER_S,
    Kind,
    check_photo_size,
    check_video_size,
    kind_of_file,
)
from emotion_gui.vision.annotate import AnnotationStyle
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources.images import read_image
from emotion_gui.vision.sources.video_file import VideoFileSource

_MOST_PANELS = 6


def analyse_upload(job: UploadJob) -> Answer:
    """Look at a file.

    Raises:
        AppError: It is no photo or video, is damaged, or is too large; the message says what to do.
    """
    with speaking(job.language):
        if kind_of_file(job.path) is Kind.PHOTO:
            check_photo_size(job.path)
            return _photo(job)
        check_video_size(job.path)
        return _video(job)


@dataclass
class _Seen:
    """What was found so far.

    Attributes:
        session: Counts it.
        frames: The counted frames.
        best: The frame that is shown, with its result.
    """

    session: InterviewSession
    frames: list[SessionFrame] = field(default_factory=list)
    best: tuple[Frame, FrameResult] | None = None

    def add(self, frame: Frame, result: FrameResult) -> None:
        self.frames += [entry for entry in self.session.add(result) if isinstance(entry, SessionFrame)]
        if self.best is None or _clearness(result) > _clearness(self.best[1]):
            self.best = frame, result

    @property
    def record(self) -> SessionRecord:
        session = self.session
        return SessionRecord(
            session.info,
            session.info.started_at,
            SessionState.FINISHED,
            self.frames,
            (),
            session.statistics,
            session.timeline,
        )


def _clearness(result: FrameResult) -> float:
    return max((face.confidence for face in result.faces if face.counts), default=0.0)


def _photo(job: UploadJob) -> Answer:
    analyzer, classifier = engine(job.settings)
    frame = Frame(0, 0.0, 1.0, read_image(job.path))
    # A photo has no candidate: everybody in it is named alike.
    following = Following(replace(FollowingOptions.of(job.settings), smoothing_s=0.0, count_everyone=True))
    seen = _Seen(InterviewSession(session_info(job.settings, classifier, Kind.PHOTO.value)))
    seen.add(frame, following.follow(analyzer.analyze(frame)))
    faces = seen.frames[0].faces
    panels = [
        ProbabilityPanel(_face_title(number, len(faces)), face.probabilities)
        for number, face in enumerate(faces[:_MOST_PANELS], 1)
    ]
    figures = (_probabilities(_("Probabilities of this picture, from left to right"), panels),) if panels else ()
    notes = [_not_judged(faces)] if any(not face.counts for face in faces) else []
    if len(faces) > _MOST_PANELS:
        notes.append(_("The chart shows the first {count} faces; the CSV file has all.").format(count=_MOST_PANELS))
    return _answer(seen, figures, None, notes)


def _face_title(number: int, count: int) -> str:
    return _("Face {number}").format(number=number) if count > 1 else _("The face")


def _not_judged(faces: Sequence[FaceResult]) -> str:
    return plural(
        "{count} face is too small, dark, blurred or turned away to be judged well.",
        "{count} faces are too small, dark, blurred or turned away to be judged well.",
        sum(not face.counts for face in faces),
    )


def _video(job: UploadJob) -> Answer:
    analyzer, classifier = engine(job.settings)
    following = Following(FollowingOptions.of(job.settings))
    seen = _Seen(InterviewSession(session_info(job.settings, classifier, Kind.VIDEO.value)))
    with closing(VideoFileSource(job.path)) as source:
        for frame in _some_frames(source):
            seen.add(frame, following.follow(analyzer.analyze(frame)))
        whole = source.read() is None
    record = seen.record
    figures: tuple[Figure, ...] = ()
    if record.statistics.face_duration_s:
        mean = [ProbabilityPanel(_("Mean of the time that counts"), _mean(seen.frames))]
        figures = (_probabilities(_("Probabilities"), mean), _course(record))
    notes = [] if whole else [_only_part(seen.session.time_s)]
    judgement = record.judgement
    return _answer(seen, figures, VerdictWords(judgement.verdict, sentence(judgement.reason)), notes)


def _some_frames(source: VideoFileSource) -> Iterator[Frame]:
    """Frames to be analysed, until the end or a limit."""
    gate, began = RateGate(RESULTS_PER_S), time.monotonic()
    while (frame := source.read()) is not None:
        if gate.lets_pass(frame.time_s, frame.interval_s):
            yield frame
        if frame.time_s > MOST_VIDEO_S or time.monotonic() - began > MOST_WORK_S:
            return


def _only_part(seconds: float) -> str:
    return _("Only the first {seconds:.0f} seconds were analysed; 'emotion-gui analyze' takes the whole video.").format(
        seconds=seconds
    )


def _mean(frames: Sequence[SessionFrame]) -> tuple[float, ...]:
    rows = [(frame.duration_s, face.probabilities) for frame in frames for face in frame.faces if face.counts]
    weights = np.array([seconds for seconds, _probabilities in rows])
    mean = np.average([probabilities for _seconds, probabilities in rows], axis=0, weights=weights)
    return tuple(map(float, mean))


def _probabilities(caption: str, panels: Sequence[ProbabilityPanel]) -> Figure:
    words = "; ".join(panel.words for panel in panels)
    light, dark = (probabilities_uri(panels, dark=dark) for dark in (False, True))
    return Figure(caption, words, light, dark)


def _course(record: SessionRecord) -> Figure:
    shares = ((emotion, share) for emotion, share in record.statistics.shares().items() if share >= 0.005)
    words = ", ".join(f"{emotion.title} {100 * share:.0f} %" for emotion, share in shares)
    light, dark = (chart_uri(record, ChartKind.COURSE, dark=dark) for dark in (False, True))
    return Figure(_("Course of the video"), words, light, dark)


def _answer(seen: _Seen, figures: tuple[Figure, ...], verdict: VerdictWords | None, notes: Sequence[str]) -> Answer:
    frame, result = seen.best or _nothing()
    words = ", ".join(f"{face.label.title} {100 * face.confidence:.0f} %" for face in result.faces)
    title = plural("{count} face", "{count} faces", len(result.faces)) if result.faces else _("No face was found")
    if verdict and result.faces:
        title = _("The clearest moment: {faces}").format(faces=title)
    return Answer(
        title,
        jpeg(Shot(frame, result.faces, AnnotationStyle(show_candidate=verdict is not None), mirror=False)),
        words or _("No face was found"),
        figures,
        verdict,
        tuple(notes),
        _table(seen.record),
        seen.session.statistics,
    )


def _nothing() -> tuple[Frame, FrameResult]:
    return Frame(0, 0.0, 0.0, np.zeros((1, 1, 3), np.uint8)), FrameResult(0, 0.0, 0.0, ())


def _table(record: SessionRecord) -> bytes:
    with tempfile.TemporaryDirectory(prefix="emotion-gui-") as folder:
        path = Path(folder) / "results.csv"
        write_results(record, path)
        return path.read_bytes()
