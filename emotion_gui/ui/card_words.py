"""What stands on the card in the picture's place, or over the picture; no widgets here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from emotion_gui.controller.status import Phase, SourceState, SourceStatus
from emotion_gui.core.consent_texts import CAMERA_OFF, START_HERE, STREAM_OFF
from emotion_gui.core.source_spec import CAMERA, STREAM
from emotion_gui.core.translation import N_, _
from emotion_gui.ui.situation import Sight, Situation, of_picture
from emotion_gui.ui.situation_looks import LOOKS, Look
from emotion_gui.ui.wording import capitalized, retry_words, shortened

_LOST = {CAMERA: N_("The camera is lost."), STREAM: N_("The stream is lost.")}
_PICTURE_LOST = N_("The picture is lost.")


class Act(Enum):
    """What a card's button does."""

    RETRY = "retry"
    DEMO = "demo"
    START = "start"
    RESUME = "resume"


@dataclass(frozen=True)
class CardWords:
    """What a card says.

    Attributes:
        situation: Gives the card its icon and colour.
        title: What is the case.
        hint: What to do; may be empty.
        acts: Its buttons with their words.
    """

    situation: Situation
    title: str
    hint: str = ""
    acts: tuple[tuple[Act, str], ...] = ()

    @property
    def look(self) -> Look:
        """Its icon and colour."""
        return LOOKS[self.situation]

    @property
    def veils(self) -> bool:
        """Whether the picture stays under it, darkened: one that stands still would pass for live elsewhere."""
        return self.situation in {Situation.PAUSED, Situation.ENDED}


def card_words(sight: Sight, now: float) -> CardWords | None:
    """What stands in place of the picture or over it; None where nothing does.

    Args:
        sight: What is seen.
        now: Seconds of `time.monotonic`, for the countdown.
    """
    situation = of_picture(sight)
    say = _CARDS.get(situation)
    return say(situation, sight, now) if say else None


def _no_source(situation: Situation, _sight: Sight, _now: float) -> CardWords:
    look = LOOKS[situation]
    return CardWords(situation, _(look.sentence), _(look.hint), ((Act.DEMO, _("Play the demo")),))


def _source_off(situation: Situation, sight: Sight, _now: float) -> CardWords:
    title = _(CAMERA_OFF if _is_camera(sight.source) else STREAM_OFF)
    return CardWords(situation, title, _(LOOKS[situation].hint), ((Act.START, _(START_HERE)),))


def _opening(situation: Situation, sight: Sight, _now: float) -> CardWords:
    camera = _is_camera(sight.source)
    return CardWords(
        situation,
        _("Opening the camera...") if camera else _("Opening {name}...").format(name=_name(sight.source)),
    )


def _ended(situation: Situation, sight: Sight, _now: float) -> CardWords:
    title = _("{name} has ended.").format(name=_name(sight.source))
    return CardWords(situation, title, _(LOOKS[situation].hint), ((Act.RETRY, _("Play again")),))


def _paused(situation: Situation, sight: Sight, _now: float) -> CardWords:
    live = sight.source.spec is not None and sight.source.spec.live
    hint = _("The camera stays on; this time does not count.") if live else _("The recording waits where it is.")
    return CardWords(situation, _(LOOKS[situation].sentence), hint, ((Act.RESUME, _("Resume")),))


def _no_picture(situation: Situation, sight: Sight, now: float) -> CardWords:
    source, retries = sight.source, sight.source.state is SourceState.LOST
    title, why = source.message, source.hint
    if situation is Situation.LOST:
        title, why = _(_LOST.get(source.spec.kind if source.spec else "", _PICTURE_LOST)), f"{title} {why}".strip()
    hint = "\n".join(filter(None, (why, capitalized(retry_words(source, now)) + "." if retries else "")))
    again = (Act.RETRY, _("Try now") if retries else _("Try again"))
    # A running session keeps its source, so nothing else is offered.
    others = ((Act.DEMO, _("Play the demo")),) if sight.phase is Phase.IDLE else ()
    return CardWords(situation, title, hint, (again, *others))


def _is_camera(source: SourceStatus) -> bool:
    return source.spec is not None and source.spec.kind == CAMERA


def _name(source: SourceStatus) -> str:
    return shortened(source.spec.title) if source.spec else ""


_CARDS: Mapping[Situation, Callable[[Situation, Sight, float], CardWords]] = {
    Situation.NO_SOURCE: _no_source,
    Situation.SOURCE_OFF: _source_off,
    Situation.OPENING: _opening,
    Situation.NO_CAMERA: _no_picture,
    Situation.NO_PICTURE: _no_picture,
    Situation.LOST: _no_picture,
    Situation.ENDED: _ended,
    Situation.PAUSED: _paused,
}
