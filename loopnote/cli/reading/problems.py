"""`problems`: what could not be understood, with its place."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line, print_table
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import language, say
from notes.messages.problems import one_a_property, reason_of


def problems(
    context: typer.Context,
    source: Annotated[str, typer.Option(help=say("option.source"), metavar="NAME")] = "",
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
) -> int:
    """List what could not be understood."""
    from loopnote.cli.output.json_records import problem_record
    from loopnote.cli.output.place_text import place_text

    session: Session = context.obj
    with session.wiring.store() as store:
        session.wiring.check_names(store, team=team, source=source)
        found = store.problems(team=team or None, source=source or None)
        read = [
            one for one in store.health() if team in {"", one.team} and source in {"", one.source}
        ]
    if session.as_json:
        for stored in found:
            print_json(problem_record(stored, session.wiring.language_of(stored.team)))
        return DONE
    if not found:
        print_line(
            say("problems.none" if any(one.rows_used for one in read) else "problems.nothing_read")
        )
        return DONE
    rows = [
        (stored.source, place_text(stored.problem.place), reason_of(stored.problem, language()))
        for stored in one_a_property(found)
    ]
    print_table((say("table.source"), say("table.place"), say("table.reason")), rows)
    return DONE


COMMAND: Callable[..., int] = problems
