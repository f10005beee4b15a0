"""What the page does with a stream, a photo and a video; without a browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from emotion_gui.core.consent_texts import AgreementText
from emotion_gui.core.emotions import EMOTIONS, Emotion
from emotion_gui.core.errors import AppError
from emotion_gui.core.paths import assets_folder
from emotion_gui.core.rule_presets import apply_preset
from emotion_gui.core.settings import Settings
from emotion_gui.core.translation import speaking
from emotion_gui.gradio_app import visitors as visitors_module
from emotion_gui.gradio_app.handlers import Handlers
from emotion_gui.gradio_app.thresholds import OFF, first_values, with_rule
from emotion_gui.gradio_app.visitors import MOST_VISITORS, MOST_WATCHED_S, Visitors
from tests.gradio_app.conftest import Clock
from tests.vision.portraits import portrait

_CAVEAT = "It does not measure feelings, honesty or suitability."
_TAB = "a tab"


def _rgb() -> NDArray[np.uint8]:
    return np.ascontiguousarray(portrait()[..., ::-1])


def _upload(passing: Path, name: str = "photo.jpg") -> Path:
    """A file as Gradio puts it down: in a folder of its own."""
    folder = passing / "0123"
    folder.mkdir()
    file = folder / name
    if file.suffix == ".jpg":
        cv2.imwrite(str(file), portrait())
    else:
        shutil.copy(assets_folder() / "demo.mp4", file)
    # Gradio leaves one of these beside each upload, and begins another's upload with one.
    os.utime(_touched(passing / "tmp0"), (0, 0))
    return file


def _touched(file: Path) -> Path:
    file.touch()
    return file


def _left(passing: Path) -> list[Path]:
    return [path for path in passing.rglob("*") if path.is_file()]


def test_the_sliders_begin_with_the_preset() -> None:
    rule = with_rule(Settings(), first_values()).rule
    assert rule == apply_preset(Settings(), "Tense expressions").rule
    assert Emotion.HAPPY not in rule.thresholds


def test_a_slider_at_its_end_is_off_and_no_slider_leaves_its_range() -> None:
    settings = with_rule(Settings(), [OFF] * len(EMOTIONS) + [0.0])
    assert settings.rule.thresholds == {}
    assert settings.min_face_s == 0
    wild = with_rule(Settings(), [-5.0] * len(EMOTIONS) + [1e9])
    assert set(wild.rule.thresholds.values()) == {0.0}
    assert wild.min_face_s == 60


def test_nobody_is_watched_who_did_not_agree(handlers: Handlers) -> None:
    with pytest.raises(AppError, match="Nobody has agreed"):
        handlers.stream(_TAB, _rgb(), first_values())
    with pytest.raises(AppError, match="until the box is ticked"):
        handlers.agree(_TAB, ticked=False)
    with pytest.raises(AppError, match="Nobody has agreed"):
        handlers.stream(_TAB, _rgb(), first_values())


def test_a_yes_to_another_text_is_no_yes(handlers: Handlers, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers.agree(_TAB, ticked=True)
    changed = AgreementText("Another text", "", (), "", "", "", 2)
    monkeypatch.setattr(visitors_module, "stream_question", lambda: changed)
    with pytest.raises(AppError, match="Nobody has agreed"):
        handlers.stream(_TAB, _rgb(), first_values())


def test_a_stream_is_counted_by_time_and_judged(handlers: Handlers, clock: Clock) -> None:
    handlers.agree(_TAB, ticked=True)
    for second in range(12):
        clock.now = float(second)
        picture, moment, shares, verdict = handlers.stream(_TAB, _rgb(), first_values())
    assert 'src="data:image/jpeg;base64,' in picture
    assert "Neutral" in moment
    assert "11 s with a face that counts" in shares
    # The five thresholds of the preset.
    assert shares.count("eg-mark") == 5
    assert "Not nervous" in verdict
    assert _CAVEAT in verdict
    # The same seconds, judged by other sliders.
    strict = [0.0] * len(EMOTIONS) + [1.0]
    assert "Nervous" in handlers.judged(_TAB, strict)[1]
    assert "0 s with" in handlers.anew(_TAB, strict)[0]


def test_a_long_gap_is_not_counted(handlers: Handlers, clock: Clock) -> None:
    handlers.agree(_TAB, ticked=True)
    handlers.stream(_TAB, _rgb(), first_values())
    clock.now = 500.0
    assert "1.2 s with" in handlers.stream(_TAB, _rgb(), first_values())[2]
    # What is held for a visitor stays small: a stream that never ends is counted from nothing again.
    clock.now = MOST_WATCHED_S + 501
    handlers.stream(_TAB, _rgb(), first_values())
    clock.now += 1
    assert "0.2 s with" in handlers.stream(_TAB, _rgb(), first_values())[2]


def test_a_picture_without_a_face_says_so(handlers: Handlers) -> None:
    handlers.agree(_TAB, ticked=True)
    picture, moment, _shares, verdict = handlers.stream(_TAB, np.zeros((480, 640, 3), np.uint8), first_values())
    assert "No face is seen." in picture
    assert "No face is seen." in moment
    assert "Not enough data" in verdict
    assert _CAVEAT in verdict


def test_what_is_held_goes_with_the_tab_and_is_bounded(handlers: Handlers, clock: Clock) -> None:
    visitors = handlers.visitors
    handlers.agree(_TAB, ticked=True)
    handlers.stream(_TAB, _rgb(), first_values())
    visitors.forget(_TAB)
    assert len(visitors) == 0
    with pytest.raises(AppError):
        # A last picture that comes late brings nothing back.
        handlers.stream(_TAB, _rgb(), first_values())
    assert len(visitors) == 0
    many = Visitors(Settings, clock)
    for number in range(3 * MOST_VISITORS):
        many.of(str(number))
    assert len(many) == MOST_VISITORS


def test_asking_for_shares_holds_nothing(handlers: Handlers) -> None:
    handlers.judged("somebody who only looks", first_values())
    assert len(handlers.visitors) == 0


def test_a_photo_is_answered_and_gone(handlers: Handlers, passing: Path) -> None:
    answer = handlers.photo(str(_upload(passing)), agreed=True)
    assert "1 face" in answer
    assert "Probabilities of this picture" in answer
    assert 'download="results.csv" href="data:text/csv;base64,' in answer
    assert _left(passing) == []


@pytest.mark.slow
def test_a_video_is_judged_by_the_sliders_and_judged_again(handlers: Handlers, passing: Path) -> None:
    values = first_values()
    answer, shares, verdict = handlers.video(_TAB, str(_upload(passing, "talk.mp4")), values, agreed=True)
    assert "Course of the video" in answer
    assert "with a face that counts" in shares
    assert _CAVEAT in verdict
    strict = [0.0] * len(EMOTIONS) + [1.0]
    assert handlers.judged_video(_TAB, strict)[1] != verdict
    assert _left(passing) == []


@pytest.mark.parametrize(("name", "why"), [("photo.jpg", "Nobody has agreed"), ("talk.mp4", "the other tab")])
def test_what_is_refused_is_gone_too(handlers: Handlers, passing: Path, name: str, why: str) -> None:
    with pytest.raises(AppError, match=why):
        handlers.photo(str(_upload(passing, name)), agreed=name != "photo.jpg")
    assert _left(passing) == []


def test_no_file_and_a_broken_one_are_told_in_a_sentence(handlers: Handlers, passing: Path) -> None:
    with pytest.raises(AppError, match="No file was chosen"):
        handlers.photo(None, agreed=True)
    file = _upload(passing)
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(AppError):
        handlers.photo(str(file), agreed=True)
    # It still stands in the form.
    with pytest.raises(AppError, match="Choose it again"):
        handlers.photo(str(file), agreed=True)


def test_an_upload_that_is_just_coming_in_is_left_alone(handlers: Handlers, passing: Path) -> None:
    coming = _touched(passing / "tmp1")
    handlers.photo(str(_upload(passing)), agreed=True)
    assert _left(passing) == [coming]


def test_a_file_elsewhere_is_never_deleted(handlers: Handlers, tmp_path: Path) -> None:
    file = tmp_path / "mine" / "photo.jpg"
    file.parent.mkdir()
    cv2.imwrite(str(file), portrait())
    handlers.photo(str(file), agreed=True)
    assert file.exists()


def test_it_speaks_the_users_language(handlers: Handlers) -> None:
    with speaking("de"):
        assert "Es misst weder Gefühle noch" in handlers.judged(_TAB, first_values())[1]
