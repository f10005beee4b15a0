"""What the user chose as picture source."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_gui.core import translation
from emotion_gui.core.errors import SourceError
from emotion_gui.core.source_spec import KINDS, STREAM, SourceSpec, shown_source


@given(st.sampled_from(KINDS), st.text(max_size=30))
def test_a_source_survives_the_settings(kind: str, address: str) -> None:
    spec = SourceSpec(kind, address)
    assert SourceSpec.parse(str(spec)) == spec


@pytest.mark.parametrize("text", ["", "webcam:0", ":", "Camera:0"])
def test_an_unknown_kind_is_told(text: str) -> None:
    with pytest.raises(SourceError, match="no source of the kind"):
        SourceSpec.parse(text)


@pytest.mark.parametrize(("text", "title"), [
    ("camera:0", "Camera 0"),
    ("demo:", "Demo clip"),
    ("file:/home/ada/interview.mp4", "interview.mp4"),
    ("images:faces", "faces"),
    ("stream:http://10.0.0.5:8080/video", "http://10.0.0.5:8080/video"),
])  # fmt: skip
def test_titles(text: str, title: str) -> None:
    assert SourceSpec.parse(text).title == title


_SECRET = "s3cr3t"


@pytest.mark.parametrize("address", [
    f"rtsp://admin:{_SECRET}@10.0.0.5:554/h264", f"http://{_SECRET}@cam/x", f"rtsp://a:p@ss{_SECRET}@cam/x",
    f"rtsp://a:{_SECRET}#?/@cam/x", f"http://cam/video?user=a&password={_SECRET}", f"http://cam/v#{_SECRET}",
    f"admin:{_SECRET}@cam/video", f"HTTP://a:{_SECRET}@cam",
])  # fmt: skip
def test_a_title_holds_no_password(address: str) -> None:
    title = SourceSpec(STREAM, address).title
    assert _SECRET not in title
    assert "cam" in title or "10.0.0.5" in title


@given(st.text(alphabet="ab:/@?#.", max_size=12), st.text(alphabet="ab:/?#.", max_size=8))
def test_nothing_before_the_last_at_sign_is_shown(user: str, place: str) -> None:
    assert _SECRET not in SourceSpec(STREAM, f"rtsp://{user}{_SECRET}@{place}").title


@pytest.fixture
def _german() -> Iterator[None]:
    translation.set_language("de")
    yield
    translation.set_language(translation.DEFAULT_LANGUAGE)


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize(("text", "recorded", "shown"), [
    ("camera:0", "Camera 0", "Kamera 0"),
    ("demo:", "Demo clip", "Democlip"),
    ("file:Camera one.mp4", "Camera one.mp4", "Camera one.mp4"),
    ("stream:http://10.0.0.5:8080/video", "http://10.0.0.5:8080/video", "http://10.0.0.5:8080/video"),
])  # fmt: skip
def test_a_record_keeps_titles_in_english_and_shows_them_in_the_users_language(
    text: str, recorded: str, shown: str
) -> None:
    spec = SourceSpec.parse(text)
    assert (spec.recorded_title, shown_source(spec.recorded_title), spec.title) == (recorded, shown, shown)
