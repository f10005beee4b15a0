"""The pages in a real Chromium, by clicks and keys: they work under their own strict policy."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from emotion_gui.bench.web_site import running_site
from emotion_gui.controller.backends import Backends
from emotion_gui.web.live_desk import Stage
from tests.vision.portraits import portrait
from tests.waiting import wait_for
from tests.web.browser import Browser, require_chromium, served
from tests.web.conftest import CAMERA, Site

# Starting a browser takes seconds.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    require_chromium()
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(shared_site: Site) -> Iterator[str]:
    with served(shared_site.app) as where:
        yield where


@pytest.fixture(scope="module")
def shared_browser(address: str) -> Iterator[Browser]:
    made = Browser(address)
    yield made
    made.close()


@pytest.fixture
def browser(shared_browser: Browser) -> Iterator[Browser]:
    """Fails where the console has something to say."""
    shared_browser.complaints()
    yield shared_browser
    assert shared_browser.complaints() == []


def _picture_width(browser: Browser, selector: str) -> int:
    return int(browser.driver.execute_script("return document.querySelector(arguments[0]).naturalWidth", selector))


def test_the_camera_opens_after_the_yes_and_closes_after_stop(shared_site: Site, browser: Browser) -> None:
    browser.go("live")
    browser.find("#candidate").send_keys("Ada")
    browser.click("form .main")
    browser.wait_for_text("Before the camera opens")
    # The button alone is no yes.
    browser.click("form .main")
    assert "Before the camera opens" in browser.text()
    assert shared_site.opened == []
    browser.follow("No")
    browser.wait_for_text("nobody agreed")
    browser.click("form .main")
    browser.click("#agreed")
    browser.click("form .main")
    browser.wait_for_text("It does not measure feelings")
    wait_for(lambda: shared_site.opened == [CAMERA], "the camera")
    browser.wait(lambda: _picture_width(browser, ".picture img") > 0, "a picture")
    browser.wait_for_text("Happy 70 %", "#faces")
    browser.wait_for_text("Browsers that look on: 1")
    browser.wait(lambda: "beat=2" in str(browser.find("#chart").get_attribute("src")), "a newer chart")
    browser.wait(lambda: _picture_width(browser, "#chart") > 0, "a chart")
    browser.click(".head .main")
    browser.wait_for_text("The session has ended and is kept.")
    assert shared_site.sources[0].closed == 1
    browser.follow("Read its report")
    browser.wait_for_text("Share of face time")


def test_a_session_that_ends_elsewhere_ends_on_this_page_too(shared_site: Site, browser: Browser) -> None:
    browser.go("live")
    Select(browser.find("#source")).select_by_value("demo:")
    browser.click("form .main")
    wait_for(lambda: shared_site.parts.desk.state.stage is Stage.RUNNING, "the demo")
    shared_site.parts.desk.stop()
    browser.wait_for_text("The session has ended and is kept.")


def test_a_photo_is_chosen_and_answered(browser: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    cv2.imwrite(str(photo), portrait())
    browser.go("upload")
    browser.find("#file").send_keys(str(photo))
    browser.click("#agreed")
    browser.click("form .main")
    browser.wait_for_text("Probabilities of this picture")
    assert "1 face" in browser.text("h1")
    assert _picture_width(browser, ".answer img") > 300
    assert _picture_width(browser, "figure picture img") > 300
    script = "const done = arguments[1]; fetch(arguments[0]).then((a) => a.text()).then(done)"
    link = browser.driver.find_element(By.PARTIAL_LINK_TEXT, "CSV").get_attribute("href")
    assert str(browser.driver.execute_async_script(script, link)).lstrip("\ufeff").startswith("time_s,frame,face")


def test_the_keyboard_reaches_everything(browser: Browser) -> None:
    browser.go()
    browser.find("body").send_keys(Keys.TAB)
    assert browser.driver.switch_to.active_element.text == "Skip to the content"
    for _ in range(3):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    browser.wait_for_text("At most 100 MB")
    browser.find("#agreed").send_keys(Keys.SPACE)
    assert browser.find("#agreed").is_selected()


def test_dark_is_dark_and_narrow_is_not_cut(browser: Browser) -> None:
    browser.prefer_dark()
    for path in ("", "live", "upload", "sessions"):
        browser.driver.set_window_size(500, 800)
        browser.go(path)
        ground = browser.find("body").value_of_css_property("background-color")
        assert ground == "rgba(34, 38, 43, 1)"
        wider = browser.driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0
    browser.driver.set_window_size(1280, 900)


def test_a_server_that_is_gone_is_told() -> None:
    require_chromium()
    with running_site() as (port, process):
        browser = Browser(f"http://127.0.0.1:{port}/")
        try:
            browser.go("live")
            Select(browser.find("#source")).select_by_value("demo:")
            browser.click("form .main")
            browser.wait_for_text("Browsers that look on: 1")
            os.kill(process, signal.SIGKILL)
            browser.wait_for_text("The server does not answer.")
        finally:
            browser.close()


def test_the_real_demo_is_watched_in_german(tmp_path: Path) -> None:
    """The real detector and model, and another browser's language."""
    require_chromium()
    site = Site(tmp_path, backends=Backends())
    with served(site.app) as address:
        browser = Browser(address, language="de")
        try:
            browser.go("live")
            Select(browser.find("#source")).select_by_value("demo:")
            browser.click("form .main")
            browser.wait_for_text("Es misst weder Gefühle noch")
            browser.wait_for_text(" %", "#faces")
            browser.click(".head .main")
            browser.wait_for_text("Die Sitzung ist beendet und aufbewahrt.")
            assert browser.complaints() == []
        finally:
            browser.close()
    site.close()
