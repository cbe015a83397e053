"""`erase`: replaces a person's name everywhere."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say

if TYPE_CHECKING:
    from notes.store.maintenance.erasure import ErasureCounts


def erase(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help=say("option.names"), metavar="NAME")],
    also: Annotated[
        list[str] | None, typer.Option("--also", help=say("option.also"), metavar="NICKNAME")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help=say("option.yes"))] = False,
) -> int:
    """Replace a person's name everywhere."""
    from loopnote.commands.reporting.archive import archive_without_names
    from loopnote.commands.store.erase import erase as erase_names
    from loopnote.commands.store.erase import files_that_name

    session: Session = context.obj
    called = [*names, *(also or ())]
    if not yes:
        print(say("erase.ask", names=", ".join(called)), end=": ", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() != "yes":
            _tell_stopped(session)
            return DONE
    erased = erase_names(session.wiring, names, also or [])
    archived = archive_without_names(session.wiring)
    files = files_that_name(session.wiring, names, also or [])
    if session.as_json:
        print_json(
            {
                "notes": erased.notes,
                "versions": erased.versions,
                "problems": erased.problems,
                "mails": erased.mails,
                "still_named": list(erased.still_named),
                "left": list(erased.left),
                "files": [str(file) for file in files],
            }
        )
    else:
        _tell_erased(erased, called, archived=archived, files=files)
    return DONE if erased.total and not erased.left else PARTLY


def _tell_stopped(session: Session) -> None:
    if session.as_json:
        print_json({"stopped": True})
    else:
        print_line(say("erase.stopped"))


def _tell_erased(
    erased: "ErasureCounts", names: list[str], *, archived: bool, files: "list[Path]"
) -> None:
    from loopnote.commands.store.erase import MARK

    if not erased.total:
        print_line(say("erase.nobody", names=", ".join(names)))
    else:
        counts = {
            "notes": erased.notes,
            "versions": erased.versions,
            "problems": erased.problems,
            "mails": erased.mails,
        }
        print_line(say("erase.done", mark=MARK, **counts))
        for note_id in erased.still_named:
            print_line(f"  {note_id}")
        if archived:
            print_line(say("erase.archive"))
        if not erased.left:
            print_line(say("erase.gone"))
    for place in erased.left:
        print_line(say("erase.left", place=place))
    if files:
        print_line(say("erase.files"))
        for file in files:
            print_line(f"  {file}")
    print_line(say("erase.unreached"))


COMMAND: Callable[..., int] = erase
