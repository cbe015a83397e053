"""The first screen.

Headline with its number, one line a question, the decision, the key number against its goal.
"""

from datetime import datetime

from notes.model.periods import Week
from reports.analysis.records.answers import MetricChange, PeriodMetric
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report import DecisionRequest, Headline, WeeklyReport
from reports.page import charts
from reports.page.formatting.metric_texts import (
    change_of_move,
    change_of_number,
    metric_name,
    sentence,
    size,
    value,
)
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.messages import figures
from reports.page.safe import mailto
from reports.page.view import Bar, Chart, DecisionBlock, KeyLine, KeyNumber, PlaceLink

_CHART_MOST = 8


def headline_sentence(formatter: TextFormatter, line: Headline) -> str:
    """Return the sentence of the week, with its number."""
    if line.kind in {"key_number", "number"} and line.number:
        return number_sentence(formatter, line.number)
    if line.kind == "funnel" and line.step:
        base, rate = (
            f"{figures.number(100 * (share or 0), formatter.language, decimals=0)}%"
            for share in (line.step.base_rate, line.step.rate)
        )
        return formatter(
            "headline.funnel", step=f"{line.step.start} → {line.step.end}", base=base, rate=rate
        )
    if line.kind in {"undated", "unread"}:
        return _unknown(formatter, line)
    if line.kind == "signs" and line.number:
        return formatter("headline.signs", sign=_short_number(formatter, line.number))
    move = line.activity_move
    if move is None:
        kind = line.kind if line.kind in {"empty", "too_few", "first_ever"} else "nothing_moved"
        return formatter(f"headline.{kind}", n=line.notes)
    moved = sentence(formatter, move)
    return formatter(f"headline.{line.kind}_moved", moved=moved, n=line.notes)


def _unknown(formatter: TextFormatter, line: Headline) -> str:
    """Return what the page can say where it knows nothing of the period."""
    if line.kind == "undated":
        return formatter("headline.undated", n=line.undated)
    since = (
        figures.day(line.since.astimezone(formatter.zone).date(), formatter.language)
        if line.since
        else ""
    )
    return formatter("headline.unread_since" if since else "headline.unread", since=since)


def number_sentence(formatter: TextFormatter, number: PeriodMetric) -> str:
    """Return a number's sentence: where it stands, how it changed, what is left to its goal."""
    facts = {
        "metric": metric_name(formatter, number.name, 24),
        "value": value(formatter, number.value, number.unit),
    }
    if number.change is None:
        text = formatter("headline.number", **facts)
    else:
        direction = "none" if not number.change else "up" if number.change > 0 else "down"
        text = formatter(
            f"headline.number_{direction}", far=size(formatter, number.change, number.unit), **facts
        )
    left = goal_left(formatter, number)
    return f"{text} {left}" if left else text


def goal_left(formatter: TextFormatter, number: PeriodMetric) -> str:
    """Return what is left to the goal as a sentence, "" without a goal."""
    if number.target is None or number.left is None:
        return ""
    reached = number.left <= 0 if number.better == "up" else number.value <= number.target
    return (
        formatter("headline.reached")
        if reached
        else formatter("headline.left", far=size(formatter, number.left, number.unit))
    )


def _short_number(formatter: TextFormatter, number: PeriodMetric) -> str:
    change = change_of_number(formatter, number)
    shown = (
        f"{metric_name(formatter, number.name, 24)} {value(formatter, number.value, number.unit)}"
    )
    return f"{shown} ({change.arrow} {change.text})" if change and change.arrow else shown


def key_lines(formatter: TextFormatter, report: WeeklyReport) -> tuple[KeyLine, ...]:
    """Return the four lines 사업 · 배움 · 사람 · 결정, each answering in one short sentence."""
    lines = [
        KeyLine(formatter("label.business"), _business(formatter, report), "q1", "q1"),
        KeyLine(formatter("label.learning"), _learning(formatter, report), "q2", "q2"),
        KeyLine(formatter("label.people"), _people(formatter, report), "q3", "q3"),
    ]
    decision = report.leader.decision
    text = decision_short(formatter, decision) if decision else formatter("decision.none")
    return (*lines, KeyLine(formatter("label.decision"), text, "ink", "ask" if decision else ""))


