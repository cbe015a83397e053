"""Erases a person's name from notes, rows, versions, problems, reports and mails.

The team's own log is not touched; loopnote only reads it. A row that still names the person there
is not read again until somebody changes it: its digest stays that of the row as it was.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Table, select, update

from notes.store.database import Database
from notes.store.delivery.compression import compress, decompress
from notes.store.schema import message, note, note_version, problem, report, source
from notes.store.search.index import empty_index

Replace = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ErasureCounts:
    """How many of each named the person.

    `still_named` are the notes whose row is still in the team's log.
    """

    notes: int
    versions: int
    problems: int
    mails: int
    still_named: tuple[str, ...]


_JSON: dict[Table, tuple[str, ...]] = {
    note: ("payload", "cells", "place", "written"),
    note_version: ("before", "changes"),
    problem: ("payload",),
    source: ("readings", "skipped"),
    report: ("facts",),
}
_TEXT: dict[Table, tuple[str, ...]] = {
    note: ("url",),
    report: ("subject",),
    source: ("error", "hint"),
}


def erase(database: Database, names: Sequence[str], mark: str) -> ErasureCounts:
    """Replace every spelling of a name by a mark, everywhere, and free the space where it stood.

    A name in Latin letters is matched as a word, whatever its case; any other wherever it stands,
    so that 김하늘 is found in 김하늘님은.

    Raises:
        ValueError: a name is empty.
    """
    replace = _replacing(names, mark)
    with database.writing() as connection:
        _remove_freed_text(connection)
        living = select(note.c.id).where(note.c.gone.is_(None)).order_by(note.c.seq)
        alive = set(connection.execute(living).scalars())
        counts = {table: _rewrite(connection, table, replace) for table in _JSON}
        mails = _rewrite_mails(connection, replace)
        empty_index(connection)
    database.vacuum()
    notes = counts[note]
    return ErasureCounts(
        notes=len(notes),
        versions=len(counts[note_version]),
        problems=len(counts[problem]),
        mails=mails,
        still_named=tuple(key for key in notes if key in alive),
    )


def _replacing(names: Sequence[str], mark: str) -> Replace:
    if not names or not all(name.strip() for name in names):
        raise ValueError("a name to erase cannot be empty")
    spellings = {
        unicodedata.normalize(form, name.strip()) for name in names for form in ("NFC", "NFD")
    }
    longest_first = sorted(spellings, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)
    return lambda text: pattern.sub(lambda _: mark, text)


def _pattern(name: str) -> str:
    """Return the pattern of a name as it stands in a text, in HTML or in a link."""
    found = "|".join(
        dict.fromkeys(re.escape(each) for each in (name, *_in_html(name), quote(name, safe="")))
    )
    return (
        rf"(?:(?<![^\W_])|(?<=%[0-9A-F][0-9A-F]))(?:{found})(?![^\W_])" if name.isascii() else found
    )


def _in_html(name: str) -> tuple[str, str]:
    return escape(name), escape(name).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _remove_freed_text(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _rewrite(connection: Connection, table: Table, replace: Replace) -> list[Any]:
    """Rewrite a table's texts; return the keys (for a note its id) of the rows that changed."""
    keys = list(table.primary_key.columns)
    names = (*_JSON[table], *_TEXT.get(table, ()))
    shown = note.c.id if table is note else keys[0]
    asked = select(shown, *keys, *(table.c[name] for name in names)).order_by(*keys)
    changes = []
    for row in connection.execute(asked, execution_options={"yield_per": 500}):
        old = dict(zip(names, row[1 + len(keys) :], strict=True))
        new = {
            name: _in_json(text, replace) if name in _JSON[table] else replace(text)
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
