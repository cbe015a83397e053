"""Next week (method §9): plan card, or next actions; milestones; the leader's three lines."""

from reports.analysis.records.report_record import LeaderLines
from reports.analysis.records.section_results import Milestone, NextAction, NextPeriod, PlanView
from reports.page.formatting.metric_texts import sentence
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, Line, Lines, Section

_LEVERS = ("business", "learning", "people")
"""The three levers of a plan card (method §9)."""


def next_period_section(
    formatter: TextFormatter, found: NextPeriod, leader: LeaderLines
) -> Section:
    """Return the section; without a plan card it says so and lists the next actions."""
    blocks: list[Block] = []
    if found.plan:
        blocks += _plan(formatter, found.plan)
        subtitle = formatter("next.plan")
    else:
        blocks += _actions(formatter, found)
        subtitle = formatter("next.no_plan" if found.actions else "next.empty")
    leaders = _leader(formatter, leader)
    if leaders:
        blocks.append(Lines(leaders, formatter("leader.title")))
    return Section("next", formatter("next.title"), tuple(blocks), subtitle=subtitle)


def _plan(formatter: TextFormatter, plan: PlanView) -> list[Block]:
    source = formatter.sources(plan.evidence, label="")
    lines = (
        [Line(formatter.quote(plan.key_result, 70), source, lead=formatter("next.key_result"))]
        if plan.key_result
        else []
    )
    levers = tuple(_lever(formatter, lever, getattr(plan, lever)) for lever in _LEVERS)
    if plan.big3:
        lines.append(
            Line(" · ".join(formatter.quote(one, 40) for one in plan.big3[:3]), lead="Big 3")
        )
    risks = [
        Line(
            formatter(
                "next.risk" if risk.countermeasure else "next.risk_bare",
                risk=formatter.quote(risk.text, 50),
                counter=formatter.quote(risk.countermeasure, 50),
            ),
            tone="plain" if risk.countermeasure else "warn",
        )
        for risk in plan.risks[:2]
    ]
    blocks: list[Block] = [Lines(tuple(lines))] if lines else []
    blocks.append(Lines(levers))
    if risks:
        more = formatter("next.risks_many", n=len(plan.risks)) if plan.too_many_risks else ""
        blocks.append(Lines(tuple(risks), formatter("next.risks"), "warn", more_text=more))
    return blocks


def _lever(formatter: TextFormatter, lever: str, found: tuple[str, ...]) -> Line:
    lead = formatter(f"next.lever_{lever}")
    if not found:
        return Line(formatter("next.lever_none"), lead=lead, tone="warn")
    text = " · ".join(formatter.quote(one, 60) for one in found[:3])
    return Line(
        text if len(found) == 1 else f"{text} ({formatter('next.lever_many', n=len(found))})",
        lead=lead,
    )


def _actions(formatter: TextFormatter, found: NextPeriod) -> list[Block]:
    if not found.actions:
        return []
    items = tuple(_action(formatter, one) for one in found.actions[:3])
    total = max(found.actions_total, len(found.actions))
    rest = formatter("list.more", n=total - len(items)) if total > len(items) else ""
    return [
        Lines(
            items,
            more=tuple(_action(formatter, one) for one in found.actions[3:13]),
            more_text=rest,
        )
    ]


def _action(formatter: TextFormatter, one: NextAction) -> Line:
    owners = (
        f" ({formatter.names(one.owners)})"
        if one.owners and formatter.setting.names != "counts"
        else ""
    )
    return Line(
        formatter.quote(one.text, 80) + owners,
        formatter.sources(one.evidence, label=""),
        lead=formatter(f"kind.{one.kind or 'none'}"),
    )


def _leader(formatter: TextFormatter, leader: LeaderLines) -> tuple[Line, ...]:
    """Return the leader's three questions, each answered in one line (method §7)."""
    lines = []
    if leader.core:
        core = leader.core
        text = formatter("leader.core", what=formatter.quote(core.text, 50), n=core.times)
        lines.append(
            Line(
                text,
                formatter.sources(*core.evidence, label=""),
                lead=formatter("leader.core_label"),
            )
        )
        goal = (
            formatter("leader.linked", goal=formatter.quote(core.goal, 50))
            if core.linked and core.goal
            else formatter("leader.not_linked")
        )
        lines.append(
            Line(
                goal, lead=formatter("leader.linked_label"), tone="plain" if core.linked else "warn"
            )
        )
    if leader.change:
        change = leader.change
        text = formatter(f"leader.change.{change.kind}", what=formatter.quote(change.text, 50))
        lines.append(
            Line(
                text,
                formatter.sources(change.evidence, label=""),
                lead=formatter("leader.change_label"),
            )
        )
    return tuple(lines)


def milestones_list(formatter: TextFormatter, found: tuple[Milestone, ...]) -> Lines | None:
    """Return the milestones reached (자축할 것); None without any."""
    if not found:
        return None
    items = tuple(
        Line(
            formatter(f"milestone.{one.kind}", what=formatter.quote(one.text, 60))
            + (f" {sentence(formatter, one.move)}" if one.move else ""),
            formatter.sources(one.evidence, label=""),
        )
        for one in found[:3]
    )
    return Lines(items, formatter("milestone.title"), "good")
