"""Every kind of mail against what mail clients are known to do; the checks themselves find
what is wrong.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fakes.sample_reports import SAMPLES
from fakes.sample_views import ENVELOPE, preview_sample, sample_view, several_sample
from mail_checks.rendered import drawn_complaints
from mail_checks.static import complaints
from playwright.sync_api import Browser, sync_playwright

from notes.model.notes import LANGUAGES, Language
from reports.page.mail import RenderedReport, build_mail
from reports.page.view import PageView

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("LOOPNOTE_REQUIRE_BROWSER") != "1",
    reason="needs a Chromium: apt-get install chromium",
)


OTHERS: Mapping[str, Callable[[Language], PageView]] = {
    "several": several_sample,
    "preview": preview_sample,
}


def mail(name: str) -> RenderedReport:
    """Return a kind of mail by its name and language: "full_ko-en"."""
    kind, _, code = name.rpartition("-")
    language = next(one for one in LANGUAGES if one == code)
    view = OTHERS[kind](language) if kind in OTHERS else sample_view(kind, language)
    return build_mail(view, ENVELOPE)


MAILS = sorted(f"{name}-{code}" for name in (*SAMPLES, *OTHERS) for code in LANGUAGES)
# One of each template; the others are drawn in the full run.
ONE_OF_EACH = {"full_ko-ko", "several-en", "preview-ko"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "LOOPNOTE_REQUIRE_BROWSER=1, and there is no Chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.mark.parametrize("name", MAILS)
def test_the_bytes_of_every_mail_are_right(name: str) -> None:
    assert complaints(mail(name).eml) == []


@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in ONE_OF_EACH else pytest.mark.slow) for name in MAILS],
)
def test_every_mail_is_drawn_right(browser: Browser, name: str, tmp_path: Path) -> None:
    assert list(drawn_complaints(browser, mail(name).html, tmp_path)) == []


@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(ONE_OF_EACH))
def test_a_screen_reader_finds_nothing_serious(browser: Browser, name: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 900})
    path = tmp_path / "mail.html"
    path.write_text(mail(name).html, encoding="utf-8")
    page.goto(path.as_uri())
    serious = [
        f"{one['id']}: {one['nodes'][0]['html'][:80]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    page.close()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"Auto-Submitted: auto-generated", b"X-Nothing: here", "header: Auto-Submitted"),
        (b"\nDate: ", b"\nDate: Mon, 23 Nov 2026 08:00:00 +0900\r\nDate: ", "header: Date"),
        (b"multipart/alternative", b"multipart/mixed", "structure: alternatives"),
        (b"\nSubject: ", b"\nSubject: \xea\xb0\x80", "8-bit"),
        (b"\nMessage-ID: <", b"\nMessage-ID: <a b", "header: Message-ID"),
    ],
)
def test_a_broken_mail_is_noticed(old: bytes, new: bytes, said: str) -> None:
    good = mail("full_ko-ko").eml
    broken = good.replace(old, new, 1)
    assert broken != good
    assert any(said in line for line in complaints(broken))


@needs_browser
@pytest.mark.browser
@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r"<body([^>]*)>", r'<body\1><div style="width:600px">wide wide wide</div>', "px wide"),
        (r"<body([^>]*)>", r'<body\1><p style="color:#999;background:#fff">faint</p>', "too faint"),
        (r"<body([^>]*)>", r'<body\1><p style="font-size:9px">small</p>', "letters of 9"),
        (r"prefers-color-scheme", "prefers-contrast", "no rules for dark"),
        (r"<body([^>]*)>", r'<body\1><img src="https://x.example.org/a.png">', "asked for"),
    ],
)
def test_a_badly_drawn_mail_is_noticed(
    browser: Browser, pattern: str, new: str, said: str, tmp_path: Path
) -> None:
    good = mail("full_ko-ko").html
    broken = re.sub(pattern, new, good)
    assert broken != good
    assert any(said in line for line in drawn_complaints(browser, broken, tmp_path))
