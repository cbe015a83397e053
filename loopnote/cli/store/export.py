"""`export`: the store as files for people and for programs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.output.console import print_json, print_line, print_notice
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import load_catalogue, say
from notes.model.notes import LANGUAGES, WRITTEN_IN, Language

if TYPE_CHECKING:  # these open the store, and are imported where they are used
    from loopnote.commands.store.export import ExportResult, ExportWording
    from loopnote.services.wiring import Wiring
    from notes.export_formats.record import ExportSelection


def export(  # noqa: PLR0913  one option each
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option(help=say("option.export_out"), metavar="FILE|DIR")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help=say("option.export_format"), metavar="FORMAT")
    ] = "",
    *,
    team: Annotated[str, typer.Option(help=say("option.team"), metavar="TEAM")] = "",
    week: Annotated[str, typer.Option(help=say("option.export_week"), metavar="WEEK")] = "",
    everything: Annotated[bool, typer.Option("--all", help=say("option.export_all"))] = False,
    word_language: Annotated[
        str, typer.Option("--language", help=say("option.export_language"), metavar="LANG")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=say("option.force"))] = False,
) -> int:
    """Write the store as files."""
    from loopnote.cli.input.option_values import language_of, period_of
    from loopnote.commands.store.export import format_of
    from notes.export_formats.record import ExportSelection

    session: Session = context.obj
    wanted, language = format_of(form, out), language_of(word_language)
    period = period_of(week) if week else None
    touching = (period.first, period.last) if period else None
    chosen = ExportSelection(team, touching, gone=everything or wanted == "jsonl")
    with session.progress() as progress:

        def count(done: int) -> None:
            progress(say("export.progress", count=done))

        exported = _export(
            session.wiring, wanted, chosen, out=out, language=language, force=force, count=count
        )
    _tell_exported(session, exported)
    return DONE


def _export(  # noqa: PLR0913  one option each
    wiring: "Wiring",
    wanted: str,
    chosen: "ExportSelection",
    *,
    out: Path | None,
    language: Language | None,
    force: bool,
    count: Callable[[int], None],
) -> "ExportResult":
    from loopnote.commands.store import export
    from loopnote.commands.store.export_files import RECORDS

    if wanted == "jsonl":
        path = Path(RECORDS) if out is None else out / RECORDS if out.is_dir() else out
        return export.export_lines(wiring, chosen, path, force=force, tell=count)
    write = export.export_tables if wanted == "csv" else export.export_pages
    folder = out or Path("loopnote-tables" if wanted == "csv" else "loopnote-pages")
    return write(
        wiring, chosen, folder, wording=_wording(wiring, language), force=force, tell=count
    )


def _wording(wiring: "Wiring", language: Language | None) -> "ExportWording":
    from loopnote.commands.store.export import ExportWording

    return ExportWording(
        heading=_heading(language or WRITTEN_IN),
        headings=tuple(_heading(one) for one in LANGUAGES),
        language=language or WRITTEN_IN,
        words_of=lambda team: _words(language or wiring.language_of(team)),
    )


def _heading(language: Language) -> Callable[[str], str]:
    words: dict[str, str] = load_catalogue(language)["csv"]
    return lambda name: words.get(name, name)


_DETAILS = {
    "ActionItem.text": "execution",
    "ActionItem.planned": "planned_count",
    "ActionItem.done": "done_count",
    "ActionItem.finished": "done_check",
    "ActionItem.unplanned": "unplanned",
    "Feedback.text": "feedback_text",
    "Feedback.giver": "giver",
    "Feedback.receiver": "receiver",
    "Feedback.tone": "tone",
    "PlanCard.risks": "plan_risk",
    "PlanCard.other": "note",
}
"""Members of the records beside notes, and the word of `terminal/*.toml` that heads their
column."""


def _words(language: Language) -> Callable[[str], str]:
    """Return what a field, a value or a member of a note's details is called."""
    words = load_catalogue(language)

    def word(key: str) -> str:
        section, _, name = key.rpartition(".")
        if section == "outcome" or key == "gone":
            return str(words[section or "notes"].get(name, name))
        found = _DETAILS.get(key, f"plan_{name}" if section == "PlanCard" else name)
        return str(words["field"].get(found, name))

    return word


def _tell_exported(session: Session, exported: "ExportResult") -> None:
    counts = exported.records
    line = say("export.counts", notes=counts.get("note", 0), versions=counts.get("version", 0))
    if not exported.paths:
        print_notice(line)
    for path in exported.paths:
        if session.as_json:
            print_json({"path": str(path), "records": counts})
        else:
            print_line(say("export.done", path=path))
    if exported.paths and not session.as_json:
        print_line(line)


COMMAND: Callable[..., int] = export
