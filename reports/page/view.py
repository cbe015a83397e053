"""View models of a page: sorted, counted and worded; templates do no arithmetic.

    PageView ─► parts (one a team) ─► first screen + sections ─► blocks

Every text is in the reader's language and is *text*: templates escape it. Every url is "" or a link
that may be opened (`safe_url` made it so). Shares and heights are whole numbers from 0 to 100.
Lists hold what the mail shows; what does not fit stands in `more`, which only the page for the
browser prints. A template tells blocks apart by `kind`. The model is documented for teams that
write a template of their own in docs/how-to/templates.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import ClassVar, Literal

from notes.model.notes import Language

Tone = Literal["plain", "good", "bad", "warn", "quiet"]
Accent = Literal["q1", "q2", "q3", "ink"]


ThreeLines = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
"""(label, text) of what was done, the factors, what is next."""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place: `text` to read, and `url` to open it ("" where it can only be named)."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLinks:
    """Where a statement was read.

    `links` are at most three places, `more` names the rest ("외 10건"). `cards` are the ids of note
    cards of this view, all of them; the page opens them below the statement.
    """

    label: str = ""
    links: tuple[PlaceLink, ...] = ()
    more: str = ""
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeText:
    """A difference: number and unit (`text`), and `arrow`: "▲", "▼" or "" (unchanged, unknown)."""

    text: str
    arrow: Literal["▲", "▼", ""] = ""
    tone: Tone = "plain"

    @property
    def whole(self) -> str:
        """Return arrow and text as they stand within a sentence, never parted at a line's end."""
        return f"{self.arrow}\u00a0{self.text}" if self.arrow else self.text


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: `height` is 0 to 100, `value` is printed above it unless "" or `dense`.

    Where many bars stand side by side only some show their value; the chart's text names all.
    """

    label: str
    height: int = 0
    value: str = ""
    current: bool = False
    missing: bool = False
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, oldest first.

    `text` says the same in words; `goal` is the goal line's height, if any.
    """

    kind: ClassVar[str] = "chart"
    title: str
    text: str
    bars: tuple[Bar, ...]
    goal: int | None = None
    goal_text: str = ""
    accent: Accent = "q1"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One of the three lines of the first screen; `section` is the id of its section.

    `evidence` is where the line was read, unless the mail says it again below.
    """

    label: str
    text: str
    accent: Accent
    section: str = ""
    evidence: EvidenceLinks | None = None


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """The number that the week is about.

    `share` is how much of the goal is reached (0 to 100, None without a goal) and `goal` says so in
    words.
    """

    label: str
    value: str
    unit: str = ""
    change: ChangeText | None = None
    before: str = ""
    goal: str = ""
    share: int | None = None
    chart: Chart | None = None
    evidence: EvidenceLinks | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a list."""

    text: str
    evidence: EvidenceLinks | None = None
    tone: Tone = "plain"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list under a small heading (or none); `empty` is printed where there are no items.

    `more` opens on the page; the mail prints `more_text` instead ("외 2건").
    """

    kind: ClassVar[str] = "lines"
    items: tuple[Line, ...]
    title: str = ""
    tone: Tone = "plain"
    more: tuple[Line, ...] = ()
    more_text: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ClaimBlock:
    """An activity and what it moved.

    A learning note in exactly three lines: `title` (its label: what was done), then the two of
    `lines` as (label, text). Between them the difference, both sides (`facts`) and the grade of the
    evidence; `remarks` are statements about the number itself (an interval that includes zero, a
    credit that is shared).
    """

    kind: ClassVar[str] = "claim"
    rank: str
    label: str
    title: str
    change: ChangeText
    facts: str = ""
    grade: str = ""
    grade_dots: str = ""
    grade_tone: Tone = "plain"
    lines: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    evidence: EvidenceLinks | None = None
    accent: Accent = "q1"


@dataclass(frozen=True, slots=True)
class LearningBlock:
    """What was learned, and where it was applied (`applied`: a text a place, at least one)."""

    kind: ClassVar[str] = "pair"
    learned: str
    applied: tuple[str, ...]
    learned_label: str
    applied_label: str
    state: str = ""
    state_tone: Tone = "plain"
    detail: str = ""
    evidence: EvidenceLinks | None = None
    accent: Accent = "q2"


@dataclass(frozen=True, slots=True)
class PersonBlock:
    """A person or role, what they could speed up, and what we give first."""

    kind: ClassVar[str] = "answer"
    title: str
    fact: str
    give_label: str = ""
    give: str = ""
    detail: str = ""
    evidence: EvidenceLinks | None = None
    accent: Accent = "q3"


@dataclass(frozen=True, slots=True)
class Meter:
    """A share as a bar: `value` is the text on the right ("5 / 7"), `share` 0 to 100."""

    kind: ClassVar[str] = "meter"
    title: str
    value: str
    share: int
    text: str = ""
    change: ChangeText | None = None
    evidence: EvidenceLinks | None = None
    accent: Accent = "q1"
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """An emphasised box: a correction, stale data, a repeated failure."""

    kind: ClassVar[str] = "notice"
    title: str
    lines: tuple[Line, ...] = ()
    tone: Tone = "warn"


@dataclass(frozen=True, slots=True)
class TwoColumns:
    """Two lists side by side, one below the other on a phone."""

    kind: ClassVar[str] = "columns"
    left: Lines
    right: Lines


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A small table; the first cell of a row is its header, `strong` the index of a bold row."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionBlock:
    """The one decision asked for; `url` answers it by mail, `others` are further answers.

    `until` says by when, `again` how often it was asked before ("" the first time), `fact` what it
    rests on.
    """

    kind: ClassVar[str] = "ask"
    label: str
    text: str
    button: str = ""
    url: str = ""
    others: tuple[PlaceLink, ...] = ()
    evidence: EvidenceLinks | None = None
    again: str = ""
    fact: str = ""
    until: str = ""


Block = (
    Chart
    | Lines
    | ClaimBlock
    | LearningBlock
    | PersonBlock
    | Meter
    | Notice
    | TwoColumns
    | ReportTable
    | DecisionBlock
)


@dataclass(frozen=True, slots=True)
class Section:
    """One question or theme; `next` is its last line, the next action ("" only in the data's).

    `details` and sections that are `page_only` stand on the page for the browser, not in the mail.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    eyebrow: str = ""
    subtitle: str = ""
    next: str = ""
    next_label: str = ""
    accent: Accent = "ink"
    details: tuple[Block, ...] = ()
    quiet: bool = False
    page_only: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a note: when, and what changed, field by field."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A learning note behind a statement: three lines, its cells as written, its history.

    `lines` holds (label, text); a missing one is named as missing in its text and listed in
    `missing` (0 to 2). A record of another kind, a row of numbers say, has none: nothing was tried.
    """

    id: str
    title: str
    meta: str
    place: PlaceLink
    lines: tuple[()] | ThreeLines
    missing: tuple[int, ...] = ()
    cells_label: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    history_label: str = ""
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One team's report: the first screen, then the sections in reading order.

    `key_lines` are the three of 사업 · 배움 · 사람. `ask` is the decision, `quiet` says that there
    is none (neither where nothing can be said). `warning` is a line on the first screen about stale
    or partial data, `remarks` are others: what was answered to the last decision, notes without a
    date. `sections` are all of them, for the page; `brief` holds what the mail prints of them,
    `left_out` says how much it leaves out. `cards` are the notes behind the statements, by id, for
    the page.
    """

    id: str
    team: str
    headline: str
    key_lines: tuple[KeyLine, ...]
    key_number: KeyNumber | None = None
    warning: str = ""
    sections: tuple[Section, ...] = ()
    cards: tuple[NoteCard, ...] = ()
    page: PlaceLink | None = None
    ask: DecisionBlock | None = None
    quiet: str = ""
    remarks: tuple[Line, ...] = ()
    brief: tuple[Section, ...] = ()
    left_out: str = ""

    @property
    def card(self) -> dict[str, NoteCard]:
        """Return the cards by id."""
        return {card.id: card for card in self.cards}


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything that a page, its text and its mail print.

    `brand` is the line above everything, `title` the same with the period (for tabs and screen
    readers). `lead` is the sentence over several teams ("" for one team, whose own headline then
    leads). `correction` is what a corrected report says about the one before. `url` is where the
    page can be opened, "" without an archive. `closing` sections follow the last part (what teams
    could share, the state of the data of all). `labels` holds the few fixed words of the templates
    themselves, by name. `footer` is the page's, of which the mail prints `mail_footer`.
    """

    language: Language
    id: str
    title: str
    brand: str
    subject: str
    preheader: str
    eyebrow: str
    parts: tuple[Part, ...]
    lead: str = ""
    correction: Notice | None = None
    closing: tuple[Section, ...] = ()
    footer: tuple[str, ...] = ()
    mail_footer: tuple[str, ...] = ()
    footer_links: tuple[PlaceLink, ...] = ()
    url: str = ""
    url_text: str = ""
    labels: tuple[tuple[str, str], ...] = ()


def places_of(view: PageView, *, whole: bool = False) -> tuple[PlaceLink, ...]:
    """Return the links that the mail (`whole`: the page) shows, once each, in order."""
    found: dict[str, PlaceLink] = {}
    for part in view.parts:
        sections = part.sections if whole else part.brief
        first = (
            part.remarks,
            part.key_lines,
            part.ask.evidence if part.ask else None,
            part.key_number,
        )
        shown = (*first, *(section.blocks for section in sections))
        for link in _links(shown):
            found.setdefault(link.url, link)
    return tuple(found.values())


def _links(value: object) -> Iterator[PlaceLink]:
    if isinstance(value, EvidenceLinks):
        yield from (link for link in value.links if link.url)
    elif isinstance(value, tuple):
        for one in value:
            yield from _links(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _links(getattr(value, field.name))
