"""The first screen (method §7): headline, three lines, decision, key number."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from notes.messages import figures
from notes.model.periods import Week
from reports.analysis.records.answers import (
    Activity,
    BusinessAnswer,
    MetricChange,
    NoChangeSummary,
    PeriodMetric,
    PersonAnswer,
)
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report_record import DecisionRequest, Headline, WeeklyReport
from reports.analysis.records.section_results import FunnelStep
from reports.analysis.text.quoting import comparison_key
from reports.page import charts
from reports.page.formatting.metric_texts import (
    change_of_number,
    how_taken,
    metric_name,
    period_name_of,
    sentence,
    short_move,
    size,
    value,
    whole_move,
)
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.safe import mailto
from reports.page.sections.data_quality import unknown
from reports.page.sections.people import nothing_missing, open_gaps
from reports.page.view import Accent, Bar, Chart, DecisionBlock, KeyLine, KeyNumber, Line, PlaceLink

_CHART_MOST = 12
"""Weeks of the key number's chart: a quarter, in which a trend shows and a bar on a phone is still
20 px wide.
"""

_NAME_WIDTH = 60
"""Columns of a name on the first screen: with its number two to three lines of a phone, and a name
that a team gives a trial is hardly ever longer, so that it is not cut.
"""

_WHERE_WIDTH = 40
"""Columns of where a learning was applied: with what was learned at most three lines of a phone."""

_VALUES_MOST = 8
"""Bars up to which each shows its value; more would touch each other at 375 px."""


def headline_sentence(formatter: TextFormatter, line: Headline, *, known: bool = True) -> str:
    """Return the sentence of the week with its number.

    Where not all is `known`, that no number moved cannot be said (method §1).
    """
    if line.kind in {"undated", "unread"}:
        return _unknown(formatter, line)
    if line.kind == "funnel" and line.step:
        return _funnel_headline(formatter, line.step)
    if line.number and line.kind in {"key_number", "number", "signs"}:
        sign = line.kind == "signs"
        return (
            formatter("headline.signs", sign=_short_number(formatter, line.number))
            if sign
            else number_sentence(formatter, line.number, alone=line.kind != "key_number")
        )
    move = line.activity_move
    if line.kind == "first_ever" and move is None and line.number:
        told = number_sentence(formatter, line.number, alone=False)
        return formatter("headline.first_ever_moved", moved=told)
    if move is None:
        kind = line.kind if line.kind in {"empty", "too_few", "first_ever"} else "nothing_moved"
        told = "cannot_tell" if kind == "nothing_moved" and not known else kind
        return formatter(f"headline.{told}", n=line.notes)
    return formatter(f"headline.{line.kind}_moved", moved=sentence(formatter, move), n=line.notes)


def _unknown(formatter: TextFormatter, line: Headline) -> str:
    """Return what the page can say where nothing is known of the period."""
    if line.kind == "undated":
        return formatter("headline.undated", n=line.undated)
    since = (
        figures.day(line.since.astimezone(formatter.zone).date(), formatter.language)
        if line.since
        else ""
    )
    key = "headline.unread" if line.understood else "headline.not_understood"
    return formatter(f"{key}_since" if since else key, since=since)


def _funnel_headline(formatter: TextFormatter, step: FunnelStep) -> str:
    shares = (100 * (share or 0.0) for share in (step.base_rate, step.rate))
    base, rate = (f"{figures.number(share, formatter.language, decimals=0)}%" for share in shares)
    start, end = formatter.quote(step.start, 24), formatter.quote(step.end, 24)
    return formatter("headline.funnel", start=start, end=end, base=base, rate=rate)


def step_name(formatter: TextFormatter, step: FunnelStep) -> str:
    """Return a step of a funnel by the stages it leads from and to."""
    return f"{formatter.quote(step.start, 20)} → {formatter.quote(step.end, 20)}"


def number_sentence(formatter: TextFormatter, number: PeriodMetric, *, alone: bool = True) -> str:
    """Return a number's sentence: its value, its change, what is left to its goal.

    What is left is said only where the number stands `alone`: the key number's own panel says it.
    """
    facts = {
        "metric": period_name_of(formatter, number),
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
    return f"{text} {left}" if left and alone else text


def goal_left(formatter: TextFormatter, number: PeriodMetric) -> str:
    """Return what is left to the goal as a sentence; "" without a goal."""
    if number.target is None or number.left is None:
        return ""
    reached = number.left <= 0 if number.better == "up" else number.value <= number.target
    if reached:
        return formatter("headline.reached")
    key = "headline.left" if number.better == "up" else "headline.left_above"
    return formatter(key, far=size(formatter, number.left, number.unit))


def _short_number(formatter: TextFormatter, number: PeriodMetric) -> str:
    change = change_of_number(formatter, number)
    shown = (
        f"{metric_name(formatter, number.name, 24)} {value(formatter, number.value, number.unit)}"
    )
    return f"{shown} ({change.arrow} {change.text})" if change and change.arrow else shown


def key_lines(formatter: TextFormatter, report: WeeklyReport) -> tuple[KeyLine, ...]:
    """Return the three lines 사업 · 배움 · 사람, without those where nothing can be said."""
    if report.leader.headline.kind in {"unread", "undated"}:
        return ()
    business, shown = _business(formatter, report)
    applied = [one.applied or one.evidence for one in report.learning.pairs[:1]]
    gaps = [one.gap for one in report.people.answers[:1] if one.fresh]
    texts = (business, _learning(formatter, report), _people(formatter, report))
    places = ((shown,), applied, gaps)
    return tuple(
        KeyLine(
            formatter(f"label.{name}"), text, accent, accent, formatter.sources(*read, label="")
        )
        for (name, accent), text, read in zip(
            _QUESTIONS, _said_once(formatter, report, texts), places, strict=True
        )
    )


_QUESTIONS: tuple[tuple[str, Accent], ...] = (
    ("business", "q1"),
    ("learning", "q2"),
    ("people", "q3"),
)
"""The three lines: the name of each, and its colour, which is its section's id too."""


