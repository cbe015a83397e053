"""Archive building: from the store and the configuration to the archive's folder.

    stamp of everything ─► the same as last time? done
      ├─► survey, catalogue      from what was kept of each note, or is read anew (ADR 0471)
      └─► pages planned          a page is skipped when its inputs are those of the existing file

To add a page: a module in `reports/archive/` with its view, a template in `templates/archive/`, and
a function here that yields `PlannedPage`. A page that stands in the menu has a `MenuEntry`. What
must be looked up in many notes at once is computed from the catalogue, once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from loopnote import __version__
from loopnote.config.model import Config
from notes.model.deliveries import ALL_TEAMS, SentReport
from notes.model.notes import WRITTEN_IN, Language, StoredNote
from notes.model.periods import Period, Week
from notes.store.delivery.sent_reports import sent_page, sent_reports
from notes.store.store import Store
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.text.quoting import KnownPeople
from reports.archive.addresses import (
    HOME,
    SCRIPT,
    SEARCH,
    SEARCH_FOLDER,
    STYLE,
    note_page,
    team_folders,
    team_page,
)
from reports.archive.archive_folder import ArchiveFolder, BuildResult, open_archive_folder
from reports.archive.archive_view import BarChart, ReportBar
from reports.archive.collections.builder import COLLECTIONS, collection_page
from reports.archive.editions import ReportEditions, group_editions, only_as_open_as
from reports.archive.last_build.kept_notes import KeptNotes, read_kept_notes
from reports.archive.last_build.similar_links import (
    SimilarNotes,
    find_similar_notes,
    read_similar_notes,
    suggestions,
)
from reports.archive.note_catalogue import CatalogueBuilder
from reports.archive.page_plan import PlannedPage, PlannedView, fingerprint
from reports.archive.pages.home import home_page
from reports.archive.pages.note import NoteInputs, RelatedNotes, note_page_view, page_dependencies
from reports.archive.pages.note_lists import month_lists, period_list
from reports.archive.pages.search_page import search_files, search_page
from reports.archive.pages.sent_report import sent_bar, told_by_bar, with_bar
from reports.archive.pages.team import TeamNotes, editions, team_logs, team_page_view
from reports.archive.privacy.hidden_names import search_entry_hidden, with_names_hidden
from reports.archive.search_data import SearchEntry
from reports.archive.site import MenuEntry, Site
from reports.page.messages.page_sentences import load_messages
from reports.page.render import archive_file, archive_sources, render_archive

from .archive_build.archive_collections import CollectionPages, CollectionSources, SourceReadings
from .archive_build.archive_notes import Progress, read_notes
from .reports import report_team

_BATCH = 200
"""Notes whose history is loaded at once: bounds the memory of a build. Judgement."""
_SEARCH_SCRIPT = f"{SEARCH_FOLDER}/search.js"
"""The one script of the archive."""


@dataclass(frozen=True, slots=True)
class ArchiveContents:
    """All that the pages of one build are made from.

    The editions of `reports` are latest first; `fingerprints` are by note id.
    """

    site: Site
    logs: Mapping[str, TeamNotes]
    reports: Mapping[tuple[str, Period], ReportEditions]
    fingerprints: Mapping[str, str]
    related: Mapping[str, RelatedNotes]
    edition: str
    similar_notes: SimilarNotes
    listed: Sequence[SearchEntry]
    notes: KeptNotes


@dataclass(frozen=True, slots=True)
class BuildMemory:
    """What the last build left for this one, a line each; any of it may be missing.

    Answers about similar notes, the teams' parts of collection pages, and what was taken of each
    note. Where names are hidden there are none of the latter two: they hold names.
    """

    similar: SimilarNotes
    parts: bytes
    notes: KeptNotes

    @classmethod
    def read(cls, content: bytes) -> "BuildMemory":
        """Return the memory of a file's content."""
        similar, parts, notes, *_ = [*content.split(b"\n"), b"", b"", b""]
        return cls(read_similar_notes(similar), parts, read_kept_notes(notes))


