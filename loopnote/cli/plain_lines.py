"""Lines that name one command and nothing but global options: called as they are, without the parser.

    loopnote --json status ─► the function of `status`, with its session

These are what cron starts every minute and people type most. Building the parser of a command takes a fifth of its time
where nothing is to do; a line with anything else in it goes through the parser (ADR 0443).
"""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

from .command_names import COMMAND_MODULES

PLAIN = frozenset({"run", "status", "sync"})
"""Commands that may be called without options of their own, and take nothing of their context but the session."""


def plain_command(arguments: list[str]) -> Callable[[], int] | None:
    """Return what a line does whose global options come first; None where it takes the parser.

    >>> plain_command(["--json", "status", "--help"]), plain_command(["--config"]), plain_command(["notes"])
    (None, None, None)
    """
    left = list(arguments)
    as_json = verbose = False
    config: str | None = None
    while left and left[0].startswith("-"):
        part = left.pop(0)
        as_json, verbose = as_json or part == "--json", verbose or part == "--verbose"
        if part == "--config" and left and not left[0].startswith("-"):
            config = left.pop(0)
        elif part not in {"--json", "--verbose"}:
            return None
    if len(left) != 1 or left[0] not in PLAIN:
        return None
    command, file = left[0], config
    return lambda: _call(command, file, as_json=as_json, verbose=verbose)


def _call(name: str, config: str | None, *, as_json: bool, verbose: bool) -> int:
    from pathlib import Path

    from .session import Session

    module = import_module(f".{COMMAND_MODULES[name]}", __package__)
    session = Session(None if config is None else Path(config), as_json=as_json, verbose=verbose)
    done: int = module.COMMAND(SimpleNamespace(obj=session))
    return done
