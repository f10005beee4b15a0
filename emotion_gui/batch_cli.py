"""A recording into its reports without a window: the same engine, session and exporters, at the machine's speed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from textwrap import fill

from tqdm import tqdm

from emotion_gui import __version__
from emotion_gui.core import source_spec
from emotion_gui.core.consent import AskedOf, Consent, Purpose
from emotion_gui.core.consent_texts import recruitment_notice
from emotion_gui.core.errors import AppError, ExportError
from emotion_gui.core.nervousness import CAVEAT
from emotion_gui.core.paths import settings_file
from emotion_gui.core.quiet_output import quiet as quiet_output
from emotion_gui.core.rule_presets import apply_preset
from emotion_gui.core.session import InterviewSession, Provenance, SessionEntry, SessionInfo, SessionRecord
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import _, language, set_language
from emotion_gui.export import EXPORTERS, export_session
from emotion_gui.pipeline.analyzer import FrameAnalyzer
from emotion_gui.pipeline.batch import analyze_recording
from emotion_gui.pipeline.following import Following, FollowingOptions
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.storage.settings_file import load_settings
from emotion_gui.vision.classifiers import EmotionClassifier, load_classifier, shipped_model
from emotion_gui.vision.face_detectors import create_detector
from emotion_gui.vision.frame import Frame
from emotion_gui.vision.sources import VideoSource, open_source
from emotion_gui.vision.sources.images import IMAGE_SUFFIXES

# Frames go to the temporary store in groups: a transaction for each would cost more than the analysis.
_ENTRIES_AT_ONCE = 500
_TERMINAL = 100


@dataclass(frozen=True)
class BatchRequest:
    """What to analyse and where to put the reports.

    Attributes:
        source: A recording: it must end by itself.
        folder: Where the reports go; made when it is missing.
        stem: What their names begin with.
        max_rate: Results for one second of the recording at most; None for every frame.
        detector: Key of the face detector; None for the one in the settings.
        model: Model file; None for the one that comes with the program.
        preset: Name of the rule to judge by; None for the thresholds in the settings.
        candidate: Name or code that stands in the reports.
        purpose: What the analysis is for.
        consent: What the people in it agreed to, see `script_agreement`; None where it watches nobody.
        formats: Which reports are written, keys of `EXPORTERS`.
        overwrite: Whether reports that are already there are replaced.
    """

    source: SourceSpec
    folder: Path
    stem: str
    max_rate: float | None = None
    detector: str | None = None
    model: Path | None = None
    preset: str | None = None
    candidate: str = ""
    purpose: Purpose = Purpose.PRACTICE
    consent: Consent | None = None
    formats: tuple[str, ...] = tuple(EXPORTERS)
    overwrite: bool = False

    @property
    def targets(self) -> dict[str, Path]:
        """Path of every report by its exporter's key."""
        return {
            key: self.folder / f"{self.stem}{exporter.suffix}"
            for key, exporter in EXPORTERS.items()
            if key in self.formats
        }


def recording_at(path: Path) -> SourceSpec:
    """The source that plays a file or a folder of images."""
    images = path.is_dir() or path.suffix.lower() in IMAGE_SUFFIXES
    return SourceSpec(source_spec.IMAGES if images else source_spec.FILE, str(path))


def script_agreement(purpose: Purpose, *, consent_given: bool, notice_read: bool) -> Consent:
    """What a script's options say about consent; the record tells it as it is, also that nobody was asked.

    Prints the notice on recruitment where that is the purpose.

    Args:
        purpose: What the analysis is for.
        consent_given: Whether the user confirms that the people in the recording agreed.
        notice_read: Whether the user confirms having read the notice on recruitment.

    Raises:
        AppError: The purpose is recruitment, and one of the two confirmations is missing.
    """
    asked_of, version = (AskedOf.USER, "option --consent-given") if consent_given else (AskedOf.NOBODY, "")
    consent = Consent(datetime.now(UTC).replace(microsecond=0), version, language(), asked_of=asked_of)
    if purpose is not Purpose.RECRUITMENT:
        return consent
    notice = recruitment_notice()
    print(*(fill(line, _TERMINAL) for line in notice.plain.splitlines()), sep="\n", file=sys.stderr)
    if not (consent_given and notice_read):
        raise AppError(
            _("Recruitment needs the agreement of everyone in the recording, and that the notice above was read."),
            _("If both is so, add --consent-given and --recruitment-notice-read."),
        )
    return replace(consent, notice_version=notice.version)


