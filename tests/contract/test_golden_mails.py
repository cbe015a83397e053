"""Whole mails and pages, decoded, against golden files.

`make golden` (LOOPNOTE_GOLDEN=update) writes them anew.
"""

import os
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from fakes.sample_reports import SAMPLES
from fakes.sample_views import ENVELOPE, preview_sample, sample_view, several_sample

from reports.page.mail import RenderedReport, build_mail
from reports.page.view import PageView

GOLDEN = Path(__file__).parent.parent / "golden" / "mails"

VIEWS: dict[str, Callable[[], PageView]] = {
    **{name: lambda name=name: sample_view(name) for name in SAMPLES},  # type: ignore[misc]
    "several_ko": lambda: several_sample("ko"),
    "several_en": lambda: several_sample("en"),
    "preview_ko": lambda: preview_sample("ko"),
    "preview_en": lambda: preview_sample("en"),
}
WITH_HTML = ("full_ko", "ordinary_en", "empty_ko", "hostile_ko")


def _decoded(mail: RenderedReport) -> str:
    parsed = message_from_bytes(mail.eml, policy=default)
    head = "".join(f"{name}: {value}\n" for name, value in parsed.items() if name != "Content-Type")
    body = parsed.get_body(("plain",))
    assert body is not None
    return f"{head}\n{body.get_content()}".replace("\r\n", "\n")


def _agrees(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("LOOPNOTE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_mail_reads_as_it_did(name: str) -> None:
    mail = build_mail(VIEWS[name](), ENVELOPE)
    _agrees(f"{name}.txt", _decoded(mail))
    if name in WITH_HTML:
        _agrees(f"{name}.html", mail.html)
    if name == "full_ko":
        _agrees(f"{name}.page.html", mail.page)
        _agrees(f"{name}.page.txt", mail.page_text)
