"""`playbook`: what worked for more than one, and what did not."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say
from notes.model.errors import ConfigError

if TYPE_CHECKING:  # these compute and render, and are imported where they are used
    from loopnote.commands.notes.playbook import PlaybookFiles, PlaybookFormat


def playbook(
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[
        Path | None, typer.Option(help=say("option.playbook_out"), metavar="DIR")
    ] = None,
    *,
    form: Annotated[
        str, typer.Option("--format", help=say("option.playbook_format"), metavar="FORMAT")
    ] = "",
    page_language: Annotated[
        str, typer.Option("--language", help=say("option.language"), metavar="LANG")
    ] = "",
) -> int:
    """Show what worked for more than one, and what not to do."""
    from loopnote.cli.input.option_values import language_of
    from loopnote.cli.output.notes.playbook_records import playbook_records
    from loopnote.commands.notes.playbook import playbook_text, playbooks, write_playbook

    session: Session = context.obj
    wiring, language, forms = session.wiring, language_of(page_language), _forms(form)
    with session.progress() as progress, wiring.store() as store:
        progress(say("playbook.looking"))
        books = playbooks(wiring, store, team)
        for one in books:
            if out is not None:
                _tell_written(
                    session,
                    write_playbook(wiring, store, one, forms=forms, language=language, out=out),
                )
            elif session.as_json:
                for similar_record in playbook_records(one):
                    print_json(similar_record)
            else:
                print_line(
                    playbook_text(wiring, store, one, form=forms[-1], language=language).rstrip(
                        "\n"
                    )
                )
                print_line()
    return DONE


def _forms(form: str) -> "tuple[PlaybookFormat, ...]":
    """Return the forms asked for: both, or one.

    Raises:
        ConfigError: there is no such form.
    """
    known: dict[str, tuple[PlaybookFormat, ...]] = {
        "": ("page", "markdown"),
        "page": ("page",),
        "markdown": ("markdown",),
    }
    if form not in known:
        raise ConfigError(say("playbook.unknown_format", form=form), hint=say("playbook.formats"))
    return known[form]


def _tell_written(session: Session, written: "PlaybookFiles") -> None:
    if session.as_json:
        print_json({"team": written.team, "files": [str(path) for path in written.files]})
        return
    print_line(written.team)
    for path in written.files:
        print_line(f"  {path}")


COMMAND: Callable[..., int] = playbook
