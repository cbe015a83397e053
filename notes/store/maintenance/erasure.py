"""Erases a person's name from notes, rows, versions, problems, reports and mails.

The team's own log is not touched; loopnote only reads it. What the name is found by stays, as a
salted digest, so that a row that still names the person there comes in without the name, and goes
on as the note that it was (ADR 0815).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import Connection, Table, delete, select, update

from notes.model.erased_names import NameMask, as_written, name_rule
from notes.store.database import Database
from notes.store.delivery.compression import compress, decompress
from notes.store.note_rows.decoded_rows import ENTRY, entries
from notes.store.note_rows.json_payload import entry_json
from notes.store.search.index import empty_index
from notes.store.sql.schema import (
    alarm,
    delivery,
    message,
    note,
    note_version,
    parsed_rows,
    problem,
    report,
    run,
    source,
)
from notes.store.sql.statements import EngineStatements
from notes.store.tables.erased_name_rows import keep_rules

Replace = Callable[[str], str]

_LINK_TEXT = re.compile(r"[A-Za-z0-9%._~-]+")
"""Unreserved and encoded characters of a link."""
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")

_CHUNK = 1 << 20
"""Bytes of the database file that are looked through at once."""


@dataclass(frozen=True, slots=True)
class ErasureCounts:
    """How many of each named the person.

    `still_named` are the notes whose row is still in the team's log; `left` says in words where the
    name still stands although it was looked for.
    """

    notes: int
    versions: int
    problems: int
    mails: int
    still_named: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many records named the person, of all kinds."""
        return self.notes + self.versions + self.problems + self.mails


_JSON: dict[Table, tuple[str, ...]] = {
    note: ("payload", "cells", "place", "written"),
    note_version: ("before", "changes"),
    problem: ("payload",),
    source: ("readings", "skipped"),
    report: ("facts",),
}
_TEXT: dict[Table, tuple[str, ...]] = {
    note: ("url", "link"),
    report: ("subject",),
    source: ("error", "hint"),
    run: ("error", "command"),
    delivery: ("detail",),
    alarm: ("subject",),
}
_TABLES = tuple(dict.fromkeys((*_JSON, *_TEXT)))
"""Every column that may hold a name: JSON and plain texts; a test compares them with the schema."""


def erase(
    database: Database,
    names: Sequence[str],
    mark: str,
    *,
    nicknames: Sequence[str] = (),
    now: datetime,
) -> ErasureCounts:
    """Replace every spelling of a name by a mark, everywhere, free the space where it stood, and
    look whether it is gone.

    What is a name in a text: see `notes.model.erased_names`.

    Raises:
        ValueError: a name is empty.
    """
    if not names or not all(name.strip() for name in (*names, *nicknames)):
        raise ValueError("a name to erase cannot be empty")
    names = as_written(names)
    with database.writing(alone=True) as connection:
        _remove_freed_text(connection)
        mask = NameMask(
            keep_rules(EngineStatements(connection), names, nicknames, mark=mark, now=now), mark
        )
        replace = _replacing([*names, *nicknames], mask, mark)
        living = select(note.c.id).where(note.c.gone.is_(None)).order_by(note.c.seq)
        alive = set(connection.execute(living).scalars())
        counts = {table: _rewrite(connection, table, replace) for table in _TABLES}
        _renew_digests(connection, counts[note])
        connection.execute(delete(parsed_rows))  # digests of rows that held the name
        mails = _rewrite_mails(connection, replace)
        empty_index(connection)
    not_rewritten = database.rewrite_files()
    notes = counts[note]
    return ErasureCounts(
        notes=len(notes),
        versions=len(counts[note_version]),
        problems=len(counts[problem]),
        mails=mails,
        still_named=tuple(key for key in notes if key in alive),
        left=(
            *_left(database, names, replace),
            *(f"freed bytes of {one}" for one in not_rewritten),
        ),
    )


def _left(database: Database, names: Sequence[str], replace: Replace) -> Iterator[str]:
    """Yield where a name still stands, after everything was rewritten."""
    with database.writing(alone=True) as connection:
        for table in _TABLES:
            if _rewrite(connection, table, replace):
                yield f"table {table.name}"
        if _rewrite_mails(connection, replace):
            yield "table message"
        for name, state in connection.execute(select(source.c.name, source.c.state)):
            if _in_json(state, replace) != state or replace(name) != name:
                yield f"source {name}: names of its tabs or files"
        connection.rollback()
    if database.dialect == "sqlite":
        for file in (Path(f"{database.where}{end}") for end in ("", "-wal", "-journal")):
            if file.exists() and holds_name(file, names):
                yield f"bytes of {file.name}"


def name_bytes(names: Sequence[str]) -> re.Pattern[bytes]:
    """Return what finds names in raw bytes: UTF-8, composed or decomposed, or as JSON and
    links escape them.
    """
    forms = [
        form
        for spelling in sorted(_spellings(names))
        for form in (spelling.encode(), quote(spelling, safe="").encode(), _escaped(spelling))
    ]
    found = b"|".join(
        rb"(?<![A-Za-z])" + re.escape(form) + rb"(?![A-Za-z])"
        if form.isalpha() and form.isascii()
        else re.escape(form)
        for form in dict.fromkeys(forms)
    )
    return re.compile(found, re.IGNORECASE)


def holds_name(file: Path, names: Sequence[str]) -> bool:
    """Say whether the raw bytes of a file hold one of the names, as `as_written` gives them."""
    pattern, before = name_bytes(names), b""
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            if pattern.search(before + chunk):
                return True
            before = chunk[-1000:]
    return False


