"""The weekly or monthly report as one frozen, language-free value.

Language-free: numbers, days, references to notes, the log's own words and reason codes;
`reports.page.view` words them. An empty tuple, None or "" means that the log says nothing about it.
Lists are cut to the configured length and have a `…_total` beside them. The answers to the three
questions are in `reports.analysis.records.answers`, the other sections in
`reports.analysis.records.section_results`; here stand the whole, its scope, the leader's lines and
the state of the data.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from notes.model.periods import Period

from .answers import BusinessAnswer, LearningAnswer, MetricChange, PeopleAnswer, PeriodMetric
from .evidence import Evidence
from .rules import ReportRules
from .section_results import (
    CommitmentLedger,
    Fix,
    Funnel,
    FunnelStep,
    Milestone,
    NextPeriod,
    PlaybookEntry,
    Rhythm,
    Signals,
    Trap,
)


@dataclass(frozen=True, slots=True)
class CoreActivity:
    """The activity that the team repeated most; `linked`: its notes name a goal."""

    text: str
    times: int
    weeks: int
    goal: str = ""
    linked: bool = False
    evidence: tuple[Evidence, ...] = ()


ChangeKind = Literal["stop", "bottleneck", "came_back", "link_goal", "unblock", "start"]


@dataclass(frozen=True, slots=True)
class SuggestedChange:
    """The one change of time use for next week that the log suggests most."""

    kind: ChangeKind
    text: str
    evidence: Evidence | None = None


DecisionKind = Literal[
    "number_worse",
    "fix_step",
    "came_back",
    "stop",
    "unblock",
    "wrong_way",
    "vanished",
    "one_lever",
    "countermeasure",
    "overdue_contact",
    "same_failure",
    "no_plan",
]


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """The one decision asked for; `subject` quotes what it is about.

    "number_worse" is about the number of a series (`number`), "fix_step" about a step of a funnel
    (`step`); for both `subject` is the metric's name, or "start → end". `asked` counts how often
    the pages in a row have asked it, this one included: from 2 on the page says so. `first_asked`
    is the period in which it was asked first. `reason` says of a "stop" what the log holds against
    it (`StopReason`, or "continued"). `why` quotes why an activity that came back was to be
    stopped.
    """

    kind: DecisionKind
    subject: str
    deadline: datetime
    evidence: Evidence | None = None
    person: str = ""
    count: int = 0
    asked: int = 1
    first_asked: str = ""
    number: PeriodMetric | None = None
    step: FunnelStep | None = None
    reason: str = ""
    why: str = ""


AnswerState = Literal["stopped", "kept", "done"]


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    """The log's answer to the last page's decision: told once, in the period of the answer.

    `stopped`: an end was written after the question; `kept`: the log says that it goes on; `done`:
    it is settled.
    """

    kind: DecisionKind
    subject: str
    state: AnswerState
    evidence: Evidence | None = None


HeadlineKind = Literal[
    "unread",
    "undated",
    "first_ever",
    "unsure",
    "empty",
    "too_few",
    "number",
    "funnel",
    "key_number",
    "moved",
    "signs",
    "wrong_way",
    "nothing_moved",
]


@dataclass(frozen=True, slots=True)
class Headline:
    """The first line with its number: the news of the page in one value.

    For "key_number" `number` is set, for "moved" and "wrong_way" `activity_move` with its evidence;
    for "signs" `number` is the leading number that moved, for "number" the series (other than the
    key number) whose change is the week's worst or biggest, for "funnel" `step` the step of a
    funnel (`funnel` names it). "undated": the period has no notes, but `undated` notes of the log
    bear no date. "unread": no source could be read or understood since `since`; then nothing else
    is said about the team's work; `understood` is False where the log was read and not understood.
    "unsure": nothing, or too little, was read, and more may stand where the log was not read or not
    understood.
    """

    kind: HeadlineKind
    number: PeriodMetric | None = None
    activity_move: MetricChange | None = None
    evidence: Evidence | None = None
    notes: int = 0
    step: FunnelStep | None = None
    funnel: str = ""
    undated: int = 0
    since: datetime | None = None
    understood: bool = True


@dataclass(frozen=True, slots=True)
class LeaderLines:
    """The leader's lines (method §7): headline, key number, three questions, one decision.

    `key_number` is the same one every period, from its series. Where the period has no point of it,
    it is None and `key_missing` names it. `answered` is what the log answered to the last decision.
    """

    headline: Headline
    key_number: PeriodMetric | None = None
    core: CoreActivity | None = None
    change: SuggestedChange | None = None
    decision: DecisionRequest | None = None
    answered: DecisionAnswer | None = None
    key_missing: str = ""
    key_renamed: str = ""


Section = Literal[
    "business", "learning", "people", "signals", "traps", "commitments", "rhythm", "funnel", "next"
]
SECTIONS: tuple[Section, ...] = get_args(Section)
"""Every section, in the order of the page."""
ActionKind = Literal[
    "next_action",
    "stop",
    "measure",
    "apply",
    "contact",
    "name_helper",
    "ask_bottleneck",
    "record_failure",
    "link_goal",
    "cut_metrics",
    "write_next",
    "answer_commitment",
    "fill_plan",
    "fix_step",
    "write_retrospective",
]


@dataclass(frozen=True, slots=True)
class SectionAction:
    """The next action that ends a section; `text` quotes the log where there is a quote."""

    section: Section
    kind: ActionKind
    text: str = ""
    evidence: Evidence | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """The state of one source: when it was last read, and what became of its rows.

    `skipped` counts rows left out by reason code. "partial": its last attempt failed, older data is
    used; "stale": not read since the period ended; "never": no successful reading yet;
    "not_understood": it was read and holds texts, but no note came of them; "partly_understood": so
    it is with some of its tables. `unread_since` is when that was first seen, `unread_tabs` where.
    """

    source: str
    state: Literal["fresh", "stale", "partial", "never", "not_understood", "partly_understood"]
    last_success: datetime | None = None
    last_attempt: datetime | None = None
    error: str = ""
    hint: str = ""
    rows_read: int = 0
    rows_used: int = 0
    problems: int = 0
    skipped: tuple[tuple[str, int], ...] = ()
    unread_since: datetime | None = None
    unread_tabs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A cell that could not be understood, and where to mend it.

    Worded by `notes.messages.problems.reason_of`.
    """

    source: str
    code: str
    value: str
    facts: tuple[tuple[str, str], ...]
    evidence: Evidence


