"""Pages and mails in a real browser.

They fit every width, the first screen decides, and paper takes two sheets.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.sample_reports import SAMPLES
from fakes.sample_views import ENVELOPE, sample_view, several_sample
from playwright.sync_api import Browser, sync_playwright

from notes.model.notes import Language
from reports.page.mail import build_mail

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium: apt-get install chromium"),
]

WIDE = ["full_ko", "full_en", "overlong_ko", "hostile_ko", "empty_en"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


def _file(folder: Path, html: str) -> str:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [375, 700, 1200])
@pytest.mark.parametrize("name", WIDE)
def test_a_page_with_every_note_open_fits_its_width(
    browser: Browser, name: str, width: int, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(_file(tmp_path, build_mail(sample_view(name), ENVELOPE).page))
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(asked) == 1
    page.close()


PHONE_HEIGHT = 667
_BOTTOMS = """(texts) => texts.map(text => {
    const found = [...document.querySelectorAll('a, p')].find(one => one.innerText.trim() === text);
    return found ? found.getBoundingClientRect().bottom : -1;
})"""


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_first_screen_of_a_phone_holds_the_decision_with_all_its_buttons(
    browser: Browser, name: str, language: Language, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": PHONE_HEIGHT})
    view = sample_view(name, language)
    page.goto(_file(tmp_path, build_mail(view, ENVELOPE).html))
    ask, quiet = view.parts[0].ask, view.parts[0].quiet
    texts = [ask.button, *(one.text for one in ask.others)] if ask else [quiet]
    bottoms = page.evaluate(_BOTTOMS, texts)
    assert all(0 < bottom <= PHONE_HEIGHT for bottom in bottoms), (texts, bottoms)
    assert page.evaluate("document.documentElement.scrollHeight") <= 2600
    page.close()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["full_ko", "full_en", "month_ko"])
def test_the_first_screen_of_a_phone_holds_the_key_number_with_chart_last_week_and_goal(
    browser: Browser, name: str, language: Language, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": PHONE_HEIGHT})
    view = sample_view(name, language)
    page.goto(_file(tmp_path, build_mail(view, ENVELOPE).html))
    number = view.parts[0].key_number
    assert number
    assert number.chart
    assert number.unit
    shown = page.locator("td.soft").filter(has_text=number.label).first
    text = " ".join(shown.inner_text().split())
    assert all(part in text for part in (number.value, number.before, number.goal)), text
    assert number.chart.title in text
    box = shown.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE_HEIGHT
    page.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_first_screen_of_several_teams_holds_the_worst_one_whole(
    browser: Browser, language: Language, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": PHONE_HEIGHT})
    view = several_sample(language, ("full",) * 4)
    page.goto(_file(tmp_path, build_mail(view, ENVELOPE).html))
    first = view.parts[0]
    assert first.ask
    assert first.key_number
    assert first.key_number.chart
    panel = page.locator("td.soft").filter(has_text=first.key_number.chart.title).first
    box = panel.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE_HEIGHT
    assert page.locator("a.btnt").first.bounding_box()["y"] < box["y"]
    assert page.evaluate("document.documentElement.scrollHeight") <= 2600
    page.close()


@pytest.mark.parametrize("name", ["full_ko", "full_en", "month_ko"])
def test_a_full_page_prints_on_two_sheets(browser: Browser, name: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(_file(tmp_path, build_mail(sample_view(name), ENVELOPE).page))
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) <= 2
    page.close()
