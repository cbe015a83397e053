"""The core records: a log's row as it was read, the note it became, problems, and history.

    RawRow ─► Note | Problem          what the reader makes of a row (an `Entry` holds both)
    StoredNote · Version              a note with its identity and history, as the store keeps it

Everything here is a frozen value without behaviour that needs a clock, a file or a library. Texts
are NFC, as typed otherwise; dates are days in the team's time zone; instants are aware and in UTC;
an absent text is "", an absent collection is (), an absent number, date or choice is None. The
fields and their meaning come from docs/method.md §1, in Korean and English there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

Language = Literal["ko", "en"]
"""Languages of pages, mails, alerts and the terminal; CONTRIBUTING lists what a new one needs."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
WRITTEN_IN: Language = "en"
"""The language of the sentences that stand in the code, where errors and findings are made."""

PAGE_LANGUAGE: Language = "ko"
"""The language of pages and mails where the configuration names none."""

Kind = Literal["experiment", "plan", "metric", "funnel", "action", "feedback"]
Outcome = Literal["success", "failure", "inconclusive", "running", "planned", "dropped"]
NextKind = Literal["keep", "stop", "start"]
Flow = Literal["business", "learning", "people"]
Evidence = Literal["cells", "text", "series"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the team's own log.

    A place in a spreadsheet has `tab` and `row` (1-based sheet row; for a CSV the tab is the file's
    stem and row 1 the first record) and perhaps `col` ("C"); a place in Notion has `page_id` and
    perhaps `property`. `file` names the workbook where one source has several.
    """

    tab: str = ""
    row: int = 0
    col: str = ""
    page_id: str = ""
    property: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """One number that a note claims to have moved, in `unit` as a person says it (11 % is 11).

    `change` is a stated difference without before and after ("+20%p"), or 0 where the verdict says
    that two equal numbers stood still ("Flat", not "not known yet"). `before_counts` and
    `after_counts` are (hits, total) where the log gives both. `comparison` says that another group
    was measured beside it (control/variant). `evidence` says where the numbers stand: cells of
    their own, a sentence, or a series.
    """

    name: str = ""
    before: float | None = None
    after: float | None = None
    target: float | None = None
    unit: str = ""
    lower_is_better: bool | None = None
    change: float | None = None
    before_counts: tuple[int, int] | None = None
    after_counts: tuple[int, int] | None = None
    comparison: bool = False
    evidence: Evidence = "cells"

    @property
    def tells_what_came(self) -> bool:
        """Return whether it has a number of afterwards: a level, counts or a change."""
        return any(one is not None for one in (self.after, self.after_counts, self.change))


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk of a weekly plan, with the countermeasure where one is written."""

    text: str
    countermeasure: str = ""


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A weekly plan (주간 카드).

    Levers are listed as found: none or several are shown as such, never merged.
    """

    bhag: str = ""
    key_result: str = ""
    business: tuple[str, ...] = ()
    learning: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()
    big3: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a metric series or a funnel.

    `day` is the day, or the first day of the week or month that `label` names. For a funnel `name`
    is the stage, `order` its place among the stages (from 0), and `member` the person the count
    belongs to.
    """

    name: str
    value: float
    unit: str = ""
    day: date | None = None
    label: str = ""
    target: float | None = None
    rank: int | None = None
    member: str = ""
    order: int | None = None
    role: Literal["leading", "lagging"] | None = None
    judge_from: date | None = None
    lower_is_better: bool | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A row (or column) of a metric table or funnel table: one or more points, in sheet order."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A line of an action log: what was planned, what was done.

    `planned`/`done` are counts where given.
    """

    text: str = ""
    planned: float | None = None
    done: float | None = None
    unplanned: bool = False
    finished: bool | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """A line of the feedback feed: public praise or a constructive suggestion."""

    text: str
    tone: Literal["praise", "suggestion"] | None = None
    giver: str = ""
    receiver: str = ""


Details = PlanCard | Series | ActionItem | Feedback


@dataclass(frozen=True, slots=True)
class Note:
    """One learning note (러닝 노트), or a record of another `kind`, as parsed from the log.

    `title` is the trial's own name; `details` holds what only that kind has, None for an
    experiment. `key` is the team's own id of the row ("EXP-12"), if it has one. `links` are the ids
    or names of other notes that this one names, as written; `url` opens the row or page.
    `needs` is the help that the team asks for in words of its own column ("필요한 도움").
    `applied_state` is what the log says of the application: "planned" where the text only announces
    one.
    """

    kind: Kind
    place: Place
    url: str = ""
    key: str = ""
    title: str = ""
    goal: str = ""
    hypothesis: str = ""
    execution: str = ""
    retrospective: str = ""
    outcome: Outcome | None = None
    start_date: date | None = None
    end_date: date | None = None
    week: str = ""
    owners: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    metric: Metric | None = None
    more_metrics: tuple[Metric, ...] = ()
    success_factors: str = ""
    failure_factors: str = ""
    learned: str = ""
    applied_to: str = ""
    next_action: str = ""
    next_kind: NextKind | None = None
    flow: Flow | None = None
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    details: Details | None = None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """What was read, verbatim: column label and cell text in sheet order, empty cells left out.

    `native_id` is an id that the service itself keeps (a Notion page id); "" for a spreadsheet row.
    """

    place: Place
    cells: tuple[tuple[str, str], ...]
    native_id: str = ""


NOT_READ = ("not_understood", "log_lost")
"""Problems of a whole tab: texts that gave no note; notes that vanished at once and are kept."""
YEAR_UNKNOWN = "year_unknown"
"""The problem of dates whose year nothing says (reading rules 7.2): their notes have no day."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell, row or page that could not be parsed; the note's field stays empty.

    `code` is a key under `[problem]` in notes/messages/problems; `value` the text (at most 200
    characters); `facts` fill the sentence of that code ({"weekday": "Tue"}).
    """

    place: Place
    code: str
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    url: str = ""


def cells_of(problem: Problem) -> int:
    """Return how many cells a problem stands for: those of its column that have the same one."""
    return int(dict(problem.facts).get("count", "1"))


def cells_without_year(problems: Iterable[Problem]) -> int:
    """Return how many cells of dates name no year."""
    return sum(cells_of(one) for one in problems if one.code == YEAR_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as read and the note it became: the input of matching and of the store."""

    raw: RawRow
    note: Note


LinkHow = Literal[
    "new", "native", "key", "exact", "rare", "similar", "place", "moved", "back", "person"
]


@dataclass(frozen=True, slots=True)
class Link:
    """Which note an entry continues.

    `note_id` is "" for a new note. `sure` is False when another row, or a new note, was nearly as
    good; the runners-up are in `rivals`, best first (none where it is either this note or new).
    """

    entry: Entry
    note_id: str
    how: LinkHow
    score: float = 1.0
    sure: bool = True
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A stored row, as identity needs it: alive, or gone since `gone` (in the graveyard)."""

    note_id: str
    source: str
    entry: Entry
    gone: datetime | None = None


class EqualRow(NamedTuple):
    """A stored row that says, note and cells, what the row `at` (as read) of today says.

    A plain tuple: where a log has moved there is one for each of its rows.
    """

    note_id: str
    source: str
    place: Place
    at: int
    gone: datetime | None = None


class EqualRows(NamedTuple):
    """Stored rows of the source that say, and stand, as rows of today do: nearly all of a log.

    `ats` are the rows of today, as read.
    """

    ats: Sequence[int]


@dataclass(frozen=True, slots=True)
class UnchangedRows:
    """Rows of one tab of today that were not parsed again, in its order, each sequence by row.

    The note of each has the content of its digest, as stored. `keys` are the team's own ids,
    `labels` the names of the filled cells in sheet order, `days` the ordinals of the notes' first
    days (0 without one), `cell_url` the address of a cell as in a grid.
    """

    tab: str
    file: str
    cell_url: str
    rows: Sequence[int]
    digests: Sequence[bytes]
    keys: Sequence[str]
    labels: Sequence[tuple[str, ...]]
    days: Sequence[int]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def place(self, at: int) -> Place:
        """Return where a row stands."""
        return Place(self.tab, self.rows[at], file=self.file)

    def url(self, at: int) -> str:
        """Return the address that opens a row, "" where nothing can be opened."""
        return self.cell_url.format(row=self.rows[at], col="A") if self.cell_url else ""

    def part(self, first: int, last: int) -> "UnchangedRows":
        """Return the rows from the one at `first` up to, not with, `last`."""
        some = slice(first, last)
        return UnchangedRows(
            *(self.tab, self.file, self.cell_url, self.rows[some], self.digests[some]),
            *(self.keys[some], self.labels[some], self.days[some]),
        )


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note with its identity and the outline of its history.

    `written` maps a field name to the instant at which its present text was first seen, for fields
    that were filled or changed after the note was first seen, and for all filled fields of a note
    that appeared after its source's first reading. A field missing there was written before
    loopnote looked: nobody knows when.
    """

    id: str
    team: str
    source: str
    note: Note
    raw: RawRow
    version: int
    first_seen: datetime
    changed: datetime
    gone: datetime | None = None
    sure: bool = True
    written: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def entry(self) -> Entry:
        """The row as read, with the note it became."""
        return Entry(self.raw, self.note)


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a note: the first, or one that differs from the one before.

    `event` tells why it is there; `changes` holds (field, before, after) as text.
    """

    note_id: str
    version: int
    at: datetime
    run_id: str
    event: Literal["new", "changed", "gone", "back", "moved", "joined", "split"]
    note: Note
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a note, without the note itself: what many notes' histories need.

    `changes` holds (field, before, after) as text; `version` is the one that the change made.
    """

    version: int
    at: datetime
    event: Literal["new", "changed", "gone", "back", "moved", "joined", "split"]
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredProblem:
    """A problem as the last complete reading of its source left it."""

    source: str
    team: str
    problem: Problem
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """When a source was last read, what came of it, and whether the last attempt failed.

    `skipped` counts rows left out, by reason code (`[skipped]` in notes/messages/problems).
    `unread` are the tabs that hold texts of which no note came (or whose notes went at once: the
    last good ones stay), the oldest since `unread_since`; `open_columns` counts the columns whose
    meaning is a question.
    """

    source: str
    team: str
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_change: datetime | None = None
    error: str = ""
    hint: str = ""
    rows_read: int = 0
    rows_used: int = 0
    problems: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    failures_in_a_row: int = 0
    unread: tuple[str, ...] = ()
    unread_since: datetime | None = None
    open_columns: int = 0
