"""The seven expressions of FER-2013, in its index order, with the colours and hatches that stand for them."""

from __future__ import annotations

from enum import Enum

from emotion_gui.core.translation import N_, _


class Emotion(Enum):
    """One expression; the order of definition is FER-2013's label order (0 angry ... 6 neutral).

    Colours are Okabe and Ito's palette for colour-blind readers (https://jfly.uni-koeln.de/color/), with grey for
    neutral in place of black. The hatch repeats the distinction where colour does not reach: print, grey screens.
    """

    color: str
    hatch: str

    def __new__(cls, name: str, color: str, hatch: str) -> Emotion:
        member = object.__new__(cls)
        member._value_ = name
        member.color = color
        member.hatch = hatch
        return member

    ANGRY = "angry", "#D55E00", "//"
    DISGUST = "disgust", "#009E73", "xx"
    FEAR = "fear", "#CC79A7", "\\\\"
    HAPPY = "happy", "#F0E442", ".."
    SAD = "sad", "#0072B2", "--"
    SURPRISE = "surprise", "#E69F00", "oo"
    NEUTRAL = "neutral", "#999999", ""

    @property
    def title(self) -> str:
        """The name as a person reads it, in their language: 'Angry'."""
        return _(_TITLES[str(self.value)])

    @property
    def word(self) -> str:
        """The name within a sentence, in the user's language: 'angry'; `value` is what files and tables keep."""
        return _(str(self.value))


_TITLES = {
    N_("angry"): N_("Angry"),
    N_("disgust"): N_("Disgust"),
    N_("fear"): N_("Fear"),
    N_("happy"): N_("Happy"),
    N_("sad"): N_("Sad"),
    N_("surprise"): N_("Surprise"),
    N_("neutral"): N_("Neutral"),
}
EMOTIONS: tuple[Emotion, ...] = tuple(Emotion)
EMOTION_NAMES: tuple[str, ...] = tuple(str(emotion.value) for emotion in Emotion)