def _business(formatter: TextFormatter, report: WeeklyReport) -> str:
    kept = report.business.kept
    if not kept:
        nothing = report.business.nothing_moved
        if nothing and nothing.agreed_total:
            return formatter(
                "key.business_agreed", done=nothing.agreed_done, total=nothing.agreed_total
            )
        return formatter(
            "key.business_unmeasured" if report.business.executed else "key.business_empty",
            n=report.business.executed,
        )
    first = kept[0]
    change = formatter(
        "key.change_up" if first.move.change > 0 else "key.change_down",
        far=size(formatter, first.move.change, first.move.unit),
    )
    facts = {
        "activity": formatter.title(first.evidence, 34),
        "metric": metric_name(formatter, first.move.name, 22),
        "change": change,
    }
    return formatter(
        "key.business_one" if len(kept) == 1 else "key.business_more", n=len(kept) - 1, **facts
    )


def _learning(formatter: TextFormatter, report: WeeklyReport) -> str:
    learning = report.learning
    if not learning.learned_total:
        return formatter("key.learning_empty")
    key = "key.learning" if learning.pairs else "key.learning_none"
    latest = formatter.quote(learning.pairs[0].applied_to, 26) if learning.pairs else ""
    return formatter(key, total=learning.learned_total, n=learning.applied_total, where=latest)


def _people(formatter: TextFormatter, report: WeeklyReport) -> str:
    if not report.people.answers:
        return formatter("key.people_empty")
    first = report.people.answers[0]
    if not first.person:
        return formatter("key.people_nobody", what=formatter.quote(first.blocker or first.goal, 30))
    name = formatter.name(first.person)
    if first.kind == "overdue":
        never = first.last_contact is None
        return formatter(
            "key.people_never" if never else "key.people_overdue",
            person=name,
            days=first.days_since or 0,
        )
    what = formatter.quote(first.blocker or first.goal, 30)
    if first.kind == "lever" and first.blocker:
        return formatter("key.people_todo", person=name, what=what)
    return formatter(
        f"key.people_{'blocked' if first.blocker else 'lever'}" if what else "key.people_person",
        person=name,
        what=what,
    )


def decision_short(formatter: TextFormatter, decision: DecisionRequest) -> str:
    """Return the decision as the last line of the first screen."""
    return formatter(
        "decision.by",
        what=formatter(f"decision.short.{_kind(decision)}", **_facts(formatter, decision, 40)),
        when=deadline(formatter, decision.deadline),
    )


def decision_block(
    formatter: TextFormatter, decision: DecisionRequest, team: str, period: str
) -> DecisionBlock:
    """Return the decision with its button: an answer by mail, already addressed and worded."""
    kind, facts = _kind(decision), _facts(formatter, decision, 60)
    until = formatter("decision.until", when=deadline(formatter, decision.deadline))
    text = f"{formatter(f'decision.text.{kind}', **facts)} {until}"
    yes, no = formatter(f"decision.yes.{kind}", **facts), formatter(f"decision.no.{kind}", **facts)

    def answer(choice: str) -> str:
        subject = formatter(
            "decision.mail_subject", team=formatter.quote(team, 30), period=period, answer=choice
        )
        return mailto(
            formatter.setting.reply_to,
            subject,
            formatter("decision.mail_body", text=text, answer=choice),
        )

    others = (
        PlaceLink(no, answer(no)),
        PlaceLink(formatter("decision.talk"), answer(formatter("decision.talk"))),
    )
    url = answer(yes)
    return DecisionBlock(
        formatter("decision.label"),
        text,
        yes if url else "",
        url,
        others if url else (),
        formatter.sources(decision.evidence),
    )


def _kind(decision: DecisionRequest) -> str:
    if decision.kind == "unblock" and not decision.person:
        return "unblock_nobody"
    if decision.kind == "one_lever" and not decision.count:
        return "no_lever"
    return decision.kind


def _facts(formatter: TextFormatter, decision: DecisionRequest, width: int) -> dict[str, str | int]:
    person = formatter.name(decision.person) if decision.person else ""
    facts: dict[str, str | int] = {
        "subject": formatter.quote(decision.subject, width),
        "person": person,
        "n": decision.count,
    }
    number = decision.number
    if number is not None and number.previous is not None and number.change is not None:
        arrow = "▲" if number.change > 0 else "▼"
        facts |= {
            "metric": metric_name(formatter, number.name, 24),
            "change": f"{arrow} {size(formatter, number.change, number.unit)}",
            "before": value(formatter, number.previous, number.unit),
            "after": value(formatter, number.value, number.unit),
        }
    return facts


