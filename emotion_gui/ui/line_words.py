"""What the line under the picture says, steady enough to be read; no widgets here."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_gui.controller.status import Phase, SourceState
from emotion_gui.core.results import QualityProblem
from emotion_gui.core.translation import N_, _
from emotion_gui.tracking.candidate import Presence
from emotion_gui.ui.situation import Sight, Situation, hindrance, of_line
from emotion_gui.ui.situation_looks import LOOKS, Look, Role
from emotion_gui.ui.steady import Steady
from emotion_gui.ui.wording import faces_line, hint_line

_MISSED = Look("hand-index", Role.INFO, N_("No face there - click on a face to choose it"))
_BACK = Look("person-check", Role.SUCCESS, N_("The candidate is back"))
# What is shown for less cannot be read.
_NOTE_LASTS_S = 2.5
_STAYS_S = 1.5
# A detector misses a face for a frame or two, and one bad result in a good stretch is nothing to act on.
_BEGINS_AFTER_S = {
    Situation.NO_FACE: 1.0,
    Situation.NOT_USABLE: 0.4,
    Situation.ONE_FACE: 0.4,
    Situation.CANDIDATE_AMONG_OTHERS: 0.4,
    Situation.EVERYONE: 0.4,
}
# Than what has just become of a click or of the candidate.
_MATTERS_MORE = frozenset(
    {Situation.UNSEEN, Situation.SOMEBODY_ELSE, Situation.AWAY, Situation.CLICK_NEEDED, Situation.CALIBRATING}
)
_WITHOUT_PICTURE = frozenset({Situation.LOADING_MODEL, Situation.NO_MODEL})

_Seen = tuple[Situation, QualityProblem | None]


@dataclass(frozen=True)
class LineWords:
    """What the line says.

    Attributes:
        look: Its icon and colour; None where there is nothing to say.
        text: One sentence.
    """

    look: Look | None = None
    text: str = ""


class LineStory:
    """Says what is seen, and for a moment what has just become of it."""

    def __init__(self) -> None:
        self._steady: Steady[_Seen] = Steady(lambda seen: _BEGINS_AFTER_S.get(seen[0], 0.0), _stays_s)
        self._words = LineWords()
        self._was_away = False
        self._note = LineWords()
        self._note_until_s = 0.0

    def missed(self, now_s: float) -> None:
        """A click found no face."""
        self._tell(_MISSED, now_s)

    def update(self, sight: Sight, now_s: float) -> LineWords:
        """The line to show now.

        Args:
            sight: What is seen.
            now_s: Seconds of any clock that does not run backwards.
        """
        situation = of_line(sight)
        if sight.source.state is not SourceState.PLAYING or sight.phase is Phase.PAUSED:
            # A card says what is the case; faces that are named under it would pass for counted.
            return _words((situation, None), sight) if situation in _WITHOUT_PICTURE else LineWords()
        self._follow_candidate(sight, now_s)
        newest = (situation, hindrance(sight.faces) if situation is Situation.NOT_USABLE else None)
        if self._steady.update(newest, now_s) == newest:
            self._words = _words(newest, sight)
        return self._note if now_s < self._note_until_s and situation not in _MATTERS_MORE else self._words

    def _follow_candidate(self, sight: Sight, now_s: float) -> None:
        waited_for = sight.phase is not Phase.IDLE and not sight.everyone
        away = waited_for and sight.presence in {Presence.AWAY, Presence.GONE}
        if self._was_away and waited_for and sight.presence is Presence.HERE:
            self._tell(_BACK, now_s)
        self._was_away = away

    def _tell(self, look: Look, now_s: float) -> None:
        self._note, self._note_until_s = LineWords(look, _(look.sentence)), now_s + _NOTE_LASTS_S


def _stays_s(seen: _Seen) -> float:
    return _STAYS_S if LOOKS[seen[0]].role is Role.WARNING else 0.0


def _words(seen: _Seen, sight: Sight) -> LineWords:
    situation, problem = seen
    look = LOOKS[situation]
    if problem:
        return LineWords(look, hint_line(problem))
    if situation is Situation.CANDIDATE_AMONG_OTHERS:
        candidate = next(face for face in sight.faces if face.candidate)
        text = _(look.sentence).format(
            count=len(sight.faces), expression=candidate.label.word, percent=100 * candidate.confidence
        )
        return LineWords(look, text)
    return LineWords(look, _(look.sentence) or faces_line(sight.faces))
