"""The last line of a section: one next action that the log gives, or one cell would (method §7).

No general advice: where the log gives none, the section has none.
"""

from collections.abc import Iterator

from reports.analysis.data.period_membership import is_executed
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.records.answers import BusinessAnswer, LearningAnswer, PeopleAnswer
from reports.analysis.records.report_record import SectionAction
from reports.analysis.records.section_results import (
    CommitmentLedger,
    Funnel,
    NextPeriod,
    Rhythm,
    Signals,
    Trap,
)


def business_action(answer: BusinessAnswer, log: TeamLog) -> Iterator[SectionAction]:
    """Yield the next actions of business: what the log plans, else the missing number."""
    for activity in answer.kept:
        if activity.lines.next:
            yield SectionAction("business", "next_action", activity.lines.next, activity.evidence)
    for candidate in answer.stop:
        if candidate.said:
            yield SectionAction("business", "stop", candidate.evidence.what, candidate.evidence)
    for stored in log.period_notes:
        if is_executed(stored.note) and not any(metrics_of(stored.note)):
            evidence = log.evidence(stored)
            yield SectionAction("business", "measure", evidence.what, evidence)


def learning_action(answer: LearningAnswer) -> Iterator[SectionAction]:
    """Yield the next actions of learning: a learning to apply, else a pair's next action."""
    for learning in answer.unapplied:
        yield SectionAction("learning", "apply", learning.learned, learning.evidence)
    for pair in answer.pairs:
        if pair.lines.next:
            yield SectionAction("learning", "next_action", pair.lines.next, pair.evidence)


def people_action(answer: PeopleAnswer) -> Iterator[SectionAction]:
    """Yield whom to talk to, or the note that needs a helper."""
    for one in answer.answers:
        if one.person:
            yield SectionAction("people", "contact", one.blocker or one.goal, one.gap, one.person)
        elif one.gap is not None:
            yield SectionAction("people", "name_helper", one.gap.what, one.gap)


def signal_action(signals: Signals) -> Iterator[SectionAction]:
    """Yield the bottleneck question where a person was blamed, else the missing cause."""
    if signals.process is not None and signals.process.person:
        yield SectionAction("signals", "ask_bottleneck")
    if signals.recorded is not None and signals.recorded.without_cause:
        evidence = signals.recorded.without_cause[0]
        yield SectionAction("signals", "write_retrospective", evidence.what, evidence)


def trap_action(traps: tuple[Trap, ...]) -> Iterator[SectionAction]:
    """Yield the cell that would end the first trap: a goal, or a next action."""
    for trap in traps:
        first = trap.items[0] if trap.items else None
        if trap.caught and trap.kind == "no_goal" and first is not None:
            yield SectionAction("traps", "link_goal", first.what, first)
        elif trap.caught and trap.kind == "no_next_action" and first is not None:
            yield SectionAction("traps", "write_next", first.what, first)


def commitment_action(ledger: CommitmentLedger) -> Iterator[SectionAction]:
    """Yield the commitment that needs an answer first."""
    for item in ledger.items:
        if item.state == "came_back":
            what = item.answer.what if item.answer else item.text
            yield SectionAction("commitments", "stop", what, item.answer or item.evidence)
        elif item.state in {"vanished", "unanswered"}:
            yield SectionAction("commitments", "answer_commitment", item.text, item.evidence)


def rhythm_action(rhythm: Rhythm) -> Iterator[SectionAction]:
    """Yield what was left undone of the Big 3."""
    for item in rhythm.big3_items:
        if item.done is False:
            yield SectionAction("rhythm", "next_action", item.text, item.evidence)


def funnel_action(funnels: tuple[Funnel, ...]) -> Iterator[SectionAction]:
    """Yield the step to improve first."""
    for funnel in funnels:
        if funnel.bottleneck is not None and funnel.bottleneck.state == "below":
            step = funnel.bottleneck
            evidence = funnel.evidence[0] if funnel.evidence else None
            yield SectionAction("funnel", "fix_step", f"{step.start} → {step.end}", evidence)


def plan_action(next_period: NextPeriod) -> Iterator[SectionAction]:
    """Yield the risk that lacks a countermeasure."""
    plan = next_period.plan
    if plan is None:
        return
    for risk in plan.risks:
        if not risk.countermeasure:
            yield SectionAction("next", "fill_plan", risk.text, plan.evidence)