def deadline(formatter: TextFormatter, when: datetime) -> str:
    """Return a day and an hour: 11월 23일(월) 15시, 3 pm on Mon 23 Nov."""
    day = figures.day(when.date(), formatter.language)
    return formatter("decision.deadline", day=day, hour=_hour(formatter, when))


def _hour(formatter: TextFormatter, when: datetime) -> str:
    if formatter.language == "ko":
        return f"{when.hour}시" + (f" {when.minute}분" if when.minute else "")
    return (
        f"{(when.hour - 1) % 12 + 1}"
        + (f":{when.minute:02d}" if when.minute else "")
        + (" pm" if when.hour > 11 else " am")
    )


def key_number(formatter: TextFormatter, number: PeriodMetric) -> KeyNumber:
    """Return the number of the week against its goal, with its last weeks as bars."""
    change = change_of_number(formatter, number)
    before = (
        ""
        if number.previous is None
        else formatter("number.before", value=value(formatter, number.previous, number.unit))
    )
    share = None if number.reached is None else charts.percent(number.reached, 1)
    shown, unit = _split_unit(formatter, number.value, number.unit)
    return KeyNumber(
        formatter.start(metric_name(formatter, number.name, 40)),
        shown,
        unit,
        change,
        before,
        _goal(formatter, number, share),
        share,
        trend_chart(formatter, number),
        formatter.sources(number.evidence),
    )


def key_move(
    formatter: TextFormatter, move: MetricChange | None, evidence: Evidence | None
) -> KeyNumber | None:
    """Return the number that the headline tells, where the log states its goal; None otherwise."""
    if move is None or move.after is None or move.target is None:
        return None
    shown, unit = _split_unit(formatter, move.after, move.unit)
    before = (
        ""
        if move.before is None
        else formatter("number.earlier", value=value(formatter, move.before, move.unit))
    )
    up = move.better == "up"
    left = move.target - move.after if up else move.after - move.target
    share = charts.percent(move.after, move.target) if up else None
    target = value(formatter, move.target, move.unit)
    return KeyNumber(
        formatter.start(metric_name(formatter, move.name, 40)),
        shown,
        unit,
        change_of_move(formatter, move),
        before,
        _goal_sentence(formatter, target, left, size(formatter, left, move.unit), share),
        share,
        None,
        formatter.sources(evidence),
    )


def _goal_sentence(
    formatter: TextFormatter, target: str, left: float, shown: str, share: int | None
) -> str:
    if left <= 0:
        return formatter("number.reached", target=target)
    if share is None:
        return formatter("number.goal_down", target=target, left=shown)
    return formatter("number.goal", target=target, left=shown, share=share)


def _split_unit(formatter: TextFormatter, number: float, unit: str) -> tuple[str, str]:
    whole = value(formatter, number, unit)
    bare = figures.number(number, formatter.language)
    return (bare, whole[len(bare) :]) if whole.startswith(bare) else (whole, "")


def _goal(formatter: TextFormatter, number: PeriodMetric, share: int | None) -> str:
    if number.target is None:
        return ""
    facts = {"target": value(formatter, number.target, number.unit)}
    if number.deferred and number.judge_from:
        return formatter(
            "number.deferred", day=figures.day(number.judge_from, formatter.language), **facts
        )
    if number.left is None:
        return formatter("number.target", **facts)
    return _goal_sentence(
        formatter, facts["target"], number.left, size(formatter, number.left, number.unit), share
    )


def trend_chart(formatter: TextFormatter, number: PeriodMetric) -> Chart | None:
    """Return the number's history as bars, None where there are fewer than three."""
    history = number.history[-_CHART_MOST:]
    if len(history) < 3:
        return None
    values = [point for _, point in history]
    heights, goal = charts.heights(values, goal=number.target)
    last = len(history) - 1
    bars = tuple(
        Bar(
            period_label(name),
            heights[at],
            figures.number(values[at], formatter.language, decimals=1),
            current=at == last,
        )
        for at, (name, _) in enumerate(history)
    )
    title = formatter(
        "number.trend",
        n=len(bars),
        unit=f"({formatter.quote(number.unit, 12)})" if number.unit else "",
    )
    goal_text = (
        formatter("number.target", target=value(formatter, number.target, number.unit))
        if number.target is not None
        else ""
    )
    return Chart(title, "", bars, goal, goal_text)


def period_label(name: str) -> str:
    """Return the short label of a period's bar: 2026-W47 → 47, 2026-11 → 11."""
    return (
        str(Week.parse(name).number) if "W" in name else name.rpartition("-")[2].lstrip("0") or name
    )
