"""Builds the bytes of a mail from a view and an envelope.

Mails are stored first and sent as they are, however often it takes. Same view and envelope, same
bytes: date, message id and boundary are given or computed, never random.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from notes.model.errors import RenderError
from notes.model.mail_addresses import address_error, in_ascii
from notes.model.notes import WRITTEN_IN

from .render import render_mail_html, render_operator, render_page, render_subject, render_text
from .safe import clean, mailto
from .view import PageView, PlaceLink

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_FOLD = ",\r\n "
_CHUNK = 45
"""Bytes of one encoded word: in base64, with `=?utf-8?B?` and `?=`, 72 of the 75 characters that
RFC 2047 allows.
"""
_WIDTH = 66
"""Characters of a plain header value: with the longest header name before it below the 78 of RFC
5322.
"""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """A name and an address, both allowed in a header."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the mail needs beside its content.

    Attributes:
        sender: a role, not a person.
        to: everybody who gets it: the same bytes go to each, so that reply-all works.
        message_id: with its angle brackets (`message_id` makes one).
        date: an aware instant.
        reply_to: where answers go, "" for the sender's own address.
        references: the message id of the report that this one corrects.
        list_id: such as `weekly.loopnote.example.org`.
        unsubscribe: a mailto link or an address to leave the list.
        unsubscribe_post: an HTTPS address that answers POST, only where the user has one.
    """

    sender: MailAddress
    to: tuple[MailAddress, ...]
    message_id: str
    date: datetime
    reply_to: str = ""
    references: str = ""
    list_id: str = ""
    unsubscribe: str = ""
    unsubscribe_post: str = ""


@dataclass(frozen=True, slots=True)
class RenderedReport:
    """A mail ready to be stored and sent: `eml` are its bytes, with `html` and `text` in them.

    `page` is the page for the browser, with all that the mail leaves out; `page_text` is the same
    as text.
    """

    message_id: str
    subject: str
    html: str
    text: str
    page: str
    eml: bytes
    page_text: str = ""


def message_id(key: str, *, kind: str, period: str, domain: str) -> str:
    """Return the message id of a key (team, period, edition): always the same one.

    `<weekly.2026-W47.<24 hex digits of the key's SHA-256>@domain>`

    >>> message_id("team/2026-W47/r1", kind="weekly", period="2026-W47", domain="example.org")
    '<weekly.2026-W47.af4e01ba46a8e6c9f4574a30@example.org>'
    """
    return f"<{kind}.{period}.{hashlib.sha256(key.encode()).hexdigest()[:24]}@{domain}>"


def build_mail(view: PageView, envelope: Envelope, *, folder: Path | None = None) -> RenderedReport:
    """Return the mail of a view: text and HTML, headers by hand, deterministic to the byte.

    `folder` is the team's own template folder, if any.

    Raises:
        RenderError: a template fails, the mail is too large, or the envelope holds what no header
            may hold.
    """
    subject, html = render_subject(view, folder=folder), render_mail_html(view, folder=folder)
    text = render_text(view, folder=folder)
    eml = _message(envelope, subject, text, html=html, language=view.language)
    page, page_text = render_page(view, folder=folder), render_text(view, folder=folder, whole=True)
    return RenderedReport(
        message_id=envelope.message_id,
        subject=subject,
        html=html,
        text=text,
        page=page,
        eml=eml,
        page_text=page_text,
    )


def build_operator_mail(
    title: str,
    lines: tuple[str, ...],
    envelope: Envelope,
    *,
    language: str = WRITTEN_IN,
    folder: Path | None = None,
) -> RenderedReport:
    """Return a plain message to the operator: a title and what happened, line by line.

    Raises:
        RenderError: as `build_mail`.
    """
    contact = PlaceLink(envelope.sender.address, mailto(envelope.sender.address))
    text, html = render_operator(title, lines, contact=contact, language=language, folder=folder)
    subject = clean(title)[:90]
    return RenderedReport(
        message_id=envelope.message_id,
        subject=subject,
        html=html,
        text=text,
        page=html,
        eml=_message(envelope, subject, text, html=html, language=language),
    )


def _message(envelope: Envelope, subject: str, text: str, *, html: str, language: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(
        "=_" + hashlib.sha256(f"{envelope.message_id}\0{text}\0{html}".encode()).hexdigest()[:40]
    )
    headers = (*_people_headers(envelope, subject), *_machine_headers(envelope, language))
    head = "".join(f"{name}: {_plain(name, value)}\r\n" for name, value in headers)
    return head.encode("ascii") + message.as_bytes()


def _people_headers(envelope: Envelope, subject: str) -> Iterator[tuple[str, str]]:
    """Yield the headers that people read.

    Headers are written by hand (ADR 0702): Python's folding makes encoded words that are too long,
    and encodes list entries of 78 characters and more (cpython#85725).
    """
    yield "From", _address(envelope.sender)
    yield "To", _FOLD.join(_shown(envelope.to)) or "undisclosed-recipients:;"
    if envelope.reply_to:
        yield "Reply-To", _address(MailAddress(envelope.reply_to))
    yield "Subject", _encoded(clean(subject))


def _machine_headers(envelope: Envelope, language: str) -> Iterator[tuple[str, str]]:
    """Yield the headers that machines read."""
    if envelope.date.tzinfo is None:
        raise RenderError("the mail's date has no time zone", hint="give an aware instant")
    yield "Date", format_datetime(envelope.date)
    yield "Message-ID", envelope.message_id
    if envelope.references:
        yield "In-Reply-To", envelope.references
        yield "References", envelope.references
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "OOF, DR, RN, NRN, AutoReply"
    yield "Content-Language", language
    if envelope.list_id:
        yield "List-Id", f"<{envelope.list_id}>"
    yield from _unsubscribe(envelope)


def _unsubscribe(envelope: Envelope) -> Iterator[tuple[str, str]]:
    entries = []
    if envelope.unsubscribe:
        entries.append(
            envelope.unsubscribe
            if ":" in envelope.unsubscribe
            else mailto(envelope.unsubscribe, "unsubscribe")
        )
    if envelope.unsubscribe_post:
        entries.append(envelope.unsubscribe_post)
    if entries:
        yield "List-Unsubscribe", _FOLD.join(f"<{entry}>" for entry in entries)
    if envelope.unsubscribe_post:
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _plain(name: str, value: str) -> str:
    """Return the value if a header may hold it unchanged; only our folding may break its line."""
    lines = value.replace(_FOLD, ",").split("\r\n ")
    if not value.isascii() or any(not line.isprintable() for line in lines):
        raise RenderError(
            f"the header {name} cannot hold {value!r}", hint="use plain ASCII without line breaks"
        )
    return value


def _shown(people: tuple[MailAddress, ...]) -> list[str]:
    """Return the readers whom the header can name.

    A domain beyond ASCII in its ASCII form (IDNA). An address with other letters before the @ would
    make a mail that most servers do not take: it is left out here, so that it stops nobody else's;
    its owner still gets these bytes where the server offers SMTPUTF8.
    """
    return [_address(one) for one in people if in_ascii(one.address).isascii()]


def _address(person: MailAddress) -> str:
    address = in_ascii(person.address)
    if address_error(address) or not address.isascii():
        raise RenderError(
            f"{person.address!r} is not a valid e-mail address", hint="write it as name@example.org"
        )
    name = clean(person.name)
    return f"{_display(name)} <{address}>" if name else address


def _display(name: str) -> str:
    """Return a display name of any characters: as it is, quoted or encoded (RFC 5322 3.4)."""
    if _ATOMS.fullmatch(name):
        return name
    if not name.isascii() or len(name) >= _WIDTH or "=?" in name:
        return _encoded(name)
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded(text: str) -> str:
    """Return plain ASCII as it is, else encoded words of at most 75 characters (RFC 2047)."""
    if text.isascii() and len(text) < _WIDTH and "=?" not in text:
        return text
    words, chunk = [], b""
    for letter in text:
        if len(chunk) + len(letter.encode()) > _CHUNK:
            words.append(chunk)
            chunk = b""
        chunk += letter.encode()
    return "\r\n ".join(
        f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in (*words, chunk)
    )


def text_of(eml: bytes) -> str:
    """Return the text part of a mail made by `build_mail`; "" without one."""
    from email import message_from_bytes
    from email.policy import default

    part = message_from_bytes(eml, policy=default).get_body(("plain",))
    return str(part.get_content()) if part else ""
