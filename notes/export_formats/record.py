"""Records of an export, the selection they are made from, and the error of an invalid line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from notes.model.errors import ExchangeError

FORMAT = "loopnote-export"
FORMAT_VERSION = 1
"""Goes up when an older loopnote could no longer read an export whole."""


class Record(NamedTuple):
    """One line of a store's table.

    What it is ("note", "version", ...), and its values as JSON has them.
    """

    kind: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """Which part of a store is exported: all, one team, notes of some days or still in the log.

    Attributes: team: only this team; "" for all. touching: only notes that can matter to these days
        (both included); such an excerpt cannot be loaded. gone: also notes whose row is no longer
        in the log.
    """

    team: str = ""
    touching: tuple[date, date] | None = None
    gone: bool = True

    @property
    def whole(self) -> bool:
        """Whether another store can go on from it."""
        return self.touching is None and self.gone


@dataclass(frozen=True, slots=True)
class NumberedRecord:
    """A record and the line at which it stands in its file, from 1."""

    line: int
    record: Record


def invalid_line(line: int, reason: str) -> ExchangeError:
    """Return the error about one invalid line of an export."""
    return ExchangeError(
        f"line {line} is not what an export holds: {reason}",
        hint="take the file as `loopnote export` wrote it; nothing was loaded",
    )


def text_value(values: Mapping[str, Any], name: str) -> str:
    """Return a text of a record, "" where it has none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""
