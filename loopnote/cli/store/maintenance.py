"""`join`, `split`, `undo`, `backup` and `erase`.

Corrections of identity, and maintenance of the store.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli import DONE, PARTLY
from loopnote.cli.output.json_records import instant
from loopnote.cli.output.terminal import print_json, print_line
from loopnote.cli.output.times import local_text
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say

if TYPE_CHECKING:
    from notes.store.maintenance.erasure import ErasureCounts


def join(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help=say("option.id"), metavar="A")],
    other: Annotated[str, typer.Argument(help=say("option.id"), metavar="B")],
) -> int:
    """Merge two notes."""
    from loopnote.commands.store.join_split import join as join_notes

    session: Session = context.obj
    kept = join_notes(session.wiring, one, other)
    _tell(session, "join.done", kept)
    return DONE


def split(
    context: typer.Context,
    note_id: Annotated[str, typer.Argument(help=say("option.id"), metavar="ID")],
    version: Annotated[int, typer.Option(help=say("option.split_version"), metavar="N")] = 0,
) -> int:
    """Split a note: its present row becomes a note of its own."""
    from loopnote.commands.store.join_split import split as split_note

    session: Session = context.obj
    new = split_note(session.wiring, note_id, version=version or None)
    _tell(session, "split.done", new)
    return DONE


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
        print_line(say("undo.done", kind=undone.kind, kept=undone.kept, absorbed=undone.absorbed))
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
        print_line(
            f"{one.id}  {local_text(one.at)}  {one.kind}  {one.kept} ← {one.absorbed}  {state}".rstrip()
        )
    if not found:
        session.tell_nothing(say("undo.none"))
    return DONE


def backup(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=say("option.backup_file"), metavar="FILE")],
) -> int:
    """Write a copy of the store."""
    from loopnote.commands.store.maintenance import back_up

    session: Session = context.obj
    back_up(session.wiring, path)
    if session.as_json:
        print_json({"backup": str(path)})
    else:
        print_line(say("backup.done", path=path))
    return DONE


def erase(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help=say("option.names"), metavar="NAME")],
    also: Annotated[
        list[str] | None, typer.Option("--also", help=say("option.also"), metavar="NICKNAME")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help=say("option.yes"))] = False,
) -> int:
    """Replace a person's name everywhere."""
    from loopnote.commands.reporting.archive import archive_without_names
    from loopnote.commands.store.erase import erase as erase_names
    from loopnote.commands.store.erase import files_that_name

    session: Session = context.obj
    called = [*names, *(also or ())]
    if not yes:
        print(say("erase.ask", names=", ".join(called)), end=": ", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() != "yes":
            print_line(say("erase.stopped"))
            return DONE
    erased = erase_names(session.wiring, names, also or [])
    archived = archive_without_names(session.wiring)
    files = files_that_name(session.wiring, names, also or [])
    if session.as_json:
        print_json(
            {
                "notes": erased.notes,
                "versions": erased.versions,
                "problems": erased.problems,
                "mails": erased.mails,
                "still_named": list(erased.still_named),
                "left": list(erased.left),
                "files": [str(file) for file in files],
            }
        )
    else:
        _tell_erased(erased, called, archived=archived, files=files)
    return DONE if erased.total and not erased.left else PARTLY


def _tell_erased(
    erased: "ErasureCounts", names: list[str], *, archived: bool, files: "list[Path]"
) -> None:
    from loopnote.commands.store.erase import MARK

    if not erased.total:
        print_line(say("erase.nobody", names=", ".join(names)))
    else:
        counts = {
            "notes": erased.notes,
            "versions": erased.versions,
            "problems": erased.problems,
            "mails": erased.mails,
        }
        print_line(say("erase.done", mark=MARK, **counts))
        for note_id in erased.still_named:
            print_line(f"  {note_id}")
        if archived:
            print_line(say("erase.archive"))
        if not erased.left:
            print_line(say("erase.gone"))
    for place in erased.left:
        print_line(say("erase.left", place=place))
    if files:
        print_line(say("erase.files"))
        for file in files:
            print_line(f"  {file}")
    print_line(say("erase.unreached"))


def _tell(session: Session, key: str, note_id: str) -> None:
    if session.as_json:
        print_json({"id": note_id})
    else:
        print_line(say(key, id=note_id))


COMMANDS: dict[str, Callable[..., int]] = {
    "join": join,
    "split": split,
    "undo": undo,
    "backup": backup,
    "erase": erase,
}
