"""What is agreed to, in which words, and what may not begin without."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core.consent import AskedOf, Consent, Purpose, check_agreement
from emotion_gui.core.consent_texts import (
    PURPOSES,
    AgreementText,
    acknowledged_only,
    consent_question,
    recruitment_notice,
)
from emotion_gui.core.errors import AppError
from emotion_gui.core.source_spec import SourceSpec

CAMERA, CLIP, DEMO = SourceSpec("camera", "0"), SourceSpec("file", "talk.mp4"), SourceSpec("demo")
GIVEN = Consent(datetime(2026, 11, 21, 14, 30, tzinfo=UTC), "1-0123456789ab", "en")


@given(
    st.builds(
        Consent,
        st.datetimes(timezones=st.just(UTC)).map(lambda when: when.replace(microsecond=0)),
        st.text(),
        st.sampled_from(["en", "de", "es"]),
        st.booleans(),
        st.booleans(),
        st.text(),
        st.sampled_from(AskedOf),
    )
)
def test_a_consent_comes_back_as_it_was_kept(consent: Consent) -> None:
    assert Consent.from_dict(consent.to_dict()) == consent


def test_a_consent_of_an_earlier_version_was_the_candidate_s() -> None:
    kept = GIVEN.to_dict()
    del kept["asked_of"]
    assert Consent.from_dict(kept) == GIVEN


@pytest.mark.parametrize("broken", [{"agreed_at": "yesterday"}, {"asked_of": "the dog"}])
def test_a_broken_consent_is_refused(broken: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(broken.values()))):
        Consent.from_dict(GIVEN.to_dict() | broken)


@pytest.mark.parametrize(
    ("purpose", "consent", "watches_people", "allowed"),
    [
        (Purpose.PRACTICE, GIVEN, True, True),
        (Purpose.PRACTICE, None, True, False),
        (Purpose.PRACTICE, replace(GIVEN, asked_of=AskedOf.NOBODY), True, False),
        (Purpose.PRACTICE, None, False, True),
        (Purpose.RECRUITMENT, GIVEN, True, False),
        (Purpose.RECRUITMENT, replace(GIVEN, notice_version="1-ab"), True, True),
        (Purpose.RECRUITMENT, acknowledged_only("1-ab"), True, False),
        (Purpose.RECRUITMENT, None, False, False),
        (Purpose.RECRUITMENT, acknowledged_only("1-ab"), False, True),
    ],
)
def test_what_may_begin(purpose: Purpose, consent: Consent | None, watches_people: bool, allowed: bool) -> None:
    if allowed:
        check_agreement(purpose, consent, watches_people=watches_people)
        return
    with pytest.raises(AppError) as error:
        check_agreement(purpose, consent, watches_people=watches_people)
    assert error.value.hint


def _words(text: AgreementText) -> str:
    return f"{text.plain}\n{text.statement}"


@pytest.mark.parametrize("spec", [CAMERA, CLIP])
@pytest.mark.parametrize(
    "said",
    [
        "seven expressions",
        "Nothing is sent to anybody",
        "stored only where one of these boxes is ticked",
        "Whoever uses the program on this computer",
        "for 30 days",
        "stopped at any time",
        "deleted at any time",
        "an expression, not a feeling",
    ],
)
def test_the_question_says_what_a_person_must_know(spec: SourceSpec, said: str) -> None:
    assert said in _words(consent_question(spec, 30).text)


@pytest.mark.parametrize(("days", "said"), [(1, "for 1 day."), (90, "for 90 days."), (0, "until somebody deletes it")])
def test_the_question_says_how_long_a_session_is_kept(days: int, said: str) -> None:
    assert said in _words(consent_question(CAMERA, days).text)


def test_a_recording_is_asked_for_in_words_of_its_own() -> None:
    live, recorded = consent_question(CAMERA, 90), consent_question(CLIP, 90)
    assert (live.asked_of, recorded.asked_of) == (AskedOf.CANDIDATE, AskedOf.USER)
    assert "my face" in live.text.statement
    assert "person in this recording agreed" in recorded.text.statement


def test_a_yes_keeps_when_what_and_in_which_language() -> None:
    question = consent_question(CAMERA, 90)
    before = datetime.now(UTC).replace(microsecond=0)
    consent = question.agreed(keeps_crops=True)
    assert before <= consent.agreed_at <= datetime.now(UTC)
    assert consent.agreed_at.utcoffset() is not None
    assert (consent.text_version, consent.language) == (question.text.version, "en")
    assert (consent.keeps_video, consent.keeps_crops, consent.given) == (False, True, True)


def test_every_permission_is_a_field_of_the_record() -> None:
    permissions = {name for passage in consent_question(CAMERA, 90).text.passages for name in passage.permissions}
    assert permissions == {"keeps_video", "keeps_crops"}
    assert permissions <= set(GIVEN.to_dict())


def test_another_wording_is_another_version() -> None:
    text = consent_question(CAMERA, 90).text
    assert consent_question(CAMERA, 90).text.version == text.version
    changed = [
        consent_question(CAMERA, 91).text,
        consent_question(CLIP, 90).text,
        replace(text, statement=f"{text.statement} "),
        replace(text, edition=2),
    ]
    assert len({text.version, *(other.version for other in changed)}) == 5
    assert text.version.startswith("1-")
    assert len(text.version) == len("1-") + 12


@pytest.mark.parametrize(
    "said",
    [
        "Regulation (EU) 2024/1689",
        "Article 5(1)(f)",
        "2 February 2025",
        "medical or safety",
        "820 ILCS 42",
        "Maryland",
        "Local Law 144",
        "no legal advice",
    ],
)
def test_the_notice_on_recruitment_names_the_laws(said: str) -> None:
    assert said in _words(recruitment_notice())


def test_every_purpose_has_its_words() -> None:
    assert set(PURPOSES) == set(Purpose)
    assert next(iter(PURPOSES)) is Purpose.PRACTICE
