from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from emotion_gui.core.baseline import AppliedBaseline, Baseline
from emotion_gui.core.comparability import reservations, usable_share
from emotion_gui.core.session import SessionRecord
from tests.builders import PROVENANCE, make_info, make_record

BASELINE = AppliedBaseline(0.0, Baseline((1 / 7,) * 7, 12.0, 0, datetime(2026, 11, 21, tzinfo=UTC)))


def one(**changes: object) -> SessionRecord:
    return make_record(60, 5, info=make_info(**changes))


def test_alike_sessions_raise_none() -> None:
    assert reservations([one(candidate="Ada"), one(candidate="Bob")]) == ()
    assert reservations([]) == ()


def test_another_model_is_named() -> None:
    other = one(provenance=replace(PROVENANCE, model_name="other", model_sha256="00" * 32))
    (sentence,) = reservations([one(), other])
    assert "emotion-small" in sentence
    assert "other" in sentence


def test_each_difference_is_told_once() -> None:
    settings = make_info().settings
    other = replace(
        one(
            settings={**settings, "smoothing_ms": 0, "count_everyone": True},
            provenance=replace(PROVENANCE, detector="haar"),
            rule=replace(make_info().rule, min_face_s=1.0),
        ),
        baselines=(BASELINE,),
    )
    told = reservations([one(), one(), other])
    assert len(told) == 5
    assert "1 of 3" in " ".join(told)


def test_unequal_usable_time_is_told() -> None:
    half = one()
    half.statistics.duration_s *= 3
    (sentence,) = reservations([one(), half])
    assert "from 30 % to 91 %" in sentence
    assert usable_share(half) < 0.5 < usable_share(one())


def test_little_usable_time_is_told_even_where_it_is_equal() -> None:
    records = [one(), one()]
    for record in records:
        record.statistics.duration_s *= 3
    assert "2 sessions" in reservations(records)[0]


def test_old_sessions_without_the_setting_are_no_error() -> None:
    old = one(settings={})
    assert reservations([old, old]) == ()
    assert reservations([one(), old])
