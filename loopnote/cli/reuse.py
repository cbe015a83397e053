"""`similar` and `playbook`: what was tried before, and what worked twice."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.errors import ConfigError

from . import DONE
from .session import Session
from .show import put, put_json
from .words import say

if TYPE_CHECKING:  # these compute and render, and are imported where they are used
    from loopnote.work.reuse import Form, Written


def similar(
    context: typer.Context,
    note_id: Annotated[str, typer.Argument(help=say("option.similar_id"), metavar="[ID]")] = "",
    text: Annotated[str, typer.Option("--text", help=say("option.similar_text"), metavar="TEXT")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    limit: Annotated[int, typer.Option(min=1, max=50, help=say("option.limit"), metavar="N")] = 3,
) -> int:
    """Show earlier notes like one, or like a text."""
    from loopnote.work.reuse import similar_to_note, similar_to_text
    from reports.tried import hypothesis_of

    from .met_lines import put_met, record

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
            put_json(record(one))
    else:
        put_met(asked, found)
    return DONE


def playbook(
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    out: Annotated[Path | None, typer.Option(help=say("option.playbook_out"), metavar="DIR")] = None,
    form: Annotated[str, typer.Option("--format", help=say("option.playbook_format"), metavar="FORMAT")] = "",
    page_language: Annotated[str, typer.Option("--language", help=say("option.language"), metavar="LANG")] = "",
) -> int:
    """Show what worked for more than one, and what not to do."""
    from loopnote.work.reuse import playbook_text, playbooks, write_playbook

    from .filters import language_of
    from .playbook_records import records

    session: Session = context.obj
    wiring, language, forms = session.wiring, language_of(page_language), _forms(form)
    with session.progress() as progress, wiring.store() as store:
        progress(say("playbook.looking"))
        books = playbooks(wiring, store, team)
        for one in books:
            if out is not None:
                _tell_written(session, write_playbook(wiring, store, one, forms, language, out))
            elif session.as_json:
                for record in records(one):
                    put_json(record)
            else:
                put(playbook_text(wiring, store, one, forms[-1], language).rstrip("\n"))
                put()
    return DONE


def _forms(form: str) -> "tuple[Form, ...]":
    """Return the forms asked for: both, or one.

    Raises:
        ConfigError: there is no such form.
    """
    known: dict[str, tuple[Form, ...]] = {
        "": ("page", "markdown"),
        "page": ("page",),
        "markdown": ("markdown",),
    }
    if form not in known:
        raise ConfigError(say("playbook.unknown_format", form=form), hint=say("playbook.formats"))
    return known[form]


def _tell_written(session: Session, written: "Written") -> None:
    if session.as_json:
        put_json({"team": written.team, "files": [str(path) for path in written.files]})
        return
    put(written.team)
    for path in written.files:
        put(f"  {path}")


COMMANDS: dict[str, Callable[..., int]] = {"similar": similar, "playbook": playbook}
