"""From a team's notes to its report: pure, so that the same inputs always give an equal report.

ReportInputs ─► Log ─► the three questions, the sections ─► the leader's lines ─► WeeklyReport
"""

from collections.abc import Iterator
from dataclasses import replace

from .business import business
from .claims import claims_of
from .closing import (
    business_action,
    commitment_action,
    funnel_action,
    learning_action,
    people_action,
    plan_action,
    rhythm_action,
    signal_action,
    trap_action,
)
from .commitments import commitments
from .datastate import data_state
from .fixes import fixes_of
from .funnel import funnels
from .inputs import ReportInputs
from .leader import Findings, leader_lines
from .learning import learning
from .lessons import lessons_of
from .log import Log, build_log
from .membership import finished, is_silent, own_days
from .milestones import milestones
from .nextweek import next_period
from .people import people
from .playbook import fresh_entries
from .report import Scope, SectionAction, WeeklyReport
from .rhythm import rhythm
from .sections import CommitmentLedger
from .signals import signals
from .traps import traps


def weekly_report(inputs: ReportInputs) -> WeeklyReport:
    """Return the report of a team's period, every statement with the notes it comes from."""
    log, last = build_log(inputs), last_log(inputs)
    scope, claims, lessons = scope_of(log), claims_of(log), lessons_of(log)
    found = Findings(
        business(log, last if not scope.first_ever else None, claims),
        learning(log, inputs.past, lessons),
        people(log, lessons),
        ledger(inputs, log, last),
        funnels(log),
        next_period(log),
    )
    fixes = fixes_of(log, claims, lessons)
    report = WeeklyReport(
        scope=scope,
        leader=leader_lines(log, found, first_ever=scope.first_ever),
        business=found.business,
        learning=found.learning,
        people=found.people,
        signals=signals(log),
        traps=traps(log),
        commitments=found.commitments,
        rhythm=rhythm(log),
        funnels=found.funnels,
        next=found.next,
        milestones=milestones(log, claims),
        playbook=fresh_entries(log),
        fixes=tuple(fixes[: inputs.rules.fixes]),
        fixes_total=len(fixes),
        data=data_state(inputs, log),
        rules=inputs.rules,
    )
    return replace(report, actions=tuple(_first_of_each(_actions(report, log))))


def last_log(inputs: ReportInputs) -> Log:
    """Return the log of the period before as its report saw it, or as it is now where loopnote was not there yet."""
    before = replace(inputs, period=inputs.period.back())
    return build_log(before, inputs.earlier or inputs.notes)


def ledger(inputs: ReportInputs, log: Log, last: Log) -> CommitmentLedger:
    """Return the commitments with the closure rate of the period before beside that of this one."""
    now = commitments(log, inputs.earlier, inputs.gone)
    return replace(now, previous_closure=commitments(last, ()).closure)


def _actions(report: WeeklyReport, log: Log) -> Iterator[SectionAction]:
    """Give every section's next actions, section by section."""
    yield from business_action(report.business, log)
    yield from learning_action(report.learning)
    yield from people_action(report.people)
    yield from signal_action(report.signals)
    yield from trap_action(report.traps)
    yield from commitment_action(report.commitments)
    yield from rhythm_action(report.rhythm)
    yield from funnel_action(report.funnels)
    yield from plan_action(report.next)


def _first_of_each(actions: Iterator[SectionAction]) -> Iterator[SectionAction]:
    seen: set[str] = set()
    for action in actions:
        if action.section not in seen:
            seen.add(action.section)
            yield action


def scope_of(log: Log) -> Scope:
    """Return what the report is about and how many notes it stands on."""
    before = log.of(log.period.back())
    older = any(day < log.period.first for stored in log.notes for day in own_days(stored.note))
    silent = [stored for stored in log.notes if is_silent(stored, log.period, log.zone)]
    return Scope(
        team=log.team.name,
        period=log.period,
        first=log.period.first,
        last=log.period.last,
        timezone=log.team.timezone,
        notes=len(log.here),
        previous_notes=len(before),
        started=sum(bool(one.note.start_date and one.note.start_date in log.period) for one in log.here),
        finished=sum(finished(one.note, log.period) for one in log.here),
        silent=tuple(log.evidence(stored) for stored in silent[: log.rules.list_size]),
        silent_total=len(silent),
        first_ever=not older and not before,
        unclassified=sum(one.note.flow is None for one in log.here),
    )
