"""`undo`: takes back a join or split, or that a source continues another."""

from collections.abc import Callable
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.output.json_records import instant_text
from loopnote.cli.output.times import local_text
from loopnote.cli.session import Session
from loopnote.runtime.machine import command
from loopnote.runtime.messages.terminal import say

if TYPE_CHECKING:
    from notes.store.note_rows.manual_links import ContinuedSource, ManualLink


def undo(
    context: typer.Context,
    repair: Annotated[int, typer.Argument(help=say("option.repair"), metavar="N")] = 0,
    source: Annotated[str, typer.Option(help=say("option.undo_source"), metavar="NAME")] = "",
    *,
    former: Annotated[
        str, typer.Option("--from", help=say("option.undo_from"), metavar="NAME")
    ] = "",
) -> int:
    """Undo a join or split, or that a source continues another; without arguments, list them."""
    from loopnote.commands.store.join_split import (
        continued_sources,
        manual_links,
        part_source,
        undo_manual_link,
    )

    session: Session = context.obj
    if source or former:
        count = part_source(session.wiring, source, former)
        if session.as_json:
            print_json({"source": source, "from": former, "parted": count})
            return DONE
        print_line(say("undo.parted", count=count, source=source, former=former))
        return DONE
    if repair:
        undone = undo_manual_link(session.wiring, repair)
        if session.as_json:
            print_json({"undone": repair, "kept": undone.kept, "absorbed": undone.absorbed})
            return DONE
        print_line(
            say(
                "undo.done",
                kind=say(f"undo.{undone.kind}"),
                kept=undone.kept,
                absorbed=undone.absorbed,
            )
        )
        return DONE
    links, sources = manual_links(session.wiring), continued_sources(session.wiring)
    for link in links:
        _tell_link(session, link)
    for one in sources:
        _tell_source(session, one)
    if not links and not sources:
        session.tell_nothing(say("undo.none"))
    return DONE


def _tell_link(session: Session, one: "ManualLink") -> None:
    if session.as_json:
        print_json(
            {
                "id": one.id,
                "at": instant_text(one.at),
                "kind": one.kind,
                "kept": one.kept,
                "absorbed": one.absorbed,
                "undone": bool(one.undone),
            }
        )
        return
    state = say("undo.undone") if one.undone else ""
    kind = say(f"undo.{one.kind}")
    print_line(
        f"{one.id}  {local_text(one.at)}  {kind}  {one.kept} ← {one.absorbed}  {state}".rstrip()
    )


def _tell_source(session: Session, one: "ContinuedSource") -> None:
    if session.as_json:
        print_json({"source": one.source, "from": one.former, "continued": one.notes})
        return
    undone_by = f"{command()} undo --source {quote(one.source)} --from {quote(one.former)}"
    print_line(
        say(
            "undo.continued",
            count=one.notes,
            source=one.source,
            former=one.former,
            command=undone_by,
        )
    )


COMMAND: Callable[..., int] = undo
