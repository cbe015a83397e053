"""`try`: a log and its page before there is any configuration."""

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.output.terminal import print_json, print_notice
from loopnote.runtime.messages.terminal import say

from . import DONE, PARTLY
from .session import Session


def try_(
    context: typer.Context,
    log: Annotated[str, typer.Argument(help=say("option.try_log"), metavar="FILE|URL|ZIP")],
    out: Annotated[Path, typer.Option(help=say("option.try_out"), metavar="DIR")] = Path(
        "loopnote-try"
    ),
    *,
    page_language: Annotated[
        str, typer.Option("--language", help=say("option.try_language"), metavar="LANG")
    ] = "",
    timezone: Annotated[str, typer.Option(help=say("option.try_timezone"), metavar="ZONE")] = "",
    open_: Annotated[bool, typer.Option("--open", help=say("option.open"))] = False,
) -> int:
    """Read a log and show its latest page."""
    from loopnote.cli.output.try_log import print_try, try_record
    from loopnote.commands.try_log import TryRequest, try_log

    from .option_values import language_of

    session: Session = context.obj
    request = TryRequest(
        address=log,
        out=out,
        language=language_of(page_language),
        timezone=timezone,
        config=session.config_file,
    )
    with session.progress() as progress:
        result = try_log(request, progress=progress)
    if session.as_json:
        print_json(try_record(result))
    else:
        print_try(result, log)
    if open_ and result.files and not webbrowser.open(result.files.page.as_uri()):
        print_notice(say("try.not_opened", path=result.files.page))
    return DONE if result.files else PARTLY


COMMANDS: dict[str, Callable[..., int]] = {"try": try_}
