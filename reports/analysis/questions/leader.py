"""The leader's lines of METHOD.md §7.

The headline, the key number, what repeats, one change, one decision.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from notes.model.notes import PlanCard, StoredNote
from reports.analysis.data.period_membership import is_executed, start_day_of
from reports.analysis.data.team_log import TeamLog, is_in_period
from reports.analysis.metrics.metric_series import period_metrics
from reports.analysis.records.answers import (
    BusinessAnswer,
    LearningAnswer,
    PeopleAnswer,
    PeriodMetric,
)
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report import (
    CoreActivity,
    DecisionKind,
    DecisionRequest,
    Headline,
    LeaderLines,
    SuggestedChange,
)
from reports.analysis.records.section_results import CommitmentLedger, Funnel, NextPeriod
from reports.analysis.text.quoting import comparison_key


@dataclass(frozen=True, slots=True)
class SectionFindings:
    """What the other sections found, from which the leader's lines are drawn."""

    business: BusinessAnswer
    learning: LearningAnswer
    people: PeopleAnswer
    commitments: CommitmentLedger
    funnels: tuple[Funnel, ...]
    next: NextPeriod


def leader_lines(log: TeamLog, found: SectionFindings, *, first_ever: bool) -> LeaderLines:
    """Return the leader's lines."""
    key = key_number(log)
    core = core_activity(log)
    return LeaderLines(
        headline=choose_headline(log, found.business, key, first_ever=first_ever),
        key_number=key,
        core=core,
        change=next(_changes(found, core), None),
        decision=choose_decision(log, found),
    )


def key_number(log: TeamLog) -> PeriodMetric | None:
    """Return the number of the first screen.

    The configured one, the key result's, a lagging one, else the first.
    """
    numbers = period_metrics(log)
    wanted = comparison_key(log.team.key_metric)
    result = comparison_key(" ".join(_key_results(log)))
    for wants in _WANTED:
        chosen = next((number for number in numbers if wants(number, wanted, result)), None)
        if chosen is not None:
            return chosen
    return None


_WANTED: tuple[Callable[[PeriodMetric, str, str], bool], ...] = (
    lambda number, wanted, _: bool(wanted) and comparison_key(number.name) == wanted,
    lambda number, _, result: (
        bool(comparison_key(number.name)) and comparison_key(number.name) in result
    ),
    lambda number, _, __: number.role == "lagging" and not number.deferred,
    lambda number, _, __: number.target is not None and number.role != "leading",
)


def _key_results(log: TeamLog) -> Iterator[str]:
    for stored in log.kind("plan"):
        if isinstance(stored.note.details, PlanCard) and is_in_period(stored, log.period, log.zone):
            yield stored.note.details.key_result


def choose_headline(
    log: TeamLog, business: BusinessAnswer, key: PeriodMetric | None, *, first_ever: bool
) -> Headline:
    """Return the page's news: the first of these kinds that holds."""
    notes = len(log.period_notes)
    best = business.kept[0] if business.kept else None
    if not notes and key is None:
        return Headline("empty")
    if first_ever:
        return Headline(
            "first_ever", key, best.move if best else None, best.evidence if best else None, notes
        )
    if key is not None and key.change is not None:
        return Headline("key_number", key, evidence=key.evidence, notes=notes)
    if best is not None:
        return Headline("moved", None, best.move, best.evidence, notes)
    return _quiet_headline(log, business, notes)


def _quiet_headline(log: TeamLog, business: BusinessAnswer, notes: int) -> Headline:
    leading = business.nothing_moved.leading if business.nothing_moved else ()
    if leading:
        return Headline("signs", leading[0], evidence=leading[0].evidence, notes=notes)
    if business.wrong_way:
        worst = business.wrong_way[0]
        return Headline("wrong_way", None, worst.move, worst.evidence, notes)
    return Headline("too_few" if notes < log.rules.too_few else "nothing_moved", notes=notes)


def core_activity(log: TeamLog) -> CoreActivity | None:
    """Return the activity that the period and the weeks before it repeated most.

    None when nothing repeats.
    """
    since = log.until(log.rules.baseline_weeks)
    here = log.period_note_ids
    groups: dict[str, list[StoredNote]] = defaultdict(list)
    for stored in log.notes:
        if is_executed(stored.note) and (
            stored.id in here or start_day_of(stored, log.zone) >= since
        ):
            for name in {
                comparison_key(stored.note.title),
                comparison_key(stored.note.execution),
            } - {""}:
                groups[name].append(stored)
    repeated = [
        notes
        for notes in groups.values()
        if len(notes) > 1 and any(one.id in here for one in notes)
    ]
    if not repeated:
        return None
    notes = min(repeated, key=lambda group: (-len(group), log.what(group[0].note)))
    goals = [goal for goal in (log.quote(stored.note.goal) for stored in reversed(notes)) if goal]
    return CoreActivity(
        text=log.what(notes[-1].note),
        times=len(notes),
        weeks=len({start_day_of(stored, log.zone).isocalendar()[:2] for stored in notes}),
        goal=goals[0] if goals else "",
        linked=bool(goals),
        evidence=tuple(log.evidence(stored) for stored in reversed(notes))[: log.rules.list_size],
    )


