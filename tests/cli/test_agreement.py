"""What a script says about purpose and consent, and what it says where they are missing."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import pytest

from emotion_gui.__main__ import main
from emotion_gui.batch.agreement import script_agreement
from emotion_gui.bench.portrait import portrait_frame
from emotion_gui.core.consent import AskedOf, Purpose
from emotion_gui.core.consent_texts import recruitment_notice
from emotion_gui.core.errors import AppError

CONFIRMED = ["--consent-given", "--recruitment-notice-read"]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photo") / "face.png"
    cv2.imwrite(str(path), portrait_frame())
    return path


def _summary(out: Path) -> dict[tuple[str, str], str]:
    with (out / "face_summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(row["section"], row["key"]): row["value"] for row in csv.DictReader(file)}


def test_without_a_word_the_record_says_that_nobody_was_asked(photo: Path, tmp_path: Path) -> None:
    assert main(["analyze", str(photo), "--out", str(tmp_path), "--quiet", "--formats", "summary"]) == 0
    summary = _summary(tmp_path)
    assert summary["session", "purpose"] == "practice"
    assert summary["consent", "asked_of"] == "nobody"


def test_the_user_confirms_and_names_a_purpose(photo: Path, tmp_path: Path) -> None:
    options = ["--purpose", "research", "--consent-given", "--quiet", "--formats", "summary"]
    assert main(["analyze", str(photo), "--out", str(tmp_path), *options]) == 0
    summary = _summary(tmp_path)
    assert summary["session", "purpose"] == "research"
    assert summary["consent", "asked_of"] == "user"
    assert summary["consent", "text_version"] == "option --consent-given"


@pytest.mark.parametrize("given", [[], CONFIRMED[:1], CONFIRMED[1:]])
def test_recruitment_shows_its_notice_and_waits_for_both_words(
    given: list[str], photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["analyze", str(photo), "--out", str(out), "--purpose", "recruitment", *given]) == 1
    told = capsys.readouterr().err
    assert "Article 5(1)(f)" in told
    assert told.splitlines()[-1].startswith("emotion-gui: Recruitment needs")
    assert all(option in told for option in CONFIRMED)
    assert max(map(len, told.splitlines()[:-1])) <= 100
    assert not out.exists()


def test_acknowledged_recruitment_goes_on_and_is_recorded(
    photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--purpose", "recruitment", *CONFIRMED, "--formats", "summary"]
    assert main(["analyze", str(photo), "--out", str(tmp_path), *options]) == 0
    assert "820 ILCS 42" in capsys.readouterr().err
    summary = _summary(tmp_path)
    assert summary["session", "purpose"] == "recruitment"
    assert summary["consent", "notice_version"] == recruitment_notice().version


def test_what_was_confirmed_is_what_is_recorded() -> None:
    nobody = script_agreement(Purpose.PRACTICE, consent_given=False, notice_read=True)
    assert (nobody.asked_of, nobody.given, nobody.notice_version) == (AskedOf.NOBODY, False, "")
    user = script_agreement(Purpose.OTHER, consent_given=True, notice_read=False)
    assert (user.asked_of, user.given, user.notice_version) == (AskedOf.USER, True, "")
    with pytest.raises(AppError):
        script_agreement(Purpose.RECRUITMENT, consent_given=True, notice_read=False)
