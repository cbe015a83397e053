"""`try`: a log and its page before there is any configuration."""

import webbrowser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.input.questions import ask, is_asked_on_a_terminal
from loopnote.cli.output.console import print_json, print_notice
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say

if TYPE_CHECKING:  # it loads the configuration's model
    from loopnote.commands.setup.try_log import TryRequest, TryResult


def try_(  # noqa: PLR0913  each option answers one question
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
    year: Annotated[str, typer.Option(help=say("option.try_year"), metavar="YEAR")] = "",
    open_: Annotated[bool, typer.Option("--open", help=say("option.open"))] = False,
) -> int:
    """Read a log and show its latest page."""
    from loopnote.cli.input.option_values import language_of, year_of
    from loopnote.cli.output.try_log import print_try, try_record
    from loopnote.commands.setup.try_log import TryRequest

    session: Session = context.obj
    request = TryRequest(
        address=log,
        out=out,
        language=language_of(page_language),
        timezone=timezone,
        year=year_of(year),
        config=session.config_file,
    )
    request, result = _tried(session, request)
    if session.as_json:
        print_json(try_record(result))
    else:
        print_try(result, request)
    if open_ and result.files and not webbrowser.open(result.files.page.as_uri()):
        print_notice(say("try.not_opened", path=result.files.page))
    return DONE if result.files else PARTLY


def _tried(session: Session, request: "TryRequest") -> "tuple[TryRequest, TryResult]":
    """Read the log, and once more where only the year was missing and a person can say it."""
    from loopnote.commands.setup.try_log import try_log

    with session.progress() as progress:
        result = try_log(request, progress=progress)
    if not result.needs_year or session.as_json or not is_asked_on_a_terminal():
        return request, result
    this_year = str(result.this_year)
    answer = ask(say("try.year", year=this_year), check=_year_fault, optional=True)
    request = replace(request, year=int(answer or this_year))
    with session.progress() as progress:
        return request, try_log(request, progress=progress)


def _year_fault(text: str) -> str:
    from loopnote.cli.input.option_values import is_year

    return "" if is_year(text) else say("try.no_year", text=text, year="2026")


COMMAND: Callable[..., int] = try_
