"""From a team's notes to its report: pure, so that the same inputs always give an equal report.

ReportInputs ─► Log ─► the three questions, the sections ─► the leader's lines ─► WeeklyReport
"""

from collections.abc import Iterator

from .business import business
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
from .datastate import data_state
from .inputs import ReportInputs
from .leader import Findings, leader_lines
from .learning import learning
from .lessons import lessons_of
from .log import Log, build_log
from .membership import finished, is_silent, own_days
from .nextweek import next_period
from .people import people
from .report import Scope, SectionAction, WeeklyReport
from .sections import CommitmentLedger, Rhythm, Signals


def weekly_report(inputs: ReportInputs) -> WeeklyReport:
    """Return the report of a team's period, every statement with the notes it comes from."""
    log = build_log(inputs)
    scope = scope_of(log)
    answer = business(log)
    found = Findings(
        answer,
        learning(log, inputs.failures),
        people(log, lessons_of(log)),
        CommitmentLedger(),
        (),
        next_period(log),
    )
    return WeeklyReport(
        scope=scope,
        leader=leader_lines(log, found, first_ever=scope.first_ever),
        business=found.business,
        learning=found.learning,
        people=found.people,
        signals=Signals(),
        traps=(),
        commitments=found.commitments,
        rhythm=Rhythm(),
        funnels=found.funnels,
        next=found.next,
        actions=tuple(_first_of_each(_actions(found, log))),
        data=data_state(inputs, log),
        rules=inputs.rules,
    )


def _actions(found: Findings, log: Log) -> Iterator[SectionAction]:
    """Give every section's next actions, section by section."""
    yield from business_action(found.business, log)
    yield from learning_action(found.learning)
    yield from people_action(found.people)
    yield from signal_action(Signals())
    yield from trap_action(())
    yield from commitment_action(found.commitments)
    yield from rhythm_action(Rhythm())
    yield from funnel_action(found.funnels)
    yield from plan_action(found.next)


def _first_of_each(actions: Iterator[SectionAction]) -> Iterator[SectionAction]:
    seen: set[str] = set()
    for action in actions:
        if action.section not in seen:
            seen.add(action.section)
            yield action


def scope_of(log: Log) -> Scope:
    """Return what the report is about and how many notes it stands on."""
    before = log.of(log.period.back())
    older = [stored for stored in log.notes if min(own_days(stored.note), default=log.period.first) < log.period.first]
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
