"""Answers to the three questions of method §3, as language-free values.

No sentence is worded here. A list is cut to the configured length; the field `…_total` beside it
counts all. Texts are quotes, one line each, without sentences that blame a person.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from notes.model.notes import Outcome

from .evidence import Evidence, Interval, NoteLines

Grade = Literal["strong", "medium", "weak"]
BetterDirection = Literal["up", "down"]
Direction = Literal["better", "worse", "same"]
BetterBasis = Literal["target", "metric", "configured", "word", "default"]


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One metric, before and after.

    `before`, `after`, `target` and `change` are in `unit`; with `points` the change counts
    percentage points (%p). `before` and `after` are None where the log states only a difference.
    `relative` is change / |before| (0.2 is 20 %), None when before is zero or unknown, and None for
    a metric in per cent. `size` is 0..1: the share of the gap to the target that was closed, else
    the relative improvement; None when neither can be told. `interval` is the 95 % interval of the
    difference in percentage points, where both counts are given.

    With `comparison` the two are sides at one time and no change: `after` is the trial's side,
    `before` the other's (control, the rest); they print as two sides without an arrow, and `way`
    says which side is better. `other_side` quotes what the log calls the other side, "" where it
    does not say.
    """

    name: str
    unit: str = ""
    before: float | None = None
    after: float | None = None
    target: float | None = None
    change: float = 0.0
    points: bool = False
    relative: float | None = None
    direction: Direction = "same"
    better: BetterDirection = "up"
    better_by: BetterBasis = "default"
    size: float | None = None
    before_counts: tuple[int, int] | None = None
    after_counts: tuple[int, int] | None = None
    interval: Interval | None = None
    comparison: bool = False
    other_side: str = ""


@dataclass(frozen=True, slots=True)
class PeriodMetric:
    """A number of a series, this period against the last.

    `previous` is None when there is no number of the last period: then no arrow is printed.
    `reached` is the share of the target (value / target, only where more is better). `history` is
    (period, value), oldest first, this one last. `judge_from` is the day until which a lagging
    number is deliberately not judged. `rank` orders the numbers (1 first), None where the log ranks
    none. `taken` says how the number of a period with several points came about: their sum, their
    mean, or the last of them; None where it has only one. `weeks_held`: of how many of a month's
    weeks there is one (3, 4), None where none is missing.
    """

    name: str
    value: float
    unit: str = ""
    previous: float | None = None
    change: float | None = None
    points: bool = False
    direction: Direction | None = None
    better: BetterDirection = "up"
    target: float | None = None
    left: float | None = None
    reached: float | None = None
    role: Literal["leading", "lagging"] | None = None
    judge_from: date | None = None
    deferred: bool = False
    history: tuple[tuple[str, float], ...] = ()
    evidence: Evidence | None = None
    rank: int | None = None
    taken: Literal["last", "sum", "mean"] | None = None
    weeks_held: tuple[int, int] | None = None


