"""Question 1, business: what actually moved the number, what stands below the cut line, how forecasts did."""

from reports.answers import Activity, Agreed, BusinessAnswer, Forecast, GoalLine, StopCandidate, StopCheck
from reports.page.view import Block, Claim, Line, Lines, Section, Table, Tone

from .moves import both_sides, change_of_move, change_of_number, counts, grade, metric_name, value
from .notes import done_line, three_lines
from .voice import Voice

_GOAL_TONES: dict[str, Tone] = {"moving": "good", "stalled": "warn", "undecidable": "quiet"}


def business(voice: Voice, answer: BusinessAnswer) -> Section:
    """Return the section: at most three claims, then wrong ways, stop candidates, goals and the forecast ledger."""
    blocks: list[Block] = [claim(voice, activity, rank) for rank, activity in enumerate(answer.kept, start=1)]
    blocks += _nothing_moved(voice, answer)
    blocks += _wrong_way(voice, answer)
    blocks += _stops(voice, answer)
    blocks += _goals(voice, answer.goals)
    blocks += _forecasts(voice, answer)
    return Section(
        "q1",
        voice("business.title"),
        tuple(blocks),
        voice("business.eyebrow"),
        _subtitle(voice, answer),
        details=_forecast_table(voice, answer),
        accent="q1",
    )


def _subtitle(voice: Voice, answer: BusinessAnswer) -> str:
    if not answer.kept:
        if not answer.executed:
            return voice("business.empty")
        return voice("business.none", n=answer.executed, unmeasured=answer.unmeasured)
    key = "business.subtitle" if answer.moved_total > len(answer.kept) else "business.subtitle_all"
    return voice(key, total=answer.executed, moved=answer.moved_total, n=len(answer.kept))


def claim(voice: Voice, activity: Activity, rank: int) -> Claim:
    """Return an activity that moved a number: three lines, the difference, both sides, the grade, the evidence."""
    grade_text, dots, tone = grade(voice, activity)
    remarks = [
        text for text in (counts(voice, activity.move), _shared(voice, activity), _repeated(voice, activity)) if text
    ]
    (label, _), *rest = three_lines(voice, activity.lines)
    return Claim(
        str(rank),
        label,
        done_line(voice, activity.evidence.what, activity.lines.done),
        change_of_move(voice, activity.move),
        both_sides(voice, activity.move),
        grade_text,
        dots,
        tone,
        tuple(rest),
        tuple(remarks),
        voice.sources(activity.evidence, *activity.shared, *activity.repeated),
    )


def _shared(voice: Voice, activity: Activity) -> str:
    if not activity.shared:
        return ""
    return voice("business.shared", with_what=" · ".join(voice.title(one, 40) for one in activity.shared[:2]))


def _repeated(voice: Voice, activity: Activity) -> str:
    return voice("business.repeated", n=len(activity.repeated)) if activity.repeated else ""


def _nothing_moved(voice: Voice, answer: BusinessAnswer) -> list[Block]:
    nothing = answer.nothing_moved
    if nothing is None or not (nothing.agreed or nothing.leading):
        return []
    agreed = tuple(agreed_line(voice, one) for one in nothing.agreed[:3])
    signs = []
    for number in nothing.leading[:3]:
        change = change_of_number(voice, number)
        shown = f" {change.arrow} {change.text}" if change and change.arrow else ""
        signs.append(
            Line(
                f"{metric_name(voice, number.name)} {value(voice, number.value, number.unit)}{shown}",
                voice.sources(number.evidence, label=""),
            )
        )
    blocks: list[Block] = []
    if agreed:
        blocks.append(Lines(agreed, voice("business.agreed", done=nothing.agreed_done, total=nothing.agreed_total)))
    if signs:
        blocks.append(Lines(tuple(signs), voice("business.signs")))
    return blocks


def agreed_line(voice: Voice, agreed: Agreed) -> Line:
    """Return an agreed activity with what became of it."""
    state = {True: "done", False: "not_done", None: "silent"}[agreed.done]
    return Line(voice.quote(agreed.text), voice.sources(agreed.evidence, label=""), lead=voice(f"agreed.{state}"))