def analyze(request: BatchRequest, *, quiet: bool = False) -> list[Path]:
    """Analyse a recording, write its reports and print their paths.

    Args:
        request: What to do.
        quiet: Print nothing but the paths.

    Returns:
        The reports' paths.

    Raises:
        AppError: The recording, the model or the folder cannot be used; no report is left half-written.
    """
    _check_folder(request)
    settings = _settings(request, quiet=quiet)
    # The store of the window is the user's; this recording passes through one of its own, so that hours of results need
    # no memory.
    with tempfile.TemporaryDirectory(prefix="emotion-gui-") as scratch, SessionStore(Path(scratch)) as store:
        session = _count(request, settings, store, quiet=quiet)
        record = store.load(session.info.session_id)
        paths = _reports(record, request, settings.language)
    if not quiet:
        print(_summary(session), file=sys.stderr)
    print(*paths, sep="\n")
    return paths


def _check_folder(request: BatchRequest) -> None:
    """Say now what would stop the reports after a long analysis."""
    try:
        request.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"The folder '{request.folder}' cannot be made.", "Choose another with --out.") from error
    present = [path.name for path in request.targets.values() if path.exists()]
    if present and not request.overwrite:
        raise ExportError(
            f"'{request.folder}' already holds {', '.join(present)}.", "Add --overwrite to replace, or change --out."
        )


def _reports(record: SessionRecord, request: BatchRequest, reports_language: str) -> list[Path]:
    """Write the reports in the language that the user chose in the window; the terminal speaks English."""
    spoken = language()
    set_language(reports_language)
    try:
        return [export_session(record, key, path, overwrite=request.overwrite) for key, path in request.targets.items()]
    finally:
        set_language(spoken)


def _settings(request: BatchRequest, *, quiet: bool) -> Settings:
    settings, notice = load_settings(settings_file())
    if notice and not quiet:
        print(f"emotion-gui: {notice}", file=sys.stderr)
    if request.preset:
        settings = apply_preset(settings, request.preset)
    return replace(settings, detector=request.detector or settings.detector)


def _count(request: BatchRequest, settings: Settings, store: SessionStore, *, quiet: bool) -> InterviewSession:
    """Analyse the whole recording into `store`."""
    with closing(open_source(request.source)) as source:
        # LiteRT announces itself on stderr, which is for what the user needs to know.
        with quiet_output():
            classifier = load_classifier(request.model or shipped_model())
            analyzer = FrameAnalyzer(create_detector(settings.detector), classifier, settings.min_face_px)
        session = InterviewSession(_info(request, settings, classifier))
        store.create(session.info)
        with _progress(source, quiet=quiet) as bar:

            def count_read(_: Frame) -> None:
                bar.update()

            following = Following(FollowingOptions.of(settings))
            results = analyze_recording(
                source, analyzer, following=following, max_rate=request.max_rate, on_frame=count_read
            )
            for entries in _groups(chain.from_iterable(map(session.add, results))):
                store.append(session.info.session_id, entries)
    store.finish(session.info.session_id, session.info.started_at + timedelta(seconds=session.time_s))
    return session


def _info(request: BatchRequest, settings: Settings, classifier: EmotionClassifier) -> SessionInfo:
    provenance = Provenance(
        __version__, classifier.card.name, classifier.sha256, settings.detector, request.source.recorded_title
    )
    return SessionInfo(
        request.candidate, "", settings.rule, provenance, settings.to_record(), request.purpose, request.consent
    )


def _groups(entries: Iterator[SessionEntry]) -> Iterator[list[SessionEntry]]:
    while group := list(islice(entries, _ENTRIES_AT_ONCE)):
        yield group


def _progress(source: VideoSource, *, quiet: bool) -> tqdm[None]:
    hidden = quiet or not sys.stderr.isatty()
    return tqdm(total=source.frame_count or None, unit=" frames", leave=False, disable=hidden, file=sys.stderr)


def _summary(session: InterviewSession) -> str:
    """The outcome in two lines, with the caveat that goes with every verdict."""
    statistics, judgement = session.statistics, session.judgement
    shares = sorted(statistics.shares().items(), key=lambda item: -item[1])
    named = (
        ", ".join(f"{emotion.value} {100 * share:.0f} %" for emotion, share in shares if share >= 0.005)
        or "no face found"
    )
    counted = f"{statistics.frames} frames analysed, {statistics.face_duration_s:.1f} of {statistics.duration_s:.1f} s"
    return f"{counted} with a face: {named}.\n{judgement.verdict.title} ({judgement.reason}). {CAVEAT}"
