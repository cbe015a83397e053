"""The rules by which erased names stay out, as the store keeps them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from secrets import token_hex

from notes.model.erased_names import NameMask, NameRule, name_rule
from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import instant_text


def name_mask(statements: Statements) -> NameMask:
    """Return what masks every name that was erased, with the mark that was given last."""
    rows = statements.lines(
        "SELECT salt, words, length, first, digest, mark FROM erased_name ORDER BY at, digest"
    )
    return NameMask([NameRule(*row[:5]) for row in rows], rows[-1][5] if rows else "")


_INSERT = (
    "INSERT INTO erased_name (digest, salt, words, length, first, mark, at)"
    " VALUES (:digest, :salt, :words, :length, :first, :mark, :at)"
)
"""One rule: never the name, only its salted digest and what finds candidates (ADR 0815)."""


def keep_rules(
    statements: Statements,
    names: Sequence[str],
    nicknames: Sequence[str],
    *,
    mark: str,
    now: datetime,
) -> list[NameRule]:
    """Write the rules of names and nicknames down, and return them.

    All rules of a store have one salt, so that a text is looked through once.

    Raises:
        ValueError: a name has no letter.
    """
    known = statements.lines("SELECT salt, digest FROM erased_name")
    salt = known[0][0] if known else token_hex(16)
    rules = [
        *(name_rule(name, salt) for name in names),
        *(name_rule(name, salt, nickname=True) for name in nicknames),
    ]
    held = {digest for _, digest in known}
    for one in dict.fromkeys(rules):
        if one.digest not in held:
            statements.change(_INSERT, {**asdict(one), "mark": mark, "at": instant_text(now)})
            held.add(one.digest)
    return rules
