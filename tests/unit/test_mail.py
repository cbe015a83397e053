from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from fakes.sample_reports import SAMPLES
from fakes.sample_views import language_of

from notes.model.errors import RenderError
from reports.page.builders.weekly_page import page_view
from reports.page.formatting.text_formatter import PageOptions
from reports.page.mail import Envelope, MailAddress, build_mail, message_id
from reports.page.messages.page_sentences import load_messages
from reports.page.view import PageView

ENVELOPE = Envelope(
    MailAddress("loopnote@example.org", "루프노트"),
    (MailAddress("a@example.org", "가온"), MailAddress("b@example.org")),
    message_id("t/2026-W47/r1", kind="weekly", period="2026-W47", domain="example.org"),
    datetime(2026, 11, 22, 23, tzinfo=UTC),
    reply_to="team@example.org",
    list_id="weekly.loopnote.example.org",
    unsubscribe="loopnote@example.org",
)


SETTING = PageOptions(reply_to="team@example.org")


def _view(name: str = "full_ko", setting: PageOptions = SETTING) -> PageView:
    return page_view(SAMPLES[name](), load_messages(language_of(name)), setting=setting)


def test_the_same_view_and_envelope_give_the_same_bytes() -> None:
    assert build_mail(_view(), ENVELOPE).eml == build_mail(_view(), ENVELOPE).eml


def test_text_comes_before_html_and_headers_are_those_of_a_machine() -> None:
    mail = message_from_bytes(build_mail(_view(), ENVELOPE).eml, policy=default)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == ENVELOPE.message_id
    assert mail["List-Unsubscribe"] == "<mailto:loopnote@example.org?subject=unsubscribe>"
    assert [str(address) for address in mail["To"].addresses] == [
        "가온 <a@example.org>",
        "b@example.org",
    ]
    assert not mail.defects


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_kind_of_week_makes_a_mail_below_the_limit(name: str) -> None:
    made = build_mail(_view(name), ENVELOPE)
    assert len(made.html.encode()) < 90 * 1024
    assert len(made.subject) <= 90
    assert "\n" not in made.subject
    assert max(len(line) for line in made.eml.split(b"\r\n")) <= 998


def test_a_corrected_report_says_so_and_points_to_the_first() -> None:
    view = _view(setting=PageOptions(revision=2, corrected="숫자 하나를 고쳐 적었습니다"))
    made = build_mail(view, replace(ENVELOPE, references="<first@example.org>"))
    assert made.subject.startswith("[정정] ")
    assert "숫자 하나를 고쳐 적었습니다" in made.text
    assert b"References: <first@example.org>\r\n" in made.eml


def test_a_team_name_cannot_add_a_header() -> None:
    hostile = build_mail(_view("hostile_ko"), ENVELOPE)
    mail = message_from_bytes(hostile.eml, policy=default)
    assert mail["Bcc"] is None
    assert "<script" not in hostile.html
    assert "onerror=alert(2)>" not in hostile.html
    assert "javascript:" not in hostile.html.lower().replace("&", "")


def test_addresses_beyond_ascii_stop_no_mail() -> None:
    sender, operator = MailAddress("bot@예시.한국", "루프"), "지현@예시.한국"
    envelope = replace(ENVELOPE, sender=sender, unsubscribe=operator)
    mail = message_from_bytes(build_mail(_view("empty_ko"), envelope).eml, policy=default)
    assert mail["From"].addresses[0].addr_spec == "bot@xn--vv4b11d.xn--3e0b707e"
    left = "<mailto:%EC%A7%80%ED%98%84@xn--vv4b11d.xn--3e0b707e?subject=unsubscribe>"
    assert mail["List-Unsubscribe"] == left
    asked = build_mail(_view("full_ko", setting=PageOptions(reply_to=sender.address)), ENVELOPE)
    assert "mailto:bot@xn--vv4b11d.xn--3e0b707e?subject=" in asked.html


def test_a_long_unsubscribe_address_stays_readable_for_machines() -> None:
    link = "https://lists.example.org/" + "u" * 90
    eml = build_mail(_view("empty_ko"), replace(ENVELOPE, unsubscribe_post=link)).eml
    assert f"<{link}>".encode() in eml
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in eml


@pytest.mark.parametrize(
    "address", ["nobody", "a@b", "a b@example.org", "a@example.org\r\nBcc: c@example.org"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(RenderError):
        build_mail(_view("empty_ko"), replace(ENVELOPE, to=(MailAddress(address),)))


@pytest.mark.parametrize(
    "name",
    [
        'Mina <spy@evil.example>, "x"',
        "A, B",
        "back\\slash",
        "=?utf-8?q?x?=",
        "팀 <a@b.c>",
        "x" * 90,
    ],
)
def test_a_reader_with_a_strange_name_is_one_reader(name: str) -> None:
    mail = message_from_bytes(
        build_mail(_view(), replace(ENVELOPE, to=(MailAddress("a@example.org", name),))).eml,
        policy=default,
    )
    assert [address.addr_spec for address in mail["To"].addresses] == ["a@example.org"]
    if name.isascii() and "=?" not in name:
        assert mail["To"].addresses[0].display_name == name


def test_an_address_that_a_header_cannot_hold_stops_nobody_elses_mail() -> None:
    strange = (MailAddress("대표@example.com"), MailAddress("user@한글.kr"))
    made = build_mail(_view(), replace(ENVELOPE, to=(*ENVELOPE.to, *strange)))
    mail = message_from_bytes(made.eml, policy=default)
    shown = [one.addr_spec for one in mail["To"].addresses]
    assert shown == ["a@example.org", "b@example.org", "user@xn--bj0bj06e.kr"]


def test_a_mail_to_nobody_whom_a_header_can_name_is_still_a_mail() -> None:
    made = build_mail(_view(), replace(ENVELOPE, to=(MailAddress("대표@example.com"),)))
    mail = message_from_bytes(made.eml, policy=default)
    assert (str(mail["To"]), mail.defects) == ("undisclosed-recipients:;", [])
