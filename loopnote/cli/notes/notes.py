"""`notes`: lists the notes of a team, a source or a period."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say
from notes.model.notes import StoredNote
from notes.model.periods import Period

if TYPE_CHECKING:  # the store's libraries are loaded with the first store that is opened
    from notes.store.store import Store


def notes(  # noqa: PLR0913  each option is one filter
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    source: Annotated[str, typer.Option(help=say("option.source"), metavar="NAME")] = "",
    *,
    kind: Annotated[str, typer.Option(help=say("option.kind"), metavar="KIND")] = "",
    week: Annotated[str, typer.Option(help=say("option.note_week"), metavar="WEEK")] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help=say("option.as_of"), metavar="INSTANT")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help=say("option.all"))] = False,
) -> int:
    """List the notes."""
    from loopnote.cli.input.option_values import instant_of, kind_of, period_of
    from loopnote.cli.output.json_records import note_record
    from loopnote.cli.output.notes.note_text import print_notes

    session: Session = context.obj
    period = period_of(week) if week else None
    with session.wiring.store() as store:
        session.wiring.check_names(store, team=team, source=source)
        stored_notes = store.notes(
            team=team or None,
            source=source or None,
            kinds=(kind_of(kind),) if kind else ("experiment",) if period else None,
            touching=(period.first, period.last) if period else None,
            include_gone=everything,
            as_of=instant_of(as_of) if as_of else None,
        )
        found = _of_period(stored_notes, period, session, store=store) if period else stored_notes
        if session.as_json:
            for stored in found:
                print_json(note_record(stored))
            return DONE
        chosen = any((team, source, kind, week, as_of))
        print_notes(list(found), chosen=chosen)
    return DONE


def _of_period(
    found: Iterable[StoredNote], period: Period, session: Session, *, store: "Store"
) -> Iterator[StoredNote]:
    """Give the notes that belong to a period, as its report counts them.

    Records of other kinds by their own days.
    """
    from zoneinfo import ZoneInfo

    from reports.analysis.data.period_membership import is_of
    from reports.analysis.data.written_times import first_told

    zones = {team.name: ZoneInfo(team.timezone) for team in session.wiring.config.teams}
    told = first_told(found, store.steps)
    return (
        stored for stored in told if is_of(stored, period, zones.get(stored.team, ZoneInfo("UTC")))
    )


COMMAND: Callable[..., int] = notes
