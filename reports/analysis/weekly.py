"""Builds a team's report from its notes; pure: equal inputs give an equal report.

ReportInputs ─► TeamLog ─► the three questions, the sections ─► the leader's lines ─► WeeklyReport
"""

from collections.abc import Iterator
from dataclasses import replace

from reports.analysis.data.data_quality import assess_data_quality
from reports.analysis.data.person_spellings import names_in
from reports.analysis.data.scope import scope_of
from reports.analysis.data.team_log import TeamLog, build_log
from reports.analysis.learnings.learnings import learnings_of
from reports.analysis.learnings.playbook import fresh_entries
from reports.analysis.metrics.impact import claims_of
from reports.analysis.records.answers import PeopleAnswer
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import DataQuality, SectionAction, WeeklyReport
from reports.analysis.records.section_results import Signals
from reports.analysis.sections.fixes import fixes_of
from reports.analysis.sections.milestones import find_milestones
from reports.analysis.sections.rhythm import rhythm
from reports.analysis.sections.signals import find_signals
from reports.analysis.sections.traps import find_traps
from reports.analysis.summary.asked_before import asked_before, was_sent
from reports.analysis.summary.leader_lines import leader_lines
from reports.analysis.summary.news import news_of
from reports.analysis.summary.section_actions import (
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

from .section_findings import findings, last_log, whole_log


def weekly_report(inputs: ReportInputs) -> WeeklyReport:
    """Return the report of a team's period, every statement with its source notes."""
    log, last = build_log(inputs), last_log(inputs)
    scope, data = scope_of(log, inputs), assess_data_quality(inputs, log)
    claims, learnings = claims_of(log), learnings_of(log)
    whole, shown = whole_log(inputs), last if was_sent(inputs) else None
    found = findings(inputs, log, shown, whole=whole, claims=claims, learnings=learnings)
    found = replace(found, people=_met(found.people, data))
    fixes = fixes_of(log, claims, learnings, known=not data.open_columns)
    report = WeeklyReport(
        scope=scope,
        leader=asked_before(leader_lines(log, found, scope, data=data), inputs, log, last=last),
        business=found.business,
        learning=found.learning,
        people=found.people,
        signals=_known(find_signals(log), data, log),
        traps=find_traps(log),
        commitments=found.commitments,
        rhythm=rhythm(log),
        funnels=found.funnels,
        next=found.next,
        milestones=find_milestones(log, claims),
        playbook=fresh_entries(log),
        fixes=tuple(fixes[: inputs.rules.fixes]),
        fixes_total=len(fixes),
        data=data,
        rules=inputs.rules,
        names=names_in((*inputs.notes, *inputs.gone, *inputs.past), _other_names(inputs)),
    )
    report = replace(report, actions=tuple(_first_of_each(_actions(report, log))))
    return replace(report, news=news_of(report))


def _met(people: PeopleAnswer, data: DataQuality) -> PeopleAnswer:
    """Return the answer without what says that somebody was not met, where part of the period was
    not read: the meeting may stand there (method §1).
    """
    if not data.is_part_unread:
        return people
    answers = tuple(one for one in people.answers if one.kind not in {"overdue", "lever"})
    return replace(people, answers=answers, unmet=0, overdue=0)


def _known(signals: Signals, data: DataQuality, log: TeamLog) -> Signals:
    """Return the signals without "no failure was recorded" where one may stand in what was not
    read or not understood (method §1).

    A column that is a question holds no verdict where every note has one.
    """
    found = signals.recorded
    part = data.is_part_unread or data.undatable
    bare = data.open_columns and any(not stored.note.outcome for stored in log.notes)
    if found is None or not (part or bare):
        return signals
    kept = replace(found, warning=False) if found.finished and not found.unwritten else None
    return replace(signals, recorded=kept)


def _other_names(inputs: ReportInputs) -> tuple[str, ...]:
    """Return the people that the configuration names, in all spellings."""
    return (*(person.name for person in inputs.team.key_people), *inputs.team.spellings)


def _actions(report: WeeklyReport, log: TeamLog) -> Iterator[SectionAction]:
    """Yield every section's next actions, section by section."""
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