def text_holds_name(file: Path, finder: Replace) -> bool:
    """Say whether a text file names somebody, in any form or nickname; a file that is no text
    does not.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and finder(text) != text


def mail_holds_name(body: bytes, finder: Replace) -> bool:
    """Say whether a mail names somebody, however its texts are encoded."""
    return _in_mail(body, finder) != body


def name_finder(names: Sequence[str], nicknames: Sequence[str]) -> Replace:
    """Return what changes exactly the texts that name somebody; for looking, not for keeping."""
    names = as_written(names)
    rules = [
        *(name_rule(name, "look") for name in names),
        *(name_rule(name, "look", nickname=True) for name in nicknames),
    ]
    return _replacing([*names, *nicknames], NameMask(rules, ""), "")


def _spellings(names: Sequence[str]) -> set[str]:
    """Return the names with their letters composed and decomposed."""
    return {unicodedata.normalize(form, name.strip()) for name in names for form in ("NFC", "NFD")}


def _escaped(text: str) -> bytes:
    return json.dumps(text)[1:-1].encode()


def _renew_digests(connection: Connection, ids: Sequence[str]) -> None:
    """Write notes and their digests as the next reading will give them, without the name."""
    for id_ in ids:
        row = connection.execute(
            select(*(note.c[name] for name in ENTRY)).where(note.c.id == id_)
        ).one()
        payload, cells, digest = entry_json(entries([row])[0])
        values = {"payload": payload.decode(), "cells": cells.decode(), "digest": digest}
        connection.execute(update(note).where(note.c.id == id_).values(**values))


def _replacing(names: Sequence[str], mask: NameMask, mark: str) -> Replace:
    """Return what replaces names in texts, and as HTML and links write them."""
    spellings = _spellings(names)
    forms = {form for name in spellings for form in _in_html(name)} - spellings
    if not forms:
        return lambda text: mask(_in_links(text, mask))
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    found = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{found})(?![A-Za-z0-9])", re.IGNORECASE)
    return lambda text: pattern.sub(lambda _: mark, mask(_in_links(text, mask)))


def _in_links(text: str, mask: Replace) -> str:
    """Replace names in texts that a link carries, such as the body of a mail to be written
    ("%98Bob%EC%9D%B4").

    The characters that part a link stand between such texts (RFC 3986, 2.2), so that each can be
    decoded and encoded by itself.
    """
    if "%" not in text:
        return text
    return _LINK_TEXT.sub(lambda found: _in_link_text(found.group(), mask), text)


def _in_link_text(piece: str, mask: Replace) -> str:
    if _ENCODED.search(piece) is None:
        return piece
    plain = unquote(piece)
    new = mask(plain)
    return piece if new == plain else quote(new, safe="")


def _in_html(name: str) -> tuple[str, str]:
    return escape(name), escape(name).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _remove_freed_text(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _rewrite(connection: Connection, table: Table, replace: Replace) -> list[Any]:
    """Rewrite a table's texts; return the keys (for a note its id) of the rows that changed."""
    keys = list(table.primary_key.columns)
    names = (*_JSON.get(table, ()), *_TEXT.get(table, ()))
    shown = note.c.id if table is note else keys[0]
    asked = select(shown, *keys, *(table.c[name] for name in names)).order_by(*keys)
    changes = []
    for row in connection.execute(asked, execution_options={"yield_per": 500}):
        old = dict(zip(names, row[1 + len(keys) :], strict=True))
        new = {
            name: _in_json(text, replace) if name in _JSON.get(table, ()) else replace(text)
            for name, text in old.items()
        }
        if new != old:
            changes.append((row[0], row[1 : 1 + len(keys)], new))
    for _, key, new in changes:
        where = [column == value for column, value in zip(keys, key, strict=True)]
        connection.execute(update(table).where(*where).values(new))
    return [each[0] for each in changes]


def _in_json(text: str, replace: Replace) -> str:
    if "\\" not in text and replace(text) == text:
        return text
    found = json.loads(text)
    new = _in_value(found, replace)
    return (
        text
        if new == found
        else json.dumps(new, ensure_ascii="\\ud" in text, separators=(",", ":"))
    )


def _in_value(value: Any, replace: Replace) -> Any:
    if isinstance(value, str):
        return replace(value)
    if isinstance(value, list):
        return [_in_value(part, replace) for part in value]
    if isinstance(value, dict):
        return {replace(name): _in_value(part, replace) for name, part in value.items()}
    return value


def _rewrite_mails(connection: Connection, replace: Replace) -> int:
    count = 0
    ids = connection.execute(select(message.c.id).order_by(message.c.id)).scalars().all()
    for id_ in ids:
        body, page = connection.execute(
            select(message.c.bytes, message.c.page).where(message.c.id == id_)
        ).one()
        new, shown = _in_mail(body, replace), _in_page(page, replace)
        if (new, shown) != (body, page):
            values = {"bytes": new, "sha256": sha256(new).hexdigest(), "page": shown}
            connection.execute(update(message).where(message.c.id == id_).values(**values))
            count += 1
    return count


def _in_page(page: bytes, replace: Replace) -> bytes:
    text = decompress(page)
    new = replace(text)
    return page if new == text else compress(new)


def _in_mail(body: bytes, replace: Replace) -> bytes:
    """Return a mail without the name: its texts are written anew, everything else stays.

    Or the very same bytes.
    """
    from email import policy
    from email.parser import BytesParser

    mail = BytesParser(policy=policy.SMTP).parsebytes(body)
    changed = False
    for name in ("Subject", "From", "To"):
        if mail[name] and replace(str(mail[name])) != str(mail[name]):
            mail.replace_header(name, replace(str(mail[name])))
            changed = True
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            text = part.get_content()
            if replace(text) != text:
                part.set_content(replace(text), subtype=part.get_content_subtype(), cte="base64")
                changed = True
    return mail.as_bytes() if changed else body
