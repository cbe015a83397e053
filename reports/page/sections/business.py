"""Question 1, business: what moved the number, what could stop, how forecasts did."""

from notes.messages import figures
from reports.analysis.records.answers import (
    Activity,
    BusinessAnswer,
    DisputedNumber,
    Forecast,
    GoalLine,
    PeriodMetric,
    PlannedActivity,
    StopCandidate,
    StopCheck,
)
from reports.analysis.records.section_results import WeekShare
from reports.page.formatting.metric_texts import (
    both_sides,
    change_of_move,
    change_of_number,
    counts,
    grade,
    how_taken,
    metric_name,
    size,
    value,
)
from reports.page.formatting.note_texts import done_line, three_lines
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, ClaimBlock, Line, Lines, ReportTable, Section, Tone

_GOAL_TONES: dict[str, Tone] = {
    "moving": "good",
    "against": "bad",
    "stalled": "warn",
    "undecidable": "quiet",
}
"""The colour of a goal's state; what cannot be told has none."""


def business_section(
    formatter: TextFormatter, answer: BusinessAnswer, *, known: bool = True
) -> Section:
    """Return the section: three claims, wrong ways, stop candidates, goals, forecasts.

    Where a source or a column is not `known`, nothing is said to be missing (method §1).
    """
    blocks: list[Block] = [
        claim_block(formatter, activity, rank) for rank, activity in enumerate(answer.kept, start=1)
    ]
    blocks += _series(formatter, answer)
    blocks += _nothing_moved(formatter, answer)
    blocks += _wrong_way(formatter, answer)
    blocks += _in_doubt(formatter, answer)
    blocks += _stops(formatter, answer)
    blocks += _goals(formatter, answer.goals)
    blocks += _forecasts(formatter, answer, known=known)
    return Section(
        "q1",
        formatter("business.title"),
        tuple(blocks),
        formatter("business.eyebrow"),
        _subtitle(formatter, answer, known=known),
        details=_forecast_table(formatter, answer),
        accent="q1",
    )


def _subtitle(formatter: TextFormatter, answer: BusinessAnswer, *, known: bool) -> str:
    if not answer.kept:
        if not answer.executed:
            return formatter("business.empty")
        if not known or answer.may_have_moved:
            return formatter("business.unknown", n=answer.executed)
        key = "only_worse" if answer.wrong_way or answer.series_worse else "none"
        if not answer.unmeasured:
            return formatter(f"business.{key}_measured", n=answer.executed)
        return formatter(f"business.{key}", n=answer.executed, unmeasured=answer.unmeasured)
    key = "business.subtitle" if answer.moved_total > len(answer.kept) else "business.subtitle_all"
    return formatter(key, total=answer.executed, moved=answer.moved_total, n=len(answer.kept))


def claim_block(formatter: TextFormatter, activity: Activity, rank: int) -> ClaimBlock:
    """Return an activity that moved a number: three lines, change, both sides, grade, evidence."""
    grade_text, dots, tone = grade(formatter, activity)
    remarks = [
        text
        for text in (
            counts(formatter, activity.move),
            _shared(formatter, activity),
            _repeated(formatter, activity),
        )
        if text
    ]
    (label, _), *rest = three_lines(formatter, activity.lines)
    return ClaimBlock(
        rank=str(rank),
        label=label,
        title=done_line(formatter, activity.evidence.what, activity.lines.done),
        change=change_of_move(formatter, activity.move),
        facts=both_sides(formatter, activity.move),
        grade=grade_text,
        grade_dots=dots,
        grade_tone=tone,
        lines=tuple(rest),
        remarks=tuple(remarks),
        evidence=formatter.sources(activity.evidence, *activity.shared, *activity.repeated),
    )


def _shared(formatter: TextFormatter, activity: Activity) -> str:
    if not activity.shared:
        return ""
    return formatter(
        "business.shared",
        with_what=" · ".join(formatter.title(one, 40) for one in activity.shared[:2]),
    )


