"""The decision with its buttons, and the log's answer to the last one."""

from datetime import datetime

from notes.messages import figures
from reports.analysis.records.report_record import DecisionRequest, WeeklyReport
from reports.page.formatting.metric_texts import (
    period_name_of,
    short_move,
    value,
    whole_move,
)
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.safe import mailto
from reports.page.view import DecisionBlock, Line, PlaceLink


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
    if decision.kind == "came_back":
        return _of_what_came_back(formatter, report, decision)
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


def _of_what_came_back(
    formatter: TextFormatter, report: WeeklyReport, decision: DecisionRequest
) -> str:
    """Return why it was to be stopped, and the number that got better after it this time."""
    told = []
    if decision.why:
        why = formatter.quote(decision.why, 60).rstrip(".")
        told.append(formatter("decision.stopped_why", why=why))
    told += [
        formatter("decision.came_back_moved", moved=short_move(formatter, one.move))
        for one in report.business.kept
        if decision.evidence and one.evidence.note_id == decision.evidence.note_id
    ][:1]
    return " ".join(told)


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
