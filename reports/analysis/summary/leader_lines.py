"""The leader's lines (method §7): headline, key number, repeated activity, change, decision."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from notes.model.notes import Note, StoredNote
from notes.model.periods import Month
from reports.analysis.commitments.promises import stopped_thing
from reports.analysis.data.period_membership import is_executed, start_day_of
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_series import MetricSeries
from reports.analysis.questions.events import Event, events_of, worst_event
from reports.analysis.questions.key_number import key_line, key_number, renamed_to
from reports.analysis.records.answers import Activity, BusinessAnswer, PeriodMetric
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report_record import (
    CoreActivity,
    DataQuality,
    DecisionKind,
    DecisionRequest,
    Headline,
    HeadlineKind,
    LeaderLines,
    Scope,
    SuggestedChange,
)
from reports.analysis.records.section_results import Commitment, NextPeriod
from reports.analysis.section_findings import SectionFindings
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.tokens import word_tokens, words_in

_ORDINARY = 0.1
"""Share lost below which a number gives way to what was stopped once and is back: judgement."""


def leader_lines(
    log: TeamLog, found: SectionFindings, scope: Scope, *, data: DataQuality
) -> LeaderLines:
    """Return the leader's lines.

    `choose_decision` counts only this page's asking (`reports.analysis.summary.asked_before` knows
    the earlier ones).
    """
    line, key = key_line(log), key_number(log)
    core = core_activity(log)
    worst = worst_event(events_of(found.business, found.funnels, key))
    return LeaderLines(
        headline=choose_headline(log, found, key, scope=scope, data=data),
        key_number=key,
        core=core,
        change=next(_changes(found, core), None),
        decision=None if data.none_read else choose_decision(log, found, worst),
        key_missing=_missing(line, key) if not data.none_read else "",
        key_renamed=renamed_to(line, log) if line is not None and key is None else "",
    )


def _missing(line: MetricSeries | None, key: PeriodMetric | None) -> str:
    """Return the name of the key number where the period has no value of it."""
    return line.name if line is not None and key is None else ""


def choose_headline(
    log: TeamLog,
    found: SectionFindings,
    key: PeriodMetric | None,
    *,
    scope: Scope,
    data: DataQuality,
) -> Headline:
    """Return the headline: the first of its kinds that holds."""
    notes, business = len(log.period_notes), found.business
    best = next((activity for activity in business.kept if not activity.move.comparison), None)
    if data.none_read:
        return Headline("unread", since=data.unknown_since, understood=not data.none_understood)
    if not notes and key is None and not business.series:
        return Headline("undated", undated=scope.undated) if scope.undated else Headline("empty")
    worst = worst_event(events_of(business, found.funnels, key))
    if scope.first_ever and worst is None:
        if isinstance(log.period, Month) and key is not None:
            best = None  # a note's number of one week is none of a month
        move, evidence = (best.move, best.evidence) if best else (None, None)
        return Headline("first_ever", key, move, evidence, notes)
    return (
        _of_event(worst, key, notes) if worst is not None else _news(log, business, key, best=best)
    )


def _news(
    log: TeamLog, business: BusinessAnswer, key: PeriodMetric | None, *, best: Activity | None
) -> Headline:
    """Return the headline of a period without a notable loss and with earlier history."""
    notes = len(log.period_notes)
    of_weeks = isinstance(log.period, Month)  # a note's number of one week is none of a month
    if key is not None and (key.change is not None or of_weeks):
        return Headline("key_number", key, evidence=key.evidence, notes=notes)
    if best is not None and not (of_weeks and business.series):
        return Headline("moved", None, best.move, best.evidence, notes)
    return _quiet_headline(log, business, notes)


def _of_event(event: Event, key: PeriodMetric | None, notes: int) -> Headline:
    """Return the headline of an event."""
    if event.number is not None:
        kind: HeadlineKind = (
            "key_number" if key is not None and event.number.name == key.name else "number"
        )
        return Headline(kind, event.number, evidence=event.number.evidence, notes=notes)
    if event.step is not None and event.funnel is not None:
        evidence = next(iter(event.funnel.evidence), None)
        return Headline(
            "funnel", evidence=evidence, notes=notes, step=event.step, funnel=event.funnel.name
        )
    move, evidence = (
        (event.activity.move, event.activity.evidence) if event.activity else (None, None)
    )
    return Headline("wrong_way", None, move, evidence, notes)


def _quiet_headline(log: TeamLog, business: BusinessAnswer, notes: int) -> Headline:
    leading = business.nothing_moved.leading if business.nothing_moved else ()
    if leading:
        return Headline("signs", leading[0], evidence=leading[0].evidence, notes=notes)
    if business.series_worse:
        worst = business.series_worse[0]
        return Headline("number", worst, evidence=worst.evidence, notes=notes)
    if business.wrong_way:
        first = business.wrong_way[0]
        return Headline("wrong_way", None, first.move, first.evidence, notes)
    moved = next((number for number in business.series if number.direction == "better"), None)
    if moved is not None:
        return Headline("number", moved, evidence=moved.evidence, notes=notes)
    return Headline("too_few" if notes < log.rules.too_few else "nothing_moved", notes=notes)


def core_activity(log: TeamLog) -> CoreActivity | None:
    """Return the activity that the period and the weeks before repeated most; None without one."""
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
    """Yield the changes of time use that the log suggests, the most important first."""
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield SuggestedChange(
                "stop", check.candidate.evidence.what, check.seen or check.candidate.evidence
            )
    for commitment in found.commitments.items:
        if _came_back_now(commitment, found):
            yield SuggestedChange("came_back", *_begun_again(commitment))
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


def choose_decision(
    log: TeamLog, found: SectionFindings, worst: Event | None = None
) -> DecisionRequest | None:
    """Return the one decision to ask: about the worst event, else the first the log calls for."""
    after = log.period.last + timedelta(days=1)
    day = after + timedelta(days=(log.rules.decision_day - after.weekday()) % 7)
    deadline = datetime.combine(day, time(log.rules.decision_hour), log.zone)
    back = _came_back(found, worst)
    if worst is not None and worst.weight < _ORDINARY:
        back = back or next(_back_again(found), None)
    if worst is not None and back is None:
        return _about(worst, deadline)
    chosen = back or next(_decisions(found), None)
    if chosen is None:
        return None
    kind, subject, evidence, person, count = chosen
    return DecisionRequest(
        kind=kind,
        subject=subject,
        deadline=deadline,
        evidence=evidence,
        person=person,
        count=count,
        reason=_stop_reason(found.business, evidence) if kind == "stop" else "",
        why=_why_stopped(log, found, evidence) if kind == "came_back" else "",
    )


def _why_stopped(log: TeamLog, found: SectionFindings, evidence: Evidence | None) -> str:
    """Return the cause that the note names which promised to stop; "" where it names none.

    A note looks back at its own activity: where that is another than the one to stop, its cause is
    none of the stop.
    """
    promised = {
        one.evidence.note_id: one.text
        for one in found.commitments.items
        if _came_back_now(one, found)
        and evidence
        and _begun_again(one)[1].note_id == evidence.note_id
    }
    notes = (
        stored.note
        for stored in log.notes
        if stored.id in promised and _is_about(stored.note, stopped_thing(promised[stored.id]))
    )
    return next(
        (why for note in notes if (why := log.cause(note.failure_factors, note.retrospective))), ""
    )


def _is_about(note: Note, stop: str) -> bool:
    """Return whether a note's own activity is the one to be stopped: half its words are there."""
    told = {piece for text in (note.title, note.execution) for piece in _pieces(text)}
    wanted = _pieces(stop)
    return bool(wanted) and 2 * len(wanted & told) >= len(wanted)


