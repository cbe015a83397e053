"""Next week: the plan card as found, or the next actions keep · stop · start; milestones; the leader's three lines."""

from reports.page.view import Block, Line, Lines, Section
from reports.report import LeaderLines
from reports.sections import Milestone, NextAction, NextPeriod, PlanView

from .moves import sentence
from .voice import Voice

_LEVERS = ("business", "learning", "people")


def next_period(voice: Voice, found: NextPeriod, leader: LeaderLines) -> Section:
    """Return the section; without a plan card it says so and shows the next actions."""
    blocks: list[Block] = []
    if found.plan:
        blocks += _plan(voice, found.plan)
        subtitle = voice("next.plan")
    else:
        blocks += _actions(voice, found)
        subtitle = voice("next.no_plan" if found.actions else "next.empty")
    leaders = _leader(voice, leader)
    if leaders:
        blocks.append(Lines(leaders, voice("leader.title")))
    return Section("next", voice("next.title"), tuple(blocks), subtitle=subtitle)


def _plan(voice: Voice, plan: PlanView) -> list[Block]:
    source = voice.sources(plan.evidence, label="")
    lines = [Line(voice.quote(plan.key_result, 70), source, lead=voice("next.key_result"))] if plan.key_result else []
    levers = tuple(_lever(voice, lever, getattr(plan, lever)) for lever in _LEVERS)
    if plan.big3:
        lines.append(Line(" · ".join(voice.quote(one, 40) for one in plan.big3[:3]), lead="Big 3"))
    risks = [
        Line(
            voice(
                "next.risk" if risk.countermeasure else "next.risk_bare",
                risk=voice.quote(risk.text, 50),
                counter=voice.quote(risk.countermeasure, 50),
            ),
            tone="plain" if risk.countermeasure else "warn",
        )
        for risk in plan.risks[:2]
    ]
    blocks: list[Block] = [Lines(tuple(lines))] if lines else []
    blocks.append(Lines(levers))
    if risks:
        more = voice("next.risks_many", n=len(plan.risks)) if plan.too_many_risks else ""
        blocks.append(Lines(tuple(risks), voice("next.risks"), "warn", more_text=more))
    return blocks


def _lever(voice: Voice, lever: str, found: tuple[str, ...]) -> Line:
    lead = voice(f"next.lever_{lever}")
    if not found:
        return Line(voice("next.lever_none"), lead=lead, tone="warn")
    text = " · ".join(voice.quote(one, 60) for one in found[:3])
    return Line(text if len(found) == 1 else f"{text} ({voice('next.lever_many', n=len(found))})", lead=lead)


def _actions(voice: Voice, found: NextPeriod) -> list[Block]:
    if not found.actions:
        return []
    items = tuple(_action(voice, one) for one in found.actions[:3])
    total = max(found.actions_total, len(found.actions))
    rest = voice("list.more", n=total - len(items)) if total > len(items) else ""
    return [Lines(items, more=tuple(_action(voice, one) for one in found.actions[3:13]), more_text=rest)]


def _action(voice: Voice, one: NextAction) -> Line:
    owners = f" ({voice.names(one.owners)})" if one.owners and voice.setting.names != "counts" else ""
    return Line(
        voice.quote(one.text, 80) + owners,
        voice.sources(one.evidence, label=""),
        lead=voice(f"kind.{one.kind or 'none'}"),
    )


def _leader(voice: Voice, leader: LeaderLines) -> tuple[Line, ...]:
    """The leader's three questions, each answered in one line (METHOD.md §7)."""
    lines = []
    if leader.core:
        core = leader.core
        text = voice("leader.core", what=voice.quote(core.text, 50), n=core.times)
        lines.append(Line(text, voice.sources(*core.evidence, label=""), lead=voice("leader.core_label")))
        goal = (
            voice("leader.linked", goal=voice.quote(core.goal, 50))
            if core.linked and core.goal
            else voice("leader.not_linked")
        )
        lines.append(Line(goal, lead=voice("leader.linked_label"), tone="plain" if core.linked else "warn"))
    if leader.change:
        change = leader.change
        text = voice(f"leader.change.{change.kind}", what=voice.quote(change.text, 50))
        lines.append(Line(text, voice.sources(change.evidence, label=""), lead=voice("leader.change_label")))
    return tuple(lines)


def milestones(voice: Voice, found: tuple[Milestone, ...]) -> Lines | None:
    """Return what was reached (자축할 것); None where nothing was."""
    if not found:
        return None
    items = tuple(
        Line(
            voice(f"milestone.{one.kind}", what=voice.quote(one.text, 60))
            + (f" {sentence(voice, one.move)}" if one.move else ""),
            voice.sources(one.evidence, label=""),
        )
        for one in found[:3]
    )
    return Lines(items, voice("milestone.title"), "good")
