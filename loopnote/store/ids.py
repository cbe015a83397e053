"""The ids of notes: short, stable, and the same for the same row of the same source."""

from base64 import b32encode
from collections.abc import Collection
from hashlib import blake2b


def note_id(source: str, row: str, again: int) -> str:
    """Return 12 letters and digits for a row's text; `again` tells equal rows apart.

    >>> note_id("trials", "goal: more visits", 0)
    'pknknbhj3no5'
    """
    digest = blake2b(f"{source}\n{row}\n{again}".encode(), digest_size=8).digest()
    return b32encode(digest).decode()[:12].lower()


def free_ids(source: str, rows: list[str], taken: Collection[str]) -> list[str]:
    """Return an id for each row, none of them taken, none twice."""
    used = set(taken)
    counts: dict[str, int] = {}
    ids = []
    for row in rows:
        again = counts.get(row, 0)
        while (made := note_id(source, row, again)) in used:
            again += 1
        counts[row] = again + 1
        used.add(made)
        ids.append(made)
    return ids
