"""What a card says in words: where the faces and labels come from, what each label means, and where it may fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emotion_gui.core.emotions import Emotion
from train.data.faces import PUBLIC_TEST
from train.judging.evaluate import INCLUDED, MAJORITY, ORIGINAL

LICENSE = (
    "MIT for the weights. The training pictures are FER-2013's, whose sources state no terms beyond 'research and "
    "educational purposes'."
)
SOURCE = (
    "FER-2013 Training (Goodfellow et al. 2013, https://arxiv.org/abs/1307.0414), pictures of faces from a web image "
    "search, cropped, grey, 48 pixels wide; published for a contest on Kaggle, for research and education"
)
LABEL_MEANINGS = {
    ORIGINAL: (
        "FER-2013's own labels: the emotion word that a picture was searched for on the web, kept where the person who "
        "checked it did not object. People who name the same faces agree with them on about two in three."
    ),
    MAJORITY: (
        "FER+ (Barsoum et al. 2016, https://arxiv.org/abs/1608.01041): ten people named each face of FER-2013 anew, "
        "and the label is the one of the seven emotions that most of them chose; a face with a tie has none."
    ),
}
# The signs are those by which Ekman and Friesen 1975, "Unmasking the Face", describe each expression.
EMOTION_MEANINGS: Mapping[Emotion, str] = {
    Emotion.ANGRY: "Looks angry: brows drawn together, a hard stare, lips pressed or teeth bared.",
    Emotion.DISGUST: "Looks disgusted: nose wrinkled, upper lip raised, as at a bad smell.",
    Emotion.FEAR: "Looks afraid: brows raised and drawn together, eyes wide, mouth tense or open.",
    Emotion.HAPPY: "Looks happy: a smile, with or without teeth.",
    Emotion.SAD: "Looks sad: inner ends of the brows raised, eyelids and corners of the mouth drooping, perhaps tears.",
    Emotion.SURPRISE: "Looks surprised: brows high, eyes and mouth open.",
    Emotion.NEUTRAL: "Shows none of the others: a face at rest.",
}
LIMITS = (
    "It names the expression of a face in one picture, which is not what the person feels, thinks or is.",
    "It must not be used to decide about people. The EU prohibits inferring emotions at work and in education except "
    "for medical or safety reasons (AI Act, Article 5(1)(f)).",
    "It was not tested by age, skin colour, gender or any other group; FER-2013 says nothing of whom it shows.",
    "It was not tested on children, on faces with glasses, beards, masks or heavy make-up, nor in dim or coloured "
    "light, apart from what a table of robustness in this card shows.",
    "Its training faces are small grey pictures from a web search, many posed; candid talk looks different.",
)
WEAK = "It misses more than half of these expressions:"
# Of a class that is found less often than this, the card warns in so many words.
_WEAK_RECALL = 0.5


def emotion_meanings(classes: Sequence[str]) -> dict[str, str]:
    """What each label of a model stands for, by label."""
    return {emotion.value: text for emotion, text in EMOTION_MEANINGS.items() if emotion.value in classes}


def main_figures(figures: Sequence[Mapping[str, Any]], label_set: str) -> Mapping[str, Any] | None:
    """The entry to judge a model by: its own labels, all faces, PublicTest where it was read; None without any."""
    own = [entry for entry in figures if entry["labels"] == label_set and entry["copies"] == INCLUDED]
    public = [entry for entry in own if entry["split"] == PUBLIC_TEST]
    return next(iter([*public, *own]), None)


def weak_classes(figures: Sequence[Mapping[str, Any]], label_set: str) -> tuple[str, ...]:
    """One sentence that names the expressions of which the model misses more than half; none where there are none."""
    entry = main_figures(figures, label_set)
    if entry is None:
        return ()
    weak = [
        f"{name} (finds {100 * values['recall']:.0f} of 100)"
        for name, values in entry["per_class"].items()
        if values["n"] and values["recall"] < _WEAK_RECALL
    ]
    where = f"by {entry['labels']} labels on {entry['split']}"
    return (f"{WEAK} {', '.join(weak)}; {where}.",) if weak else ()
