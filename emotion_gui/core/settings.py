"""Everything the user can set, in one frozen value whose fields describe themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, get_type_hints

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.options import Option

SETTINGS_VERSION = 1

PICTURE, ANALYSIS, RULE = "Picture", "Analysis", "Nervousness rule"


def _option(default: Any, label: str, help_text: str, group: str, **details: Any) -> Any:
    return field(default=default, metadata={"option": Option(label, help_text, group, **details)})


def _remembered(default: Any) -> Any:
    """A value that the program remembers by itself; it has no line in the dialog."""
    return field(default=default)


def _threshold(emotion: Emotion, percent: float | None) -> Any:
    return _option(
        percent,
        f"{emotion.title} over",
        f"Share of face time that '{emotion.value}' must exceed to count as nervous; leave empty to keep it out.",
        RULE,
        minimum=0,
        maximum=100,
        unit="%",
        optional=True,
    )


@dataclass(frozen=True)
class Settings:
    """The user's choices; replaced whole, never changed in place."""

    mirror: bool = _option(True, "Mirror the camera", "Show a camera's picture as a mirror would.", PICTURE)
    show_boxes: bool = _option(True, "Mark faces", "Draw a frame and the expression around every face.", PICTURE)
    marker: str = _option(
        "box", "Marker", "Shape drawn around a face.", PICTURE, choices={"box": "Box", "circle": "Circle"}
    )
    show_bars: bool = _option(
        False, "All seven bars", "Show the probability of all seven expressions beside every face.", PICTURE
    )
    detector: str = _option(
        "blazeface",
        "Face detector",
        "BlazeFace is fast and finds turned and dark faces; Haar is the classic one.",
        ANALYSIS,
        choices={"blazeface": "BlazeFace", "haar": "Haar cascade"},
    )
    min_face_px: int = _option(
        36, "Smallest face", "Faces narrower than this are ignored.", ANALYSIS, minimum=16, maximum=1000, unit="px"
    )
    max_rate: int = _option(
        30, "Results a second", "Upper limit; lower it to spare the battery.", ANALYSIS, minimum=1, maximum=60
    )
    min_face_s: float = _option(
        10.0,
        "Verdict after",
        "Seconds with a face that are needed before there is a verdict.",
        RULE,
        minimum=0,
        maximum=3600,
        unit="s",
    )
    threshold_angry: float | None = _threshold(Emotion.ANGRY, 25.0)
    threshold_disgust: float | None = _threshold(Emotion.DISGUST, 20.0)
    threshold_fear: float | None = _threshold(Emotion.FEAR, 25.0)
    threshold_happy: float | None = _threshold(Emotion.HAPPY, None)
    threshold_sad: float | None = _threshold(Emotion.SAD, 40.0)
    threshold_surprise: float | None = _threshold(Emotion.SURPRISE, 30.0)
    threshold_neutral: float | None = _threshold(Emotion.NEUTRAL, None)
    count_disgust: bool = _option(
        True, "Disgust counts", "Whether time with 'disgust' is part of the 100 % of the rule.", RULE
    )
    source: str = _remembered("camera:0")
    model_path: str = _remembered("")
    export_folder: str = _remembered("")
    candidate: str = _remembered("")

    def __post_init__(self) -> None:
        for entry in option_fields():
            problem = option_of(entry).problem(getattr(self, entry.name), kind_of(entry.name))
            if problem:
                raise StorageError(problem)
        for entry in fields(self):
            if "option" not in entry.metadata and not isinstance(getattr(self, entry.name), str):
                raise StorageError(f"The setting '{entry.name}' cannot be used.")

    @property
    def rule(self) -> NervousnessRule:
        """The thresholds as the rule takes them."""
        percents = {emotion: getattr(self, f"threshold_{emotion.value}") for emotion in EMOTIONS}
        counted = frozenset(EMOTIONS) if self.count_disgust else frozenset(EMOTIONS) - {Emotion.DISGUST}
        return NervousnessRule(
            {emotion: percent for emotion, percent in percents.items() if percent is not None},
            counted,
            self.min_face_s,
        )

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON types, with the version of their layout."""
        return {"version": SETTINGS_VERSION} | {entry.name: getattr(self, entry.name) for entry in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Settings:
        """Defaults with what `data` brings laid over them; unknown keys are left out.

        Raises:
            StorageError: A value is of the wrong type or out of its range.
        """
        known = {entry.name for entry in fields(cls)}
        return cls(**{key: value for key, value in data.items() if key in known})


def option_fields() -> tuple[Field[Any], ...]:
    """The fields that stand in the dialog, in its order."""
    return tuple(entry for entry in fields(Settings) if "option" in entry.metadata)


def option_of(entry: Field[Any]) -> Option:
    option: Option = entry.metadata["option"]
    return option


def kind_of(name: str) -> type:
    """Type of a field's value: bool, int, float or str; without the None of optional ones."""
    hint = get_type_hints(Settings)[name]
    kinds = [kind for kind in getattr(hint, "__args__", (hint,)) if kind is not type(None)]
    kind: type = kinds[0]
    return kind
