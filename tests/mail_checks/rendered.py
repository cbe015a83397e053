"""What can be said of a mail only when it is drawn: width, contrast, smallest letters, dark
mode, no style sheet.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Request

SMALLEST_FONT = 12  # CSS pixels; smaller is not read on a phone
PHONE, TABLET = 375, 700

_MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


def drawn_complaints(browser: Browser, html: str, folder: Path) -> Iterator[str]:
    """Yield everything that is wrong with a mail as a client draws it, one line each, drawing
    by drawing.
    """
    path = folder / "mail.html"
    path.write_text(html, encoding="utf-8")
    for name, width, scheme, bare in (
        ("phone", PHONE, "light", False),
        ("tablet", TABLET, "light", False),
        ("phone, dark", PHONE, "dark", False),
        ("phone, style sheet dropped", PHONE, "light", True),
    ):
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        asked: list[str] = []
        page.on("request", partial(_note_url, asked))
        page.goto(path.as_uri())
        if bare:
            page.evaluate("document.querySelectorAll('style,link').forEach(one => one.remove())")
        measured: dict[str, Any] = page.evaluate(_MEASURE)
        page.close()
        yield from (f"{name}: {what}" for what in _view_complaints(measured, width))
        if scheme == "dark" and not measured["dark"]:
            yield f"{name}: no rules for dark mode"
        yield from (f"{name}: asked for {url}" for url in asked[1:])


def _note_url(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def _view_complaints(measured: Mapping[str, Any], width: int) -> list[str]:
    found = [f"too faint: {text}" for text in measured["faint"][:4]]
    if measured["smallest"] < SMALLEST_FONT:
        found.append(f"letters of {measured['smallest']} px")
    if measured["widest"] > width:
        found.append(f"{measured['widest']} px wide")
    return found
