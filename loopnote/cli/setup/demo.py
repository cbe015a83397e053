"""`demo`: a sample workspace to look around in."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.machine import program_call
from loopnote.runtime.messages.terminal import say


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=say("option.folder"), metavar="DIR")] = Path(
        "loopnote-demo"
    ),
    force: Annotated[bool, typer.Option("--force", help=say("option.force"))] = False,
) -> int:
    """Make the sample workspace."""
    from loopnote.demo.workspace import build_demo

    session: Session = context.obj
    with session.progress() as progress:
        made = build_demo(folder, replace=force, progress=progress)
    if session.as_json:
        for page in made.pages:
            files = {"page": str(page.page), "mail": str(page.mail), "archive": str(made.archive)}
            print_json({"team": page.team, **files, "config": str(made.folder / "config.toml")})
        return DONE
    print_line(
        say(
            "demo.made",
            folder=made.folder,
            notes=made.notes,
            problems=made.problems,
            weeks=made.weeks,
        )
    )
    for page in made.pages:
        print_line()
        print_line(f"{page.team}")
        print_line(say("demo.page", path=page.page))
        print_line(say("demo.mail", path=page.mail))
    print_line()
    print_line(say("demo.archive", path=made.archive))
    print_line()
    print_line(
        say(
            "demo.next",
            loopnote=program_call(),
            config=shlex.quote(str(made.folder / "config.toml")),
        )
    )
    return DONE


COMMAND: Callable[..., int] = demo
