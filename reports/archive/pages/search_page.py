"""The search page of the archive, and its data files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from notes.model.notes import Kind, Outcome, StoredNote
from reports.analysis.text import vocabulary
from reports.archive.addresses import SEARCH, SEARCH_FOLDER, href, note_page, team_page
from reports.archive.archive_view import ArchiveLink, PageFrame
from reports.archive.page_plan import PlannedPage, fingerprint
from reports.archive.privacy.hidden_names import with_names_hidden
from reports.archive.search_data import (
    SearchEntry,
    SearchLabels,
    SearchResult,
    SearchVolume,
    index_script,
    search_result_of,
    volume_script,
    volumes,
)
from reports.archive.site import Site

CONDITIONS = ("team", "when", "person", "outcome", "tag", "kind")
_WITHOUT_PEOPLE = tuple(name for name in CONDITIONS if name != "person")
_LABELS = ("words", "help", "narrow", "any", "order", "best", "newest", "reset", "without", "more")
_SENTENCES = ("some", "all", "one", "none", "near", "signs", "missing", "reading", "place")
"""Conditions and words of the page, asked of the catalogue by these names; an archive without
names cannot be narrowed to a person (ADR 0723)."""

Read = Callable[[Sequence[str]], Iterator[StoredNote]]
"""Gives the notes of some ids, in any order."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page.

    `sentences` are the script's texts, `vocabulary` its words: `asking` says nothing of what is
    looked for, each entry of `related` holds names of one thing. `lists` are links for readers
    without scripts.
    """

    frame: PageFrame
    heading: str
    labels: Mapping[str, str]
    conditions: tuple[str, ...]
    sentences: Mapping[str, str]
    vocabulary: Mapping[str, Sequence[str]]
    lists: tuple[ArchiveLink, ...]


def search_page(site: Site) -> SearchPage:
    """Return the search page."""
    words = {
        name: site.words(f"archive.search.{name}") for name in (*_LABELS, *_SENTENCES, *CONDITIONS)
    }
    return SearchPage(
        frame=site.frame(SEARCH, site.words("archive.nav.search")),
        heading=site.words("archive.nav.search"),
        labels=words,
        conditions=CONDITIONS if site.names == "names" else _WITHOUT_PEOPLE,
        sentences={name: words[name] for name in _SENTENCES},
        vocabulary={name: vocabulary.words(name) for name in ("asking", "related")},
        lists=tuple(
            ArchiveLink(team, href(SEARCH, team_page(folder)))
            for team, folder in site.folders.items()
        ),
    )


def search_files(
    site: Site,
    notes: Sequence[SearchEntry],
    fingerprints: Mapping[str, str],
    *,
    edition: str,
    read: Read,
) -> Iterator[PlannedPage]:
    """Yield the planned data files of the search: the volumes, then their index."""
    editions = []
    for volume in volumes(notes):
        outlines = [site.catalogue.notes[each.id] for each in volume.notes]
        made_from = fingerprint(
            edition, outlines, [fingerprints.get(each.id, "") for each in volume.notes]
        )
        editions.append((volume.name, made_from[:12]))
        yield PlannedPage(
            f"{SEARCH_FOLDER}/{volume.name}.js", made_from, partial(_volume, site, volume, read)
        )
    labels = _labels(site)
    index = index_script(editions, notes, labels)
    yield PlannedPage(f"{SEARCH_FOLDER}/index.js", fingerprint(index), lambda: index)


def _volume(site: Site, volume: SearchVolume, read: Read) -> str:
    cards = {found.id: _card(site, found) for found in read([each.id for each in volume.notes])}
    return volume_script(volume, cards, site.spoken(volume.notes[0].team))


def _card(site: Site, found: StoredNote) -> SearchResult:
    line = site.note_line(SEARCH, site.catalogue.notes[found.id], team=len(site.folders) > 1)
    facts = " · ".join((*(mark.text for mark in line.marks), line.facts))
    result = search_result_of(
        found, href=href(SEARCH, note_page(found.id)), title=line.link.text, facts=facts
    )
    return with_names_hidden(result, site.formatter(found.team).masked)


def _labels(site: Site) -> SearchLabels:
    outcomes = {name: site.words(f"outcome.{name}") for name in get_args(Outcome)}
    kinds = {name: site.words(f"archive.kind.{name}") for name in get_args(Kind)}
    return SearchLabels(outcomes, kinds, site.period)
