"""The commands and their options, as a person types them.

Each one's work stands in the module of its group.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from loopnote.runtime.messages.terminal import language, load_catalogue, say

from . import (
    archive,
    completion,
    export,
    init,
    login,
    maintenance,
    notes,
    playbook,
    schedule,
    send,
    setup,
    sync,
    try_log,
)
from .session import Session

_EXTRA = re.compile(r"(?<=\[)(required|default)(?=[\]:])|(?<=; )(required)(?=\])")
_TYPE = re.compile(r" <(str|int|path)>")
"""What the parser adds to a help line: [required], [default: 3], and a type that a person need not know."""

GROUPS: tuple[dict[str, Callable[..., int]], ...] = (
    try_log.COMMANDS,
    setup.COMMANDS,
    init.COMMANDS,
    login.COMMANDS,
    sync.COMMANDS,
    notes.COMMANDS,
    send.COMMANDS,
    archive.COMMANDS,
    schedule.COMMANDS,
    maintenance.COMMANDS,
    export.COMMANDS,
    playbook.COMMANDS,
    completion.COMMANDS,
)


def build_app() -> Any:
    """Return the command line, ready to be called with arguments."""
    import typer.main

    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=say("help.loopnote"),
        epilog=say("help.epilogue"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_options)
    for group in GROUPS:
        for name, function in group.items():
            text = say(f"help.{name}")
            app.command(name, help=text, short_help=text.partition("\n")[0])(function)
    command = typer.main.get_command(app)
    for one in (command, *command.commands.values()):  # type: ignore[attr-defined]
        one.context_class = _speaking(one.context_class)
    return command


def _speaking(context: Any) -> Any:
    """Return the parser's context with the headings of its help in the reader's language."""
    plain: Any = context.formatter_class
    words: dict[str, str] = load_catalogue(language())["heading"]

    class Formatter(plain):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            for english in ("OPTIONS", "COMMAND", "ARGS"):
                args = args.replace(english, words[english])
            super().write_usage(prog, args, prefix or f"{words['Usage']}: ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(words.get(heading, heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *more: int, **named: int) -> None:
            spoken = [(_TYPE.sub("", name), in_words(text)) for name, text in rows]
            super().write_dl(spoken, *more, **named)

    def in_words(text: str) -> str:
        return _EXTRA.sub(lambda found: words[found[0]], words.get(text, text))

    return type("Context", (context,), {"formatter_class": Formatter})


def is_command(name: str) -> bool:
    """Tell whether a word is a command."""
    return any(name in group for group in GROUPS)


def _version(wanted: bool) -> None:
    if wanted:
        from loopnote import __version__

        print(f"loopnote {__version__}")
        raise typer.Exit


def _options(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", help=say("option.config"), metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("option.json"))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help=say("option.verbose"))] = False,
    _: Annotated[
        bool,
        typer.Option("--version", help=say("option.version"), callback=_version, is_eager=True),
    ] = False,
) -> None:
    context.obj = Session(config_file=config, as_json=as_json, verbose=verbose)
