"""`login`: a person signs in to a service."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.output.streams import show_each_line
from loopnote.cli.session import Session
from loopnote.runtime.machine import command
from loopnote.runtime.messages.terminal import say
from notes.model.errors import ConfigError


def login(
    context: typer.Context,
    service: Annotated[str, typer.Argument(help=say("option.login_service"), metavar="google")],
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=say("option.browser"))
    ] = True,
) -> int:
    """Sign in to a service."""
    from loopnote.commands.setup.login_google import login_google

    if service != "google":
        raise ConfigError(say("login.unknown", service=service), hint=say("login.known"))
    session: Session = context.obj
    show_each_line()
    # The address is for a person: a program reads the answer alone.
    with redirect_stdout(sys.stderr if session.as_json else sys.stdout):
        made = login_google(
            session.wiring,
            say_address=say("login.address"),
            done=say("login.done_in_browser"),
            open_browser=browser,
        )
    if session.as_json:
        print_json({"token_file": str(made.token_file)})
        return DONE
    print_line(say("login.done", path=made.token_file))
    if not made.named:
        print_line(say("login.name_it"))
    print_line(say("login.next", loopnote=command()))
    return DONE


COMMAND: Callable[..., int] = login
