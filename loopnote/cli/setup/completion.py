"""`completion`: what makes a shell complete loopnote's commands and options with the Tab key."""

import os
from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.help.command_names import COMPLETE_VARIABLE
from loopnote.cli.output.console import print_json
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say
from notes.model.errors import ConfigError

SHELLS = ("bash", "zsh", "fish", "powershell")
_BEGINNINGS = {"zsh": "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"}
"""What a script needs beforehand: a zsh without a start file of its own has completion switched
off."""


def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(help=say("option.shell"), metavar="|".join(SHELLS))] = "",
) -> int:
    """Print the lines that a shell's start file needs."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    session: Session = context.obj
    named = shell or os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119  a name, no path
    if named not in SHELLS:
        raise ConfigError(
            f"{named!r} is no shell that loopnote completes in", hint=", ".join(SHELLS)
        )
    script = get_completion_script(
        prog_name="loopnote", complete_var=COMPLETE_VARIABLE, shell=named
    )
    script = _BEGINNINGS.get(named, "") + script
    if session.as_json:
        print_json({"shell": named, "script": script})
    else:
        print(script)
    return DONE


COMMAND: Callable[..., int] = completion