NOT_UNDERSTOOD = ("not_understood", "partly_understood")
"""States of a source that was read, and whose tables, all or some, hold texts without a note."""


@dataclass(frozen=True, slots=True)
class DataQuality:
    """The state of the data (method §11); `warn`: stale or partial, said on the first screen.

    `problems_kept`: of all problems those whose cells were read all the same (a row twice, a
    weekday that does not fit, a tab of another kind), `cells_total` the cells behind all problems:
    those of a column that have the same one are told as one. `all_failed`: no source has any usable
    reading; leaders then get nothing and the operator the reason. `unsure` counts notes of the
    period whose identity with an earlier row is a guess. `unread` are the sources of which nothing
    is known about the period (never read, failed before its end, or not understood): a zero about
    them is no zero. Nor is it while `open_columns`, the columns whose meaning is a question, may
    hold what is missed, or where the period was not read to its end (`cut_short`), or notes of a
    table went at once (`tables_lost`), or where `undatable` notes, whose days could not be read,
    may belong to it.
    """

    sources: tuple[SourceQuality, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    problems_total: int = 0
    cells_total: int = 0
    problems_kept: int = 0
    warn: bool = False
    all_failed: bool = False
    oldest_success: datetime | None = None
    unsure: int = 0
    unread: tuple[str, ...] = ()
    open_columns: int = 0
    cut_short: bool = False
    tables_lost: bool = False
    undatable: int = 0

    @property
    def places_total(self) -> int:
        """How many places of the log wait for somebody: cells, and whatever is no single cell."""
        return max(self.problems_total, self.cells_total, len(self.problems))

    @property
    def none_understood(self) -> bool:
        """Whether every source of which nothing is known was read, and its tables not
        understood.
        """
        states = [source.state for source in self.sources if source.source in self.unread]
        return bool(states) and all(state in NOT_UNDERSTOOD for state in states)

    @property
    def unknown_since(self) -> datetime | None:
        """When the log was last known: since then it was not understood, or no reading
        succeeded.
        """
        since = [one.unread_since for one in self.sources if one.unread_since is not None]
        return min(since, default=None) if self.none_understood else self.oldest_success

    @property
    def is_part_unread(self) -> bool:
        """Whether a source of the period, a table of one, or its last days were not read: entries
        may stand there.
        """
        return bool(self.unread) or self.cut_short or self.tables_lost

    @property
    def is_part_open(self) -> bool:
        """Whether a table was not understood: a number that is missed may stand in it."""
        return any(source.state in NOT_UNDERSTOOD for source in self.sources)

    @property
    def is_whole(self) -> bool:
        """Whether all of the period was read and understood: only then is what is missing not
        there.
        """
        return not (self.is_part_unread or self.undatable or self.open_columns)

    @property
    def none_read(self) -> bool:
        """Return whether nothing is known of the period; then nothing is said about the work."""
        return bool(self.sources) and len(self.unread) == len(self.sources)


@dataclass(frozen=True, slots=True)
class Scope:
    """The period of a report and the number of notes behind it.

    `first` and `last` are days in the team's zone, both included. `notes` counts the period's
    experiments; `silent` are notes that run through it without an entry (조용한 실험).
    `first_ever`: nothing older is known. `undated` counts notes of the whole log that bear no date
    and belong to no period; `undated_many`: they are more than a tenth of the log, to be said on
    the first screen.
    """

    team: str
    period: Period
    first: date
    last: date
    timezone: str
    notes: int = 0
    previous_notes: int = 0
    started: int = 0
    finished: int = 0
    silent: tuple[Evidence, ...] = ()
    silent_total: int = 0
    first_ever: bool = False
    unclassified: int = 0
    undated: int = 0
    undated_many: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """A report on a team's week or month; `rules` are the thresholds that made it.

    `news` are the sections in which something changed in the period: the mail shows only these, the
    archive all. `names` are the people of the log in every spelling (`spellings.names_in`), longest
    first.
    """

    scope: Scope
    leader: LeaderLines
    business: BusinessAnswer
    learning: LearningAnswer
    people: PeopleAnswer
    signals: Signals = field(default_factory=Signals)
    traps: tuple[Trap, ...] = ()
    commitments: CommitmentLedger = field(default_factory=CommitmentLedger)
    rhythm: Rhythm = field(default_factory=Rhythm)
    funnels: tuple[Funnel, ...] = ()
    next: NextPeriod = field(default_factory=NextPeriod)
    milestones: tuple[Milestone, ...] = ()
    playbook: tuple[PlaybookEntry, ...] = ()
    fixes: tuple[Fix, ...] = ()
    fixes_total: int = 0
    actions: tuple[SectionAction, ...] = ()
    news: frozenset[Section] = frozenset(SECTIONS)
    names: tuple[str, ...] = ()
    data: DataQuality = field(default_factory=DataQuality)
    rules: ReportRules = field(default_factory=ReportRules)


@dataclass(frozen=True, slots=True)
class SharedLearning:
    """A learning that another team could use (학습 공유); `for_goal` quotes its matching goal.

    Found by a shared tag, metric or goal (`sure`), else by similar text, then it is a suggestion.
    """

    team: str
    other: str
    learned: str
    evidence: Evidence
    because: Literal["same_metric", "same_tag", "same_goal", "similar"]
    matched: str = ""
    sure: bool = True
