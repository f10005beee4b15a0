"""How often and how long each emotion was seen; counted by time, so that fast and slow machines agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.results import FaceResult, QualityProblem
from emotion_gui.core.translation import N_


def _zeros() -> dict[Emotion, int]:
    return dict.fromkeys(EMOTIONS, 0)


def _no_problems() -> dict[QualityProblem, float]:
    return dict.fromkeys(QualityProblem, 0.0)


def _no_seconds() -> dict[Emotion, float]:
    return dict.fromkeys(EMOTIONS, 0.0)


@dataclass
class EmotionStatistics:
    """Running totals of one session.

    Attributes:
        counts: Face results per emotion. Depends on the machine's speed; shares are taken from `seconds`.
        seconds: Face time per emotion in seconds; two faces for one second make two.
        frames: Analysed frames.
        frames_with_face: Analysed frames with at least one face that counts.
        duration_s: Seconds that were counted.
        face_duration_s: Seconds of these with at least one face that counts: the usable time.
        seen_duration_s: Seconds of these with at least one face of those who count, well enough seen or not.
        problem_s: Seconds of these in which such a face was there and none could be judged, by the problem of the
            first.
    """

    counts: dict[Emotion, int] = field(default_factory=_zeros)
    seconds: dict[Emotion, float] = field(default_factory=_no_seconds)
    frames: int = 0
    frames_with_face: int = 0
    duration_s: float = 0.0
    face_duration_s: float = 0.0
    seen_duration_s: float = 0.0
    problem_s: dict[QualityProblem, float] = field(default_factory=_no_problems)

    def add(self, duration_s: float, faces: Iterable[FaceResult]) -> None:
        """Count one analysed frame that stands for `duration_s` seconds."""
        watched = [face for face in faces if face.watched]
        labels = [face.label for face in watched if face.problem is None]
        self.frames += 1
        self.duration_s += duration_s
        if labels:
            self.frames_with_face += 1
            self.face_duration_s += duration_s
        if watched:
            self.seen_duration_s += duration_s
            if not labels and watched[0].problem is not None:
                self.problem_s[watched[0].problem] += duration_s
        for label in labels:
            self.counts[label] += 1
            self.seconds[label] += duration_s

    def copy(self) -> EmotionStatistics:
        """The totals as they are now, independent of what is added later."""
        return EmotionStatistics(
            dict(self.counts),
            dict(self.seconds),
            self.frames,
            self.frames_with_face,
            self.duration_s,
            self.face_duration_s,
            self.seen_duration_s,
            dict(self.problem_s),
        )

    def shares(self, among: Iterable[Emotion] = EMOTIONS) -> dict[Emotion, float]:
        """Share of face time per emotion among those given, 0 to 1; all 0 while no time is counted."""
        chosen = tuple(among)
        total = sum(self.seconds[emotion] for emotion in chosen)
        return {emotion: self.seconds[emotion] / total if total else 0.0 for emotion in chosen}


@dataclass(frozen=True)
class Statistic:
    """One figure of a session as the window, the history and the summary file show it."""

    key: str
    label: str
    unit: str
    function: Callable[[EmotionStatistics], float]


_NOT_USABLE = {
    QualityProblem.TOO_SMALL: N_("Not usable: too small"),
    QualityProblem.TOO_DARK: N_("Not usable: too dark"),
    QualityProblem.TOO_BRIGHT: N_("Not usable: too bright"),
    QualityProblem.TURNED_AWAY: N_("Not usable: turned away"),
    QualityProblem.BLURRED: N_("Not usable: blurred"),
    QualityProblem.UNSURE: N_("Not usable: unsure"),
}


def _time_with(problem: QualityProblem) -> Statistic:
    return Statistic(f"{problem.name.lower()}_s", _NOT_USABLE[problem], "s", lambda s: s.problem_s[problem])


STATISTICS: tuple[Statistic, ...] = (
    Statistic("duration_s", N_("Counted time"), "s", lambda s: s.duration_s),
    Statistic("seen_duration_s", N_("Time with a face"), "s", lambda s: s.seen_duration_s),
    Statistic("face_duration_s", N_("Usable time"), "s", lambda s: s.face_duration_s),
    Statistic("frames", N_("Frames analysed"), "", lambda s: s.frames),
    Statistic("frames_with_face", N_("Usable frames"), "", lambda s: s.frames_with_face),
    Statistic(
        "face_share",
        N_("Share of time with a face"),
        "%",
        lambda s: 100 * s.seen_duration_s / (s.duration_s or 1),
    ),
    Statistic(
        "usable_share",
        N_("Share of time usable"),
        "%",
        lambda s: 100 * s.face_duration_s / (s.duration_s or 1),
    ),
    *map(_time_with, QualityProblem),
)
