"""The leader's lines of METHOD.md §7: the headline, the key number, what repeats, one change, one decision."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from loopnote.notes import PlanCard, StoredNote

from .answers import BusinessAnswer, LearningAnswer, Number, PeopleAnswer
from .evidence import Evidence
from .log import Log, in_period
from .membership import began, executed
from .report import Change, CoreActivity, Decision, DecisionKind, Headline, LeaderLines
from .sections import CommitmentLedger, Funnel, NextPeriod
from .series import numbers_of
from .wording import normal


@dataclass(frozen=True, slots=True)
class Findings:
    """What the other sections found, from which the leader's lines are drawn."""

    business: BusinessAnswer
    learning: LearningAnswer
    people: PeopleAnswer
    commitments: CommitmentLedger
    funnels: tuple[Funnel, ...]
    next: NextPeriod


def leader_lines(log: Log, found: Findings, *, first_ever: bool) -> LeaderLines:
    """Return the leader's lines."""
    key = key_number(log)
    core = core_activity(log)
    return LeaderLines(
        headline=headline(log, found.business, key, first_ever=first_ever),
        key_number=key,
        core=core,
        change=next(_changes(found, core), None),
        decision=decision(log, found),
    )


def key_number(log: Log) -> Number | None:
    """Return the number of the first screen: the configured one, the key result's, a lagging one, else the first."""
    numbers = numbers_of(log)
    wanted = normal(log.team.key_metric)
    result = normal(" ".join(_key_results(log)))
    for wants in _WANTED:
        chosen = next((number for number in numbers if wants(number, wanted, result)), None)
        if chosen is not None:
            return chosen
    return None


_WANTED: tuple[Callable[[Number, str, str], bool], ...] = (
    lambda number, wanted, _: bool(wanted) and normal(number.name) == wanted,
    lambda number, _, result: bool(normal(number.name)) and normal(number.name) in result,
    lambda number, _, __: number.role == "lagging" and not number.deferred,
    lambda number, _, __: number.target is not None and number.role != "leading",
)


def _key_results(log: Log) -> Iterator[str]:
    for stored in log.kind("plan"):
        if isinstance(stored.note.details, PlanCard) and in_period(stored, log.period, log.zone):
            yield stored.note.details.key_result


def headline(log: Log, business: BusinessAnswer, key: Number | None, *, first_ever: bool) -> Headline:
    """Return the page's news: the first of these kinds that holds."""
    notes = len(log.here)
    best = business.kept[0] if business.kept else None
    if not notes and key is None:
        return Headline("empty")
    if first_ever:
        return Headline("first_ever", key, best.move if best else None, best.evidence if best else None, notes)
    if key is not None and key.change is not None:
        return Headline("key_number", key, evidence=key.evidence, notes=notes)
    if best is not None:
        return Headline("moved", None, best.move, best.evidence, notes)
    return _quiet_headline(log, business, notes)


def _quiet_headline(log: Log, business: BusinessAnswer, notes: int) -> Headline:
    leading = business.nothing_moved.leading if business.nothing_moved else ()
    if leading:
        return Headline("signs", leading[0], evidence=leading[0].evidence, notes=notes)
    if business.wrong_way:
        worst = business.wrong_way[0]
        return Headline("wrong_way", None, worst.move, worst.evidence, notes)
    return Headline("too_few" if notes < log.rules.too_few else "nothing_moved", notes=notes)


def core_activity(log: Log) -> CoreActivity | None:
    """Return the activity that the period and the weeks before it repeated most; None when nothing repeats."""
    since = log.until(log.rules.baseline_weeks)
    here = log.here_ids
    groups: dict[str, list[StoredNote]] = defaultdict(list)
    for stored in log.notes:
        if executed(stored.note) and (stored.id in here or began(stored, log.zone) >= since):
            for name in {normal(stored.note.title), normal(stored.note.execution)} - {""}:
                groups[name].append(stored)
    repeated = [notes for notes in groups.values() if len(notes) > 1 and any(one.id in here for one in notes)]
    if not repeated:
        return None
    notes = min(repeated, key=lambda group: (-len(group), log.what(group[0].note)))
    goals = [goal for goal in (log.quote(stored.note.goal) for stored in reversed(notes)) if goal]
    return CoreActivity(
        text=log.what(notes[-1].note),
        times=len(notes),
        weeks=len({began(stored, log.zone).isocalendar()[:2] for stored in notes}),
        goal=goals[0] if goals else "",
        linked=bool(goals),
        evidence=tuple(log.evidence(stored) for stored in reversed(notes))[: log.rules.list_size],
    )


def _changes(found: Findings, core: CoreActivity | None) -> Iterator[Change]:
    """Give the changes of time use that the log suggests, the weightiest first."""
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield Change("stop", check.candidate.evidence.what, check.seen or check.candidate.evidence)
    for commitment in found.commitments.items:
        if commitment.state == "came_back":
            yield Change("came_back", commitment.text, commitment.answer or commitment.evidence)
    for candidate in found.business.stop:
        yield Change("stop", candidate.evidence.what, candidate.evidence)
    yield from _quiet_changes(found, core)


def _quiet_changes(found: Findings, core: CoreActivity | None) -> Iterator[Change]:
    steps = [(funnel, funnel.bottleneck) for funnel in found.funnels if funnel.bottleneck is not None]
    for funnel, step in steps:
        yield Change("bottleneck", f"{step.start} → {step.end}", next(iter(funnel.evidence), None))
    for answer in found.people.answers:
        if answer.kind == "blocked" and answer.gap is not None:
            yield Change("unblock", answer.gap.what, answer.gap)
    if core is not None and not core.linked:
        yield Change("link_goal", core.text, core.evidence[0])
    for action in found.next.actions:
        if action.kind == "start":
            yield Change("start", action.text, action.evidence)


def decision(log: Log, found: Findings) -> Decision | None:
    """Return the one decision that is asked for: the first that the log calls for, with its deadline."""
    chosen = next(_decisions(found), None)
    if chosen is None:
        return None
    kind, subject, evidence, person, count = chosen
    after = log.period.last + timedelta(days=1)
    day = after + timedelta(days=(log.rules.decision_day - after.weekday()) % 7)
    deadline = datetime.combine(day, time(log.rules.decision_hour), log.zone)
    return Decision(kind, subject, deadline, evidence, person, count)


Asked = tuple[DecisionKind, str, Evidence | None, str, int]


def _decisions(found: Findings) -> Iterator[Asked]:
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


def _quiet_decisions(found: Findings) -> Iterator[Asked]:
    for commitment in found.commitments.items:
        if commitment.state == "vanished":
            yield "vanished", commitment.text, commitment.evidence, "", 0
    if found.learning.same_failure is not None:
        alarm = found.learning.same_failure
        yield "same_failure", alarm.hypothesis, alarm.new, "", 0
    for answer in found.people.answers:
        if answer.kind == "overdue":
            yield "overdue_contact", answer.person, answer.gap, answer.person, answer.days_since or 0
    yield from _plan_decisions(found.next)


def _plan_decisions(next_period: NextPeriod) -> Iterator[Asked]:
    plan = next_period.plan
    if plan is None:
        if next_period.actions:
            yield "no_plan", next_period.actions[0].text, next_period.actions[0].evidence, "", next_period.actions_total
        return
    for levers in (plan.business, plan.learning, plan.people):
        if len(levers) > 1:
            yield "one_lever", levers[0], plan.evidence, "", len(levers)
    for risk in plan.risks:
        if not risk.countermeasure:
            yield "countermeasure", risk.text, plan.evidence, "", plan.bare_risks