def _changes(found: SectionFindings, core: CoreActivity | None) -> Iterator[SuggestedChange]:
    """Give the changes of time use that the log suggests, the weightiest first."""
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield SuggestedChange(
                "stop", check.candidate.evidence.what, check.seen or check.candidate.evidence
            )
    for commitment in found.commitments.items:
        if commitment.state == "came_back":
            yield SuggestedChange(
                "came_back", commitment.text, commitment.answer or commitment.evidence
            )
    for candidate in found.business.stop:
        yield SuggestedChange("stop", candidate.evidence.what, candidate.evidence)
    yield from _quiet_changes(found, core)


def _quiet_changes(found: SectionFindings, core: CoreActivity | None) -> Iterator[SuggestedChange]:
    steps = [
        (funnel, funnel.bottleneck) for funnel in found.funnels if funnel.bottleneck is not None
    ]
    for funnel, step in steps:
        yield SuggestedChange(
            "bottleneck", f"{step.start} → {step.end}", next(iter(funnel.evidence), None)
        )
    for answer in found.people.answers:
        if answer.kind == "blocked" and answer.gap is not None:
            yield SuggestedChange("unblock", answer.gap.what, answer.gap)
    if core is not None and not core.linked:
        yield SuggestedChange("link_goal", core.text, core.evidence[0])
    for action in found.next.actions:
        if action.kind == "start":
            yield SuggestedChange("start", action.text, action.evidence)


def choose_decision(log: TeamLog, found: SectionFindings) -> DecisionRequest | None:
    """Return the one decision that is asked for.

    The first that the log calls for, with its deadline.
    """
    chosen = next(_decisions(found), None)
    if chosen is None:
        return None
    kind, subject, evidence, person, count = chosen
    after = log.period.last + timedelta(days=1)
    day = after + timedelta(days=(log.rules.decision_day - after.weekday()) % 7)
    deadline = datetime.combine(day, time(log.rules.decision_hour), log.zone)
    return DecisionRequest(kind, subject, deadline, evidence, person, count)


DecisionOption = tuple[DecisionKind, str, Evidence | None, str, int]


def _decisions(found: SectionFindings) -> Iterator[DecisionOption]:
    for commitment in found.commitments.items:
        if commitment.state == "came_back" and commitment.sure:
            yield "came_back", commitment.text, commitment.answer or commitment.evidence, "", 0
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield "stop", check.candidate.evidence.what, check.seen, "", 0
    for answer in found.people.answers:
        if answer.kind == "blocked" and answer.gap is not None:
            yield "unblock", answer.gap.what, answer.gap, answer.person, 0
    for candidate in found.business.stop:
        yield "stop", candidate.evidence.what, candidate.evidence, "", found.business.stop_total
    for activity in found.business.wrong_way:
        yield "wrong_way", activity.evidence.what, activity.evidence, "", 0
    yield from _quiet_decisions(found)


def _quiet_decisions(found: SectionFindings) -> Iterator[DecisionOption]:
    for commitment in found.commitments.items:
        if commitment.state == "vanished":
            yield "vanished", commitment.text, commitment.evidence, "", 0
    if found.learning.same_failure is not None:
        alarm = found.learning.same_failure
        yield "same_failure", alarm.hypothesis, alarm.new, "", 0
    for answer in found.people.answers:
        if answer.kind == "overdue":
            yield (
                "overdue_contact",
                answer.person,
                answer.gap,
                answer.person,
                answer.days_since or 0,
            )
    yield from _plan_decisions(found.next)


def _plan_decisions(next_period: NextPeriod) -> Iterator[DecisionOption]:
    plan = next_period.plan
    if plan is None:
        if next_period.actions:
            yield (
                "no_plan",
                next_period.actions[0].text,
                next_period.actions[0].evidence,
                "",
                next_period.actions_total,
            )
        return
    for levers in (plan.business, plan.learning, plan.people):
        if len(levers) > 1:
            yield "one_lever", levers[0], plan.evidence, "", len(levers)
    for risk in plan.risks:
        if not risk.countermeasure:
            yield "countermeasure", risk.text, plan.evidence, "", plan.bare_risks
