"""The tables of a tab, not yet understood, and the lines around them."""

from dataclasses import dataclass, field
from typing import Literal

from sync.contents.workbook import Area

Shape = Literal["rows", "transposed", "cards"]


@dataclass(frozen=True, slots=True, eq=False)
class TableBlock:
    """One table of a tab, not yet understood.

    `headers` are the sheet rows that name the columns (for a transposed table or cards: none;
    `label_columns` hold the names). `names` maps a column (for a transposed table a row) to its
    header and the group above it.
    """

    shape: Shape
    area: Area
    headers: tuple[int, ...] = ()
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    label_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoLine:
    """A line outside every table: a title, a memo, a legend."""

    row: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class TabLayout:
    """What stands on a tab."""

    blocks: tuple[TableBlock, ...]
    memos: tuple[MemoLine, ...]