def _repeated(formatter: TextFormatter, activity: Activity) -> str:
    return formatter("business.repeated", n=len(activity.repeated)) if activity.repeated else ""


def _nothing_moved(formatter: TextFormatter, answer: BusinessAnswer) -> list[Block]:
    nothing = answer.nothing_moved
    if nothing is None or not (nothing.agreed or nothing.leading):
        return []
    agreed = tuple(agreed_line(formatter, one) for one in nothing.agreed[:3])
    signs = []
    for number in nothing.leading[:3]:
        change = change_of_number(formatter, number)
        shown = f" {change.whole}" if change and change.arrow else ""
        signs.append(
            Line(
                f"{metric_name(formatter, number.name)} "
                f"{value(formatter, number.value, number.unit)}{shown}",
                formatter.sources(number.evidence, label=""),
            )
        )
    blocks: list[Block] = []
    if agreed:
        marked = nothing.agreed_total - nothing.agreed_unmarked
        title = formatter("business.agreed", done=nothing.agreed_done, total=marked)
        if not marked:
            title = formatter("business.agreed_unmarked", n=nothing.agreed_unmarked)
        blocks.append(Lines(agreed, title))
    if signs:
        blocks.append(Lines(tuple(signs), formatter("business.signs")))
    return blocks


def agreed_line(formatter: TextFormatter, agreed: PlannedActivity) -> Line:
    """Return an agreed activity with what became of it."""
    state = {True: "done", False: "not_done", None: "silent"}[agreed.done]
    return Line(
        formatter.quote(agreed.text),
        formatter.sources(agreed.evidence, label=""),
        lead=formatter(f"agreed.{state}"),
    )


def _wrong_way(formatter: TextFormatter, answer: BusinessAnswer) -> list[Block]:
    if not answer.wrong_way:
        return []
    items = []
    for activity in answer.wrong_way:
        change = change_of_move(formatter, activity.move)
        text = f"{formatter.title(activity.evidence, 50)} · {both_sides(formatter, activity.move)}"
        why = next(
            (one.why for one in answer.stop if one.evidence.note_id == activity.evidence.note_id),
            "",
        )
        text += f" · {formatter('stop.why', why=formatter.quote(why, 60))}" if why else ""
        items.append(
            Line(
                text,
                formatter.sources(activity.evidence, label=""),
                lead=change.whole,
            )
        )
    return [
        Lines(
            tuple(items),
            formatter("business.wrong_way"),
            "bad",
            more_text=_rest(formatter, answer.wrong_way_total, len(items)),
        )
    ]


def _in_doubt(formatter: TextFormatter, answer: BusinessAnswer) -> list[Block]:
    """Return uncertain comparisons, numbers beside open verdicts, differing notes and series."""
    blocks: list[Block] = []
    if answer.unsure:
        items = tuple(_unsure(formatter, one) for one in answer.unsure[:3])
        rest = _rest(formatter, len(answer.unsure), len(items))
        blocks.append(Lines(items, formatter("business.unsure"), "quiet", more_text=rest))
    if answer.contrary:
        items = tuple(_unsure(formatter, one) for one in answer.contrary)
        blocks.append(Lines(items, formatter("business.contrary"), "quiet"))
    if answer.disputed:
        items = tuple(disputed_line(formatter, one) for one in answer.disputed[:3])
        blocks.append(Lines(items, formatter("business.disputed_title"), "warn"))
    return blocks


def _unsure(formatter: TextFormatter, one: Activity) -> Line:
    sides, counted = both_sides(formatter, one.move), counts(formatter, one.move)
    text = f"{formatter.title(one.evidence, 50)}: {sides}. {counted}".rstrip()
    return Line(text, formatter.sources(one.evidence, label=""))


