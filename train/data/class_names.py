"""What people call the classes and parts of FER-2013, in folder names and in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from emotion_gui.core.emotions import EMOTION_NAMES, Emotion
from train.data.faces import PRIVATE_TEST, PUBLIC_TEST, TRAINING

_OTHER_NAMES = {
    Emotion.ANGRY: ("anger",),
    Emotion.DISGUST: ("disgusted",),
    Emotion.FEAR: ("fearful", "afraid", "scared"),
    Emotion.HAPPY: ("happiness", "joy"),
    Emotion.SAD: ("sadness",),
    Emotion.SURPRISE: ("surprised",),
    Emotion.NEUTRAL: ("neutrality",),
}
_LABELS = {
    name: label
    for label, emotion in enumerate(Emotion)
    for name in (str(label), EMOTION_NAMES[label], *_OTHER_NAMES[emotion])
}
# As in 'train/0_angry': the name counts, because other sets number their classes in another order.
_NUMBERED = re.compile(r"\d+_(?=\D)")

_TRAINING = frozenset({"train", "training", "training_set"})
_VALIDATION = frozenset({"validation", "valid", "val", "dev"})
_PUBLIC_TEST = frozenset({"public_test", "publictest", "public"})
_PRIVATE_TEST = frozenset({"private_test", "privatetest", "private"})
_TEST = frozenset({"test", "testing"})


def label_of(name: str) -> int | None:
    """FER-2013's label for a class name or number in any case, None for one that is none of the seven."""
    return _LABELS.get(_NUMBERED.sub("", _plain(name), count=1))


def usages_of(folders: Iterable[str]) -> dict[str, str]:
    """Which part of FER-2013 each folder name stands for; a name that stands for none is left out.

    A lone 'test' is PublicTest. Beside 'validation' it is PrivateTest: that is how FER-2013's own contest used the
    two, the first to choose by, the second to be judged by.
    """
    names = {folder: _plain(folder) for folder in folders}
    test = PUBLIC_TEST if _VALIDATION.isdisjoint(names.values()) else PRIVATE_TEST
    parts = {
        TRAINING: _TRAINING,
        PUBLIC_TEST: _VALIDATION | _PUBLIC_TEST,
        PRIVATE_TEST: _PRIVATE_TEST,
    }
    usages = {folder: usage for folder, name in names.items() for usage, known in parts.items() if name in known}
    return usages | {folder: test for folder, name in names.items() if name in _TEST}


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().lower())