def _said_once(
    formatter: TextFormatter, report: WeeklyReport, texts: Iterable[str]
) -> Iterator[str]:
    """Yield the lines; why nothing can be said stands in the first that it concerns alone."""
    why, told = unknown(formatter, report), False
    for text in texts:
        yield formatter("key.unknown_too") if told and text == why else text
        told = told or text == why


def _business(formatter: TextFormatter, report: WeeklyReport) -> tuple[str, Evidence | None]:
    """Return the line and where it was read, without what headline or decision says already."""
    kept = report.business.kept
    if not kept:
        return _nothing_kept(formatter, report)
    first = kept[0]
    activity = formatter.title(first.evidence, _NAME_WIDTH)
    if _is_headline(report.leader.headline, first.move):
        key, moved = "key.business_behind", formatter(f"key.grade.{first.grade}")
    else:
        key, moved = "key.business", short_move(formatter, first.move)
    if not first.shared:
        return formatter(key, activity=activity, moved=moved), first.evidence
    others = _shared_with(formatter, first)
    return formatter(
        f"{key}_shared", activity=activity, with_what=others, moved=moved
    ), first.evidence


def _shared_with(formatter: TextFormatter, activity: Activity) -> str:
    """Return the first other activity that claims the same number, and how many more do."""
    more = len(activity.shared) - 1
    name = formatter.title(activity.shared[0], _WHERE_WIDTH)
    return f"{name} {formatter('list.more', n=more)}" if more else name


def _is_headline(headline: Headline, move: MetricChange) -> bool:
    """Return whether the headline tells of this very change, as a note's or as a series'."""
    if headline.activity_move == move:
        return True
    number = headline.number
    return (
        number is not None
        and not move.comparison
        and comparison_key(number.name) == comparison_key(move.name)
        and number.value == move.after
    )


