"""`similar` and `playbook`: earlier attempts, and learnings that held more than once."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli import DONE
from loopnote.cli.output.terminal import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say
from notes.model.errors import ConfigError

if TYPE_CHECKING:  # these compute and render, and are imported where they are used
    from loopnote.commands.notes.playbook import PlaybookFiles, PlaybookFormat


def similar(
    context: typer.Context,
    note_id: Annotated[str, typer.Argument(help=say("option.similar_id"), metavar="[ID]")] = "",
    text: Annotated[
        str, typer.Option("--text", help=say("option.similar_text"), metavar="TEXT")
    ] = "",
    *,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    limit: Annotated[int, typer.Option(min=1, max=50, help=say("option.limit"), metavar="N")] = 3,
) -> int:
    """Show earlier notes like one, or like a text."""
    from loopnote.cli.output.similar import print_similar, similar_record
    from loopnote.commands.notes.playbook import similar_to_note, similar_to_text
    from reports.analysis.learnings.similar_notes import hypothesis_of

    if bool(note_id) == bool(text.strip()):
        raise ConfigError(say("similar.which"), hint=say("similar.which_hint"))
    session: Session = context.obj
    with session.progress() as progress, session.wiring.store() as store:
        progress(say("similar.looking"))
        if note_id:
            stored = store.note(note_id)
            asked = hypothesis_of(stored.note)
            found = similar_to_note(session.wiring, store, stored, team=team, most=limit)
        else:
            asked, found = text, similar_to_text(session.wiring, store, text, team=team, most=limit)
    if session.as_json:
        for one in found:
            print_json(similar_record(one))
    else:
        print_similar(asked, found)
    return DONE


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
    from loopnote.cli.option_values import language_of
    from loopnote.cli.output.playbook_records import playbook_records
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


COMMANDS: dict[str, Callable[..., int]] = {"similar": similar, "playbook": playbook}