def _wrong_way(voice: Voice, answer: BusinessAnswer) -> list[Block]:
    if not answer.wrong_way:
        return []
    items = []
    for activity in answer.wrong_way:
        change = change_of_move(voice, activity.move)
        text = f"{voice.title(activity.evidence, 50)} · {both_sides(voice, activity.move)}"
        items.append(Line(text, voice.sources(activity.evidence, label=""), lead=f"{change.arrow} {change.text}"))
    return [
        Lines(
            tuple(items), voice("business.wrong_way"), "bad", more_text=_rest(voice, answer.wrong_way_total, len(items))
        )
    ]


def _stops(voice: Voice, answer: BusinessAnswer) -> list[Block]:
    blocks: list[Block] = []
    if answer.stop:
        items = tuple(_stop(voice, one) for one in answer.stop)
        blocks.append(
            Lines(items, voice("business.stop"), "warn", more_text=_rest(voice, answer.stop_total, len(items)))
        )
    if answer.stop_checks:
        checks = tuple(_stop_check(voice, one) for one in answer.stop_checks[:3])
        blocks.append(
            Lines(checks, voice("business.stop_checks"), more_text=_rest(voice, len(answer.stop_checks), len(checks)))
        )
    return blocks


def _stop(voice: Voice, one: StopCandidate) -> Line:
    parts = [
        voice(f"stop.{one.reason}", metric=metric_name(voice, one.move.name) if one.move else voice("move.unnamed"))
    ]
    parts += [voice("stop.days", n=one.days)] if one.days else []
    parts += [voice("stop.why", why=voice.quote(one.why, 60))] if one.why else []
    return Line(f"{voice.title(one.evidence, 50)}: {', '.join(parts)}", voice.sources(one.evidence, label=""))


def _stop_check(voice: Voice, check: StopCheck) -> Line:
    text = voice(f"stop_check.{check.state}", what=voice.title(check.candidate.evidence, 50))
    maybe = "" if check.sure else f" {voice('suggestion')}"
    return Line(text + maybe, voice.sources(check.seen, check.candidate.evidence, label=""))


def _goals(voice: Voice, goals: tuple[GoalLine, ...]) -> list[Block]:
    if not goals:
        return []
    items = []
    for goal in goals[:3]:
        reason = ", ".join(voice(f"goal.reason.{reason}") for reason in goal.reasons[:2])
        items.append(
            Line(
                f"{voice.quote(goal.goal, 50)}: {reason}",
                voice.sources(*goal.evidence[:2], label=""),
                _GOAL_TONES[goal.state],
                voice(f"goal.{goal.state}"),
            )
        )
    return [Lines(tuple(items), voice("business.goals"), more_text=_rest(voice, len(goals), len(items)))]


def _forecasts(voice: Voice, answer: BusinessAnswer) -> list[Block]:
    ledger = answer.forecasts
    named = ledger.hit + ledger.miss + ledger.wrong_way + ledger.unexpected
    if not named:
        nothing = Line(voice("forecast.nothing", n=ledger.none), tone="quiet")
        return [Lines((nothing,))] if ledger.none else []
    facts = {"hit": ledger.hit, "miss": ledger.miss, "wrong": ledger.wrong_way, "unexpected": ledger.unexpected}
    sources = voice.sources(*(one.evidence for one in ledger.items[:3]), label="")
    return [Lines((Line(voice("forecast.counts", none=ledger.none, **facts), sources),), voice("forecast.title"))]


def _forecast_table(voice: Voice, answer: BusinessAnswer) -> tuple[Block, ...]:
    rows = tuple(_forecast_row(voice, one) for one in answer.forecasts.items[:10])
    head = tuple(voice(f"forecast.head_{name}") for name in ("what", "expected", "actual", "verdict"))
    return (Table(voice("forecast.caption"), head, rows),) if rows else ()


def _forecast_row(voice: Voice, one: Forecast) -> tuple[str, ...]:
    unit, move = one.move.unit, one.move
    if one.expected is not None:
        expected = value(voice, one.expected, unit)
    else:
        expected = voice("forecast.by", change=value(voice, one.expected_change or 0.0, unit))
    actual = value(voice, move.change if move.after is None else move.after, unit)
    return (voice.title(one.evidence, 60), expected, actual, voice(f"forecast.{one.verdict}"))


def _rest(voice: Voice, total: int, shown: int) -> str:
    return voice("list.more", n=total - shown) if total > shown else ""
