"""What is asked before somebody is watched through the browser's pages."""

from __future__ import annotations

from emotion_gui.core.browser_consent import live_question, upload_question
from emotion_gui.core.consent_texts import consent_question
from emotion_gui.core.source_spec import SourceSpec

CAMERA = SourceSpec("camera", "0")


def test_no_picture_can_be_agreed_to_because_none_is_stored() -> None:
    text = live_question(CAMERA, 90, network=False).text
    assert not any(passage.permissions for passage in text.passages)
    assert "No picture is stored." in text.plain
    assert "Nothing is sent to anybody" in text.plain


def test_who_can_be_seen_by_others_is_told_so() -> None:
    text = live_question(CAMERA, 90, network=True).text
    assert "can see the picture and the result in a browser" in text.plain
    assert "Nothing is sent to anybody" not in text.plain


def test_each_of_the_texts_is_a_version_of_its_own() -> None:
    texts = [
        consent_question(CAMERA, 90).text,
        live_question(CAMERA, 90, network=False).text,
        live_question(CAMERA, 90, network=True).text,
        upload_question(),
    ]
    assert len({text.version for text in texts}) == 4


def test_an_upload_is_told_to_be_deleted() -> None:
    assert "is deleted before the answer is shown" in upload_question().plain
    assert "An expression, not a feeling".lower() in upload_question().plain
