"""Output functions for terminals, pipes and other programs."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from .streams import writes_unicode

_CONTROLS = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}"
)
"""Control characters but tab and newline: a terminal would obey them."""
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
"""Unicode's marks of writing direction: they could show a text in another order than it has."""


def strip_controls(text: str) -> str:
    """Return the text without control characters.

    A cell may hold its commands, or turn the direction of a line.
    """
    return text.translate(_CONTROLS | _DIRECTIONS)


def is_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return sys.stdout.isatty()


def print_line(text: str = "") -> None:
    """Write one line of the result."""
    print(strip_controls(text))


def print_json(record: dict[str, Any]) -> None:
    """Write one JSON line, in ASCII where stdout has no place for every letter."""
    in_ascii = not writes_unicode(sys.stdout)
    print(json.dumps(record, ensure_ascii=in_ascii, separators=(",", ":")))


def print_notice(text: str) -> None:
    """Write one line for people beside the result."""
    print(strip_controls(text), file=sys.stderr, flush=True)


_WHOLE = 10
"""Cells of a column that is not folded: a day ("2026-11-02") is as wide. Six such columns fit into
80 beside a column of texts.
"""


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Write a table: with lines and colour for a person, tab-separated for a pipe."""
    if not is_terminal():
        for row in (headings, *rows):
            print("\t".join(" ".join(strip_controls(cell).split()) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    # What does not fit is folded: by default a long word is cut, and so is a line of Korean whose
    # last blank stands beyond the column. A day or an id is never folded.
    lines = [[Text(strip_controls(cell), overflow="fold") for cell in row] for row in rows]
    if not lines:
        from loopnote.runtime.messages.terminal import say

        print_line(f"  {say('table.nothing')}")
        return
    widest = [max(cell.cell_len for cell in column) for column in zip(*lines, strict=True)]
    table = Table(
        *(
            Column(one, overflow="fold", no_wrap=width <= _WHOLE)
            for one, width in zip(headings, widest, strict=True)
        ),
        title=title or None,
        box=box.SIMPLE_HEAD,
        header_style="bold",
        title_justify="left",
    )
    for line in lines:
        table.add_row(*line)
    Console().print(table)


class ProgressLine:
    """A progress line on stderr, only where that is a terminal.

    Use as a context manager.
    """

    def __init__(self) -> None:
        self._status: Any = None

    def __enter__(self) -> "ProgressLine":
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("")
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, text: str) -> None:
        """Replace the progress line by an English sentence, shown in the terminal's language."""
        if self._status is not None:
            from rich.text import Text

            from loopnote.runtime.messages.errors import sentence_text
            from loopnote.runtime.messages.terminal import language

            self._status.update(Text(strip_controls(sentence_text(text, language()))))