def disputed_line(formatter: TextFormatter, one: DisputedNumber) -> Line:
    """Return a note's number beside the series' number of the same metric."""
    said = one.said.after if one.said.after is not None else one.said.change
    text = formatter(
        "business.disputed",
        metric=metric_name(formatter, one.number.name),
        said=value(formatter, said, one.said.unit),
        counted=value(formatter, one.number.value, one.number.unit),
    )
    return Line(text, formatter.sources(one.evidence, one.number.evidence, label=""), "warn")


def _series(formatter: TextFormatter, answer: BusinessAnswer) -> list[Block]:
    """Return the period's series against last period and target, leading before lagging."""
    if not answer.series:
        return []
    items = tuple(series_line(formatter, one) for one in answer.series[:6])
    return [
        Lines(
            items,
            formatter("business.series"),
            more_text=_rest(formatter, len(answer.series), len(items)),
        )
    ]


def series_line(formatter: TextFormatter, one: PeriodMetric) -> Line:
    """Return a number with its role, its change, last period's value and its target."""
    change = change_of_number(formatter, one)
    parts = [f"{metric_name(formatter, one.name)} {value(formatter, one.value, one.unit)}"]
    parts += [f"({change.whole})"] if change else []
    taken = how_taken(formatter, one)
    details = [taken] if taken else []
    details += (
        [formatter("number.before", value=value(formatter, one.previous, one.unit))]
        if one.previous is not None
        else []
    )
    details += (
        [formatter("number.target", target=value(formatter, one.target, one.unit))]
        if one.target is not None
        else []
    )
    if one.deferred and one.judge_from:
        details.append(
            formatter("number.later", day=figures.day(one.judge_from, formatter.language))
        )
    text = " · ".join([" ".join(parts), *details])
    lead = formatter(f"number.role.{one.role}") if one.role else ""
    return Line(
        text,
        formatter.sources(one.evidence, label=""),
        "bad" if one.direction == "worse" and not one.deferred else "plain",
        lead,
    )


def _stops(formatter: TextFormatter, answer: BusinessAnswer) -> list[Block]:
    blocks: list[Block] = []
    told = {one.evidence.note_id for one in answer.wrong_way}
    stop = [one for one in answer.stop if one.evidence.note_id not in told]
    if stop:
        items = tuple(
            Line(stop_text(formatter, one), formatter.sources(one.evidence, label=""))
            for one in stop
        )
        rest = _rest(formatter, answer.stop_total - len(answer.stop) + len(stop), len(items))
        blocks.append(Lines(items, formatter("business.stop"), "warn", more_text=rest))
    if answer.stop_checks:
        checks = tuple(_stop_check(formatter, one) for one in answer.stop_checks[:3])
        blocks.append(
            Lines(
                checks,
                formatter("business.stop_checks"),
                more_text=_rest(formatter, len(answer.stop_checks), len(checks)),
            )
        )
    return blocks


def stop_text(formatter: TextFormatter, one: StopCandidate) -> str:
    """Return what could be stopped and why."""
    parts = [
        formatter(
            f"stop.{one.reason}",
            metric=metric_name(formatter, one.move.name) if one.move else formatter("move.unnamed"),
        )
    ]
    parts += [formatter("stop.days", n=one.days)] if one.days else []
    parts += [formatter("stop.why", why=formatter.quote(one.why, 60))] if one.why else []
    return f"{formatter.title(one.evidence, 50)}: {', '.join(parts)}"


def stop_check_text(formatter: TextFormatter, check: StopCheck) -> str:
    """Return whether a candidate of the last report was stopped."""
    alike = check.state == "continued" and not check.sure
    state = "alike" if alike else check.state  # likeness tells of another one, not that it goes on
    text = formatter(f"stop_check.{state}", what=formatter.title(check.candidate.evidence, 50))
    return text if check.sure else f"{text} {formatter('suggestion')}"


def _stop_check(formatter: TextFormatter, check: StopCheck) -> Line:
    return Line(
        stop_check_text(formatter, check),
        formatter.sources(check.seen, check.candidate.evidence, label=""),
    )


