"""Collects what the sections of a report find; the leader's lines are derived from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.analysis.commitments.all_commitments import Standing, standing
from reports.analysis.commitments.period_commitments import commitment_ledger
from reports.analysis.data.team_log import TeamLog, build_log
from reports.analysis.learnings.learnings import Learning, learnings_of
from reports.analysis.metrics.impact import ImpactClaim, claims_of
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.learning import answer_learning
from reports.analysis.questions.people import answer_people
from reports.analysis.records.answers import BusinessAnswer, LearningAnswer, PeopleAnswer
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.section_results import CommitmentLedger, Funnel, NextPeriod
from reports.analysis.sections.funnel import measure_funnels
from reports.analysis.sections.next_week import next_period


@dataclass(frozen=True, slots=True)
class SectionFindings:
    """Results of all sections; `period` is the report's own ("2026-W47")."""

    business: BusinessAnswer
    learning: LearningAnswer
    people: PeopleAnswer
    commitments: CommitmentLedger
    funnels: tuple[Funnel, ...]
    next: NextPeriod
    period: str = ""


def findings(
    inputs: ReportInputs,
    log: TeamLog,
    last: TeamLog | None,
    *,
    whole: TeamLog,
    claims: Sequence[ImpactClaim] | None = None,
    learnings: Sequence[Learning] | None = None,
) -> SectionFindings:
    """Return the results of all sections.

    Args:
        inputs: what the report is computed from.
        log: the log of its window.
        last: the log of the period before as its report saw it, None where none was sent.
        whole: the log of all years (`whole_log`), of any period.
        claims: those of the log, where they are known already.
        learnings: likewise.
    """
    claims = claims_of(log) if claims is None else claims
    kept_log = replace(whole, period=log.period)
    promises = standing(kept_log, inputs.gone, inputs.removed)
    learnings = learnings_of(log) if learnings is None else learnings
    return SectionFindings(
        business=answer_business(log, last, claims),
        learning=answer_learning(log, inputs.past, learnings),
        people=answer_people(log, learnings),
        commitments=commitment_ledger(kept_log, inputs.gone, inputs.removed),
        funnels=measure_funnels(log),
        next=next_period(log, done=_followed(promises)),
        period=str(log.period),
    )


def _followed(promises: Sequence[Standing]) -> frozenset[str]:
    """Return the ids of the notes whose next action another note has begun or done already."""
    return frozenset(
        one.promise.stored.id
        for one in promises
        if one.sure and one.answer is not None and one.state in {"kept", "running"}
    )


def last_log(inputs: ReportInputs) -> TeamLog:
    """Return the log of the period before as its report saw it.

    As it is now where no report was made then.
    """
    before = replace(inputs, period=inputs.period.back())
    return build_log(before, inputs.earlier or inputs.notes)


def whole_log(inputs: ReportInputs) -> TeamLog:
    """Return the log of all years: the commitment ledger is kept over it."""
    return build_log(inputs, (*inputs.ledger, *inputs.notes))
