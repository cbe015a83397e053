"""The command line: parses, calls, prints, and returns a code. No decision is made in here.

A command: its name in `command_names`, a module named like it with a function and `COMMAND`, and
its help in loopnote/runtime/messages/terminal/.
"""

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from loopnote.cli.help.command_names import COMPLETE_VARIABLE
from notes.model.errors import ConfigError, LoopnoteError

from .exit_codes import DONE, INTERRUPTED, NOT_STARTED, PARTLY
from .output.streams import standard_streams

_ONE_LINE = "10000"
"""Columns in which every help stands on one line."""
_ANSWERED_AT_ONCE: tuple[list[str], ...] = ([], ["-h"], ["--help"], ["--version"])
"""What prints help or the version alone, without loading the parser (ADR 0410)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 partly failed, 2 could not start.

    Never a traceback.
    """
    arguments = hoist_options(list(sys.argv[1:] if argv is None else argv))
    _collect_rarely()
    with standard_streams() as answer:
        code = _code_of(arguments)
        sys.stdout.flush()
        if answer.error is None:
            return code
        _explain(answer.error)
        return code or PARTLY


def _collect_rarely() -> None:
    """Spare a command the collections that find nothing (ADR 0455).

    A run makes many records that stay, and what is left at the end goes with the process: the
    interpreter would look through all of it twice more. A report on thousands of notes makes some
    200,000 of them; rings of what is not needed any more are few.
    """
    gc.set_threshold(400_000, 20, 50)
    atexit.register(gc.freeze)


def _code_of(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except LoopnoteError as error:
        return _explain(error)
    except KeyboardInterrupt:
        print(f"\n{_spoken('interrupted; nothing half-done was kept')}", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  the last door: a person gets a sentence, not a traceback
        return _explain_crash(error)


def _answer_at_once(arguments: list[str]) -> str:
    if arguments == ["--version"]:
        from loopnote import __version__

        return f"loopnote {__version__}"
    from loopnote.cli.help.root_help import root_help

    return root_help()


def _run(arguments: list[str]) -> int:
    if arguments in _ANSWERED_AT_ONCE and COMPLETE_VARIABLE not in os.environ:
        print(_answer_at_once(arguments))
        return DONE
    from typer.exceptions import Abort, TyperException

    from loopnote.cli.help.command_names import command_of
    from loopnote.runtime.machine import program_call

    from .app import build_app

    if COMPLETE_VARIABLE in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        os.environ["TERMINAL_WIDTH"] = _ONE_LINE  # a shell takes a wrapped help for more choices
        completion_init()

    command = command_of(arguments)
    try:
        app = build_app(command)
        gc.freeze()  # the parser stays: what a command loads begins a count of its own
        code = app(args=arguments, prog_name="loopnote", standalone_mode=False)
    except TyperException as error:
        print(f"loopnote: {_spoken(error.format_message())}", file=sys.stderr)
        step = " ".join(filter(None, (program_call(), command, "--help")))
        print(f"  → {step}", file=sys.stderr)
        return NOT_STARTED
    except Abort:
        return INTERRUPTED
    return code if isinstance(code, int) else DONE


def hoist_options(arguments: list[str]) -> list[str]:
    """Return the arguments with the global options moved before the command.

    >>> hoist_options(["notes", "--team", "x", "--json"])
    ['--json', 'notes', '--team', 'x']
    """
    front: list[str] = []
    rest: list[str] = []
    queue = list(arguments)
    while queue:
        part = queue.pop(0)
        if part == "--":
            rest += [part, *queue]
            break
        if part in {"--json", "--verbose"} or part.startswith("--config="):
            front.append(part)
        elif part == "--config" and queue:
            front += [part, queue.pop(0)]
        else:
            rest.append(part)
    return front + rest


def _explain(error: LoopnoteError) -> int:
    from loopnote.runtime.messages.errors import error_texts
    from loopnote.runtime.messages.terminal import language
    from notes.model.notes import WRITTEN_IN

    try:
        wanted = language()
    except ConfigError:  # $LOOPNOTE_LANG itself is the error that is explained
        wanted = WRITTEN_IN
    message, hint = error_texts(
        wanted, error.code, error.facts, message=str(error), hint=error.hint
    )
    print(f"loopnote: {message}", file=sys.stderr)
    if hint:
        print(f"  → {hint}", file=sys.stderr)
    return (
        NOT_STARTED if isinstance(error, ConfigError) else getattr(error, "exit_code", NOT_STARTED)
    )


def _explain_crash(error: Exception) -> int:
    what = f"something unforeseen happened: {type(error).__name__}: {error}".replace("\n", " ")
    print(f"loopnote: {_spoken(what)}", file=sys.stderr)
    if os.environ.get("LOOPNOTE_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    else:
        hint = _spoken("set LOOPNOTE_DEBUG=1 to see where, and please report it")
        print(f"  → {hint}", file=sys.stderr)
    return NOT_STARTED


def _spoken(text: str) -> str:
    """Return a sentence in the language of the terminal."""
    from loopnote.runtime.messages.errors import sentence_text
    from loopnote.runtime.messages.terminal import language

    return sentence_text(text, language())
