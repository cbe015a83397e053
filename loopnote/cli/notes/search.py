"""`search`: finds notes by words."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def search(  # noqa: PLR0913  each option is one filter
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help=say("option.words"), metavar="WORDS")],
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    *,
    week: Annotated[str, typer.Option(help=say("option.note_week"), metavar="WEEK")] = "",
    person: Annotated[str, typer.Option(help=say("option.person"), metavar="NAME")] = "",
    outcome: Annotated[str, typer.Option(help=say("option.outcome"), metavar="OUTCOME")] = "",
    tag: Annotated[str, typer.Option(help=say("option.tag"), metavar="TAG")] = "",
    newest: Annotated[bool, typer.Option("--newest", help=say("option.order"))] = False,
    limit: Annotated[
        int, typer.Option(min=1, max=1000, help=say("option.limit"), metavar="N")
    ] = 20,
) -> int:
    """Find notes by words."""
    from loopnote.cli.input.option_values import outcome_of, week_of
    from loopnote.cli.output.json_records import note_record
    from loopnote.cli.output.notes.note_text import print_hit_count, print_hits
    from notes.store.search.query import SearchQuery

    session: Session = context.obj
    conditions = (team or None, week_of(week), person or None, outcome_of(outcome), tag or None)
    question = SearchQuery(" ".join(words), *conditions)
    with session.wiring.store() as store, session.progress() as progress:
        session.wiring.check_names(store, team=team)
        store.bring_index_up_to_date(
            lambda done, every: progress(say("search.indexing", done=done, every=every))
        )
        found = store.answers(question, order="newest" if newest else "best", limit=limit)
        count = len(found) if len(found) < limit else store.search_count(question, COUNTED)
    if session.as_json:
        for stored in found:
            print_json(note_record(stored))
    else:
        print_hits(found, question.words.split())
    print_hit_count(len(found), count, COUNTED, aside=session.as_json)
    return DONE


COUNTED = 10_000
"""Of more notes found than this, the terminal tells only that there are more."""


COMMAND: Callable[..., int] = search
