"""The rules by which erased names stay out, as the store keeps them."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, insert, select

from notes.model.erased_names import NameMask, NameRule, name_rule
from notes.store.schema import erased_name


def name_mask(connection: Connection) -> NameMask:
    """Return what masks every name that was erased, with the mark that was given last."""
    rows = connection.execute(
        select(erased_name).order_by(erased_name.c.at, erased_name.c.digest)
    ).all()
    rules = [NameRule(row.salt, row.words, row.length, row.first, row.digest) for row in rows]
    return NameMask(rules, rows[-1].mark if rows else "")


def keep_rules(
    connection: Connection,
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
    known = connection.execute(select(erased_name.c.salt, erased_name.c.digest)).all()
    salt = known[0].salt if known else token_hex(16)
    rules = [
        *(name_rule(name, salt) for name in names),
        *(name_rule(name, salt, nickname=True) for name in nicknames),
    ]
    held = {row.digest for row in known}
    for one in dict.fromkeys(rules):
        if one.digest not in held:
            connection.execute(
                insert(erased_name).values(
                    digest=one.digest,
                    salt=one.salt,
                    words=one.words,
                    length=one.length,
                    first=one.first,
                    mark=mark,
                    at=now,
                )
            )
            held.add(one.digest)
    return rules
