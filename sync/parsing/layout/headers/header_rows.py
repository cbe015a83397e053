"""Recognises the row that names the columns.

Evidence: its words, and how it differs from the rows below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.named_periods import parse_named_period
from sync.parsing.cells.text import fold, is_placeholder
from sync.parsing.layout.line_kinds import is_total, names_a_number
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.vocabulary.header_phrases import KNOWN, nearest_role

_LONGEST = 60
"""Characters of a header cell; judgement: longer ones are sentences."""
_FEW = 3
"""So many known names make a header in spite of a cell that is none: a label with its value has
one or two."""
_ADDRESS = kept_pattern(r"://|^www\.|\S@\S+\.\S")
_QUESTION = kept_pattern(r"(?:\?|세요|시오|주십시오)[\s.*)]*$")
_WEEKDAY = (
    r"(?:[월화수목금토일](?:요일)?|[一二三四五六日月火水木金土](?:曜日?)?|(?:mon"
    r"|tue|wed|thu|fri|sat|sun)\w*)"
)
_BARE_DAY = kept_pattern(
    rf"(?:{_WEEKDAY}[\s.,]*)?[\d\s.,%/~:→-]+(?:월|일)?(?:[\s(]*{_WEEKDAY}\)?)?"
)
"""A number or a day ("12.1", "1/19(월)", "Mon 1/19"): it names nothing."""
_SENTENCE = kept_pattern(r"(?:다|요|음|함|됨|[.!])$")
"""Endings of Korean sentences, and full stops: headers seldom are sentences."""


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A row that may name columns.

    How many of its cells are known words, and how many different meanings they have.
    """

    row: int
    cells: int
    known: int
    roles: int
    plain: bool
    asks: bool = False

    @property
    def sure(self) -> bool:
        """Return whether the words alone make it a header."""
        if self.asks:
            return True
        if not self.plain:
            return False
        return self.known * 2 >= self.cells and (
            self.roles >= 3 or (self.roles == 2 and self.cells <= 4)
        )


def known_role(text: str) -> str:
    """Return the meaning of a header cell when its words are known well enough, else ""."""
    if len(text) > _LONGEST or (len(text) < 2 and not text.isalnum()) or _ADDRESS.search(text):
        return ""
    return nearest_role(text.split("\n", maxsplit=1)[0] if len(text) > 30 else text, KNOWN)


def judge_header(sheet: CleanSheet, row: int, left: int, *, right: int) -> HeaderRow:
    """Return how much a sheet row looks like a header, in the columns from `left` to `right`.

    Cells that name nothing (a day, a number, a box, "10월") make no other cell less of a header:
    they are left out where they stand beside the names, or where there is hardly one among them
    (reading rules 1.3a).
    """
    cells = [value for value in sheet.rows[row - 1][left - 1 : right] if value is not None]
    words = [value for value in cells if type(value) is str]
    names = [word for word in _without_an_item(words) if _like_a_name(word)]
    roles = [role for role in map(known_role, names) if role]
    asks = len(words) >= 3 and len(words) == len(set(words)) == len(cells) and _asks(words)
    plain = len(names) >= 2 and _only_beside(cells, names, len(roles))
    return HeaderRow(
        row=row,
        cells=len(names) if plain else len(cells),
        known=len(roles),
        roles=len(set(roles)),
        plain=plain,
        asks=asks,
    )


def _without_an_item(words: Sequence[str]) -> Sequence[str]:
    """Return the words without a single numbered one among others: an item of a list beside its
    label ("Decisions | 2. Move the meeting"). Headers are numbered together.
    """
    items = [word for word in words if _ITEM.match(word)]
    return [word for word in words if word not in items] if len(items) == 1 else words


_ITEM = kept_pattern(r"\s*[1-9]\d?[.)]\s?\D")
"""The number of an item before its text."""


def _only_beside(cells: Sequence[Value], names: Sequence[str], known: int) -> bool:
    """Return whether the cells that are no names may stand in a header."""
    unlike = [
        place for place, value in enumerate(cells) if not (type(value) is str and value in names)
    ]
    if not unlike:
        return True
    if any(isinstance(cells[place], str) and len(str(cells[place])) > _LONGEST for place in unlike):
        return False
    if unlike[0] >= len(names) or unlike[-1] < len(cells) - len(names):
        return known >= _FEW
    calendar = unlike[-1] - unlike[0] == len(unlike) - 1
    return (calendar or len(unlike) <= len(names)) and known >= _FEW and known * 4 >= len(names) * 3


