"""The first screen: headline with its number, one line a question, the decision, the key number against its goal."""

from datetime import datetime

from loopnote.weeks import Week
from reports.answers import Move, Number
from reports.evidence import Evidence
from reports.page import charts
from reports.page.safe import mailto
from reports.page.view import Ask, Bar, Chart, KeyLine, KeyNumber, Link
from reports.page.words import figures
from reports.report import Decision, Headline, WeeklyReport

from .moves import change_of_move, change_of_number, metric_name, sentence, size, value
from .voice import Voice

_CHART_MOST = 8


def headline(voice: Voice, line: Headline) -> str:
    """Return the sentence of the week, with its number."""
    if line.kind == "key_number" and line.number:
        return number_sentence(voice, line.number)
    if line.kind == "signs" and line.number:
        return voice("headline.signs", sign=_short_number(voice, line.number))
    move = line.activity_move
    if move is None:
        kind = line.kind if line.kind in {"empty", "too_few", "first_ever"} else "nothing_moved"
        return voice(f"headline.{kind}", n=line.notes)
    moved = sentence(voice, move)
    return voice(f"headline.{line.kind}_moved", moved=moved, n=line.notes)


def number_sentence(voice: Voice, number: Number) -> str:
    """Return a number's sentence: where it stands, how it changed, what is left to its goal."""
    facts = {"metric": metric_name(voice, number.name, 24), "value": value(voice, number.value, number.unit)}
    if number.change is None:
        text = voice("headline.number", **facts)
    else:
        direction = "none" if not number.change else "up" if number.change > 0 else "down"
        text = voice(f"headline.number_{direction}", far=size(voice, number.change, number.unit), **facts)
    left = goal_left(voice, number)
    return f"{text} {left}" if left else text


def goal_left(voice: Voice, number: Number) -> str:
    """Return what is left to the goal as a sentence, "" without a goal."""
    if number.target is None or number.left is None:
        return ""
    reached = number.left <= 0 if number.better == "up" else number.value <= number.target
    return voice("headline.reached") if reached else voice("headline.left", far=size(voice, number.left, number.unit))


def _short_number(voice: Voice, number: Number) -> str:
    change = change_of_number(voice, number)
    shown = f"{metric_name(voice, number.name, 24)} {value(voice, number.value, number.unit)}"
    return f"{shown} ({change.arrow} {change.text})" if change and change.arrow else shown


def key_lines(voice: Voice, report: WeeklyReport) -> tuple[KeyLine, ...]:
    """Return the four lines 사업 · 배움 · 사람 · 결정, each answering in one short sentence."""
    lines = [
        KeyLine(voice("label.business"), _business(voice, report), "q1", "q1"),
        KeyLine(voice("label.learning"), _learning(voice, report), "q2", "q2"),
        KeyLine(voice("label.people"), _people(voice, report), "q3", "q3"),
    ]
    decision = report.leader.decision
    text = decision_short(voice, decision) if decision else voice("decision.none")
    return (*lines, KeyLine(voice("label.decision"), text, "ink", "ask" if decision else ""))


def _business(voice: Voice, report: WeeklyReport) -> str:
    kept = report.business.kept
    if not kept:
        nothing = report.business.nothing_moved
        if nothing and nothing.agreed_total:
            return voice("key.business_agreed", done=nothing.agreed_done, total=nothing.agreed_total)
        return voice(
            "key.business_unmeasured" if report.business.executed else "key.business_empty", n=report.business.executed
        )
    first = kept[0]
    change = voice(
        "key.change_up" if first.move.change > 0 else "key.change_down",
        far=size(voice, first.move.change, first.move.unit),
    )
    facts = {
        "activity": voice.title(first.evidence, 34),
        "metric": metric_name(voice, first.move.name, 22),
        "change": change,
    }
    return voice("key.business_one" if len(kept) == 1 else "key.business_more", n=len(kept) - 1, **facts)


def _learning(voice: Voice, report: WeeklyReport) -> str:
    learning = report.learning
    if not learning.learned_total:
        return voice("key.learning_empty")
    key = "key.learning" if learning.pairs else "key.learning_none"
    latest = voice.quote(learning.pairs[0].applied_to, 26) if learning.pairs else ""
    return voice(key, total=learning.learned_total, n=learning.applied_total, where=latest)


def _people(voice: Voice, report: WeeklyReport) -> str:
    if not report.people.answers:
        return voice("key.people_empty")
    first = report.people.answers[0]
    if not first.person:
        return voice("key.people_nobody", what=voice.quote(first.blocker or first.goal, 30))
    name = voice.name(first.person)
    if first.kind == "overdue":
        never = first.last_contact is None
        return voice("key.people_never" if never else "key.people_overdue", person=name, days=first.days_since or 0)
    what = voice.quote(first.blocker or first.goal, 30)
    if first.kind == "lever" and first.blocker:
        return voice("key.people_todo", person=name, what=what)
    return voice(
        f"key.people_{'blocked' if first.blocker else 'lever'}" if what else "key.people_person", person=name, what=what
    )


def decision_short(voice: Voice, decision: Decision) -> str:
    """Return the decision as the last line of the first screen."""
    return voice(
        "decision.by",
        what=voice(f"decision.short.{_kind(decision)}", **_facts(voice, decision, 40)),
        when=deadline(voice, decision.deadline),
    )


