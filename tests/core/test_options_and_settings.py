"""Options that check themselves, and the settings made of them."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core import translation
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import StorageError
from emotion_gui.core.options import Option
from emotion_gui.core.settings import SETTINGS_VERSION, Settings, kind_of, option_fields, option_of

_PERCENT = Option("Fear over", "Help.", "Rule", minimum=0, maximum=100, unit="%", optional=True)
_WHOLE = Option("Rate", "Help.", "Analysis", minimum=1, maximum=60)
_CHOICE = Option("Marker", "Help.", "Picture", choices={"box": "Box", "circle": "Circle"})
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize(("text", "value"), [
    ("30", 30.0), (" 12,5 ", 12.5), ("12.5", 12.5), ("0", 0.0), ("100", 100.0), ("", None), ("  ", None),
])  # fmt: skip
def test_percents_as_people_type_them(text: str, value: float | None) -> None:
    assert _PERCENT.parse(text, float) == value


def test_a_sentence_without_a_unit_has_no_blank_too_many() -> None:
    assert _WHOLE.problem(0, int) == "Rate: enter a whole number from 1 to 60."
    translation.set_language("de")
    try:
        assert _WHOLE.problem(0, int) == "Rate: Geben Sie eine ganze Zahl von 1 bis 60 ein."
    finally:
        translation.set_language(translation.DEFAULT_LANGUAGE)


@pytest.mark.parametrize("text", ["-1", "100.1", "nan", "inf", "1e999", "thirty", "3 0", "30%"])
def test_what_is_no_percent_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Fear over: enter a number from 0 to 100 %\.$"):
        _PERCENT.parse(text, float)


@pytest.mark.parametrize("text", ["", "0", "61", "1.5", "x"])
def test_what_is_no_whole_number_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="Rate: enter a"):
        _WHOLE.parse(text, int)


def test_whole_numbers_and_choices() -> None:
    assert _WHOLE.parse("15", int) == 15
    assert isinstance(_WHOLE.parse("15.0", int), int)
    assert _CHOICE.parse("circle", str) == "circle"
    with pytest.raises(ValueError, match="choose one of Box, Circle"):
        _CHOICE.parse("star", str)


@pytest.mark.parametrize(("option", "sentence"), [
    (Option("Size", "", ""), "Size: enter a number."),
    (Option("Size", "", "", minimum=3), "Size: enter a number from 3."),
    (Option("Size", "", "", maximum=3, unit="px"), "Size: enter a number to 3 px."),
])  # fmt: skip
def test_limits_that_are_not_there_are_not_named(option: Option, sentence: str) -> None:
    assert option.problem("x", float) == sentence


@given(st.text(max_size=12), st.sampled_from([(_PERCENT, float), (_WHOLE, int), (_CHOICE, str)]))
def test_any_text_is_taken_or_told(text: str, case: tuple[Option, type]) -> None:
    option, kind = case
    try:
        value = option.parse(text, kind)
    except ValueError as error:
        assert str(error).startswith(option.label)
        assert str(error).endswith(".")
    else:
        assert option.problem(value, kind) == ""


class TestSettings:
    def test_the_defaults_are_allowed_and_survive_a_file(self) -> None:
        data = json.loads(json.dumps(Settings().to_dict()))
        assert Settings.from_dict(data) == Settings()
        assert data["version"] == SETTINGS_VERSION

    def test_a_record_keeps_the_choices_and_nothing_that_names_anybody(self) -> None:
        settings = Settings(
            max_rate=12,
            source="stream:rtsp://ada:secret@host/live",
            camera_name="Ada's phone",
            export_folder="/home/ada",
        )
        kept = settings.to_record()
        assert kept["max_rate"] == 12
        assert set(kept) == {"version"} | {entry.name for entry in option_fields()}
        assert settings.difference(Settings()) == "max_rate: 30 -> 12"

    def test_unknown_keys_are_left_out_and_missing_ones_filled(self) -> None:
        assert Settings.from_dict({"mirror": False, "from_2030": 1}) == Settings(mirror=False)

    @given(st.dictionaries(st.sampled_from([entry.name for entry in fields(Settings)]), _ANYTHING))
    def test_any_stored_values_are_taken_or_refused(self, data: dict[str, Any]) -> None:
        try:
            settings = Settings.from_dict(data)
        except StorageError as error:
            assert error.message.endswith(".")
        else:
            assert settings.rule.min_face_s >= 0
            assert all(isinstance(getattr(settings, name), str) for name in ("source", "model_path", "candidate"))

    @pytest.mark.parametrize("changes", [
        {"threshold_fear": 101.0}, {"threshold_fear": True}, {"min_face_s": None}, {"marker": "star"},
        {"mirror": "yes"}, {"max_rate": 0}, {"max_rate": 2.5}, {"min_face_px": 10**400}, {"detector": []},
    ])  # fmt: skip
    def test_values_out_of_range_are_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(StorageError):
            Settings(**changes)

    def test_the_rule_is_made_of_the_thresholds(self) -> None:
        rule = Settings(threshold_happy=5.0, threshold_fear=None, count_disgust=False, min_face_s=3.0).rule
        assert rule.thresholds[Emotion.HAPPY] == 5.0
        assert Emotion.FEAR not in rule.thresholds
        assert rule.counted == frozenset(EMOTIONS) - {Emotion.DISGUST}
        assert rule.min_face_s == 3.0

    def test_every_option_can_be_shown_in_a_dialog(self) -> None:
        for entry in option_fields():
            option, kind = option_of(entry), kind_of(entry.name)
            assert kind in {bool, int, float, str}
            assert option.label
            assert option.help.endswith(".")
            assert option.group
            assert option.choices or kind is not str
            assert kind not in {int, float} or (option.minimum is not None and option.maximum is not None)
