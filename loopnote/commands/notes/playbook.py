"""`playbook`: what the logs of the teams teach, as pages and Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loopnote.services.wiring import Wiring
from notes.model.errors import RenderError
from notes.model.notes import Kind, Language
from notes.store.store import Store
from notes.system.private_file import write_private
from reports.archive.addresses import team_folders
from reports.page.builders.playbook_page import TeamPlaybook

PlaybookFormat = Literal["page", "markdown"]
_SUFFIX: dict[PlaybookFormat, str] = {"page": ".html", "markdown": ".md"}
"""Ending of the file in each format."""
_EXPERIMENTS: tuple[Kind, ...] = ("experiment",)
"""The kind of note that a playbook is made from: trials (method §12)."""


@dataclass(frozen=True, slots=True)
class PlaybookFiles:
    """A playbook that was written: its team, and its files."""

    team: str
    files: tuple[Path, ...]


def playbooks(wiring: Wiring, store: Store, only: str) -> list[TeamPlaybook]:
    """Return the playbooks of the teams, or of the one named, from all their notes."""
    report_service, now = wiring.report_service(store), wiring.clock()
    return [
        report_service.playbook(team, store.notes(team=team.name, kinds=_EXPERIMENTS), now)
        for team in wiring.teams(only)
    ]


def playbook_text(
    wiring: Wiring,
    store: Store,
    one: TeamPlaybook,
    *,
    form: PlaybookFormat,
    language: Language | None,
) -> str:
    """Return a playbook as a page or Markdown, by default in the team's language."""
    day = wiring.clock().astimezone(wiring.config.zone(one.team)).date()
    spoken = language or wiring.language_of(one.team)
    page, markdown = wiring.report_service(store).playbook_files([one], spoken, day)
    return page if form == "page" else markdown


def write_playbook(
    wiring: Wiring,
    store: Store,
    one: TeamPlaybook,
    *,
    forms: Sequence[PlaybookFormat],
    language: Language | None,
    out: Path,
) -> PlaybookFiles:
    """Write a playbook into a folder, a file a form.

    Raises:
        RenderError: a template fails, or the folder cannot be written.
    """
    spoken = language or wiring.language_of(one.team)
    folders = team_folders(team.name for team in wiring.config.teams)
    stem, files = f"playbook-{folders[one.team]}-{spoken}", []
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for form in forms:
            path = out / f"{stem}{_SUFFIX[form]}"
            text = playbook_text(wiring, store, one, form=form, language=language)
            write_private(path, text)
            files.append(path)
    except OSError as error:
        raise RenderError(
            f"{out} cannot be written: {error.strerror}", hint="name another folder with --out"
        ) from error
    return PlaybookFiles(one.team, tuple(files))
