"""Rows as compared: a few numbers each in memory, their texts in a temporary file.

What a row says is one number, the sum of its cells' hashes: equal rows have equal sums, and a part
of the cells can be taken off. The texts themselves are looked at only where numbers do not decide.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import lt
from struct import unpack
from typing import Protocol

from notes.model.comparable_text import comparable_text
from notes.model.notes import Entry, EqualRow, EqualRows, KnownRow, Place, UnchangedRows

from .text_spill import Texts, TextSpill

_MASK = (1 << 64) - 1
"""Sums of hashes are taken modulo 2^64, the size of an array item."""
Cell = tuple[str, str]
"""The name of a column and what stands under it."""
_PART = 250
"""Rows counted together, as many as wait together in the spill: it is asked between two whether
more are needed."""
_TELLING_HEAD = 6
"""Letters by which most texts of a log differ; judgement."""
_LONGEST_DATE = 48
"""Characters up to which a text may be a date or a number in another format
(`comparable_text`)."""
_MOST_CELLS = 4096
"""Cells whose comparable text is cached; judgement: states, names and days come
again, texts do not."""


_short_form = lru_cache(maxsize=_MOST_CELLS)(comparable_text)
_SHORT = 12
"""Characters up to which texts mostly come again, so that their forms are cached; judgement."""
_BEGINNING = 24
"""Characters that hold the telling head, whatever blanks stand between; judgement."""
_NO_DATE = re.compile(r"[^\W\d_a-z년월일화수목금토요]", re.IGNORECASE)
"""A letter that stands in no date and in no number (`comparable_text`)."""


def _form_if_likely(text: str, begins: Collection[str]) -> str:
    """Return the plain form of a text that may be one of those that begin like this, else ""."""
    if len(text) > _SHORT:
        head = " ".join(text[:_BEGINNING].casefold().split())[:_TELLING_HEAD]
        if head in begins:
            return comparable_text(text)
        if len(text) > _LONGEST_DATE or ("," not in text and _NO_DATE.search(text)):
            return ""
    return _short_form(text)


class StoredRows(Protocol):
    """Gives what the rows say that were not parsed again, by the digests of their notes."""

    def stored_entries(self, digests: Sequence[bytes]) -> list[Entry]:
        """Return the rows in the order asked for."""
        ...

    def count_cells(self, digests: Sequence[bytes]) -> Counter[tuple[str, str]]:
        """Return how many of them hold each cell (label, text)."""
        ...


class ComparedRow:
    """One row of `ComparedRows`, by its place in the order of its sheets."""

    __slots__ = ("_rows", "place")

    def __init__(self, rows: "ComparedRows", place: int) -> None:
        self._rows, self.place = rows, place

    @property
    def sheet(self) -> str:
        """Return its file and tab.

        Rows that went at one time, or of another source, are a sheet of their own.
        """
        return self._rows.names[self._rows.sheet[self.place]]

    @property
    def standing(self) -> int:
        """Return 0 for a row alive in this source, 1 for one gone, 2 for another source's."""
        return self._rows.standing[self.place]

    @property
    def texts(self) -> Texts:
        """Its plain texts by column."""
        return self._rows.texts(self.place)