def _nothing_kept(formatter: TextFormatter, report: WeeklyReport) -> tuple[str, Evidence | None]:
    business = report.business
    asked = report.leader.decision.evidence if report.leader.decision else None
    for worse in business.wrong_way[:1]:
        told = report.leader.headline.activity_move == worse.move
        if told and asked and asked.note_id == worse.evidence.note_id:
            break
        moved = formatter(f"key.grade.{worse.grade}") if told else short_move(formatter, worse.move)
        key = "key.business_behind" if told else "key.business_worse"
        return formatter(
            key, activity=formatter.title(worse.evidence, _NAME_WIDTH), moved=moved
        ), worse.evidence
    nothing = business.nothing_moved
    told = any(one.week == str(report.scope.period) for one in report.rhythm.execution)
    if nothing and nothing.agreed_total and not (told and business.executed):
        return _agreed(formatter, report, nothing), None
    if not business.executed:
        notes = report.leader.headline.notes  # a name alone does not say that it was not done
        key = "key.business_unsaid" if notes else "key.business_empty"
        return unknown(formatter, report) or formatter(key, n=notes), None
    open_question = _may_have_moved(formatter, report)
    key = "key.business_counted" if open_question else "key.business_unmeasured"
    return formatter(key, n=business.executed), None


def _agreed(formatter: TextFormatter, report: WeeklyReport, nothing: NoChangeSummary) -> str:
    """Return what was done of the agreed; that no number moved only where no series moved
    either.
    """
    tail = "_counted" if _may_have_moved(formatter, report) else ""
    marked = nothing.agreed_total - nothing.agreed_unmarked
    if marked:
        return formatter(f"key.business_agreed{tail}", done=nothing.agreed_done, total=marked)
    return formatter(f"key.business_unmarked{tail}", n=nothing.agreed_unmarked)


def _may_have_moved(formatter: TextFormatter, report: WeeklyReport) -> bool:
    """Return whether a number moved, or may have.

    In a column or source of which nothing is known, or beside no earlier number.
    """
    business = report.business
    compared = any(one.change is not None for one in business.series) or any(
        one.move is not None for one in business.stop
    )
    return _has_moved(business) or not compared or bool(unknown(formatter, report))


def _has_moved(business: BusinessAnswer) -> bool:
    """Return whether a number of the period moved, or a comparison left open whether it did."""
    told = business.wrong_way or business.series_worse or business.unsure or business.undirected
    return bool(told) or any(number.change for number in business.series)


def _learning(formatter: TextFormatter, report: WeeklyReport) -> str:
    learning = report.learning
    if not learning.learned_total:
        return unknown(formatter, report) or formatter("key.learning_empty")
    if not learning.pairs:
        key = "key.learning_counted" if learning.applied_total else "key.learning_none"
        return formatter(key, total=learning.learned_total, n=learning.applied_total)
    first = learning.pairs[0]
    learned = formatter.quote(first.learned, _NAME_WIDTH)
    where = formatter.quote(first.applied_to, _WHERE_WIDTH)
    if learned and where:
        return formatter("key.learning", learned=learned, where=where)
    return formatter("key.learning_counted", total=learning.learned_total, n=learning.applied_total)


def _people(formatter: TextFormatter, report: WeeklyReport) -> str:
    people = report.people
    if not people.answers or not people.answers[0].fresh:
        why = unknown(formatter, report)  # a helper may stand where nothing is known
        if people.gaps_total and (people.answers or not why):
            return open_gaps(formatter, people)
        return why or nothing_missing(formatter, people, short=True)
    first = people.answers[0]
    what = formatter.quote(first.blocker or first.goal, 44)
    give = _give(formatter, first)
    if not first.person:
        return formatter("key.people_nobody", what=what)
    name = formatter.name(first.person)
    if first.kind == "overdue":
        never = first.last_contact is None
        return (
            formatter(
                "key.people_never" if never else "key.people_overdue",
                person=name,
                days=first.days_since or 0,
            )
            + give
        )
    if first.kind == "lever" and first.blocker:
        return formatter("key.people_todo", person=name, what=what)
    return (
        formatter(
            f"key.people_{_people_key(first)}" if what else "key.people_person",
            person=name,
            what=what,
        )
        + give
    )


