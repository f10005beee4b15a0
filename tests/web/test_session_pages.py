"""The list of past sessions, their reports, and every format to take along."""

from __future__ import annotations

import pytest

from emotion_gui.core.session import SessionInfo
from emotion_gui.export import EXPORTERS
from tests.builders import CONSENT, STARTED_AT, make_frames, make_info
from tests.web.conftest import Site


def _keep(site: Site, candidate: str = "Ada Lovelace") -> SessionInfo:
    info = make_info(candidate=candidate, consent=CONSENT)
    site.store.create(info)
    site.store.append(info.session_id, list(make_frames(20)))
    site.store.finish(info.session_id, STARTED_AT)
    return info


def test_without_sessions_the_list_says_where_to_begin(site: Site) -> None:
    assert "There is no session yet." in site.client.get("/sessions").get_data(as_text=True)


def test_a_session_is_listed_with_its_verdict_and_what_that_does_not_mean(site: Site) -> None:
    info = _keep(site)
    page = site.client.get("/sessions").get_data(as_text=True)
    assert "Ada Lovelace" in page
    assert "Not nervous" in page
    assert "does not measure feelings" in page
    assert f'href="/sessions/{info.session_id}"' in page


def test_names_are_never_markup(site: Site) -> None:
    info = _keep(site, "<script>alert(1)</script>")
    for path in ("/sessions", f"/sessions/{info.session_id}"):
        page = site.client.get(path).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "name", ["\x00\x1b[31m", "\u202egnp.exe", "x" * 10_000, "\U0001f600 \u0645\u0631\u062d\u0628\u0627", "  "]
)
def test_every_name_that_was_typed_can_be_listed_and_read(site: Site, name: str) -> None:
    info = _keep(site, name)
    for path in ("/sessions", f"/sessions/{info.session_id}", f"/sessions/{info.session_id}/csv"):
        assert site.client.get(path).status_code == 200


def test_a_report_stands_in_the_page_without_style_of_its_own(site: Site) -> None:
    info = _keep(site)
    page = site.client.get(f"/sessions/{info.session_id}", headers={"Accept-Language": "de"}).get_data(as_text=True)
    assert "Anteil an der Gesichtszeit" in page
    assert "style=" not in page
    assert page.count("data:image/svg+xml") >= 4


@pytest.mark.parametrize("key", list(EXPORTERS))
def test_every_format_can_be_taken_along(site: Site, key: str) -> None:
    info = _keep(site)
    answer = site.client.get(f"/sessions/{info.session_id}/{key}")
    assert answer.status_code == 200
    assert len(answer.data) > 500
    assert EXPORTERS[key].suffix in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path", ["0" * 32, "..%2F..%2Fsettings.json", f"{'0' * 32}/csv", "x/../../y", f"{'0' * 32}/exe", "%00"]
)
def test_what_is_not_there_is_a_404(site: Site, path: str) -> None:
    assert site.client.get(f"/sessions/{path}").status_code == 404


def test_many_sessions_are_shown_page_by_page(site: Site) -> None:
    for number in range(51):
        site.store.create(make_info(candidate=f"Person {number}"))
    first = site.client.get("/sessions").get_data(as_text=True)
    second = site.client.get("/sessions?page=1").get_data(as_text=True)
    assert first.count("<tr>") == 51
    assert second.count("<tr>") == 2
    assert "Older" in first
    assert "Newer" in second
    assert site.client.get("/sessions?page=999").status_code == 200