class ComparedRows(Sequence[ComparedRow]):
    """The rows of one side, in the order of their sheets.

    Filled by `add`, then put in order by `settle`.

    By place: `at` is the index in the order of `add`, `sheet` a number in `names`, `content` what
    the row says, `shape` a number in `shapes` (which columns it fills), `key` the hash of its own
    id (0 without one), `own` that of the id as its cells have it, `bare` what the row says apart
    from it, `day` its first day as an ordinal (0 without one), `row` its row in the tab, `column` a
    number in `columns` (where a record stands in one). Rows that are equal to one of `other` are
    taken over from there, before any column is renamed.
    """

    def __init__(
        self, other: "ComparedRows | None" = None, *, stored: StoredRows | None = None
    ) -> None:
        self._other, self._stored = other, stored
        self.names: list[str] = []
        self.shapes: list[tuple[str, ...]] = []
        self.at, self.sheet, self.shape = array("I"), array("I"), array("I")
        self.content, self.bare = array("Q"), array("Q")
        self.key, self.own = array("Q"), array("Q")
        self.standing = bytearray()
        self.day = array("i")
        self.row, self.column = array("I"), array("I")
        self._numbers: dict[str, int] = {}
        self._ranks: dict[int, tuple[int, str]] = {}
        self.columns: dict[str, int] = {}
        self._known_shapes: dict[tuple[str, ...], int] = {}
        self._cells: dict[tuple[str, date | None, date | None], str] = {}
        self._places = array("I")
        self.spill: TextSpill = TextSpill(other.spill if other else None, self._texts_of_stored)
        self._renamed: dict[str, str] = {}
        self._kept: dict[int, Texts] = {}

    def add(self, entry: Entry, *, standing: int = 0, origin: str = "") -> None:
        """Take a row; `origin` tells from where and when it went, or which other source has it."""
        texts = self._plain(entry)
        self._stand(entry.raw.place, standing, origin)
        self.shape.append(self._shape_of(tuple(texts)))
        start = entry.note.start_date
        self.day.append(start.toordinal() if start else 0)
        key = entry.note.key
        self.key.append(hash(key) & _MASK if key else 0)
        self.own.append(hash(key.casefold()) & _MASK if key else 0)
        content, bare = _sums(texts, self.own[-1])
        self.content.append(content)
        self.bare.append(bare)
        self.spill.add(texts)

    def add_unchanged(self, rows: UnchangedRows) -> None:
        """Take rows of today that were not parsed again.

        What they say is the number of their digests: the stored rows that they go on have the very
        same, and a row that says the same in another format is not compared with them.
        """
        count = len(rows)
        told = unpack(f">{2 * count}Q", b"".join(rows.digests))[::2]  # a number is half a digest
        self.at.extend(range(len(self.at), len(self.at) + count))
        self.standing.extend(bytes(count))
        self.sheet.extend([self._sheet(f"{rows.file}\t{rows.tab}", 0)] * count)
        self.row.extend(rows.rows)
        self.column.extend([self.columns.setdefault("", len(self.columns))] * count)
        shapes = {id(labels): self._shape_of(labels) for labels in _each_once(rows.labels)}
        self.shape.extend([shapes[id(labels)] for labels in rows.labels])
        self.day.extend(rows.days)
        self.key.extend([hash(key) & _MASK if key else 0 for key in rows.keys])
        self.own.extend([hash(key.casefold()) & _MASK if key else 0 for key in rows.keys])
        self.content.extend(told)
        self.bare.extend(told)
        self.spill.add_stored(rows.digests)

    def add_as(self, at: int, place: Place, *, standing: int = 0, origin: str = "") -> None:
        """Take a row that says what the row `at` (as added) of the other side says, at its
        own place.
        """
        self._stand(place, standing, origin)
        self._say_as([at])

    def add_equal(self, ats: Sequence[int]) -> None:
        """Take living rows that say, and stand, as rows of the other side do, by their order of
        adding.
        """
        other = self._other_side()
        places = other.as_added()
        there = [places[at] for at in ats]
        self.at.extend(range(len(self.at), len(self.at) + len(ats)))
        self.standing.extend(bytes(len(ats)))
        sheets = {
            sheet: self._sheet(other.names[sheet], 0)
            for sheet in dict.fromkeys(map(other.sheet.__getitem__, there))
        }
        self.sheet.extend([sheets[other.sheet[place]] for place in there])
        columns = {
            number: self.columns.setdefault(name, len(self.columns))
            for name, number in other.columns.items()
        }
        self.row.extend(map(other.row.__getitem__, there))
        self.column.extend([columns[other.column[place]] for place in there])
        self._say_as(ats)

    def _say_as(self, ats: Sequence[int]) -> None:
        """Let the next rows say what rows of the other side say."""
        other = self._other_side()
        places = other.as_added()
        there = [places[at] for at in ats]
        shapes = {
            shape: self._shape_of(other.shapes[shape])
            for shape in dict.fromkeys(map(other.shape.__getitem__, there))
        }
        self.shape.extend([shapes[other.shape[place]] for place in there])
        for mine, theirs in (
            (self.day, other.day),
            (self.key, other.key),
            (self.own, other.own),
            (self.content, other.content),
            (self.bare, other.bare),
        ):
            mine.extend(map(theirs.__getitem__, there))
        self.spill.add_as(ats)

    def _other_side(self) -> "ComparedRows":
        if self._other is None:
            raise ValueError("there is no other side")
        return self._other

    def _stand(self, place: Place, standing: int, origin: str) -> None:
        self.at.append(len(self.at))
        self.standing.append(standing)
        self.sheet.append(self._sheet(f"{place.file}\t{place.tab}{origin}", standing))
        self.row.append(place.row)
        self.column.append(self.columns.setdefault(place.col, len(self.columns)))

    def settle(self) -> None:
        """Put the rows in the order of their sheets.

        Equal places are told apart by content, then as they came.
        """
        groups = sorted(
            range(len(self.names)), key=lambda sheet: (self._ranks[sheet][0], self.names[sheet])
        )
        column = {number: place for place, (_, number) in enumerate(sorted(self.columns.items()))}
        order = [
            row << 24 | place
            for row, place in zip(self.row, map(column.__getitem__, self.column), strict=True)
        ]
        by_sheet = {sheet: array("I") for sheet in groups}
        for at, sheet in enumerate(self.sheet):
            by_sheet[sheet].append(at)
        placed = array("I")
        for listed in by_sheet.values():
            orders = [order[at] for at in listed]
            if all(map(lt, orders, islice(orders, 1, None))):
                placed.extend(listed)  # as most sheets come
                continue
            for _, tied in groupby(sorted(listed, key=order.__getitem__), key=order.__getitem__):
                same = list(tied)
                placed.extend(
                    sorted(same, key=lambda at: (*self.spill.texts(at).items(),))
                    if len(same) > 1
                    else same
                )
        self._cells = {}
        if placed != self.at:  # one sheet, or several that came one after the other, in order
            self._put_in_order(placed)
        self._places = array("I", bytes(4 * len(placed)))
        for place, at in enumerate(placed):
            self._places[at] = place

    def _put_in_order(self, placed: Sequence[int]) -> None:
        """Put all that is known of the rows in another order."""
        for name in ("at", "sheet", "shape", "content", "key", "own", "bare", "day", "row",
                     "column"):  # fmt: skip
            held: array[int] = getattr(self, name)
            setattr(self, name, array(held.typecode, map(held.__getitem__, placed)))
        self.standing = bytearray(map(self.standing.__getitem__, placed))

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, place: int) -> ComparedRow:  # type: ignore[override]
        if not 0 <= place < len(self.at):
            raise IndexError(place)
        return ComparedRow(self, place)

    def texts(self, place: int) -> Texts:
        """Return the plain texts of a row by column, under the names that `rename` gave."""
        if not self._renamed:
            return self.spill.texts(self.at[place])
        kept = self._kept.get(place)
        return self._under_new_names(self.spill.texts(self.at[place])) if kept is None else kept

    def kept(self, places: Collection[int]) -> dict[int, Texts]:
        """Load the texts of these rows into memory and return them.

        They will be asked for again and again.
        """
        self.spill.keep({self.at[place] for place in places})
        found = {place: self.texts(place) for place in places}
        if self._renamed:
            self._kept.update(found)
        return found

    def every(self) -> Iterator[tuple[int, Texts]]:
        """Return an iterator over (place, texts) of all rows, as they were added."""
        texts = map(self._under_new_names, self.spill) if self._renamed else iter(self.spill)
        return zip(self._places, texts, strict=True)

    def some(self, places: Sequence[int]) -> Iterator[tuple[int, Texts]]:
        """Return an iterator over (place, texts) of some rows, in the order of the places."""
        texts = self.spill.of([self.at[place] for place in places])
        return zip(
            places, map(self._under_new_names, texts) if self._renamed else texts, strict=True
        )

    def holders(self, cells: Set[Cell]) -> Counter[Cell]:
        """Return how many rows hold each of these cells, (column, plain text)."""
        found: Counter[Cell] = Counter()
        for some in self._counted(set(cells)):
            found.update(some)
        return found

    def holders_up_to(self, most: Mapping[Cell, int]) -> Counter[Cell]:
        """Return how many rows hold each of some cells; of one that more rows hold than `most`
        says, only that they are more.

        No row is looked at once all cells are such: of what most rows say, some hundred rows tell.
        """
        found: Counter[Cell] = Counter()
        wanted = set(most)
        for some in self._counted(wanted):
            found.update(some)
            wanted -= {cell for cell in some if found[cell] > most[cell]}
        return found

    def _counted(self, cells: set[Cell]) -> Iterator[Counter[Cell]]:
        """Yield how many rows hold each of these cells, some hundred rows at a time; one that is
        taken out of `cells` meanwhile is counted no further.

        In rows that were not parsed again a text of some length is only looked at where it begins
        like one of these, or may be a date.
        """
        if not cells:
            return
        apart = self._renamed or self._other is not None
        for held in self._parts() if apart else self.spill.own():
            yield Counter(chain.from_iterable(texts.items() & cells for texts in held))
            if not cells:
                return
        if apart or self._stored is None:
            return
        begins, asked = set[str](), 0
        for digests in self.spill.stored():
            if asked != len(cells):
                begins, asked = {text[:_TELLING_HEAD] for _, text in cells}, len(cells)
            yield _held_in(self._stored.count_cells(digests), cells, begins)
            if not cells:
                return

    def _parts(self) -> Iterator[list[Texts]]:
        """Yield the texts of all rows, under the names that `rename` gave, part by part."""
        texts = (held for _, held in self.every())
        while some := list(islice(texts, _PART)):
            yield some

    def as_added(self) -> Sequence[int]:
        """Return the places in the order in which the rows were added."""
        return self._places

    def is_own(self, place: int, text: str) -> bool:
        """Return whether a text is the row's own id."""
        return bool(self.own[place]) and hash(text) & _MASK == self.own[place]

    def size(self, place: int) -> int:
        """Return how many cells a row fills."""
        return len(self.shapes[self.shape[place]])

    def rename(self, names: dict[str, str]) -> None:
        """Rename columns."""
        self._renamed, self._kept = names, {}
        touched = [not names.keys().isdisjoint(shape) for shape in self.shapes]
        for place, texts in self.every():
            if touched[self.shape[place]]:
                self.content[place], self.bare[place] = _sums(texts, self.own[place])
        self.shapes = [tuple(names.get(label, label) for label in shape) for shape in self.shapes]

    def saying(self, labels: Collection[str]) -> Callable[[int], int]:
        """Return a function from place to the content number of these columns, 0 for empty."""
        whole = [all(label in labels for label in shape) for shape in self.shapes]

        def said(place: int) -> int:
            if whole[self.shape[place]]:
                return self.content[place]
            return (
                sum(hash(cell) for cell in self.texts(place).items() if cell[0] in labels) & _MASK
            )

        return said

    def _under_new_names(self, texts: Texts) -> Texts:
        return {self._renamed.get(label, label): text for label, text in texts.items()}

    def _sheet(self, name: str, standing: int) -> int:
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
            self._ranks[number] = standing, name
        return number

    def _shape_of(self, labels: tuple[str, ...]) -> int:
        number = self._known_shapes.get(labels)
        if number is None:
            number = self._known_shapes[labels] = len(self.shapes)
            self.shapes.append(labels)
        return number

    def _plain(self, entry: Entry) -> Texts:
        """Return the plain texts of a row by column; a second column of one name gets a number."""
        start, end = entry.note.start_date, entry.note.end_date
        texts: Texts = {}
        cells = self._cells
        if len(cells) >= _MOST_CELLS:
            cells.clear()
        for label, text in entry.raw.cells:
            form = cells.get((text, start, end))
            if form is None:
                form = cells[text, start, end] = comparable_text(text, start, end)
            if form:
                texts[label if label not in texts else _another(label, texts)] = form
        return texts

    def _texts_of_stored(self, digests: Sequence[bytes]) -> list[Texts]:
        if self._stored is None:
            raise ValueError("there are no stored rows")
        return [self._plain(entry) for entry in self._stored.stored_entries(digests)]


