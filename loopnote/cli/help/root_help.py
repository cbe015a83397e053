"""What `loopnote --help` prints, made without the parser.

The parser's library alone takes longer than everything else that a page of help needs (ADR 0410).
A test holds this text and the parser's own against each other, in both languages and several
widths.
"""

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from loopnote.runtime.messages.terminal import language, load_catalogue

from .command_names import COMMAND_MODULES

_INDENT = 2  # the parser's own
_NARROWEST, _WIDEST = 50, 100  # the parser's own bounds of the text's width
_OPTIONS = (
    ("--config FILE", "config"),
    ("--json", "json"),
    ("--verbose", "verbose"),
    ("--version", "version"),
)
"""The options before a command, in the parser's order; a test compares both helps."""


def root_help(columns: int | None = None) -> str:
    """Return the help of `loopnote` itself for a terminal of so many columns (this one's)."""
    width = max(min(columns or shutil.get_terminal_size().columns, _WIDEST) - 2, _NARROWEST)
    words = load_catalogue(language())
    heading: Mapping[str, str] = words["heading"]
    shown = [(name, words["option"][key]) for name, key in _OPTIONS]
    shown.append(("-h, --help", heading["Show this message and exit."]))
    commands = [(name, words["help"][name].partition("\n")[0]) for name in COMMAND_MODULES]
    usage = f"[{heading['OPTIONS']}] {heading['COMMAND']} [{heading['ARGS']}]..."
    lines = [
        f"{heading['Usage']}: loopnote {usage}",
        "",
        *_paragraphs(words["help"]["loopnote"], width),
        "",
        f"{heading['Options']}:",
        *_definitions(shown, width),
        "",
        f"{heading['Commands']}:",
        *_definitions(commands, width),
        "",
        *_paragraphs(words["help"]["epilogue"], width),
    ]
    return "\n".join(lines)


def _paragraphs(text: str, width: int) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        lines = textwrap.wrap(" ".join(paragraph.split("\n")), width - _INDENT)
        yield from (" " * _INDENT + line for line in lines)


def _definitions(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    first = max(len(name) for name, _ in rows) + _INDENT
    for name, text in rows:
        lines = textwrap.wrap(text, max(width - first - 2, 10))
        yield f"{'':{_INDENT}}{name:{first}}{lines[0]}"
        yield from (f"{'':{first + _INDENT}}{line}" for line in lines[1:])
