"""Registers the commands and the global options.

What each one does stands in a module of its own.
"""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from loopnote.cli.help.command_names import COMMAND_MODULES
from loopnote.runtime.machine import remember_config
from loopnote.runtime.messages.terminal import language, load_catalogue, say

from .session import Session

_EXTRA = re.compile(r"(?<=\[)(required|default)(?=[\]:])|(?<=; )(required)(?=\])")
_TYPE = re.compile(r" <(str|int|path)>")
"""What the parser adds to a help line: [required], [default: 3], and a type that a person need not
know."""


def _function(name: str) -> Callable[..., int]:
    """Return what a command does, from its module."""
    module = import_module(f".{COMMAND_MODULES[name]}", __package__)
    command: Callable[..., int] = module.COMMAND
    return command


def build_app(called: str = "") -> Any:
    """Return the command line, ready to be called with arguments: all commands, or the one
    called.
    """
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
    for name in [called] if called else COMMAND_MODULES:
        text = say(f"help.{name}")
        app.command(name, help=text, short_help=text.partition("\n")[0])(_function(name))
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
    *,
    verbose: Annotated[bool, typer.Option("--verbose", help=say("option.verbose"))] = False,
    _: Annotated[
        bool,
        typer.Option("--version", help=say("option.version"), callback=_version, is_eager=True),
    ] = False,
) -> None:
    remember_config(config)
    context.obj = Session(config_file=config, as_json=as_json, verbose=verbose)
