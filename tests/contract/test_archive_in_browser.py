"""The archive in a real browser, from its folder.

Nothing is asked of anybody else, and everybody can read it.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fakes.archive_links import files
from fakes.sample_archive import build, fill
from playwright.sync_api import Browser, Page, sync_playwright

from notes.store.store import Store

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    with Store.open(f"sqlite:///{folder}/store.db") as store:
        fill(store)
        build(store, folder / "site")
    return folder / "site"


def pages(site: Path) -> list[Path]:
    """Return every page of the archive itself; the reports as sent are looked at with the mails."""
    return [site / path for path in sorted(files(site)) if path.endswith(".html")]


def watched(
    browser: Browser, width: int, scheme: str = "light"
) -> tuple[Page, list[str], list[str]]:
    """Return a page, and what it will have asked for and complained about."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, asked, said


@pytest.mark.parametrize("width", [375, 1000])
def test_every_page_fits_asks_only_the_folder_and_complains_of_nothing(
    browser: Browser, site: Path, width: int
) -> None:
    page, asked, said = watched(browser, width)
    for each in pages(site):
        page.goto(each.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, each
    assert said == []
    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_hurdle(browser: Browser, site: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # axe is put in
    page = context.new_page()
    for each in pages(site):
        page.goto(each.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page)
        hurdles = [
            f"{one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]
        ]
        sent = 'id="archive-bar"' in each.read_text(encoding="utf-8")
        assert [one for one in hurdles if not (sent and "report" in one)] == [], each
    context.close()


def test_the_keyboard_alone_leads_from_the_first_page_to_a_note(
    browser: Browser, site: Path
) -> None:
    page, _, _ = watched(browser, 1000)
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for wanted in ("/Lab/index.html", "/Lab/2026-W46-notes.html", "/notes/"):
        _tab_to(page, wanted)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{wanted}**")
    assert page.locator("h1").count() == 1


def _tab_to(page: Page, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted in (page.evaluate("document.activeElement.href || ''") or ""):
            return
    raise AssertionError(f"{wanted} was not reached on {page.url}")


def test_paper_shows_what_is_folded_away_and_no_menu(browser: Browser, site: Path) -> None:
    page, _, _ = watched(browser, 1000)
    page.goto(next(one for one in pages(site) if one.parent.parent.name == "notes").as_uri())
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('main details')].every(one => one.open)")
    assert page.locator(".top nav").count() == 0 or not page.locator(".top nav").is_visible()
    page.close()


def test_it_reads_without_a_script(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Lab", exact=True).click()
    page.get_by_role("link", name="2026년 11월").first.click()
    assert page.get_by_role("link", name="쿠폰 발송").is_visible()
    context.close()