def _held_in(stored: Counter[Cell], cells: Set[Cell], begins: Collection[str]) -> Counter[Cell]:
    """Return how often each of some cells stands among counted ones, by its plain form."""
    found: Counter[Cell] = Counter()
    for (label, text), times in stored.items():
        form = _form_if_likely(text, begins)
        if form and (label, form) in cells:
            found[label, form] += times
    return found


def _sums(texts: Texts, own: int) -> tuple[int, int]:
    """Return the hashes of all cells, and of those that do not hold the row's own id."""
    content = sum(map(hash, texts.items()))
    held = sum(hash(cell) for cell in texts.items() if hash(cell[1]) & _MASK == own) if own else 0
    return content & _MASK, (content - held) & _MASK


def build_rows(entries: Iterable[Entry]) -> ComparedRows:
    """Return today's rows."""
    rows = ComparedRows()
    for entry in entries:
        rows.add(entry)
    rows.settle()
    return rows


Known = KnownRow | EqualRow | EqualRows
"""A known row as it is stored, or that one or several say what rows of today say."""


def build_known_rows(
    known: Iterable[Known], source: str, predecessor: str = "", *, now: ComparedRows | None = None
) -> ComparedRows:
    """Return known rows, those alive in `source`, or in the source that it continues, first.

    Rows that went at one time, or that stand in another source, are a sheet of their own: their
    columns may bear other names than those of today. `now` are the rows to which some are equal.
    """
    rows = ComparedRows(now)
    for row in known:
        if isinstance(row, EqualRows):
            rows.add_equal(row.ats)
            continue
        standing, origin = 0, ""
        if row.gone is not None:
            standing, origin = 1, f"\t{row.source}\t{row.gone.isoformat()}"
        elif row.source not in {source, predecessor}:
            standing, origin = 2, f"\t{row.source}"
        if isinstance(row, EqualRow):
            rows.add_as(row.at, row.place, standing=standing, origin=origin)
        else:
            rows.add(row.entry, standing=standing, origin=origin)
    rows.settle()
    return rows


def _each_once(labels: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """Return the objects among these, once each: most rows of a log fill the same columns."""
    return {id(one): one for one in labels}.values()


def _another(label: str, texts: Texts) -> str:
    number = 2
    while f"{label}\t{number}" in texts:
        number += 1
    return f"{label}\t{number}"
