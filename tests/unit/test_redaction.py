"""A secret is redacted in every form in which it can leave the process."""

import json
from urllib.parse import quote

import pytest

from loopnote.runtime.redaction import Redactor

SECRET = 'p@ss/w rd"\\+&=é'


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        quote(SECRET, safe=""),
        repr(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
    ],
    ids=["plain", "percent-encoded", "as a record shows it", "as JSON"],
)
def test_a_secret_is_redacted_in_every_form(form: str) -> None:
    text = f"GET https://example.org/?key={form}&x=1"
    assert Redactor([SECRET]).redact(text) == "GET https://example.org/?key=***&x=1"


def test_each_line_of_a_private_key_is_redacted() -> None:
    key = "-----BEGIN-----\nMIIEvQIBADANBgkqhkiG9w0\nq7\n-----END-----"
    assert "MIIEvQ" not in Redactor([key]).redact("at line MIIEvQIBADANBgkqhkiG9w0 of it")


def test_what_is_too_short_to_be_a_secret_is_left() -> None:
    assert Redactor(["abc"]).redact("abc alphabet") == "abc alphabet"
