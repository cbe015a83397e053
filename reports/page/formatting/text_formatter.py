"""Formats text for one report: its language, how people are shown, and links.

Every module of sections takes one. It words nothing by itself beyond names, quotes and places.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from notes.messages.catalogue import Fact, MessageCatalogue, capitalised
from notes.messages.language_formats import language_formats
from notes.model.notes import Language, Place
from reports.analysis.records.evidence import Evidence
from reports.page import view
from reports.page.safe import clean, safe_url, shortened

from .name_masking import masked
from .person_names import initials, is_group, kind_of_address, names_somebody

NameDisplay = Literal["names", "initials", "counts"]


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What a page needs beside the report.

    Attributes:
        names: how people are shown: by name, by initials, or only counted.
        audience: leaders get the page; the team itself may also see what only concerns it.
        url: where the page can be opened, "" without an archive.
        reply_to: the address that answers go to, "" when nobody answers.
        revision: 1 for the first report of a period, 2 and up for corrections.
        corrected: why it was corrected, one line.
        archived: whether an archive keeps the page that a mail shortens.
        made: when the report was made, in the reader's zone; None leaves it out.
    """

    names: NameDisplay = "names"
    audience: Literal["leaders", "team"] = "leaders"
    url: str = ""
    reply_to: str = ""
    revision: int = 1
    corrected: str = ""
    made: datetime | None = None
    archived: bool = False


DEFAULT_OPTIONS = PageOptions()
"""Names shown, no links."""


@dataclass(frozen=True, slots=True)
class TextFormatter:
    """Formats text for one report: language, name masking, links.

    `known` are the ids of notes whose cards stand on the page, `people` every name of the log
    (`person_spellings.names_in`), longest first: masked in a mail without names, and never cut in
    two by a shortened line. `zone` is the team's own. `asked`: the meaning of a column is a
    question, and what a note lacks may stand there (method §1).
    """

    words: MessageCatalogue
    setting: PageOptions = DEFAULT_OPTIONS
    known: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    monthly: bool = False
    zone: tzinfo = UTC
    asked: bool = False

    @property
    def missing(self) -> str:
        """Return what stands for a part of a note that no known column holds."""
        return self("note.asked" if self.asked else "note.missing")

    @property
    def language(self) -> Language:
        """Return the language of the report."""
        return self.words.language

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """Return the sentence of a key; in a monthly report its `.month` form if there is one."""
        monthly = f"{key}_month"
        text = self.words(monthly if self.monthly and self.words.has(monthly) else key, **facts)
        return re.sub(r"(?<=[A-Z]\.)\.(?=\s|$)", "", text.replace("….", "…"))

    def start(self, text: str) -> str:
        """Return the text as the start of a sentence or a label."""
        capitals = language_formats(self.language)["capitals"]
        return capitalised(text) if capitals else text

    def name(self, person: str) -> str:
        """Return a person as configured: 이준 님, ㅇㅈ 님, or 한 사람."""
        person = shortened(person, 24)
        if self.setting.names == "counts":
            return self("name.group" if is_group(person) else "name.somebody")
        if self.setting.names == "initials" and names_somebody(person):
            person = initials(person)
        return self(f"name.{kind_of_address(person)}", name=person)

    def names(self, people: Sequence[str]) -> str:
        """Return several people in the given order, or their number."""
        if self.setting.names == "counts":
            return self("name.people", n=len(people))
        return ", ".join(self.name(person) for person in people)

    def quote(self, text: str, width: int = 72) -> str:
        """Return the log's own words on one line, cut to a width, people masked as configured."""
        return shortened(self.masked(text), width, whole=self._whole)

    def plain(self, text: str, width: int = 72) -> str:
        """Return words of the configuration (a team's name) on one line, cut to a width."""
        return shortened(text, width)

    def masked(self, text: str) -> str:
        """Return a text with every name masked, where the setting shows no names."""
        if self.setting.names == "names" or not text:
            return text
        return masked(text, self.people, self._instead, address=self("name.address"))

    def _instead(self, person: str) -> str:
        return self("name.somebody") if self.setting.names == "counts" else initials(person)

    @property
    def _whole(self) -> tuple[str, ...]:
        return self.people if self.setting.names == "names" else ()

    def title(self, evidence: Evidence, width: int = 72) -> str:
        """Return what a note calls itself, else its place, which fits between quotation marks."""
        return self.quote(evidence.what, width) or self._named_by_place(evidence)

    def _named_by_place(self, evidence: Evidence) -> str:
        place = evidence.place
        if (evidence.key and evidence.url) or not place.row:
            return self.place(evidence)
        tab = shortened(self.masked(place.tab), 24)
        return self("place.name", tab=tab, row=str(place.row))

    def place(self, evidence: Evidence) -> str:
        """Return a short name of the place: the team's own id if linked, else its position."""
        key = clean(self.masked(evidence.key))
        return shortened(key, 20) if key and evidence.url else self.spot(evidence.place)

    def spot(self, place: Place, key: str = "") -> str:
        """Return the position of something in words, to find it without a link."""
        row, tab = str(place.row), shortened(self.masked(place.tab), 24)
        if place.row:
            where = self("place.row", tab=tab, row=row)
        else:
            where = self("place.tab", tab=tab) if tab else self("place.page")
        return f"{shortened(self.masked(key), 20)} ({where})" if key else where

    def link(self, evidence: Evidence) -> view.PlaceLink:
        """Return the place, linked where it can be opened."""
        return view.PlaceLink(self.place(evidence), safe_url(evidence.url))

    def sources(
        self, *evidence: Evidence | None, total: int = 0, label: str = "place.evidence"
    ) -> view.EvidenceLinks | None:
        """Return where a statement was read: at most three links, how many more, all cards."""
        unique = _unique(one for one in evidence if one is not None)
        if not unique:
            return None
        rest = max(total, len(unique)) - 3
        cards = tuple(one.note_id for one in unique if one.note_id in self.known)
        more = self("place.more", n=rest) if rest > 0 else ""
        return view.EvidenceLinks(
            self(label) if label else "", tuple(self.link(one) for one in unique[:3]), more, cards
        )


def _unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    seen: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        seen.setdefault((one.note_id, one.url), one)
    return tuple(seen.values())
