"""Results of the sections beside the three questions (method §4–§6, §8–§10, §12).

Language-free, with the conventions of `answers`: quotes are the log's own words, `…_total` counts
beside a cut list, and an empty value means that the log says nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from notes.model.notes import NextKind, Risk

from .answers import MetricChange, PeriodMetric, PlannedActivity
from .evidence import Evidence, Interval


@dataclass(frozen=True, slots=True)
class ProcessSignal:
    """Process before person: retrospectives that name a step, and those that blame a person.

    Only counts: never a name, never the sentence. `enough` is False below the configured number of
    notes; then no ratio is printed. `previous_share` is the process share of the period before,
    None where that had too few.
    """

    process: int
    person: int
    notes: int
    enough: bool
    share: float | None = None
    previous_share: float | None = None


InputOutputGap = Literal[
    "together", "input_up_output_not", "output_up_input_not", "input_down", "unknown"
]


@dataclass(frozen=True, slots=True)
class LeadingSignal:
    """Leading before lagging: agreed activities done, their quality, where both part.

    `done`/`agreed` count agreed activities of this period, `previous_…` of the last; `unmarked` are
    those of which the log does not say whether they were done: they are neither done nor undone.
    `quality` are leading numbers that are rates; `inputs` the other leading numbers, `outputs` the
    lagging ones.
    """

    agreed: int = 0
    done: int = 0
    previous_agreed: int = 0
    previous_done: int = 0
    inputs: tuple[PeriodMetric, ...] = ()
    quality: tuple[PeriodMetric, ...] = ()
    outputs: tuple[PeriodMetric, ...] = ()
    parting: InputOutputGap = "unknown"
    unmarked: int = 0
    previous_unmarked: int = 0


@dataclass(frozen=True, slots=True)
class RecordedSignal:
    """Recorded successes and failures: notes with a cause, and the share of failures.

    `weeks_without_failure` counts complete weeks in a row without one, up to the window; `warning`
    is set from the configured number on, and only where notes were finished in that time.
    `unwritten`: the log keeps lessons and never says a cause, so that none is missing.
    """

    finished: int = 0
    with_cause: int = 0
    successes: int = 0
    failures: int = 0
    inconclusive: int = 0
    weeks_without_failure: int = 0
    warning: bool = False
    without_cause: tuple[Evidence, ...] = ()
    unwritten: bool = False


@dataclass(frozen=True, slots=True)
class Signals:
    """The three signals of method §4; None where the log holds nothing to judge."""

    process: ProcessSignal | None = None
    leading: LeadingSignal | None = None
    recorded: RecordedSignal | None = None


@dataclass(frozen=True, slots=True)
class Trap:
    """One of the three traps (method §5): how many of how many, and which.

    `count` of `total` are caught; for "too_many_metrics" `count` is the number of metrics in use,
    `total` the limit and `names` lists them. `consolation` counts those whose retrospective only
    consoles. `unwritten`: the log never says what the trap asks for, so nothing can be caught.
    """

    kind: Literal["no_goal", "too_many_metrics", "no_next_action"]
    caught: bool
    count: int
    total: int
    items: tuple[Evidence, ...] = ()
    names: tuple[str, ...] = ()
    consolation: int = 0
    unwritten: bool = False


CommitmentState = Literal["kept", "running", "stopped", "vanished", "came_back", "unanswered"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment: what was promised, where, and what became of it.

    `stopped` has a reason (`why`, quoted); `vanished` means that the row or its text is gone;
    `came_back` that something agreed to be stopped is seen again; `unanswered` that the row stands
    and no note answers it. `sure` is False when only similar text of the same owner and goal links
    the answer ("확인 필요"), or where one that nothing finds may be there. `changed` is the period
    in which it came to this state ("" where it was made and nothing happened since); `due` tells
    that it was made before this period and is still to be answered.
    """

    text: str
    kind: NextKind | None
    made: str
    evidence: Evidence
    state: CommitmentState
    answer: Evidence | None = None
    sure: bool = True
    why: str = ""
    owners: tuple[str, ...] = ()
    gone: datetime | None = None
    changed: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentLedger:
    """The commitment ledger (약속 장부): one for mail, preview and archive.

    `items` are those the mail shows: what changed in the period (came back, vanished, kept,
    stopped, running), then what is due; `changed_total` counts all that changed. `due`
    counts every commitment made before this period, `counts` each of them once by state, without
    the `suggested` ones: what only likeness links is neither answered nor unanswered; nor is what
    is `unclear`, since an answer that nothing finds may be there. `closure`
    is the loop-closure rate over the whole ledger: answered (kept, running on, stopped with a
    reason) / due, counting only sure links; None when nothing was due. `previous_closure` is the
    rate at the end of the period before.
    """

    items: tuple[Commitment, ...] = ()
    due: int = 0
    counts: tuple[tuple[CommitmentState, int], ...] = ()
    suggested: int = 0
    unclear: int = 0
    closure: float | None = None
    previous_closure: float | None = None
    changed_total: int = 0


@dataclass(frozen=True, slots=True)
class WeekShare:
    """Done of planned in one week (`week` is "2026-W47"), in whole items (method §8).

    `unplanned` counts work apart from the plan, `unmarked` planned lines of which the log does not
    say whether they were done; neither is part of `done` or `planned`.
    """

    week: str
    done: float
    planned: float
    unplanned: float = 0
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class BhagProgress:
    """The BHAG against the straight line from its start to its target.

    `share` is the way gone (0..1 and beyond), `line` the share that the straight line asks for at
    the period's end. `deferred`: its number is deliberately not judged before `judge_from`; then
    `share` and `line` are None.
    """

    text: str
    name: str = ""
    unit: str = ""
    value: float | None = None
    target: float | None = None
    share: float | None = None
    line: float | None = None
    evidence: Evidence | None = None
    deferred: bool = False
    judge_from: date | None = None


