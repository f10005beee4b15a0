"""Everything the user can set, in one frozen value whose fields describe themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, get_type_hints

from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.nervousness import NervousnessRule
from emotion_gui.core.options import Option
from emotion_gui.core.quality import QualityLimits
from emotion_gui.core.translation import LANGUAGES, N_, SYSTEM_LANGUAGE, _

SETTINGS_VERSION = 2
# Counted up when there is so much new in the introduction that whoever saw it should see it again.
INTRODUCTION = "1"

PICTURE, ANALYSIS, CANDIDATE, QUALITY = N_("Picture"), N_("Analysis"), N_("Candidate"), N_("Quality")
RULE, RECORDS, GENERAL = N_("Nervousness rule"), N_("Records"), N_("General")
SYSTEM_THEME = "system"
THEMES = {SYSTEM_THEME: N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
# In percent, as text because the settings file keeps a choice as the word that names it.
TEXT_SIZES = {size: f"{size} %" for size in ("100", "125", "150", "175", "200")}


def _option(default: Any, label: str, help_text: str, group: str, **details: Any) -> Any:
    return field(default=default, metadata={"option": Option(label, help_text, group, **details)})


def _remembered(default: Any) -> Any:
    """A value that the program remembers by itself; it has no line in the dialog."""
    return field(default=default)


_OVER = {
    Emotion.ANGRY: N_("Angry over"),
    Emotion.DISGUST: N_("Disgust over"),
    Emotion.FEAR: N_("Fear over"),
    Emotion.HAPPY: N_("Happy over"),
    Emotion.SAD: N_("Sad over"),
    Emotion.SURPRISE: N_("Surprise over"),
    Emotion.NEUTRAL: N_("Neutral over"),
}


def _threshold(emotion: Emotion, percent: float | None) -> Any:
    return _option(
        percent,
        _OVER[emotion],
        N_("Share of face time that this expression must exceed to count as nervous; leave empty to keep it out."),
        RULE,
        minimum=0,
        maximum=100,
        unit="%",
        optional=True,
    )


@dataclass(frozen=True)
class Settings:
    """The user's choices; replaced whole, never changed in place."""

    mirror: bool = _option(True, N_("Mirror the camera"), N_("Show a camera's picture as a mirror would."), PICTURE)
    show_boxes: bool = _option(
        True, N_("Mark faces"), N_("Draw a frame and the expression around every face."), PICTURE
    )
    marker: str = _option(
        "box",
        N_("Shape of the frame"),
        N_("What is drawn around a face."),
        PICTURE,
        choices={"box": N_("Box"), "circle": N_("Circle")},
    )
    show_bars: bool = _option(
        False, N_("All seven bars"), N_("Show the probability of all seven expressions beside every face."), PICTURE
    )
    detector: str = _option(
        "blazeface",
        N_("Face detector"),
        N_("BlazeFace is fast and finds turned and dark faces; Haar is the classic one."),
        ANALYSIS,
        choices={"blazeface": N_("BlazeFace"), "haar": N_("Haar cascade")},
    )
    min_face_px: int = _option(
        36,
        N_("Smallest face"),
        N_("Faces narrower than this are ignored."),
        ANALYSIS,
        minimum=16,
        maximum=1000,
        unit="px",
    )
    max_rate: int = _option(
        30, N_("Results a second"), N_("Upper limit; lower it to spare the battery."), ANALYSIS, minimum=1, maximum=60
    )
    smoothing_ms: int = _option(
        400,
        N_("Steady labels"),
        N_("How long a new expression needs to show, so that labels do not flicker; 0 shows every single result."),
        ANALYSIS,
        minimum=0,
        maximum=5000,
        unit="ms",
    )
    count_everyone: bool = _option(
        False, N_("Count everyone"), N_("Count all faces in the picture and not only the candidate's."), CANDIDATE
    )
    away_s: float = _option(
        10.0,
        N_("Keep while away"),
        N_("How long a candidate who is not seen stays the candidate."),
        CANDIDATE,
        minimum=0,
        maximum=600,
        unit="s",
    )
    use_codes: bool = _option(
        False, N_("Codes for names"), N_("Keep a code in place of each candidate's name."), CANDIDATE
    )
    quality_side_px: int = _option(
        40,
        N_("Face at least"),
        N_("Smaller faces are shown and not counted."),
        QUALITY,
        minimum=16,
        maximum=1000,
        unit="px",
    )
    quality_min_light: int = _option(
        8,
        N_("Light at least"),
        N_("How light the face looks, from 0 (black) to 100 (white); darker faces are not counted."),
        QUALITY,
        minimum=0,
        maximum=100,
        unit="%",
    )
    quality_max_light: int = _option(
        98,
        N_("Light at most"),
        N_("How light the face looks, from 0 (black) to 100 (white); brighter faces are not counted."),
        QUALITY,
        minimum=0,
        maximum=100,
        unit="%",
    )
    quality_sharpness: int = _option(
        20,
        N_("Sharpness at least"),
        N_("How sharp the edges in the face are, from 0 to 100; blurred faces are not counted."),
        QUALITY,
        minimum=0,
        maximum=100,
        unit="%",
    )
    quality_turn: int = _option(
        45,
        N_("Turned at most"),
        N_("How far aside the head may be turned; 100 is a profile."),
        QUALITY,
        minimum=0,
        maximum=100,
        unit="%",
    )
    quality_score: int = _option(
        50,
        N_("Detector at least"),
        N_("How sure the face detector must be that this is a face."),
        QUALITY,
        minimum=0,
        maximum=100,
        unit="%",
    )
    min_face_s: float = _option(
        10.0,
        N_("Verdict after"),
        N_("Seconds with a face that can be judged that are needed before there is a verdict."),
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
        True, N_("Disgust counts"), N_("Whether time with 'disgust' is part of the 100 % of the rule."), RULE
    )
    keep_days: int = _option(
        90,
        N_("Keep sessions for"),
        N_("Older sessions are offered for deletion at the start; 0 keeps them for ever."),
        RECORDS,
        minimum=0,
        maximum=36500,
        unit=N_("days"),
    )
    language: str = _option(
        SYSTEM_LANGUAGE,
        N_("Language"),
        N_("Of everything that the program says."),
        GENERAL,
        choices={SYSTEM_LANGUAGE: N_("As the system"), **LANGUAGES},
    )
    theme: str = _option(
        SYSTEM_THEME,
        N_("Theme"),
        N_("Light or dark; it can follow the system's."),
        GENERAL,
        choices=THEMES,
    )
    text_size: str = _option(
        "100",
        N_("Text size"),
        N_("Of text and everything that goes with it; the windows are built anew."),
        GENERAL,
        choices=TEXT_SIZES,
    )
    source: str = _remembered("camera:0")
    model_path: str = _remembered("")
    export_folder: str = _remembered("")
    candidate: str = _remembered("")
    purpose: str = _remembered("practice")
    camera_name: str = _remembered("")
    window: str = _remembered("")
    introduction: str = _remembered("")

    def __post_init__(self) -> None:
        for entry in option_fields():
            problem = option_of(entry).problem(getattr(self, entry.name), kind_of(entry.name))
            if problem:
                raise StorageError(problem)
        for entry in fields(self):
            if "option" not in entry.metadata and not isinstance(getattr(self, entry.name), str):
                raise StorageError(_("The setting '{name}' cannot be used.").format(name=entry.name))

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

    @property
    def limits(self) -> QualityLimits:
        """What a face must reach to count."""
        return QualityLimits(
            self.quality_side_px,
            self.quality_min_light,
            self.quality_max_light,
            self.quality_sharpness,
            self.quality_turn / 100,
            self.quality_score / 100,
        )

    def to_dict(self) -> dict[str, Any]:
        """The values as JSON types, with the version of their layout."""
        return {"version": SETTINGS_VERSION} | {entry.name: getattr(self, entry.name) for entry in fields(self)}

    def to_record(self) -> dict[str, Any]:
        """What a session's record and its reports keep: the choices, and nothing that the program remembers by itself.

        That is folders, names of cameras and people, and addresses that may hold passwords.
        """
        chosen = {entry.name: getattr(self, entry.name) for entry in option_fields()}
        return {"version": SETTINGS_VERSION} | chosen

    def difference(self, before: Settings) -> str:
        """What has changed that may bear on a session: 'max_rate: 30 -> 12', separated by commas.

        How the window looks and speaks does not.
        """
        old, new = before.to_record(), self.to_record()
        looks = {entry.name for entry in option_fields() if option_of(entry).group == GENERAL}
        return ", ".join(f"{key}: {old[key]} -> {new[key]}" for key in new if old[key] != new[key] and key not in looks)

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