def _give(formatter: TextFormatter, answer: PersonAnswer) -> str:
    """Return what we give first, where the log says it."""
    if answer.give is None or answer.give.kind != "written":
        return ""
    return f" {formatter('key.people_give', what=formatter.quote(answer.give.text, 34))}"


def _people_key(answer: PersonAnswer) -> str:
    return "blocked" if answer.kind == "blocked" and answer.blocker else "lever"


def decision_block(
    formatter: TextFormatter, report: WeeklyReport, team: str, *, period: str
) -> DecisionBlock | None:
    """Return the decision with its buttons (addressed and worded mails); None without one."""
    decision = report.leader.decision
    if decision is None:
        return None
    kind, facts = _kind(decision), _facts(formatter, decision, 60)
    text = formatter(f"decision.text.{_question(decision, kind)}", **facts)
    until = formatter("decision.until", when=deadline(formatter, decision.deadline))
    yes, no = formatter(f"decision.yes.{kind}", **facts), formatter(f"decision.no.{kind}", **facts)

    def answer(choice: str) -> str:
        subject = formatter(
            "decision.mail_subject", team=formatter.plain(team, 30), period=period, answer=choice
        )
        return mailto(
            formatter.setting.reply_to,
            subject,
            formatter("decision.mail_body", text=f"{text} {until}", answer=choice),
        )

    others = (
        PlaceLink(no, answer(no)),
        PlaceLink(formatter("decision.talk"), answer(formatter("decision.talk"))),
    )
    url = answer(yes)
    return DecisionBlock(
        label=formatter("decision.label"),
        text=text,
        until=until,
        button=yes if url else "",
        url=url,
        others=others if url else (),
        evidence=formatter.sources(decision.evidence, label=""),
        again=asked_before(formatter, decision.asked),
        fact=fact_of(formatter, report, decision),
    )


def asked_before(formatter: TextFormatter, asked: int) -> str:
    """Return "두 번째 여쭙니다" from the second time on, else ""."""
    if asked < 2:
        return ""
    key = f"decision.again_{asked}"
    return formatter(key if formatter.words.has(key) else "decision.again", n=asked)


def fact_of(formatter: TextFormatter, report: WeeklyReport, decision: DecisionRequest) -> str:
    """Return the number or cause behind the decision; "" if its question says it already."""
    alarm = report.learning.same_failure
    if decision.kind == "same_failure" and alarm:
        return formatter("decision.failed_before", old=formatter.title(alarm.old.evidence, 40))
    if decision.kind == "came_back" and decision.why:
        why = formatter.quote(decision.why, 60).rstrip(".")
        return formatter("decision.stopped_why", why=why)
    worse = [(one.evidence, one.move, "") for one in report.business.wrong_way]
    stops = [(one.evidence, one.move, one.why) for one in report.business.stop]
    found = [
        one
        for one in (*stops, *worse)
        if decision.evidence and one[0].note_id == decision.evidence.note_id
    ]
    if not found or decision.kind not in {"stop", "wrong_way"}:
        return ""
    _, move, why = found[0]
    told = [report.leader.headline.activity_move]
    if not report.business.kept:
        told += [one.move for one in report.business.wrong_way[:1]]  # the line of the business
    moved = ""
    if move and move.after is not None and move not in told:
        moved = f"{whole_move(formatter, move)}."
    quoted = formatter.quote(why, 60).rstrip(".")
    reason = formatter("stop.why", why=quoted) + "." if quoted else ""
    return " ".join(part for part in (moved, formatter.start(reason)) if part)


def answered(formatter: TextFormatter, report: WeeklyReport) -> Line | None:
    """Return the log's answer to the last page's decision; None without one."""
    found = report.leader.answered
    if found is None:
        return None
    text = formatter(f"decision.answered.{found.state}", what=formatter.quote(found.subject, 50))
    return Line(text, formatter.sources(found.evidence, label=""), "good")