class ArchiveBuilder:
    """Builds the archive of one store with one configuration.

    `folder` holds a team's own templates, `words` its own sentences; both may be missing.
    """

    def __init__(
        self, config: Config, store: Store, *, folder: Path | None = None, words: Path | None = None
    ) -> None:
        self._config = config
        self._store = store
        self._folder = folder
        self._words = words
        archive = config.archive
        self._language: Language = archive.language or (
            config.teams[0].language if config.teams else WRITTEN_IN
        )

    def build(
        self, root: Path, *, progress: Progress = lambda _: None, full: bool = False
    ) -> BuildResult | None:
        """Update the archive in a folder; None while another build runs.

        Args:
            root: the folder, made where it is missing.
            progress: called with a line for each step.
            full: write every page anew.

        Raises:
            RenderError: a template fails, or the folder cannot be written.
            StoreError: the store cannot be read.
        """
        with open_archive_folder(root, access=self._config.archive.access) as folder:
            if folder is None:
                return None
            fingerprints = self._store.fingerprints()
            kept = only_as_open_as(sent_reports(self._store.database), self._config.archive.names)
            edition, readings = self._edition(), SourceReadings.of(self._store)
            stamp = fingerprint(edition, list(fingerprints.items()), kept, readings.stamp)
            same = None if full else folder.unchanged(stamp)
            if same:
                return same
            if full:
                folder.forget()
            before = BuildMemory.read(b"" if full else folder.recall())
            contents = self._contents(
                fingerprints, kept, edition, asked=readings.asked, before=before, progress=progress
            )
            collections = CollectionPages(
                self._config,
                self._store,
                contents.site,
                sources=CollectionSources(readings, contents.edition, fingerprints, before.parts),
            )
            self._write(folder, contents, collections, progress=progress)
            folder.plan(self._collections(contents, collections))
            folder.plan(self._home(contents))
            return folder.finish(stamp, _memory(contents, collections))

    def _edition(self) -> str:
        """Return a fingerprint of all but the store: code, templates, words and configuration."""
        config = self._config.model_dump_json(include={"teams", "archive", "report"})
        return fingerprint(
            __version__, archive_sources(self._folder, self._words), config, self._language
        )

    def _write(
        self,
        folder: ArchiveFolder,
        contents: ArchiveContents,
        collections: CollectionPages,
        *,
        progress: Progress,
    ) -> None:
        """Write linked pages before the pages that link to them, so that no link is broken
        meanwhile.
        """
        folder.plan(self._assets(contents))
        self._write_notes(folder, contents, progress)
        for log in contents.logs.values():
            progress(log.team)
            folder.plan(self._team(contents, log, collections.charts(log.team)))
        folder.plan(self._search(contents))
        folder.plan(self._several(contents))

    # What is looked at

    def _contents(
        self,
        fingerprints: Mapping[str, str],
        kept: Sequence[SentReport],
        edition: str,
        *,
        asked: frozenset[str],
        before: BuildMemory,
        progress: Progress,
    ) -> ArchiveContents:
        teams = [report_team(team) for team in self._config.teams]
        notes = read_notes(
            self._store,
            teams,
            fingerprints,
            edition=edition,
            before=before.notes,
            progress=progress,
        )
        former = [
            name for name in sorted(notes.people) if name not in {team.name for team in teams}
        ]
        found = [one.entry for one in notes.kept.notes.values() if one.entry is not None]
        site = self._site(teams, former, notes.catalogue, names=notes.people, asked=asked)
        made = group_editions(kept, self._language)
        logs = team_logs(site.folders, site.catalogue.notes.values(), made.values())
        similar_notes = find_similar_notes(notes.catalogue.attempts, before.similar)
        if site.names != "names":
            edition = fingerprint(edition, site.hidden)
            found = [search_entry_hidden(one, site.formatter("").masked) for one in found]
        return ArchiveContents(
            site=site,
            logs=logs,
            reports=made,
            fingerprints=fingerprints,
            related=self._related(site, made, similar_notes),
            edition=edition,
            similar_notes=similar_notes,
            listed=found,
            notes=notes.kept,
        )

    def _site(
        self,
        teams: Sequence[ReportTeam],
        former: Sequence[str],
        cataloguer: CatalogueBuilder,
        *,
        names: Mapping[str, KnownPeople],
        asked: frozenset[str],
    ) -> Site:
        return Site(
            words=load_messages(self._language, self._words),
            teams={team.name: team for team in teams},
            folders=team_folders([*(team.name for team in teams), *former]),
            catalogue=cataloguer.catalogue(),
            people=names,
            former=frozenset(former),
            menu=(
                MenuEntry("home", HOME),
                MenuEntry("search", SEARCH),
                *(MenuEntry(name, collection_page(name)) for name in COLLECTIONS),
            ),
            names=self._config.archive.names,
            hidden=self._hidden(names.values()),
            asked=asked,
        )

    def _hidden(self, names: Iterable[KnownPeople]) -> tuple[str, ...]:
        """Return everybody of all teams whose name is not shown, longest first."""
        if self._config.archive.names == "names":
            return ()
        aliases = {
            name for team in self._config.teams for pair in team.aliases.items() for name in pair
        }
        every = aliases | {name for known in names for name in known.known}
        return tuple(sorted(every, key=lambda name: (-len(name), name)))

    def _related(
        self,
        site: Site,
        made: Mapping[tuple[str, Period], ReportEditions],
        similar_notes: SimilarNotes,
    ) -> dict[str, RelatedNotes]:
        """Return the related notes of each note that has any."""
        shown: dict[str, list[tuple[ReportEditions, int]]] = defaultdict(list)
        for report in made.values():
            for note_id, version in report.shown.notes:
                shown[note_id].append((report, version))
        found = {note_id: RelatedNotes(shown=tuple(reports)) for note_id, reports in shown.items()}
        for note_id, doubt in self._store.doubts().items():
            found[note_id] = replace(found.get(note_id, RelatedNotes()), rivals=tuple(doubt.rivals))
        for note_id, similar in suggestions(site.words, similar_notes).items():
            found[note_id] = replace(found.get(note_id, RelatedNotes()), similar=similar)
        return found

    # What is written

    def _assets(self, contents: ArchiveContents) -> Iterator[PlannedPage]:
        for path in (STYLE, SCRIPT):
            name = path.rpartition("/")[2]
            yield PlannedPage(
                path, contents.edition, partial(archive_file, name, folder=self._folder)
            )

    def _search(self, contents: ArchiveContents) -> Iterator[PlannedPage]:
        site = contents.site
        yield PlannedPage(
            _SEARCH_SCRIPT,
            contents.edition,
            partial(archive_file, "search.js", folder=self._folder),
        )
        yield from search_files(
            site, contents.listed, contents.fingerprints, edition=contents.edition, read=self._notes
        )
        yield self._page(contents, SEARCH, "search", page=search_page(site))

    def _notes(self, ids: Sequence[str]) -> Iterator[StoredNote]:
        return self._store.notes(ids=ids, include_gone=True)

    def _page(
        self, contents: ArchiveContents, path: str, kind: str, *, page: object
    ) -> PlannedPage:
        """Return a page that is made anew whenever its view differs."""
        return PlannedPage(
            path,
            fingerprint(contents.edition, page),
            partial(self._render, contents.site, kind, page),
        )

    def _later(self, contents: ArchiveContents, kind: str, planned: PlannedView) -> PlannedPage:
        """Return a page whose view is made only where what it is made from differs."""
        return PlannedPage(
            planned.path,
            fingerprint(contents.edition, planned.path, planned.made_from),
            lambda: self._render(contents.site, kind, planned.view()),
        )

    def _render(self, site: Site, kind: str, page: object) -> str:
        if site.names != "names":
            page = with_names_hidden(page, site.formatter("").masked)
        return render_archive(f"archive/{kind}.html.j2", {"page": page}, folder=self._folder)

    def _home(self, contents: ArchiveContents) -> Iterator[PlannedPage]:
        yield self._page(
            contents,
            HOME,
            "home",
            page=home_page(contents.site, contents.logs, contents.reports.values()),
        )

    def _collections(
        self, contents: ArchiveContents, collections: CollectionPages
    ) -> Iterator[PlannedPage]:
        for name in COLLECTIONS:
            yield self._page(
                contents, collection_page(name), "collection", page=collections.page(name)
            )

    def _team(
        self, contents: ArchiveContents, log: TeamNotes, charts: tuple[BarChart, ...]
    ) -> Iterator[PlannedPage]:
        site = contents.site
        for month in sorted(log.by_month):
            for planned in month_lists(site, log, month):
                yield self._later(contents, "list", planned)
        for planned in _period_lists(site, log):
            yield self._later(contents, "list", planned)
        for report in log.reports.values():
            yield from self._sent(contents, report, log)
        yield self._page(
            contents,
            team_page(site.folders[log.team]),
            "team",
            page=team_page_view(site, log, charts),
        )

    def _several(self, contents: ArchiveContents) -> Iterator[PlannedPage]:
        for (scope, _), report in contents.reports.items():
            if scope == ALL_TEAMS:
                yield from self._sent(contents, report, None)

    def _sent(
        self, contents: ArchiveContents, report: ReportEditions, log: TeamNotes | None
    ) -> Iterator[PlannedPage]:
        """Yield every edition of a report as it was sent."""
        for at, ((path, _), edition) in enumerate(
            zip(editions(contents.site, report), report.editions, strict=True)
        ):
            if edition.page:
                told = told_by_bar(contents.site, report, at, log=log)
                bar = partial(sent_bar, contents.site, report, at, log=log)
                yield PlannedPage(
                    path,
                    fingerprint(contents.edition, path, told),
                    partial(self._as_sent, contents.site, path, mail=edition.mail, bar=bar),
                )

    def _as_sent(self, site: Site, path: str, *, mail: int, bar: Callable[[], ReportBar]) -> str:
        base_url, up = self._config.archive.base_url or "", "../" * path.count("/")
        line, style = self._render(site, "bar", bar()), archive_file("bar.css", folder=self._folder)
        return with_bar(
            sent_page(self._store.database, mail), line, style, base_url=base_url, up=up
        )

    def _write_notes(
        self, folder: ArchiveFolder, contents: ArchiveContents, progress: Progress
    ) -> None:
        wanted: dict[str, str] = {}
        for note_id, one in contents.site.catalogue.notes.items():
            inputs = page_dependencies(
                contents.site, one, contents.related.get(note_id, RelatedNotes())
            )
            made_from = fingerprint(
                contents.edition, contents.fingerprints.get(note_id, ""), inputs
            )
            if folder.wants(note_page(note_id), made_from):
                wanted[note_id] = made_from
        ids = list(wanted)
        for at in range(0, len(ids), _BATCH):
            progress(f"3/3 {at} / {len(ids)}")
            part = ids[at : at + _BATCH]
            steps = self._store.steps(part)
            for stored in self._store.notes(ids=part, include_gone=True):
                related = contents.related.get(stored.id, RelatedNotes())
                page = note_page_view(
                    contents.site, NoteInputs(stored, steps.get(stored.id, ()), related)
                )
                shown = self._render(contents.site, "note", page)
                folder.put(note_page(stored.id), wanted[stored.id], shown)


def _period_lists(site: Site, log: TeamNotes) -> Iterable[PlannedView]:
    """Yield the list page of each week with notes, and a page for reports without a stored one."""
    for period in (*log.weeks, *log.months):
        report = log.reports.get(period)
        kept = bool(report and report.shown.page)
        if not kept or (isinstance(period, Week) and log.of(period)):
            yield period_list(site, log, period)


def _memory(contents: ArchiveContents, collections: CollectionPages) -> Iterator[bytes]:
    """Yield the lines of `BuildMemory`, one after the other: that of the notes is large."""
    yield contents.similar_notes.line()
    if contents.site.names == "names":
        yield collections.memory()
        yield contents.notes.line()
