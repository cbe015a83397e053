"""What the rows of a log gave when they were last parsed, so that equal rows are not parsed again.

    row key ─► digest of the note, as the store keeps it, and what was remarked on its cells

A row key is a digest of all that a row's note is made from: its cells, what the lines above say of
it, what its columns mean, the settings and the version of the reader
(`parsing.table_analysis.row_keys`). Parsing is a function of it. So an entry can be missing but
never wrong, whatever happens to the notes: it counts only where the store holds a living note with
that very digest (ADR 0420).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from struct import Struct
from typing import NamedTuple

KEY_BYTES = 16
"""Size of a row key and of a note's digest: two rows share one by chance once in 10^19 logs of a
million."""
_RECORD = Struct(f"<{KEY_BYTES}s{KEY_BYTES}siI")

Remark = tuple[int, str, tuple[tuple[str, str], ...]]
"""What of a row could not be read: which of the columns with a meaning (-1: the row), code, facts.
"""
Remarks = tuple[Remark, ...]
_Content = tuple[bytes, list[Remarks]]


class ParsedRow(NamedTuple):
    """What a row gave: the digest of its note, the ordinal of its first day (0 without one),
    remarks.

    A plain tuple: there is one for every row of a log.
    """

    digest: bytes
    day: int
    remarks: Remarks = ()


@dataclass(slots=True)
class ParsedRows:
    """The rows of the last reading of a source, and those of the reading that is going on.

    `basis` stamps the settings and the reader; it is part of every row key. `workbook` is the
    digest of the one workbook that the last reading found, "" where there were several or none;
    `workbooks` are those of this one.
    """

    basis: str
    known: dict[bytes, ParsedRow] = field(default_factory=dict)
    workbook: str = ""
    workbooks: list[str] = field(default_factory=list)
    _kept: bytearray = field(default_factory=bytearray)
    _remarks: dict[Remarks, int] = field(default_factory=lambda: {(): 0})

    def keep(self, key: bytes, found: ParsedRow) -> None:
        """Remember what a row gives, for the next reading."""
        remarked = self._remarks.setdefault(found.remarks, len(self._remarks))
        self._kept += _RECORD.pack(key, found.digest, found.day, remarked)

    def to_bytes(self) -> bytes:
        """Return the rows of this reading, in their order; equal remarks once."""
        if not self._kept:
            return b""
        import msgspec  # a run that reads nothing does without (ADR 0410)

        return msgspec.msgpack.encode((self._kept, list(self._remarks)))


def read_parsed_rows(basis: str, content: bytes, living: Collection[bytes]) -> ParsedRows:
    """Return the rows kept by `to_bytes` whose note is still stored: its digest is among `living`.

    Content that was cut off or is of another version is no rows at all.
    """
    import msgspec

    try:
        rows, remarks = msgspec.msgpack.decode(content, type=_Content)
    except msgspec.DecodeError:
        return ParsedRows(basis)
    if len(rows) % _RECORD.size:
        return ParsedRows(basis)
    known = {
        key: ParsedRow(digest, day, remarks[remarked])
        for key, digest, day, remarked in _RECORD.iter_unpack(rows)
        if digest in living
    }
    return ParsedRows(basis, known)
