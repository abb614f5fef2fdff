"""The one door of the tests to Chromium: a page of ours as a reader on a phone or before a projector meets it.

Headless, with a profile of its own, both programs by their paths, so that Selenium never asks a network for one.
What the page asked for and complained of is written down; where Chromium is absent the tests skip, and fail in CI.
"""

from __future__ import annotations

import json
import os
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains

PHONE, PROJECTOR = (390, 844), (1440, 900)
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def programs() -> tuple[str, str]:
    """Return the paths of Chromium and its driver; skips the running test without them, fails it where CI=true."""
    found = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in found:
        reason = "chromium, chromedriver: not installed (chromium, chromium-driver)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return str(found[0]), str(found[1])


@dataclass(frozen=True, slots=True)
class Browser:
    """A running Chromium."""

    driver: Chrome

    def open(self, page: Path, size: tuple[int, int] = PROJECTOR) -> None:
        """Show a file of the disk in a window `size`; what earlier pages left in the logs is forgotten."""
        width, height = size
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        self.driver.get("about:blank")
        self.complaints()
        self.requests()
        self.driver.get(page.resolve().as_uri())

    def ask(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 (whatever the script returns)
        """Run JavaScript in the page and return what it returns."""
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        """Press keys one after another, wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def complaints(self) -> list[str]:
        """Everything on the console since the last look, whatever its level."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """The addresses that the page asked for since the last look, itself among them."""
        entries = self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        events = [json.loads(entry["message"])["message"] for entry in entries]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def picture(self) -> bytes:
        """The whole page as PNG, also what lies below the window."""
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        return b64decode(shot["data"])

    def top(self, width: int, height: int, scale: float = 1) -> bytes:
        """The first `height` pixels of the page as PNG, drawn at `scale`."""
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        return b64decode(shot["data"])

    def printed(self) -> bytes:
        """The page as PDF, as the reader's printer would get it."""
        wanted = {"preferCSSPageSize": True, "printBackground": False}
        return b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", wanted)["data"])


@contextmanager
def browser(profile: Path, *, javascript: bool = True) -> Iterator[Browser]:
    """Start Chromium with the new, empty folder `profile`; without JavaScript, pages still can be asked."""
    chromium, driver_path = programs()
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(executable_path=driver_path))
    try:
        if not javascript:
            driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        yield Browser(driver)
    finally:
        driver.quit()
