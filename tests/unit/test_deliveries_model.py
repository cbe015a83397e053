from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopnote.cli.input.option_values import address_of
from loopnote.config.read import parse
from notes.model.errors import ConfigError
from notes.model.mail_addresses import address_error, mailbox
from notes.model.send_times import MonthAt, SendAt
from reports.page.mail import MailAddress, _address


@pytest.mark.parametrize(
    "text",
    [
        "Mon 08:00",
        "mon 8:00",
        "MON 08:00",
        "Monday 08:00",
        "monday 8:00",
        "월 08:00",
        "월요일 8:00",
    ],
)
def test_a_time_to_send_is_a_weekday_in_korean_or_english_and_an_hour(text):
    assert str(SendAt.parse(text)) == "Mon 08:00"


@pytest.mark.parametrize(
    "text",
    ["", "08:00", "Mon", "Mon 24:00", "Mon 08:60", "월말 08:00", "Mo 08:00", "Mon 08:00 KST"],
)
def test_what_is_no_such_time_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="Mon 08:00"):
        SendAt.parse(text)


def test_a_day_of_the_month_is_one_that_every_month_has():
    assert str(MonthAt.parse("28 8:05")) == "28 08:05"
    for text in ("29 08:00", "0 08:00", "first 08:00", "1 25:00"):
        with pytest.raises(ValueError, match="1 08:00"):
            MonthAt.parse(text)


@pytest.mark.parametrize(
    "address",
    ["mina@example.org", "mina+loop@a-b.example.org", "지현@예시.한국", "o'neil@example.org"],
)
def test_plain_addresses_are_taken(address):
    assert address_error(address) == ""


@pytest.mark.parametrize("address", [
    "", "mina", "@example.org", "mina@", "Mina <mina@example.org>",
    "mina@example.org\r\nBcc: x@y.z", "a@b@c.org",
    "mina@example.org,leader@example.org", "mi\u200bna@example.org", "mina@exa\u202emple.org",
    "mina@-example.org",
    "x" * 65 + "@example.org", "mina@example..org", "mina @example.org", "mina\x00@example.org",
])  # fmt: skip
def test_what_is_no_single_address_says_why(address):
    assert address_error(address)


@pytest.mark.parametrize(
    "address", ["leader@exa_mple.org", "x@example", "x@-a.org", "x@예시", "x@a.com책방"]
)
def test_options_refuse_what_the_configuration_refuses(address):
    assert address_error(address)
    with pytest.raises(ConfigError):
        address_of(address)


def test_an_apostrophe_stands_in_an_address_of_the_configuration_and_in_a_header():
    data = {
        "teams": [{"name": "Sales"}],
        "recipients": [{"address": "o'neil@example.org", "send_at": "월요일 8:05"}],
    }
    recipient = parse(data, path=Path("x")).recipients[0]
    assert (recipient.address, recipient.send_at) == ("o'neil@example.org", "Mon 08:05")
    assert _address(MailAddress(recipient.address)) == "o'neil@example.org"


@pytest.mark.parametrize(
    "text", ["Moonday 08:00", "Mo 08:00", "월월 08:00", "¹ 08:00", "Mon 0８:00"]
)
def test_a_word_that_is_no_weekday_is_refused(text):
    with pytest.raises(ValueError, match="Mon 08:00"):
        SendAt.parse(text)
    with pytest.raises(ValueError, match="1 08:00"):
        MonthAt.parse(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_accepted_address_can_end_a_header_or_a_command(local, domain):
    address = f"{local}@{domain}"
    if not address_error(address):
        assert not set(address) & set("\r\n<>\x00 ,;")


def test_one_mailbox_has_one_name():
    assert mailbox("Mina@Example.org") == mailbox(" mina@EXAMPLE.ORG")