def _asks(words: Sequence[str]) -> bool:
    """Return whether a row is that of a form.

    A time stamp first and questions, or mostly questions.
    """
    asked = sum(1 for word in words if len(word) <= 200 and _QUESTION.search(word))
    return asked * 2 >= len(words) or (asked >= 2 and known_role(words[0]) == "logged")


def _like_a_name(text: str) -> bool:
    if len(text) > _LONGEST or is_placeholder(text) or _ADDRESS.search(text):
        return text in ("#", "?")
    plain = fold(text)
    return not _BARE_DAY.fullmatch(plain) and not (
        text[:1].isdigit() and parse_named_period(plain) is not None
    )


def is_structural(
    sheet: CleanSheet, row: int, left: int, *, right: int, strict: bool = False
) -> bool:
    """Return whether unknown words could name the rows below: short, over longer or typed cells.

    `strict`: nearly every column has to be named.
    """
    cells = [
        (c, v) for c, v in enumerate(sheet.rows[row - 1][left - 1 : right], left) if v is not None
    ]
    words = [value for _, value in cells if type(value) is str and _like_a_name(value)]
    named_all = len(set(words)) == len(cells) and not any(map(_heads_totals, words))
    if len(cells) == 2 or (named_all and len(cells) > 2):
        series = _names_a_series(sheet, row, [column for column, _ in cells])
        if series or len(cells) == 2:
            return series
    named = [(c, v) for c, v in cells if type(v) is str and len(v) <= 30 and _like_a_name(v)]
    if len(named) < 3 or len(named) < len(cells) - 1:
        return False
    names = [value for _, value in named]
    if len(set(names)) < len(names) or any(
        _heads_totals(name) or not _like_a_name(name) for name in names
    ):
        return False
    below = _rows_below(sheet, row, left, right=right)
    if len(below) < 1 or any(len(_SENTENCE.findall(name)) and len(name) > 12 for name in names):
        return False
    if any(below[0][c - 1] == v for c, v in named):
        return False  # a value that goes on in the next row
    columns = _named_columns(sheet, row, [column for column, _ in named])
    covered = max(sum(1 for c in columns if r[c - 1] is not None) for r in below) / len(columns)
    outside = max(
        sum(1 for c in range(left, right + 1) if r[c - 1] is not None and c not in columns)
        for r in below
    )
    enough = 0.8 if strict else 0.5
    return (
        covered >= enough
        and outside <= 1
        and _differs(names, [r[c - 1] for r in below for c in columns])
    )


def _heads_totals(name: str) -> bool:
    """Return whether a name heads a line of totals; "Average gift" names a number."""
    return is_total(name) and not names_a_number(name)


def _names_a_series(sheet: CleanSheet, row: int, columns: Sequence[int]) -> bool:
    """Return whether names, however long, stand above series.

    Under the first there are only words or days, under the others only numbers.
    """
    below = _rows_below(sheet, row, 1, right=sheet.width)
    first, *numbers = ([values[column - 1] for values in below] for column in columns)
    return (
        len(below) >= 2
        and all(_counts(value) for column in numbers for value in column)
        and not any(_counts(value) or value is None for value in first)
    )


def _named_columns(sheet: CleanSheet, row: int, columns: Sequence[int]) -> list[int]:
    """Return the columns that a row names.

    Those of its cells, and those that a merged cell covers.
    """
    covered = {c for first, last in sheet.spans.get(row, ()) for c in range(first, last + 1)}
    return sorted(covered | set(columns))


def _rows_below(sheet: CleanSheet, row: int, left: int, *, right: int) -> list[list[Value]]:
    near = sheet.rows[row : row + 12]
    return [
        values
        for values in near
        if sum(1 for value in values[left - 1 : right] if value is not None) >= 2
    ][:6]


def _differs(names: Sequence[str], cells: Sequence[Value]) -> bool:
    held = [value for value in cells if value is not None]
    typed = sum(1 for value in held if not isinstance(value, str) or _typed(value))
    lengths = [len(value) for value in held if isinstance(value, str)]
    longer = bool(lengths) and sum(lengths) / len(lengths) > 1.6 * sum(map(len, names)) / len(names)
    return longer or typed * 5 >= len(held)


def _typed(text: str) -> bool:
    return len(text) <= 24 and any(sign.isdigit() for sign in text)


def _counts(value: Value) -> bool:
    """Return whether a cell holds a number, in a file of texts too."""
    return is_number(value) or (
        isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value) is not None
    )


_PLAIN_NUMBER = kept_pattern(r"[-+]?[\d.,]*\d\s?%?")
"""A number as text: data, not a name."""


def is_number(value: Value) -> bool:
    """Return whether a cell holds a plain number (a ticked box is none)."""
    return isinstance(value, int | float) and not isinstance(value, bool)
