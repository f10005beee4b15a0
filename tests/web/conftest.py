"""The pages on a store and a desk of their own: asked directly, or by a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from emotion_gui.controller.backends import Backends
from emotion_gui.core.emotions import Emotion
from emotion_gui.core.settings import Settings
from emotion_gui.core.source_spec import SourceSpec
from emotion_gui.storage.session_store import SessionStore
from emotion_gui.uploads.analysis import analyse_upload
from emotion_gui.uploads.answers import Answer, UploadJob
from emotion_gui.vision.sources import VideoSource
from emotion_gui.web.app import create_app
from emotion_gui.web.guard import Access
from emotion_gui.web.live_desk import LiveDesk
from emotion_gui.web.parts import Parts
from tests.fakes import UNLIMITED, FakeClassifier, FakeDetector, FakeSource

CAMERA, DEMO = SourceSpec("camera", "0"), SourceSpec("demo")


class Site:
    """The pages with scripted sources and a real upload analysis in this process.

    Attributes:
        parts: What the pages work on.
        client: Asks as a browser on this machine does.
        opened: Every source that was really opened, in order.
        sources: The sources themselves.
    """

    def __init__(self, folder: Path, access: Access | None = None, backends: Backends | None = None) -> None:
        self.store = SessionStore(folder / "sessions")
        self.settings = Settings(**UNLIMITED)
        self.opened: list[SourceSpec] = []
        self.sources: list[FakeSource] = []
        fakes = Backends(self._open, lambda _: FakeDetector(), lambda *_: FakeClassifier(), lambda: ())
        desk = LiveDesk(self.store, lambda: self.settings, folder / "settings.json", backends or fakes)
        self.parts = Parts(
            self.store,
            desk,
            lambda: self.settings,
            self._analyse,
            lambda: ((CAMERA, "Camera 0"), (DEMO, "Demo clip")),
            network=bool(access and access.token),
        )
        self.analyse: Callable[[UploadJob], Answer] = analyse_upload
        self.app = create_app(self.parts, access)
        self.client = self.app.test_client()

    def _open(self, spec: SourceSpec) -> VideoSource:
        self.opened.append(spec)
        self.sources.append(FakeSource([Emotion.HAPPY], interval_s=0.02, live=True))
        return self.sources[-1]

    def _analyse(self, job: UploadJob) -> Answer:
        return self.analyse(job)

    def close(self) -> None:
        self.parts.desk.close()
        self.store.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.close()


@dataclass(frozen=True)
class Visitor:
    """A browser without scripts: loads the page of a form before it sends it, as people do."""

    client: FlaskClient

    def post(self, form_page: str, target: str = "", **fields: object) -> TestResponse:
        """Fill in and send a form; its own hidden fields go along."""
        page = self.client.get(form_page).get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token, page
        data = {"csrf_token": token[1], **fields}
        return self.client.post(target or form_page, data=data, content_type="multipart/form-data")


def hidden_fields(page: str) -> dict[str, str]:
    """Names and values of a page's hidden fields and boxes to tick, as if all were ticked."""
    found = re.findall(r'<input type="(?:hidden|checkbox)"(?: id="[^"]*")? name="([^"]+)" value="([^"]*)"', page)
    return dict(found)


@pytest.fixture
def visitor(site: Site) -> Visitor:
    return Visitor(site.client)
