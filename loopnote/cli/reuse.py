"""`similar`: what was tried before."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.errors import ConfigError

from . import DONE
from .session import Session
from .show import put_json
from .words import say


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


COMMANDS: dict[str, Callable[..., int]] = {"similar": similar}
