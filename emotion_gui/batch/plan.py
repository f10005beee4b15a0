"""What is to be done with each recording, as plain values that travel to other processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from emotion_gui.core.candidate_wish import LARGEST, CandidateWish
from emotion_gui.core.consent import Consent, Purpose
from emotion_gui.core.nervousness import Judgement
from emotion_gui.core.session import SessionInfo
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.core.translation import DEFAULT_LANGUAGE
from emotion_gui.export import EXPORTERS
from emotion_gui.pipeline.selection import Selection

# Told the share of a recording that is done, 0 to 1.
OnShare = Callable[[float], None]


@dataclass(frozen=True)
class Recording:
    """One recording and where its reports go.

    Attributes:
        source: It must end by itself.
        folder: Folder of the reports; made when it is missing.
        stem: What their names begin with.
        bytes: Its size, by which the time left is told; 0 where it is not known.
        name: Name or code that stands in its reports; empty for the plan's.
    """

    source: SourceSpec
    folder: Path
    stem: str
    bytes: int = 0
    name: str = ""

    def targets(self, formats: tuple[str, ...]) -> dict[str, Path]:
        """Path of every report by its exporter's key."""
        return {
            key: self.folder / f"{self.stem}{exporter.suffix}" for key, exporter in EXPORTERS.items() if key in formats
        }


@dataclass(frozen=True)
class BatchPlan:
    """What is the same for all recordings of one command.

    Attributes:
        settings: Detector, thresholds, quality and all else that the window sets.
        model: Model file.
        work_folder: Where unfinished analyses and the notes of finished ones lie.
        store_folder: Where each recording's session is kept; None for nowhere.
        selection: Which frames are analysed.
        wish: Who is the candidate.
        name: Name or code that stands in the reports.
        purpose: What the analysis is for.
        consent: What the people in them agreed to, see `script_agreement`; None where it watches nobody.
        formats: Which reports are written, keys of `EXPORTERS`.
        overwrite: Whether reports that are already there are replaced.
        threads: How many analyse one recording together.
        part_s: Longer recordings are divided into parts of so many seconds on a cluster.
        spoken: Language in which is told what went wrong; the terminal speaks English.
        resume: Whether what an earlier run did is left, and what it began is gone on with.
    """

    settings: Settings
    model: Path
    work_folder: Path
    store_folder: Path | None = None
    selection: Selection = field(default_factory=Selection)
    wish: CandidateWish = LARGEST
    name: str = ""
    purpose: Purpose = Purpose.PRACTICE
    consent: Consent | None = None
    formats: tuple[str, ...] = tuple(EXPORTERS)
    overwrite: bool = False
    resume: bool = False
    threads: int = 1
    part_s: float = 600.0
    spoken: str = DEFAULT_LANGUAGE


class OutcomeState(Enum):
    """What became of a recording; the value is what the closing table says."""

    ANALYSED = "analysed"
    RESUMED = "resumed"
    SKIPPED = "done before"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Found:
    """What a recording's session says, for whoever lists it.

    Attributes:
        info: By which the session is opened.
        judgement: Its verdict.
        usable_s: Seconds in which the face could be judged.
    """

    info: SessionInfo
    judgement: Judgement
    usable_s: float


@dataclass(frozen=True)
class Outcome:
    """What became of one recording.

    Attributes:
        state: Whether it was done, and how.
        text: What was found in it, or why it failed.
        reports: The reports' paths, in the order of `EXPORTERS`.
        duration_s: Seconds of the recording that were analysed; 0 where it failed.
        took_s: Seconds that it took.
        found: What its session says; None where there is none.
    """

    state: OutcomeState
    text: str
    reports: tuple[Path, ...] = ()
    duration_s: float = 0.0
    took_s: float = 0.0
    found: Found | None = None