GradeReason = Literal["control", "counts", "repeated", "cells", "series", "text"]


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of the week and the number it moved.

    `shared` are other activities that claim the same metric in the same week: together "공동
    기여(분리 불가)". `repeated` are earlier or other notes with the same effect, which make the
    grade strong. `judged` is False where its team says that it is too early to tell.
    """

    evidence: Evidence
    move: MetricChange
    grade: Grade
    reasons: tuple[GradeReason, ...]
    lines: NoteLines = field(default_factory=NoteLines)
    goal: str = ""
    day: date | None = None
    owners: tuple[str, ...] = ()
    shared: tuple[Evidence, ...] = ()
    repeated: tuple[Evidence, ...] = ()
    judged: bool = True


StopReason = Literal["no_change", "wrong_way", "failed", "no_effect", "said_stop"]


@dataclass(frozen=True, slots=True)
class StopCandidate:
    """An activity that cost effort and moved nothing (그만 후보), with the reason it was cut.

    `days` is what it took (start to end or to the period's end), None when the log has no dates.
    `why` quotes the log's own cause, "" where it names none. `said`: the log itself says already
    that it stops; `settled`: that one goes back to what was before, a column that is a question may
    say that it stops, or a number stood still and the team gave no verdict, so that nobody is to
    ask.
    """

    evidence: Evidence
    reason: StopReason
    move: MetricChange | None = None
    days: int | None = None
    why: str = ""
    owners: tuple[str, ...] = ()
    said: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class StopCheck:
    """Whether a stop candidate of the last report was stopped.

    `unknown`: the log says neither. `seen` is the note that continues it.
    """

    candidate: StopCandidate
    state: Literal["stopped", "continued", "unknown"]
    seen: Evidence | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """An agreed activity (plan, Big 3, next action) and whether it was done (None: not written)."""

    text: str
    done: bool | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DisputedNumber:
    """A number on which a note and the series of the same name differ ("기록마다 다름").

    `said` is the note's, `number` the series': the series counts.
    """

    evidence: Evidence
    said: MetricChange
    number: PeriodMetric


@dataclass(frozen=True, slots=True)
class NoChangeSummary:
    """What was agreed and done where no number improved ("결과 전, 징후 있음").

    `agreed_unmarked` counts the agreed activities of which the log does not say whether they were
    done.
    """

    agreed: tuple[PlannedActivity, ...] = ()
    agreed_done: int = 0
    agreed_total: int = 0
    leading: tuple[PeriodMetric, ...] = ()
    agreed_unmarked: int = 0


GoalState = Literal["moving", "against", "stalled", "undecidable"]
GoalReason = Literal[
    "metric_moved",
    "leading_moved",
    "activity_done",
    "learned",
    "begun",
    "metric_worse",
    "nothing_written",
    "no_change",
    "no_signal",
    "deferred",
]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal and whether it moves: from its numbers of the period first, then from the signals.

    움직임 moving · 반대로 against · 멈춤 stalled · 판단 불가 undecidable. The first of `evidence`
    is what decided; `number` is the series that decided, if one did.
    """

    goal: str
    state: GoalState
    reasons: tuple[GoalReason, ...]
    evidence: tuple[Evidence, ...] = ()
    notes: int = 0
    move: MetricChange | None = None
    number: PeriodMetric | None = None


Verdict = Literal["hit", "miss", "wrong_way", "unexpected", "none"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a hypothesis expected against what came.

    `expected` is a level, `expected_change` a stated difference.
    """

    evidence: Evidence
    verdict: Verdict
    move: MetricChange
    expected: float | None = None
    expected_change: float | None = None


@dataclass(frozen=True, slots=True)
class ForecastLedger:
    """The forecasts of the period's finished notes (예측 장부): a figure of the team only.

    `none` counts finished notes whose hypothesis named no number.
    """

    hit: int = 0
    miss: int = 0
    wrong_way: int = 0
    unexpected: int = 0
    none: int = 0
    items: tuple[Forecast, ...] = ()


@dataclass(frozen=True, slots=True)
class BusinessAnswer:
    """What actually moved the number: at most three activities, and those below the cut line.

    `executed` counts the period's notes with something done, `unmeasured` those of them without any
    number, `moved_total` those whose number moved the right way. `nothing_moved` is set exactly
    when `kept` is empty and no result moved, neither in a note nor in a series. `unsure` are
    comparisons whose interval includes zero ("차이가 확실하지 않음"), none of the three; `contrary`
    numbers that the trial's own verdict denies or leaves open; `disputed` what a note and a series
    tell differently. `series` are the dated numbers of the period, leading
    before lagging, in rank; `series_worse` those of them that moved the wrong way and are judged.
    Both are cut to what is shown; `series_better` and `series_changed` count all dated numbers.
    `undirected` counts numbers of notes that moved, nobody knows which way is better (ADR 0681),
    whether it is a series' number under another name (ADR 0726), or
    the verdict speaks against it (ADR 0683); the `contrary` ones are among them.
    `uncompared` counts the notes done whose number has none before it to be compared with.
    """

    kept: tuple[Activity, ...] = ()
    moved_total: int = 0
    executed: int = 0
    unmeasured: int = 0
    wrong_way: tuple[Activity, ...] = ()
    wrong_way_total: int = 0
    stop: tuple[StopCandidate, ...] = ()
    stop_total: int = 0
    stop_checks: tuple[StopCheck, ...] = ()
    nothing_moved: NoChangeSummary | None = None
    goals: tuple[GoalLine, ...] = ()
    goals_total: int = 0
    forecasts: ForecastLedger = ForecastLedger()
    unsure: tuple[Activity, ...] = ()
    contrary: tuple[Activity, ...] = ()
    disputed: tuple[DisputedNumber, ...] = ()
    series: tuple[PeriodMetric, ...] = ()
    series_worse: tuple[PeriodMetric, ...] = ()
    series_better: int = 0
    series_changed: int = 0
    undirected: int = 0
    uncompared: int = 0

    @property
    def may_have_moved(self) -> bool:
        """Return whether a number of a note may be better or worse without anybody knowing it."""
        return bool(self.undirected or self.uncompared)


LearningState = Literal["learned", "planned", "applied", "confirmed", "standard"]


@dataclass(frozen=True, slots=True)
class LearningPair:
    """A learning that was put to use: learned → applied to.

    `how` tells where the application stands: in the note's own cell, or in a later note (`applied`)
    that links to the learning or names it. `confirmed` is the note or the number that shows the
    effect. `from_failure`: the note's hypothesis failed, and `hypothesis` quotes which one was
    wrong.
    """

    state: Literal["applied", "confirmed", "standard"]
    learned: str
    applied_to: str
    evidence: Evidence
    how: Literal["cell", "link", "named"]
    applied: Evidence | None = None
    effect: MetricChange | None = None
    from_failure: bool = False
    hypothesis: str = ""
    lines: NoteLines = field(default_factory=NoteLines)
    owners: tuple[str, ...] = ()
    appliers: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class UnappliedLearning:
    """A learning not applied yet; `planned` quotes an announcement ("다음 주 예정")."""

    evidence: Evidence
    learned: str
    state: Literal["learned", "planned"]
    planned: str = ""
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestedApplication:
    """A later note that reads like an application ("확인 필요"); never counted."""

    learned: str
    evidence: Evidence
    later: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class EarlierHypothesis:
    """An earlier hypothesis like a new one, its outcome, and why it is thought alike.

    `why` quotes why it came so, else what was learned; `words` are the new text's own, at most
    four, the rarest first. `score` (0..1) says how alike, `certainty` also how much more so than
    the rest of the log.
    """

    evidence: Evidence
    hypothesis: str
    outcome: Outcome
    day: date | None = None
    why: str = ""
    learned: str = ""
    words: tuple[str, ...] = ()
    same_goal: bool = False
    same_metric: bool = False
    score: float = 0.0
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class RepeatedHypothesis:
    """A new hypothesis with the closest earlier ones, surest first; suggested, never counted."""

    new: Evidence
    hypothesis: str
    earlier: tuple[EarlierHypothesis, ...]


@dataclass(frozen=True, slots=True)
class RepeatedFailure:
    """A new hypothesis that resembles a failed one (같은 실패 경보): at most one, a suggestion."""

    new: Evidence
    hypothesis: str
    old: EarlierHypothesis


@dataclass(frozen=True, slots=True)
class LearningAnswer:
    """Where what was learned was applied.

    `counts` holds every state once, in order; `learned_total` is their sum and `applied_total` the
    sum from "applied" on. `unapplied` and `again` are complete and are not for the leader's mail:
    only the Friday preview and the archive list them.
    """

    pairs: tuple[LearningPair, ...] = ()
    learned_total: int = 0
    applied_total: int = 0
    counts: tuple[tuple[LearningState, int], ...] = ()
    unapplied: tuple[UnappliedLearning, ...] = ()
    suggestions: tuple[SuggestedApplication, ...] = ()
    same_failure: RepeatedFailure | None = None
    again: tuple[RepeatedHypothesis, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonSpeed:
    """Cycle times with and without a person: medians in days, counts of notes on each side."""

    person: str
    with_days: float
    without_days: float
    with_notes: int
    without_notes: int
    ratio: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What we give first (먼저 줄 것): written in the log, or a learning of ours that worked."""

    text: str
    kind: Literal["written", "learning"]
    evidence: Evidence


GapKind = Literal["blocked", "asked", "running", "lever", "overdue", "speed"]


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """Who could speed up what, and what we give first.

    `person` is a name or role, "" when the gap is known but nobody is (then the log names no
    helper). `goal` and `blocker` quote what would be sped up. `gap` is the note or plan with the
    gap. `helped` are the successful notes in which the person helped with something similar; `sure`
    is False where only similarity of text says so. `last_contact` and `days_since` (days, up to the
    period's end) belong to "overdue"; None: never seen in the log. `fresh`: the gap arose, fell due
    or is planned for in this period; any other one stands on the page, and no longer in the mail.
    """

    kind: GapKind
    person: str = ""
    goal: str = ""
    blocker: str = ""
    gap: Evidence | None = None
    helped: tuple[Evidence, ...] = ()
    helped_total: int = 0
    sure: bool = True
    give: Offer | None = None
    speed: PersonSpeed | None = None
    last_contact: date | None = None
    days_since: int | None = None
    every_days: int | None = None
    fresh: bool = True

    @property
    def is_of_note(self) -> bool:
        """Return whether a note needs somebody, rather than a person to be met."""
        return self.kind in {"blocked", "asked", "running"}


@dataclass(frozen=True, slots=True)
class Thanks:
    """A person thanked in the one line: praised in the feed, or named in a success."""

    person: str
    why: Literal["praise", "success"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PeopleAnswer:
    """Who can double our speed (at most three), counts of giving and asking, and thanks.

    `gaps_total` counts all gaps found: `unhelped` notes that name no helper (`alone` is the only
    one), `unmet` people of the plan whom no note names, `overdue` contacts. `speed` lists the
    people with whom trials ended faster, by name, not by rank. `contacts` counts the people whose
    last contact the log can tell: configured key people, and those of People levers; without any,
    nothing is known of contacts. `waiting` is a note that says it is blocked or waits, though it
    names a helper.
    """

    answers: tuple[PersonAnswer, ...] = ()
    gaps_total: int = 0
    speed: tuple[PersonSpeed, ...] = ()
    gave: int = 0
    asked: int = 0
    thanks: tuple[Thanks, ...] = ()
    unhelped: int = 0
    alone: Evidence | None = None
    unmet: int = 0
    overdue: int = 0
    contacts: int = 0
    waiting: Evidence | None = None
