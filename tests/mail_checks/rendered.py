"""What can be said of a mail only when it is drawn: width, contrast, smallest letters, dark
mode, no style sheet.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Request

SMALLEST_FONT = 12  # CSS pixels; smaller is not read on a phone
PHONE, TABLET = 375, 700

Scheme = Literal["light", "dark"]
_DRAWINGS: tuple[tuple[str, int, Scheme, bool], ...] = (
    ("phone", PHONE, "light", False),
    ("tablet", TABLET, "light", False),
    ("phone, dark", PHONE, "dark", False),
    ("phone, style sheet dropped", PHONE, "light", True),
)
"""(name, width, scheme, whether the style sheet is dropped); what drops it is the last."""
_MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


def drawn_complaints(browser: Browser, html: str, folder: Path) -> list[str]:
    """Return everything that is wrong with a mail as a client draws it, one line each, drawing
    by drawing.

    A list: a page that a forgotten generator closes, while the browser is asked for something else,
    waits for ever.
    """
    path = folder / "mail.html"
    path.write_text(html, encoding="utf-8")
    asked: list[str] = []
    found: list[str] = []
    with browser.new_page(viewport={"width": PHONE, "height": 900}) as page:
        page.on("request", partial(_note_url, asked))
        page.goto(path.as_uri())
        for name, width, scheme, bare in _DRAWINGS:  # one page, since a new one costs 0.4 s each
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            if bare:
                page.evaluate(
                    "document.querySelectorAll('style,link').forEach(one => one.remove())"
                )
            measured: dict[str, Any] = page.evaluate(_MEASURE)
            found += (f"{name}: {what}" for what in _view_complaints(measured, width))
            if scheme == "dark" and not measured["dark"]:
                found.append(f"{name}: no rules for dark mode")
            found += (f"{name}: asked for {url}" for url in asked[1:])
            del asked[1:]
    return found


def _note_url(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def _view_complaints(measured: Mapping[str, Any], width: int) -> list[str]:
    found = [f"too faint: {text}" for text in measured["faint"][:4]]
    if measured["smallest"] < SMALLEST_FONT:
        found.append(f"letters of {measured['smallest']} px")
    if measured["widest"] > width:
        found.append(f"{measured['widest']} px wide")
    return found
