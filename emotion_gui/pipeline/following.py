"""From single frames to persons over time: who each face is, who counts, and what is steadily seen."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, replace

from emotion_gui.core.baseline import Baseline, corrected
from emotion_gui.core.candidate_wish import LARGEST, CandidateWish
from emotion_gui.core.quality import QualityLimits, problem_of
from emotion_gui.core.results import FaceResult, FrameResult
from emotion_gui.core.settings import Settings
from emotion_gui.core.smoothing import Smoother
from emotion_gui.tracking.candidate import CandidateChoice, Presence
from emotion_gui.tracking.track import Sighting
from emotion_gui.tracking.tracker import Tracker

# What a face showed before a longer gap says nothing of what it shows now.
_SMOOTH_OVER_S = 1.0
# Share of the box by which a click may miss it: a face moves while the hand does.
_NEAR_MISS = 0.2


@dataclass(frozen=True, slots=True)
class FollowingOptions:
    """What the user set.

    Attributes:
        smoothing_s: Time constant of the smoothing in seconds; 0 for none.
        away_s: Seconds for which a candidate who is not seen stays the candidate.
        count_everyone: Whether all faces count, as in the seeds, and not the candidate alone.
        limits: What a face must reach to count; None counts all.
        wish: Who is the candidate at first.
    """

    smoothing_s: float = 0.0
    away_s: float = 10.0
    count_everyone: bool = False
    limits: QualityLimits | None = None
    wish: CandidateWish = LARGEST

    @classmethod
    def of(cls, settings: Settings, wish: CandidateWish = LARGEST) -> FollowingOptions:
        """As the user's settings have it."""
        return cls(settings.smoothing_ms / 1000, settings.away_s, settings.count_everyone, settings.limits, wish)


class Following:
    """Gives each result its persons. `follow` belongs to one thread; the rest may be called from any.

    One object goes with one source; `begin_anew` says when that is opened again.
    """

    def __init__(self, options: FollowingOptions) -> None:
        self._options = options
        self._baseline: Baseline | None = None
        self._tracker = Tracker(options.away_s)
        self._choice = CandidateChoice(options.away_s, options.wish)
        # A person is wished for by the number that an analysis without a wish gave them. Whom that one remembers, this
        # one must remember too, or somebody who comes back would take a number that was another's.
        self._numbering = CandidateChoice(options.away_s) if options.wish.track else None
        self._smoothers: dict[int, Smoother] = {}
        self._newest: FrameResult | None = None
        self._time_s = 0.0
        self._anew = False
        self._lock = threading.Lock()

    @property
    def candidate(self) -> int:
        """The candidate's number; 0 while there is none."""
        return self._choice.track

    @property
    def presence(self) -> Presence:
        """Where the candidate is."""
        return self._choice.presence

    def set_options(self, options: FollowingOptions) -> None:
        """Follow with other options, from the next result on."""
        with self._lock:
            self._options = options
            self._tracker.keep_s = options.away_s
            for choice in self._choices():
                choice.away_s = options.away_s
            for smoother in self._smoothers.values():
                smoother.time_constant_s = options.smoothing_s

    def set_baseline(self, baseline: Baseline | None) -> None:
        """Correct the candidate's probabilities by this resting face, from the next result on; None for none."""
        with self._lock:
            self._baseline = baseline

    def choose_at(self, x: float, y: float) -> bool:
        """Make the person at this place of the newest result the candidate.

        Args:
            x: Share of the frame's width, 0 to 1.
            y: Share of its height, 0 to 1.

        Returns:
            Whether there is a face.
        """
        with self._lock:
            newest = self._newest
            if newest is None:
                return False
            place = x * newest.size_wh[0], y * newest.size_wh[1]
            near = [face for face in newest.faces if _is_near(face, place)]
            if not near:
                return False
            nearest = min(near, key=lambda face: math.dist(face.box.center, place))
            self._choice.choose(nearest.track, newest.time_s)
            return True

    def choose_next(self, *, leftward: bool = False) -> None:
        """Make the next person beside the candidate in the newest result the candidate, after the last one the first.

        Args:
            leftward: From right to left.
        """
        with self._lock:
            newest = self._newest
            if newest is None or not newest.faces:
                return
            tracks = [
                face.track for face in sorted(newest.faces, key=lambda face: face.box.center[0], reverse=leftward)
            ]
            at = tracks.index(self.candidate) if self.candidate in tracks else -1
            self._choice.choose(tracks[(at + 1) % len(tracks)], newest.time_s)

    def propose(self) -> None:
        """Propose the largest face from now on, until one is chosen or a session begins."""
        with self._lock:
            self._choice.propose()

    def settle(self) -> None:
        """Begin a session: who was chosen stays the candidate; otherwise it is the largest face, from the next on."""
        with self._lock:
            self._choice.settle()

    def begin_anew(self) -> None:
        """Say that the source was opened again: the next result's time has nothing to do with the last one's."""
        with self._lock:
            self._anew = True
            self._newest = None

    def follow(self, result: FrameResult) -> FrameResult:
        """The result with tracks, the candidate, smoothed and corrected probabilities, and what does not count."""
        with self._lock:
            self._keep_time(result.time_s)
            self._tracker.held = frozenset(choice.track for choice in self._choices())
            tracks = self._tracker.update(result.time_s, [Sighting(face.box, face.appearance) for face in result.faces])
            # The colours have done their work; nothing behind this point shall keep them.
            faces = [
                replace(face, track=track, appearance=()) for face, track in zip(result.faces, tracks, strict=True)
            ]
            candidate, *_ = [choice.update(result.time_s, faces) for choice in self._choices()]
            self._forget_gone(result.time_s)
            followed = tuple(self._seen(result.time_s, face, candidate) for face in faces)
            self._newest = replace(result, faces=followed)
            return self._newest

    def _choices(self) -> tuple[CandidateChoice, ...]:
        return (self._choice, self._numbering) if self._numbering else (self._choice,)

    def _keep_time(self, time_s: float) -> None:
        """Take notice of a clock that was set back, a recording that begins again, a source that was opened again."""
        if self._anew or time_s < self._time_s:
            self._tracker.begin_anew(time_s)
            self._smoothers.clear()
        self._anew, self._time_s = False, time_s

    def _seen(self, time_s: float, face: FaceResult, candidate: int) -> FaceResult:
        options = self._options
        smoother = self._smoothers.setdefault(face.track, Smoother(options.smoothing_s))
        problem = (
            problem_of(face.quality, face.detector_score, options.limits) if options.limits and face.quality else None
        )
        # What cannot be judged must not be part of what is counted afterwards.
        smoothed = (smoother.peek if problem else smoother.update)(time_s, face.probabilities)
        is_candidate = face.track == candidate
        baseline = self._baseline if is_candidate else None
        return replace(
            face,
            raw=face.probabilities,
            smoothed=smoothed,
            probabilities=corrected(smoothed, baseline) if baseline else smoothed,
            problem=problem,
            watched=is_candidate or options.count_everyone,
            candidate=is_candidate,
        )

    def _forget_gone(self, time_s: float) -> None:
        """A person who comes back after a gap is smoothed from the first result on, as if they were new."""
        for track in [t for t, known in self._smoothers.items() if time_s - known.updated_s > _SMOOTH_OVER_S]:
            del self._smoothers[track]


def _is_near(face: FaceResult, place: tuple[float, float]) -> bool:
    box, (x, y) = face.box, place
    beside, above = _NEAR_MISS * box.width, _NEAR_MISS * box.height
    return box.x - beside <= x <= box.x + box.width + beside and box.y - above <= y <= box.y + box.height + above
