"""Who may ask what: strangers' pages, other machines, forms of nobody's, and what browsers are told not to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from emotion_gui.web.guard import Access
from tests.web.conftest import Site, Visitor, hidden_fields

_TOKEN = "correct-horse-battery"
_PAGES = ("/", "/live", "/upload", "/sessions", "/no-such-page")


@pytest.mark.parametrize("path", _PAGES)
def test_no_page_takes_anything_from_elsewhere_or_stays_in_a_cache(site: Site, path: str) -> None:
    headers = site.client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", _PAGES)
def test_no_page_names_another_address_or_has_script_and_style_within(site: Site, path: str) -> None:
    page = site.client.get(path).get_data(as_text=True)
    assert "://" not in page
    assert "<style" not in page
    assert "style=" not in page
    assert "<script>" not in page
    assert "onclick" not in page


@pytest.mark.parametrize("path", ["/live/ask", "/live/start", "/live/stop", "/upload"])
def test_a_form_that_was_not_loaded_here_is_refused(site: Site, path: str) -> None:
    answer = site.client.post(path, data={"source": "demo:", "purpose": "practice"})
    assert answer.status_code == 400
    assert "no longer valid" in answer.get_data(as_text=True)
    assert site.opened == []


def test_a_strange_name_for_this_machine_is_refused(site: Site) -> None:
    assert site.client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert site.client.get("/", headers={"Host": "127.0.0.1:8765"}).status_code == 200
    assert site.client.get("/", headers={"Host": "localhost:8765"}).status_code == 200


@pytest.fixture
def open_site(tmp_path: Path) -> Iterator[Site]:
    """As with --host and --token."""
    made = Site(tmp_path, Access(_TOKEN, own_address="192.0.2.1"))
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/", "/live", "/live/picture", "/live/state", "/sessions", "/upload"])
def test_without_the_token_there_is_only_the_question_for_it(open_site: Site, path: str) -> None:
    answer = open_site.client.get(path, headers={"Host": "server.example"})
    assert (answer.status_code, answer.location) == (302, "/login")


def test_the_question_for_the_token_has_its_look(open_site: Site) -> None:
    for path in ("/login", "/report.css", "/static/pages.css"):
        assert open_site.client.get(path).status_code == 200


def test_the_token_is_asked_for_once(open_site: Site) -> None:
    visitor = Visitor(open_site.client)
    assert visitor.post("/login", token="wrong-wrong-wrong-wrong").status_code == 403
    assert open_site.client.get("/sessions").status_code == 302
    assert visitor.post("/login", token=_TOKEN).location == "/"
    assert open_site.client.get("/sessions").status_code == 200


@pytest.mark.parametrize("elsewhere", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_a_session_starts_only_at_the_machine_with_the_camera(open_site: Site, elsewhere: dict[str, str]) -> None:
    client = open_site.client
    visitor = Visitor(client)
    visitor.post("/login", token=_TOKEN)
    fields = hidden_fields(client.get("/live").get_data(as_text=True))
    assert "Start a session" not in client.get("/live", environ_base=elsewhere).get_data(as_text=True)
    wish = {**fields, "source": "camera:0", "purpose": "practice"}
    for path in ("/live/ask", "/live/start"):
        assert client.post(path, data=wish, environ_base=elsewhere).status_code == 403
    assert open_site.opened == []


@pytest.mark.parametrize("here", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "192.0.2.1"])
def test_whoever_is_at_the_machine_can_start_one(open_site: Site, here: str) -> None:
    Visitor(open_site.client).post("/login", token=_TOKEN)
    page = open_site.client.get("/live", environ_base={"REMOTE_ADDR": here}).get_data(as_text=True)
    assert "Start a session" in page


def test_who_can_be_seen_by_others_reads_so_before_agreeing(open_site: Site) -> None:
    visitor = Visitor(open_site.client)
    visitor.post("/login", token=_TOKEN)
    page = visitor.post("/live", "/live/ask", source="camera:0", purpose="practice").get_data(as_text=True)
    assert "can see the picture and the result in a browser" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [("de-AT,de;q=0.9", "Was zeigen Gesichter?"), ("es", "¿Qué muestran los rostros?"), ("fr", "What do faces show?")],
)
def test_a_page_speaks_its_readers_language(site: Site, asked: str, said: str) -> None:
    assert said in site.client.get("/", headers={"Accept-Language": asked}).get_data(as_text=True)


def test_what_the_user_chose_is_spoken_to_everybody(site: Site) -> None:
    site.settings = type(site.settings)(language="de")
    assert "Was zeigen Gesichter?" in site.client.get("/", headers={"Accept-Language": "es"}).get_data(as_text=True)


def test_a_bug_is_a_page_and_the_server_goes_on(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.parts.tables.find = None  # type: ignore[assignment,method-assign]  # what is called below is then a bug
    answer = site.client.get("/upload/key/results.csv")
    assert answer.status_code == 500
    assert "the server goes on" in answer.get_data(as_text=True)
    assert "failed" in caplog.text
    assert site.client.get("/").status_code == 200
