"""`similar`: earlier notes like one, or like a text."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say
from notes.model.errors import ConfigError


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
    from loopnote.cli.output.notes.similar import print_similar, similar_record
    from loopnote.commands.notes.similar import similar_to_note, similar_to_text
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


COMMAND: Callable[..., int] = similar