def ask(voice: Voice, decision: Decision, team: str, period: str) -> Ask:
    """Return the decision with its button: an answer by mail, already addressed and worded."""
    kind, facts = _kind(decision), _facts(voice, decision, 60)
    text = (
        f"{voice(f'decision.text.{kind}', **facts)} {voice('decision.until', when=deadline(voice, decision.deadline))}"
    )
    yes, no = voice(f"decision.yes.{kind}", **facts), voice(f"decision.no.{kind}", **facts)

    def answer(choice: str) -> str:
        subject = voice("decision.mail_subject", team=voice.quote(team, 30), period=period, answer=choice)
        return mailto(voice.setting.reply_to, subject, voice("decision.mail_body", text=text, answer=choice))

    others = (Link(no, answer(no)), Link(voice("decision.talk"), answer(voice("decision.talk"))))
    url = answer(yes)
    return Ask(
        voice("decision.label"), text, yes if url else "", url, others if url else (), voice.sources(decision.evidence)
    )


def _kind(decision: Decision) -> str:
    if decision.kind == "unblock" and not decision.person:
        return "unblock_nobody"
    if decision.kind == "one_lever" and not decision.count:
        return "no_lever"
    return decision.kind


def _facts(voice: Voice, decision: Decision, width: int) -> dict[str, str | int]:
    person = voice.name(decision.person) if decision.person else ""
    return {"subject": voice.quote(decision.subject, width), "person": person, "n": decision.count}


def deadline(voice: Voice, when: datetime) -> str:
    """Return a day and an hour: 11월 23일(월) 15시, 3 pm on Mon 23 Nov."""
    day = figures.day(when.date(), voice.language)
    return voice("decision.deadline", day=day, hour=_hour(voice, when))


def _hour(voice: Voice, when: datetime) -> str:
    if voice.language == "ko":
        return f"{when.hour}시" + (f" {when.minute}분" if when.minute else "")
    return (
        f"{(when.hour - 1) % 12 + 1}"
        + (f":{when.minute:02d}" if when.minute else "")
        + (" pm" if when.hour > 11 else " am")
    )


def key_number(voice: Voice, number: Number) -> KeyNumber:
    """Return the number of the week against its goal, with its last weeks as bars."""
    change = change_of_number(voice, number)
    before = "" if number.previous is None else voice("number.before", value=value(voice, number.previous, number.unit))
    share = None if number.reached is None else charts.percent(number.reached, 1)
    shown, unit = _split_unit(voice, number.value, number.unit)
    return KeyNumber(
        voice.start(metric_name(voice, number.name, 40)),
        shown,
        unit,
        change,
        before,
        _goal(voice, number, share),
        share,
        trend(voice, number),
        voice.sources(number.evidence),
    )


def key_move(voice: Voice, move: Move | None, evidence: Evidence | None) -> KeyNumber | None:
    """Return the number that the headline tells, where the log states its goal; None otherwise."""
    if move is None or move.after is None or move.target is None:
        return None
    shown, unit = _split_unit(voice, move.after, move.unit)
    before = "" if move.before is None else voice("number.earlier", value=value(voice, move.before, move.unit))
    up = move.better == "up"
    left = move.target - move.after if up else move.after - move.target
    share = charts.percent(move.after, move.target) if up else None
    target = value(voice, move.target, move.unit)
    return KeyNumber(
        voice.start(metric_name(voice, move.name, 40)),
        shown,
        unit,
        change_of_move(voice, move),
        before,
        _goal_sentence(voice, target, left, size(voice, left, move.unit), share),
        share,
        None,
        voice.sources(evidence),
    )


def _goal_sentence(voice: Voice, target: str, left: float, shown: str, share: int | None) -> str:
    if left <= 0:
        return voice("number.reached", target=target)
    if share is None:
        return voice("number.goal_down", target=target, left=shown)
    return voice("number.goal", target=target, left=shown, share=share)


def _split_unit(voice: Voice, number: float, unit: str) -> tuple[str, str]:
    whole = value(voice, number, unit)
    bare = figures.number(number, voice.language)
    return (bare, whole[len(bare) :]) if whole.startswith(bare) else (whole, "")


def _goal(voice: Voice, number: Number, share: int | None) -> str:
    if number.target is None:
        return ""
    facts = {"target": value(voice, number.target, number.unit)}
    if number.deferred and number.judge_from:
        return voice("number.deferred", day=figures.day(number.judge_from, voice.language), **facts)
    if number.left is None:
        return voice("number.target", **facts)
    return _goal_sentence(voice, facts["target"], number.left, size(voice, number.left, number.unit), share)


def trend(voice: Voice, number: Number) -> Chart | None:
    """Return the number's history as bars, None where there are fewer than three."""
    history = number.history[-_CHART_MOST:]
    if len(history) < 3:
        return None
    values = [point for _, point in history]
    heights, goal = charts.heights(values, goal=number.target)
    last = len(history) - 1
    bars = tuple(
        Bar(period_label(name), heights[at], figures.number(values[at], voice.language, decimals=1), current=at == last)
        for at, (name, _) in enumerate(history)
    )
    title = voice("number.trend", n=len(bars), unit=f"({voice.quote(number.unit, 12)})" if number.unit else "")
    goal_text = (
        voice("number.target", target=value(voice, number.target, number.unit)) if number.target is not None else ""
    )
    return Chart(title, "", bars, goal, goal_text)


def period_label(name: str) -> str:
    """Return the short label of a period's bar: 2026-W47 → 47, 2026-11 → 11."""
    return str(Week.parse(name).number) if "W" in name else name.rpartition("-")[2].lstrip("0") or name
