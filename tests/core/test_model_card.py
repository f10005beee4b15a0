"""The card beside a model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.emotions import EMOTION_NAMES
from emotion_gui.core.errors import ModelError
from emotion_gui.core.model_card import ModelCard, read_card, sha256_of

_INPUT = {"shape": [48, 48, 1], "value_range": [0, 255], "color": "gray"}


def test_a_card_survives_its_file(tmp_path: Path) -> None:
    card = ModelCard(
        "ferplus", EMOTION_NAMES, _INPUT, metrics={"accuracy": {"value": 0.8}}, limits=("Not for babies.",)
    )
    path = tmp_path / "ferplus.json"
    path.write_text(json.dumps(card.to_dict()), encoding="utf-8")
    assert read_card(path) == card


def test_keys_of_a_later_version_are_left_out() -> None:
    card = ModelCard("a", ("happy", "sad"), _INPUT)
    assert ModelCard.from_dict(card.to_dict() | {"aura": "blue"}) == card


def test_a_card_of_an_earlier_version_is_read() -> None:
    card = ModelCard.from_dict({"name": "a", "labels": ["happy", "sad"], "input": _INPUT, "format": 1})
    assert (card.label_set, card.teachers, card.parent, card.versions) == ("", (), {}, {})


@pytest.mark.parametrize("key", ["versions", "emotion_meanings"])
def test_texts_by_key_are_texts(key: str) -> None:
    data = ModelCard("a", ("happy", "sad"), _INPUT).to_dict()
    with pytest.raises(ModelError, match=key):
        ModelCard.from_dict(data | {key: {"happy": 3}})


@pytest.mark.parametrize("labels", [(), ("joy",), ("happy", "happy"), ("Happy",)])
def test_labels_that_are_not_ours(labels: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match="labels"):
        ModelCard("a", labels, _INPUT)


@pytest.mark.parametrize("missing", ["name", "labels", "input"])
def test_a_card_that_lacks_something(missing: str) -> None:
    data = ModelCard("a", EMOTION_NAMES, _INPUT).to_dict()
    del data[missing]
    with pytest.raises(ModelError, match=missing):
        ModelCard.from_dict(data)


@pytest.mark.parametrize("text", [None, "", "{", "[]", "null", '{"name": "a"}', "[" * 100_000])
def test_what_is_no_card(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "a.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read_card(path)
    assert caught.value.message.endswith(".")


_VALUES = st.none() | st.integers() | st.text(max_size=4) | st.lists(st.sampled_from([*EMOTION_NAMES, 3, None]))


@given(st.dictionaries(st.sampled_from(sorted(ModelCard("a", ("sad",), {}).to_dict())), _VALUES))
def test_any_values_are_taken_or_refused(data: dict[str, Any]) -> None:
    valid: dict[str, Any] = {"name": "a", "labels": ["sad"], "input": {}}
    for candidate in (data, valid | data):
        try:
            card = ModelCard.from_dict(candidate)
        except ModelError as error:
            assert error.message.endswith(".")
        else:
            assert set(card.labels) <= set(EMOTION_NAMES)


def test_the_hash_is_sha_256(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_of(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
