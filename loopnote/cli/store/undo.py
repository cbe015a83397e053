"""`undo`: takes back a join or split, or that a source continues another."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.output.json_records import instant
from loopnote.cli.output.times import local_text
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


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
    from loopnote.commands.store.join_split import manual_links, part_source, undo_manual_link

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
    found = manual_links(session.wiring)
    for one in found:
        if session.as_json:
            print_json(
                {
                    "id": one.id,
                    "at": instant(one.at),
                    "kind": one.kind,
                    "kept": one.kept,
                    "absorbed": one.absorbed,
                    "undone": bool(one.undone),
                }
            )
            continue
        state = say("undo.undone") if one.undone else ""
        kind = say(f"undo.{one.kind}")
        print_line(
            f"{one.id}  {local_text(one.at)}  {kind}  {one.kept} ← {one.absorbed}  {state}".rstrip()
        )
    if not found:
        session.tell_nothing(say("undo.none"))
    return DONE


COMMAND: Callable[..., int] = undo
