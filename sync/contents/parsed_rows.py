"""What the rows of a log gave when they were last parsed, so that equal rows are not parsed again.

    row key ─► digest of the note, as the store keeps it, and what was remarked on its cells

A row key is a digest of all that a row's note is made from: its cells, what the lines above say of
it, what its columns mean, the settings and the version of the reader
(`parsing.table_analysis.row_keys`). Parsing is a function of it. So an entry can be missing but
never wrong, whatever happens to the notes: it counts only where the store holds a living note with
that very digest (ADR 0420).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from struct import Struct
from typing import Any, NamedTuple

from .text_answers import TextAnswers

KEY_BYTES = 16
"""Size of a row key and of a note's digest: two rows share one by chance once in 10^19 logs of a
million."""
_RECORD = Struct(f"<{KEY_BYTES}s{KEY_BYTES}siI")
"""One row: its key, the digest of what it gave, its day as a number, and whether it has remarks."""

Remark = tuple[int, str, tuple[tuple[str, str], ...]]
"""What of a row could not be read: which of the columns with a meaning (-1: the row), code, facts.
"""
Remarks = tuple[Remark, ...]


class TabRecord(NamedTuple):
    """What is kept of the rows of one tab (`parsing.layout.sheet.row_facts`), row by row.

    `stamps` are the questions that the bits of `marks` answer, `fills` the different fills,
    `digests` 16 bytes a row, `filled` the number of each row's fill.
    """

    stamps: list[bytes]
    fills: list[bytes]
    digests: bytes
    filled: list[int]
    marks: bytes


@dataclass(frozen=True, slots=True)
class KnownTab:
    """What the last reading kept of the rows of one tab: a number by the digest of each row."""

    stamps: Sequence[bytes] = ()
    fills: Sequence[bytes] = ()
    rows: Mapping[bytes, int] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: TabRecord) -> "KnownTab":
        """Return what was kept; of equal rows, what the last of them tells."""
        every = zip(kept.filled, kept.marks, strict=True)
        told = (filled << _MARKS | marks for filled, marks in every)
        pieces = (kept.digests[at : at + KEY_BYTES] for at in count(0, KEY_BYTES))
        return cls(kept.stamps, kept.fills, dict(zip(pieces, told, strict=False)))

    def told(self, number: int) -> tuple[bytes, int]:
        """Return the fill and the marks that a number of `rows` stands for."""
        return self.fills[number >> _MARKS], number & _ALL_MARKS


_MARKS = 8
"""Bits of the marks of a row."""
_ALL_MARKS = (1 << _MARKS) - 1
"""Takes the marks out of a number, the fill above them."""
_Content = tuple[bytes, list[Remarks], dict[str, TabRecord], tuple[str, dict[bytes, Any]]]


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
    `workbooks` are those of this one. `tabs` is what the last reading kept of the rows of each tab,
    by its file and name. `answers` are those to questions about single texts.
    """

    basis: str
    known: dict[bytes, ParsedRow] = field(default_factory=dict)
    workbook: str = ""
    workbooks: list[str] = field(default_factory=list)
    tabs: dict[str, TabRecord] = field(default_factory=dict)
    answers: TextAnswers = field(default_factory=TextAnswers)
    _tabs: dict[str, TabRecord] = field(default_factory=dict)
    _kept: bytearray = field(default_factory=bytearray)
    _remarks: dict[Remarks, int] = field(default_factory=lambda: {(): 0})

    def keep(self, key: bytes, found: ParsedRow) -> None:
        """Remember what a row gives, for the next reading."""
        remarked = self._remarks.setdefault(found.remarks, len(self._remarks))
        self._kept += _RECORD.pack(key, found.digest, found.day, remarked)

    def keep_all(self, every: Iterable[tuple[bytes, ParsedRow]]) -> None:
        """Remember what many rows give."""
        numbers, pack = self._remarks, _RECORD.pack
        self._kept += b"".join(
            [
                pack(key, digest, day, numbers.setdefault(remarks, len(numbers)) if remarks else 0)
                for key, (digest, day, remarks) in every
            ]
        )

    def take_tab(self, name: str) -> KnownTab:
        """Return what the last reading kept of a tab's rows; it is held no longer here."""
        kept = self.tabs.pop(name, None)
        return KnownTab() if kept is None else KnownTab.of(kept)

    def keep_tab(self, name: str, kept: TabRecord) -> None:
        """Remember the rows of a tab, for the next reading."""
        self._tabs[name] = kept

    def to_bytes(self) -> bytes:
        """Return the rows of this reading, in their order; equal remarks once.

        They are held no longer here: of a tall log they are some megabytes.
        """
        if not self._kept:
            return b""
        import msgspec  # a run that reads nothing does without (ADR 0410)

        answers = self.basis, self.answers.to_keep()
        content = msgspec.msgpack.encode((self._kept, list(self._remarks), self._tabs, answers))
        self._kept, self._tabs = bytearray(), {}
        return content


def read_parsed_rows(basis: str, content: bytes, living: Collection[bytes]) -> ParsedRows:
    """Return the rows kept by `to_bytes` whose note is still stored: its digest is among `living`.

    Content that was cut off or is of another version is no rows at all.
    """
    import msgspec

    try:
        rows, remarks, tabs, (asked_by, answers) = msgspec.msgpack.decode(content, type=_Content)
    except msgspec.DecodeError:
        return ParsedRows(basis)
    if len(rows) % _RECORD.size:
        return ParsedRows(basis)
    known = {
        key: ParsedRow(digest, day, remarks[remarked])
        for key, digest, day, remarked in _RECORD.iter_unpack(rows)
        if digest in living
    }
    answers = answers if asked_by == basis else {}
    return ParsedRows(basis, known, tabs=tabs, answers=TextAnswers(answers))