def _question(decision: DecisionRequest, kind: str) -> str:
    """Return which question is asked: of a stop, what the log holds against it."""
    if kind == "number_worse" and decision.number and decision.number.direction is None:
        return "number_moved"  # nothing says which way is better
    plain = decision.reason in {"", "no_change"}
    return kind if kind != "stop" or plain else f"stop_{decision.reason}"


def _kind(decision: DecisionRequest) -> str:
    if decision.kind == "overdue_contact" and not decision.count:
        return "first_contact"
    if decision.kind == "unblock" and not decision.person:
        return "unblock_nobody"
    if decision.kind == "one_lever" and not decision.count:
        return "no_lever"
    return decision.kind


def _facts(formatter: TextFormatter, decision: DecisionRequest, width: int) -> dict[str, str | int]:
    person = formatter.name(decision.person) if decision.person else ""
    facts: dict[str, str | int] = {
        "subject": formatter.quote(decision.subject, width) or _named(formatter, decision, width),
        "person": person,
        "n": decision.count,
    }
    number = decision.number
    if number is not None and number.previous is not None and number.change is not None:
        facts |= {
            "metric": period_name_of(formatter, number),
            "before": value(formatter, number.previous, number.unit),
            "after": value(formatter, number.value, number.unit),
        }
    return facts


def _named(formatter: TextFormatter, decision: DecisionRequest, width: int) -> str:
    return formatter.title(decision.evidence, width) if decision.evidence else ""


def deadline(formatter: TextFormatter, when: datetime) -> str:
    """Return a day and an hour: 11월 23일(월) 15시, 3 pm on Mon 23 Nov."""
    day = figures.day(when.date(), formatter.language)
    return formatter(
        "decision.deadline", day=day, hour=figures.hour(when.timetz(), formatter.language)
    )


def key_number(formatter: TextFormatter, number: PeriodMetric) -> KeyNumber:
    """Return the key number against its goal, with its last weeks as bars."""
    change = change_of_number(formatter, number)
    before = (
        ""
        if number.previous is None
        else formatter("number.before", value=value(formatter, number.previous, number.unit))
    )
    taken = how_taken(formatter, number)
    share = None if number.reached is None else charts.percent(number.reached, 1)
    shown, unit = _split_unit(formatter, number.value, number.unit)
    return KeyNumber(
        label=formatter.start(metric_name(formatter, number.name, 40)),
        value=shown,
        unit=unit,
        change=change,
        before=" · ".join(part for part in (taken, before) if part),
        goal=_goal(formatter, number),
        share=share,
        chart=trend_chart(formatter, number),
        evidence=formatter.sources(number.evidence, label=""),
    )


def _split_unit(formatter: TextFormatter, number: float, unit: str) -> tuple[str, str]:
    whole = value(formatter, number, unit)
    bare = figures.number(number, formatter.language)
    return (bare, whole[len(bare) :]) if whole.startswith(bare) else (whole, "")


def _goal(formatter: TextFormatter, number: PeriodMetric) -> str:
    if number.target is None:
        return ""
    facts = {"target": value(formatter, number.target, number.unit)}
    if number.deferred and number.judge_from:
        return formatter(
            "number.deferred", day=figures.day(number.judge_from, formatter.language), **facts
        )
    if number.left is None:
        return formatter("number.target", **facts)
    if number.left <= 0:
        return formatter("number.reached", **facts)
    return formatter("number.goal", left=size(formatter, number.left, number.unit), **facts)


def trend_chart(formatter: TextFormatter, number: PeriodMetric) -> Chart | None:
    """Return the number's history as bars; None with fewer than three."""
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
            figures.number(values[at], formatter.language, decimals=charts.decimals_of(values)),
            current=at == last,
            dense=last >= _VALUES_MOST and at not in {0, last},
        )
        for at, (name, _) in enumerate(history)
    )
    title = formatter(
        "number.trend" if number.unit else "number.trend_bare",
        n=len(bars),
        unit=formatter.quote(number.unit, 12),
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