def _goals(formatter: TextFormatter, goals: tuple[GoalLine, ...]) -> list[Block]:
    if not goals:
        return []
    items = tuple(goal_text(formatter, goal) for goal in goals[:3])
    return [
        Lines(
            items, formatter("business.goals"), more_text=_rest(formatter, len(goals), len(items))
        )
    ]


def goal_text(formatter: TextFormatter, goal: GoalLine) -> Line:
    """Return a goal with its state and the reasons for it."""
    reason = ", ".join(formatter(f"goal.reason.{reason}") for reason in goal.reasons[:2])
    places = formatter.sources(*goal.evidence[:2], label="")
    return Line(
        f"{formatter.quote(goal.goal, 50)}: {reason}",
        places,
        _GOAL_TONES[goal.state],
        formatter(f"goal.{goal.state}"),
    )


def _forecasts(formatter: TextFormatter, answer: BusinessAnswer, *, known: bool) -> list[Block]:
    ledger = answer.forecasts
    named = ledger.hit + ledger.miss + ledger.wrong_way + ledger.unexpected
    if not named:
        nothing = Line(formatter("forecast.nothing", n=ledger.none), tone="quiet")
        return [Lines((nothing,))] if ledger.none and known else []
    facts = {
        "hit": ledger.hit,
        "miss": ledger.miss,
        "wrong": ledger.wrong_way,
        "unexpected": ledger.unexpected,
    }
    sources = formatter.sources(*(one.evidence for one in ledger.items[:3]), label="")
    return [
        Lines(
            (Line(formatter("forecast.counts", none=ledger.none, **facts), sources),),
            formatter("forecast.title"),
        )
    ]


def _forecast_table(formatter: TextFormatter, answer: BusinessAnswer) -> tuple[Block, ...]:
    rows = tuple(_forecast_row(formatter, one) for one in answer.forecasts.items[:10])
    head = tuple(
        formatter(f"forecast.head_{name}") for name in ("what", "expected", "actual", "verdict")
    )
    return (ReportTable(formatter("forecast.caption"), head, rows),) if rows else ()


def _forecast_row(formatter: TextFormatter, one: Forecast) -> tuple[str, ...]:
    unit, move = one.move.unit, one.move
    if one.expected is not None:
        expected = value(formatter, one.expected, unit)
    else:
        expected = formatter("forecast.by", change=_signed(formatter, one.expected_change, unit))
    if move.after is None:
        actual = formatter("forecast.by", change=_signed(formatter, move.change, unit))
    else:
        actual = value(formatter, move.after, unit)
    return (
        formatter.title(one.evidence, 60),
        expected,
        actual,
        formatter(f"forecast.{one.verdict}"),
    )


def _signed(formatter: TextFormatter, change: float | None, unit: str) -> str:
    """Return a change, a fall with its sign: rates change by points, as everywhere else."""
    return ("−" if (change or 0.0) < 0 else "") + size(formatter, change or 0.0, unit)


def _rest(formatter: TextFormatter, total: int, shown: int) -> str:
    return formatter("list.more", n=total - shown) if total > shown else ""


def agreed_text(formatter: TextFormatter, key: str, share: WeekShare) -> str:
    """Return how much of the agreed was done, in whole items; "" without any."""
    parts = []
    if share.planned:
        done, planned = (
            figures.number(n, formatter.language, decimals=0) for n in (share.done, share.planned)
        )
        parts.append(formatter(f"rhythm.{key}_text", done=done, planned=planned))
    if share.unmarked:
        unmarked = "rhythm.unmarked_more" if parts else "rhythm.unmarked"
        parts.append(formatter(unmarked, n=share.unmarked))
    if share.unplanned:
        parts.append(formatter("rhythm.unplanned", n=round(share.unplanned)))
    return " ".join(parts)