def _pieces(text: str) -> set[str]:
    return {piece for word in words_in(text) for piece in word_tokens(word.lower())}


def _stop_reason(business: BusinessAnswer, evidence: Evidence | None) -> str:
    """Return why a note is a candidate to stop: "continued" where it went on after the question."""
    note_id = evidence.note_id if evidence else ""
    for candidate in business.stop:
        if candidate.evidence.note_id == note_id:
            return candidate.reason
    return "continued"


def _about(event: Event, deadline: datetime) -> DecisionRequest:
    """Return the decision about an event."""
    if event.number is not None:
        number = event.number
        return DecisionRequest(
            "number_worse", number.name, deadline, number.evidence, number=number
        )
    if event.step is not None and event.funnel is not None:
        step, evidence = event.step, next(iter(event.funnel.evidence), None)
        return DecisionRequest(
            "fix_step", f"{step.start} → {step.end}", deadline, evidence, step=step
        )
    evidence = event.activity.evidence if event.activity else None
    return DecisionRequest("wrong_way", evidence.what if evidence else "", deadline, evidence)


DecisionOption = tuple[DecisionKind, str, Evidence | None, str, int]


def _came_back(found: SectionFindings, worst: Event | None) -> DecisionOption | None:
    """Return the question whether to stop what was stopped once, where it is the worst event
    too.
    """
    note_id = worst.activity.evidence.note_id if worst is not None and worst.activity else ""
    return next(
        (one for one in _back_again(found) if note_id and one[2] and one[2].note_id == note_id),
        None,
    )


def _back_again(found: SectionFindings) -> Iterator[DecisionOption]:
    for commitment in found.commitments.items:
        if commitment.sure and _came_back_now(commitment, found):
            yield "came_back", *_begun_again(commitment), "", 0


def _came_back_now(commitment: Commitment, found: SectionFindings) -> bool:
    return commitment.state == "came_back" and commitment.changed == found.period


def _begun_again(commitment: Commitment) -> tuple[str, Evidence]:
    """Return what was to be stopped and is there again, and where it began again."""
    answer = commitment.answer or commitment.evidence
    return stopped_thing(commitment.text) or answer.what, answer


def _decisions(found: SectionFindings) -> Iterator[DecisionOption]:
    yield from _back_again(found)
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield "stop", check.candidate.evidence.what, check.seen, "", 0
    for answer in found.people.answers:
        if answer.kind == "blocked" and answer.gap is not None:
            yield "unblock", answer.gap.what, answer.gap, answer.person, 0
    for candidate in found.business.stop:
        if not candidate.said:
            yield "stop", candidate.evidence.what, candidate.evidence, "", found.business.stop_total
    stopped = {one.evidence.note_id for one in found.business.stop if one.said}
    for activity in found.business.wrong_way:
        if activity.evidence.note_id in stopped:
            continue  # the log stops it already
        yield "wrong_way", activity.evidence.what, activity.evidence, "", 0
    yield from _quiet_decisions(found)


def _quiet_decisions(found: SectionFindings) -> Iterator[DecisionOption]:
    for commitment in found.commitments.items:
        if commitment.state == "vanished" and commitment.changed == found.period:
            yield "vanished", commitment.text, commitment.evidence, "", 0
    if found.learning.same_failure is not None:
        alarm = found.learning.same_failure
        yield "same_failure", alarm.hypothesis, alarm.new, "", 0
    for answer in found.people.answers:
        if answer.kind == "overdue" and answer.fresh:
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
        if next_period.actions_total > 1:  # of a single one nothing is to be chosen
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
