"""A real Chromium without a window, and a real server for it to visit."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from emotion_gui.web.server import make_server

_LONGEST_S = 30.0


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which the pages are answered."""
    server = make_server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.address
    server.close()


class Browser:
    """What a person does with the pages: goes, looks, clicks, types."""

    def __init__(
        self,
        address: str,
        *,
        language: str = "en",
        dark: bool = False,
        size_wh: str = "1280,900",
        arguments: Sequence[str] = (),
    ) -> None:
        self._address = address
        options = Options()
        options.add_argument("--headless=new")
        options.add_argument("--no-sandbox")
        options.add_argument("--disable-dev-shm-usage")
        options.add_argument("--hide-scrollbars")
        options.add_argument("--disable-background-networking")
        options.add_argument("--no-first-run")
        options.add_argument(f"--window-size={size_wh}")
        options.add_argument(f"--lang={language}")
        for argument in arguments:
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        # The live picture never ends, and chromedriver would wait five seconds for it before it does anything.
        options.page_load_strategy = "none"
        options.binary_location = shutil.which("chromium") or ""
        self.driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        self.driver.set_page_load_timeout(_LONGEST_S)
        if dark:
            self.prefer_dark()

    def prefer_dark(self) -> None:
        """As after sunset."""
        features = [{"name": "prefers-color-scheme", "value": "dark"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def go(self, path: str = "") -> None:
        self.driver.execute_script("window.isLeft = true")
        self.driver.get(self._address + path)
        script = "return !window.isLeft && document.readyState !== 'loading'"
        self.wait(lambda: self.driver.execute_script(script), f"the page {path}")

    def click(self, selector: str) -> None:
        self.find(selector).click()

    def follow(self, words: str) -> None:
        self.wait(lambda: self.driver.find_element(By.LINK_TEXT, words), words)
        self.driver.find_element(By.LINK_TEXT, words).click()

    def find(self, selector: str) -> WebElement:
        self.wait(lambda: self.driver.find_element(By.CSS_SELECTOR, selector), selector)
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str = "main") -> str:
        return str(self.driver.find_element(By.CSS_SELECTOR, selector).text)

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Until something is the case; a page that is just being replaced is asked again."""
        waiting = WebDriverWait(self.driver, _LONGEST_S, 0.05, ignored_exceptions=[WebDriverException])
        waiting.until(lambda _driver: condition(), what)

    def wait_for_text(self, words: str, selector: str = "main") -> None:
        self.wait(lambda: words in self.text(selector), words)

    def complaints(self) -> list[str]:
        """What the browser's console says: refused scripts and styles, missing files, errors."""
        entries = self.driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves this one out
        return [str(entry["message"]) for entry in entries]

    def save(self, path: Path) -> None:
        """A picture of the whole page."""
        height = int(self.driver.execute_script("return document.documentElement.scrollHeight"))
        width = int(self.driver.execute_script("return window.innerWidth"))
        self.driver.set_window_size(width, max(400, height + 140))
        self.driver.save_screenshot(str(path))

    def close(self) -> None:
        self.driver.quit()


def require_chromium() -> None:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs Debian's chromium and chromium-driver")
