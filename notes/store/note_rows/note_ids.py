"""Note ids: short, stable, and equal for the same row of the same source."""

from collections.abc import Collection, Iterable
from hashlib import blake2b


def note_id(source: str, row: str, again: int = 0) -> str:
    """Return 12 hexadecimal digits for a row's text; `again` tells equal rows apart.

    >>> note_id("trials", "goal: more visits")
    '35c430f59036'
    """
    return blake2b(
        f"{source}\n{row}\n{again}".encode(errors="surrogatepass"), digest_size=6
    ).hexdigest()


def unused_ids(source: str, rows: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Return an id for each row, none of them taken, none twice."""
    used = set(taken)
    ids = []
    for row in rows:
        again = 0
        while (made := note_id(source, row, again)) in used:
            again += 1
        used.add(made)
        ids.append(made)
    return ids
