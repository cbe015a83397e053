"""What the rows of a log gave when they were last parsed, so that equal rows are not parsed again.

    row key ─► digest of the note, as the store keeps it

A row key is a digest of all that a row's note is made from: its cells, what the lines above say of it,
what its columns mean, the settings and the version of the reader (`parsing.table_analysis.row_keys`).
Parsing is a function of it. So an entry can be missing but never wrong, whatever happens to the notes:
it counts only where the store holds a living note with that very digest (ADR 0420).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from struct import Struct

KEY_BYTES = 16
"""Size of a row key and of a note's digest: two rows share one by chance once in 10^19 logs of a million."""
_RECORD = Struct(f"<{KEY_BYTES}s{KEY_BYTES}si")


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """What a row gave: the digest of its note, and the ordinal of its first day (0 without one)."""

    digest: bytes
    day: int


@dataclass(slots=True)
class ParsedRows:
    """The rows of the last reading of a source, and those of the reading that is going on.

    `basis` stamps the settings and the reader; it is part of every row key. `workbook` is the digest of the
    one workbook that the last reading found, "" where there were several or none; `workbooks` are
    those of this one.
    """

    basis: str
    known: dict[bytes, ParsedRow] = field(default_factory=dict)
    now: dict[bytes, ParsedRow] = field(default_factory=dict)
    workbook: str = ""
    workbooks: list[str] = field(default_factory=list)

    def keep(self, key: bytes, found: ParsedRow) -> None:
        """Remember what a row gives, for the next reading."""
        self.now[key] = found

    def to_bytes(self) -> bytes:
        """Return the rows of this reading, in their order."""
        return b"".join(_RECORD.pack(key, one.digest, one.day) for key, one in self.now.items())


def read_parsed_rows(basis: str, content: bytes, living: Collection[bytes]) -> ParsedRows:
    """Return the rows kept by `to_bytes` whose note is still stored: its digest is among `living`.

    Content of another length, cut off or of another version, is no rows at all.
    """
    if len(content) % _RECORD.size:
        return ParsedRows(basis)
    known = {
        key: ParsedRow(digest, day)
        for key, digest, day in _RECORD.iter_unpack(content)
        if digest in living
    }
    return ParsedRows(basis, known)
