"""`history`: a note and everything that happened to it."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def history(
    context: typer.Context,
    note_id: Annotated[str, typer.Argument(help=say("option.id"), metavar="ID")],
) -> int:
    """Show a note and everything that happened to it."""
    from loopnote.cli.output.json_records import note_record, version_record
    from loopnote.cli.output.notes.note_text import print_history

    session: Session = context.obj
    with session.wiring.store() as store:
        stored = store.note(note_id)
        versions = store.versions(stored.id)
        doubt = store.doubt(stored.id)
    if session.as_json:
        rivals = list(doubt.rivals) if doubt else []
        print_json(
            note_record(stored)
            | {
                "sure": stored.sure,
                "rivals": rivals,
                "history": [version_record(each) for each in versions],
            }
        )
        return DONE
    print_history(stored, versions, doubt.rivals if doubt else [])
    return DONE


COMMAND: Callable[..., int] = history
