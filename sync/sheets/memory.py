"""What a Google Sheets source remembers between two fetches, and when to read again.

Pure; JSON values only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

_FORM = 1
"""Version of the stored JSON; another one makes the next fetch read everything."""
_LATE = timedelta(minutes=10)
"""Drive tells of an edit some minutes late (google-api-go-client #444, #906; gspread #323)."""


@dataclass(frozen=True, slots=True)
class SheetsMemory:
    """A spreadsheet as it was when its cells were last read.

    `settled` is False when they were read so soon after an edit that Drive may have been ahead of
    the cells.
    """

    spreadsheet: str = ""
    tabs: tuple[str, ...] = ()
    version: str = ""
    modified: str = ""
    settled: bool = False
    fetches: int = 0
    read: str = ""
    cells: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def after(
        cls, spreadsheet: str, tabs: Sequence[str], seen: Mapping[str, Any] | None, *,
        cells: Mapping[str, int],
        now: datetime, time: datetime | None,
    ) -> "SheetsMemory":  # fmt: skip
        """Return the memory of a reading.

        `seen` is what Drive said before it, None where that is not to be trusted.
        """
        modified = str((seen or {}).get("modifiedTime") or "")
        return cls(
            spreadsheet=spreadsheet,
            tabs=tuple(tabs),
            version=str((seen or {}).get("version") or ""),
            modified=modified,
            settled=_at_rest(modified, time),
            read=now.isoformat(),
            cells=dict(cells),
        )

    def passed(self) -> "SheetsMemory":
        """Return the memory after a fetch that found nothing new."""
        return replace(self, fetches=self.fetches + 1)


def must_read_again(
    memory: SheetsMemory,
    seen: Mapping[str, Any] | None,
    *,
    every: int,
    now: datetime,
    time: datetime | None,
) -> bool:
    """Return whether the cells have to be read.

    Drive's version grows with every change, so an equal one means no change. Cells that were read
    within minutes of an edit are read once more when the file has come to rest; and now and then
    anyway, because formulas that look elsewhere change without any change of the file.
    """
    if seen is None or not memory.version or not memory.read:
        return True
    if (str(seen.get("version")), str(seen.get("modifiedTime"))) != (
        memory.version,
        memory.modified,
    ):
        return True
    if not memory.settled and _at_rest(memory.modified, time):
        return True
    return memory.fetches >= every or now - datetime.fromisoformat(memory.read) >= timedelta(
        hours=20
    )


def _at_rest(modified: str, time: datetime | None) -> bool:
    try:
        return time is not None and time - datetime.fromisoformat(modified) >= _LATE
    except ValueError:
        return False


def to_json(memory: SheetsMemory) -> dict[str, Any]:
    """Return the memory as JSON values."""
    return {
        "form": _FORM,
        "spreadsheet": memory.spreadsheet,
        "tabs": list(memory.tabs),
        "version": memory.version,
        "modified": memory.modified,
        "settled": memory.settled,
        "fetches": memory.fetches,
        "read": memory.read,
        "cells": dict(memory.cells),
    }


def from_json(state: Mapping[str, Any], spreadsheet: str, tabs: Sequence[str]) -> SheetsMemory:
    """Return the memory that was kept.

    An empty one where it is of another form, spreadsheet or choice of tabs.
    """
    if (
        state.get("form") != _FORM
        or state.get("spreadsheet") != spreadsheet
        or state.get("tabs") != list(tabs)
    ):
        return SheetsMemory()
    return SheetsMemory(
        spreadsheet=spreadsheet,
        tabs=tuple(tabs),
        version=state["version"],
        modified=state["modified"],
        settled=state["settled"],
        fetches=state["fetches"],
        read=state["read"],
        cells=state["cells"],
    )
