"""From a team's notes to its report: pure, so that the same inputs always give an equal report.

ReportInputs ─► TeamLog ─► the three questions, the sections ─► the leader's lines ─► WeeklyReport
"""

from collections.abc import Iterator
from dataclasses import replace

from reports.analysis.commitments.period_commitments import commitment_ledger
from reports.analysis.data.data_quality import assess_data_quality
from reports.analysis.data.period_membership import is_finished, is_silent, own_days
from reports.analysis.data.person_spellings import names_in
from reports.analysis.data.team_log import TeamLog, build_log
from reports.analysis.learnings.learnings import learnings_of
from reports.analysis.learnings.playbook import fresh_entries
from reports.analysis.metrics.impact import claims_of
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.leader import SectionFindings, leader_lines
from reports.analysis.questions.learning import answer_learning
from reports.analysis.questions.people import answer_people
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report import Scope, SectionAction, WeeklyReport
from reports.analysis.records.section_results import CommitmentLedger
from reports.analysis.sections.fixes import fixes_of
from reports.analysis.sections.funnel import measure_funnels
from reports.analysis.sections.milestones import find_milestones
from reports.analysis.sections.next_week import next_period
from reports.analysis.sections.rhythm import rhythm
from reports.analysis.sections.signals import find_signals
from reports.analysis.sections.traps import find_traps

from .section_actions import (
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


def weekly_report(inputs: ReportInputs) -> WeeklyReport:
    """Return the report of a team's period, every statement with the notes it comes from."""
    log, last = build_log(inputs), last_log(inputs)
    scope, claims, learnings = scope_of(log), claims_of(log), learnings_of(log)
    found = SectionFindings(
        answer_business(log, last if not scope.first_ever else None, claims),
        answer_learning(log, inputs.past, learnings),
        answer_people(log, learnings),
        ledger(inputs, log, last),
        measure_funnels(log),
        next_period(log),
    )
    fixes = fixes_of(log, claims, learnings)
    report = WeeklyReport(
        scope=scope,
        leader=leader_lines(log, found, first_ever=scope.first_ever),
        business=found.business,
        learning=found.learning,
        people=found.people,
        signals=find_signals(log),
        traps=find_traps(log),
        commitments=found.commitments,
        rhythm=rhythm(log),
        funnels=found.funnels,
        next=found.next,
        milestones=find_milestones(log, claims),
        playbook=fresh_entries(log),
        fixes=tuple(fixes[: inputs.rules.fixes]),
        fixes_total=len(fixes),
        data=assess_data_quality(inputs, log),
        rules=inputs.rules,
        names=names_in((*inputs.notes, *inputs.gone, *inputs.past), _other_names(inputs)),
    )
    return replace(report, actions=tuple(_first_of_each(_actions(report, log))))


def _other_names(inputs: ReportInputs) -> tuple[str, ...]:
    """Return the people that the configuration names, in all spellings."""
    return (*(person.name for person in inputs.team.key_people), *inputs.team.spellings)


def last_log(inputs: ReportInputs) -> TeamLog:
    """Return the log of the period before as its report saw it, or as it is now where loopnote was not there yet."""
    before = replace(inputs, period=inputs.period.back())
    return build_log(before, inputs.earlier or inputs.notes)


def ledger(inputs: ReportInputs, log: TeamLog, last: TeamLog) -> CommitmentLedger:
    """Return the commitments with the closure rate of the period before beside that of this one."""
    now = commitment_ledger(log, inputs.earlier, inputs.gone)
    return replace(now, previous_closure=commitment_ledger(last, ()).closure)


def _actions(report: WeeklyReport, log: TeamLog) -> Iterator[SectionAction]:
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


def scope_of(log: TeamLog) -> Scope:
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
        notes=len(log.period_notes),
        previous_notes=len(before),
        started=sum(
            bool(one.note.start_date and one.note.start_date in log.period)
            for one in log.period_notes
        ),
        finished=sum(is_finished(one.note, log.period) for one in log.period_notes),
        silent=tuple(log.evidence(stored) for stored in silent[: log.rules.list_size]),
        silent_total=len(silent),
        first_ever=not older and not before,
        unclassified=sum(one.note.flow is None for one in log.period_notes),
    )
