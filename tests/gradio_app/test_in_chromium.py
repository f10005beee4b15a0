"""The page in a real Chromium whose camera plays a real clip: asked, watched, judged, and nothing left anywhere."""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from emotion_gui.core.paths import assets_folder
from emotion_gui.core.settings import Settings
from emotion_gui.gradio_app.handlers import Handlers
from emotion_gui.gradio_app.visitors import Visitors
from emotion_gui.uploads.analysis import analyse_upload
from emotion_gui.vision.sources.demo import DEMO_CLIP
from tests.gradio_app.fake_camera import camera_arguments, write_camera_clip
from tests.vision.portraits import portrait
from tests.waiting import wait_for
from tests.web.browser import Browser, require_chromium

# Starting a browser takes seconds.
pytestmark = pytest.mark.slow

_ADDRESSES = "return performance.getEntriesByType('resource').map((each) => each.name).concat([document.URL])"


@dataclass(frozen=True)
class Site:
    """The page as it is served.

    Attributes:
        address: Where.
        handlers: Its other side.
    """

    address: str
    handlers: Handlers


@pytest.fixture(scope="module")
def site(private_gradio: Path) -> Iterator[Site]:
    require_chromium()
    # Imported after the environment says that it shall be quiet.
    from emotion_gui.gradio_app.page import make_page
    from emotion_gui.gradio_app.server import make_server

    handlers = Handlers(Visitors(Settings), Settings, analyse_upload, private_gradio)
    server = make_server(make_page(handlers), 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(server.address, handlers)
    server.program.should_exit = True
    thread.join(20)


@pytest.fixture
def browser(site: Site, tmp_path: Path) -> Iterator[Browser]:
    """Its camera plays the demo's first seconds: a face that is neutral and smiles."""
    source = assets_folder() / DEMO_CLIP
    clip = write_camera_clip(tmp_path / "camera.y4m", source, size_wh=(640, 480), from_s=0, seconds=4)
    with _watched_browser(site, clip) as made:
        yield made
        _save(made, "last")


@contextmanager
def _watched_browser(site: Site, clip: Path) -> Iterator[Browser]:
    """Fails where the page asked another address for anything, or where its policy stopped it from doing so."""
    made = Browser(site.address, arguments=camera_arguments(clip))
    try:
        made.go()
        made.wait_for_text("Before the camera opens", "body")
        yield made
        assert _strangers(made, site.address) == []
        # Gradio's own scripts say more, of which nothing is ours.
        assert [each for each in made.complaints() if "Content Security Policy" in each] == []
    finally:
        made.close()


def _strangers(browser: Browser, address: str) -> list[str]:
    used = [str(each) for each in browser.driver.execute_script(_ADDRESSES)]
    assert len(used) > 20
    return [each for each in used if not each.startswith((address, "data:", "blob:"))]


def _save(browser: Browser, name: str) -> None:
    """For eyes: a picture of the page, where a folder for them is named."""
    if folder := os.environ.get("EMOTION_GUI_TEST_PICTURES"):
        browser.save(Path(folder) / f"gradio-{name}.png")


def _files(folder: Path) -> list[Path]:
    """Files that have anything in them, but for those that the page's framework brings."""
    return [each for each in folder.rglob("*") if each.is_file() and each.stat().st_size]


def _agree_and_start(browser: Browser) -> None:
    browser.click("#camera-agreed input")
    browser.click("#camera-yes")
    browser.click("#camera [title='grant webcam access'] button")
    browser.click("#camera .capture-button")


def test_the_camera_is_asked_for_watched_and_judged(site: Site, browser: Browser, private_gradio: Path) -> None:
    # The button alone is no yes, and before it there is no camera to start.
    browser.click("#camera-yes")
    browser.wait_for_text("The camera stays off until the box is ticked.", "body")
    assert browser.driver.find_elements(By.CSS_SELECTOR, "#camera") == []
    _agree_and_start(browser)
    browser.wait(lambda: browser.find("#picture img").get_attribute("naturalWidth") == "640", "a picture")
    browser.wait_for_text("Neutral", "#moment .eg-note")
    browser.wait_for_text("Not nervous", "#verdict")
    assert "It does not measure feelings, honesty or suitability." in browser.text("#verdict")
    _save(browser, "camera")
    # A threshold at nothing is exceeded by the first smile.
    _set(browser, "neutral", 5)
    browser.wait_for_text("> 5 %", "#verdict")
    assert "neutral" in browser.text("#verdict")
    assert _files(private_gradio) == []
    # With the tab goes all that is held for it.
    assert len(site.handlers.visitors) == 1
    browser.driver.get(f"{site.address}robots.txt")
    wait_for(lambda: len(site.handlers.visitors) == 0, "the visitor to be forgotten")
    browser.go()
    browser.wait_for_text("Before the camera opens", "body")


def test_a_real_smile_is_named(site: Site, media: Path, tmp_path: Path) -> None:
    source = media / "video" / "neutral_to_smile_man.mp4"
    clip = write_camera_clip(tmp_path / "camera.y4m", source, size_wh=(512, 480), from_s=11.5, seconds=2)
    with _watched_browser(site, clip) as browser:
        _agree_and_start(browser)
        browser.wait_for_text("Happy", "#moment .eg-note")
        _save(browser, "real")


def test_a_photo_and_a_video_are_answered_and_gone(browser: Browser, private_gradio: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    cv2.imwrite(str(photo), portrait())
    _set(browser, "sad", 10)
    _send(browser, "photo", photo)
    browser.wait_for_text("Probabilities of this picture", "#photo-answer")
    assert "1 face" in browser.text("#photo-answer")
    assert _csv(browser, "#photo-answer").startswith("time_s,frame,face")
    _save(browser, "photo")
    # What was set stays while the thresholds are out of sight: one picture has no share of any time.
    assert browser.driver.find_elements(By.CSS_SELECTOR, "#threshold-sad") == []
    _send(browser, "video", assets_folder() / DEMO_CLIP)
    browser.wait_for_text("Course of the video", "#video-answer")
    browser.wait_for_text("with a face that counts", "#video-shares")
    assert "> 10 %" in browser.text("#video-verdict")
    assert "It does not measure feelings, honesty or suitability." in browser.text("#video-verdict")
    assert _csv(browser, "#video-answer").count("\n") > 100
    _save(browser, "video")
    assert _files(private_gradio) == []


def test_dark_is_dark_and_narrow_is_not_cut(browser: Browser) -> None:
    browser.prefer_dark()
    browser.driver.set_window_size(500, 800)
    browser.go()
    browser.wait_for_text("Before the camera opens", "body")
    _agree_and_start(browser)
    browser.wait_for_text("Not nervous", "#verdict")
    wider = browser.driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0
    # What does not fit beside another goes under it.
    for shown in ("#picture img", "#moment .eg-bars", "#shares .eg-bars"):
        assert browser.find(shown).size["width"] > 320
    _save(browser, "narrow-dark")


def _set(browser: Browser, emotion: str, percent: int) -> None:
    typed = browser.find(f"#threshold-{emotion} input[type=number]")
    typed.send_keys(Keys.CONTROL, "a")
    typed.send_keys(str(percent), Keys.TAB)


def _send(browser: Browser, name: str, file: Path) -> None:
    tab = f"//button[@role='tab'][normalize-space()='{name.title()}']"
    browser.driver.find_element(By.XPATH, tab).click()
    browser.wait(lambda: browser.find(f"#{name}-agreed input").is_displayed(), name)
    # A file can be chosen only after the yes.
    assert browser.driver.find_elements(By.CSS_SELECTOR, f"#{name}-file") == []
    browser.click(f"#{name}-agreed input")
    browser.find(f"#{name}-file input[type=file]").send_keys(str(file))
    browser.wait_for_text(file.stem, f"#{name}-file")
    browser.click(f"#{name}-yes")


def _csv(browser: Browser, selector: str) -> str:
    link = browser.find(f"{selector} .eg-download").get_attribute("href")
    assert link
    return base64.b64decode(link.partition(",")[2]).decode("utf-8-sig")
