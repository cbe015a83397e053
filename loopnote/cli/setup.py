"""`demo` and `doctor`: before the first Monday."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.output.findings import print_findings
from loopnote.cli.output.terminal import print_json, print_line, print_notice
from loopnote.runtime.machine import program_call
from loopnote.runtime.messages.terminal import say

from . import DONE, PARTLY
from .session import Session


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
            print_json({"team": page.team, "page": str(page.page), "mail": str(page.mail)})
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


def doctor(context: typer.Context) -> int:
    """Check everything."""
    from loopnote.commands.doctor import check

    session: Session = context.obj
    with session.progress() as progress:
        findings = list(check(session.wiring, progress=progress))
    print_findings(findings, as_json=session.as_json)
    errors = sum(finding.level == "error" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    if not session.as_json:
        print_notice(
            say("doctor.sum", errors=errors, warnings=warnings)
            if errors or warnings
            else say("doctor.well")
        )
    return PARTLY if errors else DONE


COMMANDS: dict[str, Callable[..., int]] = {"demo": demo, "doctor": doctor}
