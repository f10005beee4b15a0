"""The live page: nothing opens before somebody agreed, all see the same picture, and Stop gives the camera back."""

from __future__ import annotations

from emotion_gui.core import translation
from emotion_gui.core.consent import AskedOf, Purpose
from emotion_gui.core.session import SessionState
from emotion_gui.web.live_desk import MOST_VIEWERS, Stage
from tests.waiting import wait_for
from tests.web.conftest import CAMERA, DEMO, Site, Visitor, hidden_fields


def _ask(visitor: Visitor, source: str = "camera:0", purpose: str = "practice") -> str:
    answer = visitor.post("/live", "/live/ask", source=source, purpose=purpose, candidate="Ada")
    return answer.get_data(as_text=True)


def _agree(site: Site, visitor: Visitor, **changes: str) -> int:
    """Read the question and answer yes, but for what is changed."""
    fields = hidden_fields(_ask(visitor)) | changes
    return visitor.client.post("/live/start", data={name: value for name, value in fields.items() if value}).status_code


def _counted(site: Site) -> float:
    statistics = site.parts.desk.state.statistics
    return statistics.face_duration_s if statistics else 0.0


def _start(site: Site, visitor: Visitor) -> None:
    assert _agree(site, visitor) == 302
    wait_for(lambda: _counted(site), "a session")


def test_no_camera_opens_before_somebody_agreed(site: Site, visitor: Visitor) -> None:
    page = _ask(visitor)
    assert "Before the camera opens" in page
    assert "I have read this and agree that my face is analysed in this session." in page
    for path in ("/", "/live", "/live/state", "/live/chart", "/sessions", "/upload"):
        assert site.client.get(path).status_code == 200
    assert site.client.get("/live/picture").status_code == 404
    assert _agree(site, visitor, agreed="") == 400
    assert _agree(site, visitor, agreed="1-000000000000") == 400
    assert site.opened == []
    assert site.parts.desk.state.stage is Stage.OFF


def test_a_no_is_told_back(site: Site) -> None:
    assert "nobody agreed" in site.client.get("/live?declined=1").get_data(as_text=True)


def test_after_the_yes_the_camera_opens_and_after_stop_it_is_given_back(site: Site, visitor: Visitor) -> None:
    _start(site, visitor)
    assert site.opened == [CAMERA]
    page = site.client.get("/live").get_data(as_text=True)
    assert "does not measure feelings, honesty or suitability" in page
    assert "A face shows an expression, not a feeling." in page
    assert visitor.post("/live", "/live/stop").status_code == 302
    assert site.sources[0].closed == 1
    (summary,) = site.store.list()
    assert (summary.state, summary.info.candidate) == (SessionState.FINISHED, "Ada")
    consent = summary.info.consent
    assert consent and consent.asked_of is AskedOf.CANDIDATE
    assert (consent.keeps_video, consent.keeps_crops) == (False, False)
    assert f"/sessions/{summary.session_id}" in site.client.get("/live").get_data(as_text=True)


def test_recruitment_needs_its_notice_too(site: Site, visitor: Visitor) -> None:
    page = _ask(visitor, purpose="recruitment")
    fields = hidden_fields(page)
    assert "Regulation (EU) 2024/1689" in page
    assert site.client.post("/live/start", data={**fields, "noticed": ""}).status_code == 400
    assert site.opened == []
    assert site.client.post("/live/start", data=fields).status_code == 302
    wait_for(lambda: _counted(site), "a session")
    visitor.post("/live", "/live/stop")
    (summary,) = site.store.list()
    assert summary.info.purpose is Purpose.RECRUITMENT
    assert summary.info.consent
    assert summary.info.consent.notice_version == fields["noticed"]


def test_the_demo_watches_nobody_and_asks_nothing(site: Site, visitor: Visitor) -> None:
    _ask(visitor, source="demo:")
    wait_for(lambda: site.opened, "the demo")
    assert set(site.opened) == {DEMO}


def test_only_what_is_offered_can_be_watched(site: Site, visitor: Visitor) -> None:
    for source in ("file:/etc/passwd", "stream:rtsp://example", "camera:7", ""):
        assert visitor.post("/live", "/live/ask", source=source, purpose="practice").status_code == 400
    assert visitor.post("/live", "/live/ask", source="camera:0", purpose="spying").status_code == 400
    assert site.opened == []


def test_there_is_one_session_at_a_time(site: Site, visitor: Visitor) -> None:
    fields = hidden_fields(_ask(visitor))
    _start(site, visitor)
    assert site.client.post("/live/start", data=fields).status_code == 400
    assert site.opened == [CAMERA]


def test_all_viewers_get_the_pictures_and_are_counted(site: Site, visitor: Visitor) -> None:
    _start(site, visitor)
    streams = [iter(site.app.test_client().get("/live/picture").iter_encoded()) for _ in range(3)]
    for stream in streams:
        assert next(stream) == b"--picture\r\n"
        part = next(stream)
        assert part.startswith(b"Content-Type: image/jpeg\r\nContent-Length: ")
        assert b"\xff\xd8" in part
        assert part.endswith(b"\r\n--picture\r\n")
    assert "Browsers that look on: 3" in site.client.get("/live/state").get_json()["viewers"]
    visitor.post("/live", "/live/stop")
    assert all(sum(1 for _part in stream) <= 2 for stream in streams)
    assert site.parts.desk.pictures.readers == 0


def test_one_viewer_too_many_is_told_so(site: Site, visitor: Visitor) -> None:
    _start(site, visitor)
    streams = [iter(site.app.test_client().get("/live/picture").iter_encoded()) for _ in range(MOST_VIEWERS)]
    assert {next(stream) for stream in streams} == {b"--picture\r\n"}
    late = site.client.get("/live/picture")
    assert (late.status_code, "looking on already" in late.get_data(as_text=True)) == (503, True)


def test_the_newest_figures_are_told_in_the_readers_language(site: Site, visitor: Visitor) -> None:
    _start(site, visitor)
    german = site.client.get("/live/state", headers={"Accept-Language": "de"}).get_json()
    assert german["stage"] == "running"
    assert german["verdict"] == "Zu wenig Daten"
    assert "s auswertbar" in german["reason"]
    light, dark = (site.client.get(f"/live/chart?theme={theme}").data for theme in ("light", "dark"))
    assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n"
    assert light != dark


def test_the_words_in_the_picture_are_those_of_whoever_began(site: Site) -> None:
    client = site.app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    _start(site, Visitor(client))
    assert translation.language() == "es"
    assert site.client.get("/live/state").get_json()["status"] == "A session is running."
    site.parts.desk.stop()
    assert translation.language() == "en"


def test_a_session_that_cannot_start_says_why(site: Site, visitor: Visitor) -> None:
    from emotion_gui.core.errors import ModelError

    def fail(*_: object) -> object:
        raise ModelError("The model is gone.", "Install the program again.")

    object.__setattr__(site.parts.desk._backends, "load_classifier", fail)
    assert _agree(site, visitor) == 302
    wait_for(lambda: site.parts.desk.state.trouble, "the reason")
    assert "The model is gone. Install the program again." in site.client.get("/live").get_data(as_text=True)
    assert site.opened == []