@dataclass(frozen=True, slots=True)
class StructureChange:
    """행동 구조의 변화: shares of new, repeated and stopped activities, against earlier weeks.

    `base_…` are the average shares over the baseline weeks, None where there is no baseline.
    """

    new: int
    repeated: int
    stopped: int
    base_new: float | None = None
    base_repeated: float | None = None
    base_stopped: float | None = None
    base_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A behavioural KPI as written ("주 3회", "24시간 내 90%"), and its actual value.

    `times` is the number per week, or `share` (0..1) `within_hours`. `actual` is in the same terms
    (a count or a share), None when neither dates nor a report tell. `basis` says where it comes
    from, `unit` what the text counts ("건", "" where it does not say).
    """

    text: str
    evidence: Evidence
    times: float | None = None
    share: float | None = None
    within_hours: float | None = None
    actual: float | None = None
    cases: int = 0
    met: bool | None = None
    basis: Literal["dates", "self_reported", "none"] = "none"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Rhythm and numbers (method §8); charts hold the last weeks, oldest first.

    `retrospective_weeks` counts periods of the report's own kind: weeks, in a monthly report
    months.
    """

    execution: tuple[WeekShare, ...] = ()
    big3: tuple[WeekShare, ...] = ()
    big3_items: tuple[PlannedActivity, ...] = ()
    key_result: PeriodMetric | None = None
    key_result_text: str = ""
    bhag: BhagProgress | None = None
    retrospective_weeks: int = 0
    structure: StructureChange | None = None
    behaviours: tuple[Behaviour, ...] = ()


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """The conversion of one step of a funnel against its own baseline.

    `rate` and `base_rate` are 0..1; `base` is the Wilson interval of the baseline, `interval` that
    of this period. `gain` is how many more cases of the last stage the step at its baseline would
    bring. Where the period has too few cases the weeks before it are pooled until there are enough:
    `weeks` counts them all, `entered` and `passed` are theirs. Only where the baseline's weeks do
    not bring enough either `state` is "too_few" and nothing is concluded.
    """

    start: str
    end: str
    entered: float
    passed: float
    rate: float | None
    base_rate: float | None = None
    base: Interval | None = None
    interval: Interval | None = None
    base_weeks: int = 0
    state: Literal["below", "above", "usual", "too_few", "no_baseline"] = "no_baseline"
    gain: float = 0.0
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel of the period: stages with counts, steps, and its bottleneck if there is one.

    `members` holds each member's counts by stage (team's own page only, never the leader's mail).
    """

    name: str
    stages: tuple[PeriodMetric, ...]
    steps: tuple[FunnelStep, ...] = ()
    bottleneck: FunnelStep | None = None
    last_stage: str = ""
    evidence: tuple[Evidence, ...] = ()
    members: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan card for the coming period, as found.

    `risks` are all the card names; the rule is at most two (`too_many_risks`), each with a
    countermeasure (`bare_risks` counts those without).
    """

    evidence: Evidence
    bhag: str = ""
    key_result: str = ""
    key_number: float | None = None
    key_unit: str = ""
    business: tuple[str, ...] = ()
    learning: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()
    big3: tuple[str, ...] = ()
    bare_risks: int = 0
    too_many_risks: bool = False


@dataclass(frozen=True, slots=True)
class NextAction:
    """A next action written in the period; `kind` is None without keep, stop or start."""

    text: str
    kind: NextKind | None
    evidence: Evidence
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextPeriod:
    """Next week: the plan card, else the next actions in the order keep, stop, start, unsaid."""

    plan: PlanView | None = None
    actions: tuple[NextAction, ...] = ()
    actions_total: int = 0


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone reached in the period (자축할 것)."""

    kind: Literal["target_reached", "key_result_reached", "first_confirmed", "named"]
    text: str
    evidence: Evidence
    move: MetricChange | None = None


@dataclass(frozen=True, slots=True)
class PlaybookEntry:
    """What worked repeatedly, or failed repeatedly ("하지 않기").

    `when` quotes goal or hypothesis; `owners` first learned it, `people` applied it; `since` is the
    day it was learned (of a "don't": it first failed), `last` the day it was last applied (or
    failed).
    """

    kind: Literal["do", "dont"]
    what: str
    when: str
    evidence: tuple[Evidence, ...]
    owners: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    times: int = 0
    since: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PlaybookCandidate:
    """A learning near to an entry: applied too rarely, by one person, or without effect yet."""

    what: str
    evidence: tuple[Evidence, ...]
    owners: tuple[str, ...]
    people: tuple[str, ...]
    times: int
    worked: bool


@dataclass(frozen=True, slots=True)
class Playbook:
    """A team's whole playbook (method §12): what to do, what not, and the candidates.

    `learned` counts all learnings of the log, `applied` those put to use at least once; `times` and
    `people` are how often and by how many a learning must be applied.
    """

    do: tuple[PlaybookEntry, ...] = ()
    dont: tuple[PlaybookEntry, ...] = ()
    candidates: tuple[PlaybookCandidate, ...] = ()
    learned: int = 0
    applied: int = 0
    times: int = 2
    people: int = 2


FixKind = Literal["number", "application", "next_action"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A cheap repair of the log for the Friday preview: what is missing, and the cell."""

    kind: FixKind
    evidence: Evidence
    quote: str = ""
