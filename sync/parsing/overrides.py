"""Whether what the configuration says of a log's tabs and columns is there at all. Pure.

An override that matches nothing corrects nothing: a renamed tab, a mistyped header, a header row
below the table. It is a mistake to be told, not a wish to be passed over.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from notes.model.errors import SourceRefusedError
from sync.parse_result import ParsedTable, ParseOptions, ParseResult

from .cells.text import fold

What = Literal["tab", "header", "header_row"]


@dataclass(frozen=True, slots=True)
class OverrideMistake:
    """One override that matches nothing.

    `setting` is the key of the configuration ("columns", "tables", "header_rows"), `name` what it
    names, `known` what there is instead.
    """

    what: What
    setting: str
    name: str
    known: tuple[str, ...] = ()
    tab: str = ""


@dataclass(slots=True)
class FoundNames:
    """The tabs and headers of a source, collected while it is read."""

    tabs: dict[str, None]
    headers: dict[str, set[str]]
    header_rows: dict[str, set[int]]

    @classmethod
    def empty(cls) -> "FoundNames":
        """Return names of nothing."""
        return cls({}, {}, {})

    def add(self, result: ParseResult) -> None:
        """Take the names of a part of a reading."""
        for skipped in result.skipped:
            self.tabs.setdefault(skipped.tab)
        for table in result.tables:
            self._add_table(table)

    def _add_table(self, table: ParsedTable) -> None:
        self.tabs.setdefault(table.tab)
        headers = self.headers.setdefault(table.tab, set())
        for column in table.columns:
            group, _, header = column.header.rpartition(" / ")
            headers.update((column.letter, column.header, header, f"{group} {header}"))
        self.header_rows.setdefault(table.tab, set()).update(table.header_rows)


def check_overrides(options: ParseOptions, found: FoundNames) -> None:
    """Refuse a reading for which the configuration names tabs or columns that are not there.

    Nothing of it is kept: what was understood without the override would be wrong.

    Raises:
        SourceRefusedError: the first of them, and how many others there are.
    """
    if not found.tabs or not has_overrides(options):
        return
    mistakes = find_mistakes(options, found)
    if mistakes:
        raise override_error(mistakes[0], more=len(mistakes) - 1)


def has_overrides(options: ParseOptions) -> bool:
    """Return whether the configuration says anything of tabs, header rows or columns."""
    return bool(options.columns or options.tables or options.header_rows)


def find_mistakes(options: ParseOptions, found: FoundNames) -> list[OverrideMistake]:
    """Return every override that matches nothing, in the order of the settings."""
    mistakes = [*_unknown_tabs("tables", options.tables, found)]
    mistakes += _unknown_tabs("header_rows", options.header_rows, found)
    known_tabs = {fold(tab): tab for tab in found.tabs}
    for tab, row in options.header_rows.items():
        rows = found.header_rows.get(known_tabs.get(fold(tab), ""), set())
        if fold(tab) in known_tabs and row not in rows:
            shown = tuple(str(one) for one in sorted(rows))
            mistakes.append(OverrideMistake("header_row", "header_rows", str(row), shown, tab))
    for name in options.columns:
        mistakes += _column_mistakes(name, found)
    return mistakes


def _unknown_tabs(
    setting: str, named: Mapping[str, object], found: FoundNames
) -> Iterable[OverrideMistake]:
    known = {fold(tab) for tab in found.tabs}
    for tab in named:
        if fold(tab) not in known:
            yield OverrideMistake("tab", setting, tab, tuple(found.tabs))


def _column_mistakes(name: str, found: FoundNames) -> list[OverrideMistake]:
    everywhere = {header for headers in found.headers.values() for header in headers}
    if fold(name) in {fold(header) for header in everywhere}:
        return []
    tab, mark, letter = name.rpartition("!")
    if mark:
        if fold(tab) not in {fold(one) for one in found.tabs}:
            return [OverrideMistake("tab", "columns", tab, tuple(found.tabs))]
        inside = next(
            (held for one, held in found.headers.items() if fold(one) == fold(tab)), set[str]()
        )
        if fold(letter) in {fold(header) for header in inside}:
            return []
        return [OverrideMistake("header", "columns", letter, _shown(inside), tab)]
    return [OverrideMistake("header", "columns", name, _shown(everywhere))]


def _shown(headers: Iterable[str]) -> tuple[str, ...]:
    """Return headers as a person knows them: no letters of columns, no doubles with their group."""
    plain = {header.strip() for header in headers}
    return tuple(
        sorted(
            header
            for header in plain
            if len(header) > 2 or not header.isascii() or not header.isupper()
        )
    )


def override_error(mistake: OverrideMistake, *, more: int = 0) -> SourceRefusedError:
    """Return the error for an override that matches nothing; `more` others are not named."""
    shown = ", ".join(mistake.known[:12]) or "-"
    near = _near(mistake.name, mistake.known)
    facts = {"setting": mistake.setting, "name": mistake.name, "tab": mistake.tab, "known": shown}
    what = {
        "tab": f"`{mistake.setting}` names the tab “{mistake.name}”, which is not there",
        "header": f"`columns` names the column “{mistake.name}”, which is not there",
        "header_row": (
            f"`header_rows` names row {mistake.name} of “{mistake.tab}”, where no table begins"
        ),
    }[mistake.what]
    code = f"override.{mistake.what}"
    hint = f"there is: {shown}"
    if mistake.what == "header_row" and not mistake.known:
        hint = "name a row that holds the headers, or leave the line out and let loopnote find it"
        code += ".none"
    elif near:
        hint, code = f"did you mean “{near}”? There is: {shown}", code + ".near"
        facts["near"] = near
    facts["more"] = f" (+{more})" if more else ""
    return SourceRefusedError(what + facts["more"], hint=hint, code=code, facts=facts)


def _near(name: str, known: Sequence[str]) -> str:
    """Return the known name that was probably meant, "" where none is near.

    Compared letter by letter as they are typed: 갈레 is one key from 갈래.
    """
    typed = {normalize("NFD", fold(one)): one for one in known}
    found = difflib.get_close_matches(normalize("NFD", fold(name)), typed, n=1, cutoff=0.7)
    return typed[found[0]] if found else ""
