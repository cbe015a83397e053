"""The demo's archive in a browser.

From any page to a note and back, by keyboard, and no request leaves the folder.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def site(demo: Path) -> Path:
    return demo / "archive"


def test_a_note_is_found_from_any_page_and_the_way_back_keeps_the_question(site: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page, asked = browser.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(next((site / "notes").glob("*/*.html")).as_uri())
        page.keyboard.press("/")
        page.keyboard.type("쿠폰")
        page.keyboard.press("Enter")
        page.wait_for_selector("#hits .name")
        found = page.inner_text("#count")
        page.focus("#q")
        page.keyboard.press("ArrowDown")
        title = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.wait_for_url("**/notes/**")
        assert title in page.inner_text("h1")
        page.go_back()
        page.wait_for_selector("#hits .name")
        assert (page.input_value("#q"), page.inner_text("#count")) == ("쿠폰", found)
        assert all(url.startswith(site.as_uri()) for url in asked)
        browser.close()
