"""The one decision that the page asks for (method §7)."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from notes.model.notes import Note
from reports.analysis.commitments.promises import stopped_thing
from reports.analysis.data.team_log import TeamLog
from reports.analysis.questions.events import Event
from reports.analysis.records.answers import BusinessAnswer
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report_record import (
    DecisionKind,
    DecisionRequest,
)
from reports.analysis.records.section_results import NextPeriod
from reports.analysis.section_findings import SectionFindings
from reports.analysis.summary.back_again import begun_again, came_back_now
from reports.analysis.text.tokens import tokens_in

_ORDINARY = 0.1
"""Share lost below which a number gives way to what was stopped once and is back: judgement."""


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
    if worst is not None and back is None and not _is_settled(worst, found.business):
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
        if came_back_now(one, found)
        and evidence
        and begun_again(one)[1].note_id == evidence.note_id
    }
    notes = (
        stored.note
        for stored in log.notes
        if stored.id in promised and _is_about(stored.note, stopped_thing(promised[stored.id]))
    )
    return next(
        (
            why
            for note in notes
            if (why := log.cause(note, note.failure_factors, note.retrospective))
        ),
        "",
    )


def _is_about(note: Note, stop: str) -> bool:
    """Return whether a note's own activity is the one to be stopped: half its words are there."""
    told, wanted = {*tokens_in(f"{note.title} {note.execution}")}, {*tokens_in(stop)}
    return bool(wanted) and 2 * len(wanted & told) >= len(wanted)


def _stop_reason(business: BusinessAnswer, evidence: Evidence | None) -> str:
    """Return why a note is a candidate to stop: "continued" where it went on after the question."""
    note_id = evidence.note_id if evidence else ""
    for candidate in business.stop:
        if candidate.evidence.note_id == note_id:
            return candidate.reason
    return "continued"


def _is_settled(event: Event, business: BusinessAnswer) -> bool:
    """Return whether the event is of an activity that the log already stops or takes back, or that
    its team leaves open (ADR 0687).
    """
    activity = event.activity
    if activity is None:
        return False
    return not activity.judged or activity.evidence.note_id in _settled(business)


def _settled(business: BusinessAnswer) -> set[str]:
    """Return the notes that nobody is to be asked to stop: the log stops or takes them back."""
    return {one.evidence.note_id for one in business.stop if one.said or one.settled}


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
        if commitment.sure and came_back_now(commitment, found):
            yield "came_back", *begun_again(commitment), "", 0


def _decisions(found: SectionFindings) -> Iterator[DecisionOption]:
    yield from _back_again(found)
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield "stop", check.candidate.evidence.what, check.seen, "", 0
    for answer in found.people.answers:
        if answer.kind == "blocked" and answer.gap is not None:
            helper = answer.person if answer.sure else ""  # likeness names nobody to ask
            yield "unblock", answer.gap.what, answer.gap, helper, 0
    settled = _settled(found.business)
    for candidate in found.business.stop:
        if candidate.evidence.note_id not in settled:
            yield "stop", candidate.evidence.what, candidate.evidence, "", found.business.stop_total
    for activity in found.business.wrong_way:
        if activity.judged and activity.evidence.note_id not in settled:
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
        kept = any(one.kind in ("keep", "stop") for one in next_period.actions)
        if next_period.actions_total > 1 and not kept:  # to stop one thing competes with no other
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
