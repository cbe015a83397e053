"""Selects what the mail prints below its first screen (method §7, ADR 0710).

    report ─► items with subjects and weight ─► those not told yet ─► those that fit ─► sections

In a usual week a mail has at most 1,500 visible characters. What is left out stands on the page,
and the mail says how much that is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from notes.messages.language_formats import language_formats
from reports.analysis.records.answers import Activity, GoalLine
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.records.rules import ReportRules
from reports.analysis.records.section_results import Commitment, PlanView, RecordedSignal
from reports.analysis.text.quoting import comparison_key
from reports.page.formatting.metric_texts import (
    change_of_number,
    grade_word,
    metric_name,
    value,
    whole_move,
)
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.sections.business import (
    agreed_text,
    disputed_line,
    goal_text,
    stop_check_text,
    stop_text,
)
from reports.page.sections.commitments import commitment_text
from reports.page.sections.data_quality import problems_title
from reports.page.sections.funnel import bottleneck_text
from reports.page.sections.learning import pair_text
from reports.page.sections.people import person_text, thanks_line
from reports.page.sections.signals import leading_text
from reports.page.view import (
    Chart,
    DecisionBlock,
    KeyNumber,
    Line,
    Lines,
    Part,
    Section,
    Tone,
    TwoColumns,
)
from reports.page.view import EvidenceLinks as Places

MAIL_CHARACTERS = 1500
"""Visible characters of a usual mail at most (method §7)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line that the mail may print: its section, its subjects and its weight (1: the heaviest).

    A subject is a note's id, or a text without spaces and punctuation: a promise and the row it
    came from are one.
    """

    section: str
    line: Line
    subjects: tuple[str, ...] = ()
    weight: int = 3


def with_brief(formatter: TextFormatter, report: WeeklyReport, part: Part) -> Part:
    """Return the part with the mail's excerpt of its sections, and how much that leaves out."""
    items = fresh(items_of(formatter, report), told_first(report))
    room = (
        MAIL_CHARACTERS
        - language_formats(formatter.language)["mail_frame"]
        - len(part.team)
        - first_screen_length(part)
    )
    kept = fitting(items, {section.id: section.title for section in part.sections}, room)
    brief = tuple(_sections(kept, part.sections))
    whole = sum(statements(section) for section in part.sections if not section.page_only)
    left = max(0, whole - len(kept) - len(part.key_lines))
    return replace(part, brief=brief, left_out=_left_out(formatter, left))


def _left_out(formatter: TextFormatter, count: int) -> str:
    """Return how many statements the mail leaves out, and where they stand if anywhere."""
    if not count:
        return ""
    setting = formatter.setting
    where = "" if setting.url else "_archive" if setting.archived else "_only"
    return formatter(f"brief.left_out{where}", n=count)


def told_first(report: WeeklyReport) -> frozenset[str]:
    """Return the subjects (ids of notes) that the first screen tells.

    Of a number that is its name: the row of a table holds other numbers too.
    """
    leader, found = report.leader, list[Evidence | None]()
    asked = leader.decision if leader.decision and leader.decision.kind != "no_plan" else None
    found += [one.evidence for one in (leader.headline, asked) if one and not one.number]
    found += [one.evidence for one in report.business.kept[:1]] or [
        one.evidence for one in report.business.wrong_way[:1]
    ]
    told = {subject for one in found if one for subject in subjects(one)}
    if leader.decision is not None:
        told.add(comparison_key(leader.decision.subject))
        if leader.decision.kind == "came_back" and leader.decision.evidence:
            told.add(_back(leader.decision.evidence))
    return frozenset(told - {""})


def _back(evidence: Evidence) -> str:
    """Return the subject "this was stopped and is done again", apart from what else its row
    says.
    """
    return f"back {evidence.note_id}"


def subjects(evidence: Evidence, *texts: str) -> tuple[str, ...]:
    """Return the subjects of a statement: its note, the note's name, and these texts."""
    named = (comparison_key(text) for text in (evidence.what, *texts))
    return tuple(one for one in (evidence.note_id, *named) if one)


def fresh(items: Iterable[Item], told: frozenset[str]) -> list[Item]:
    """Return the items whose subjects were not told before, each subject once."""
    seen, kept = set(told), list[Item]()
    for item in items:
        if seen.isdisjoint(item.subjects):
            kept.append(item)
            seen.update(item.subjects)
    return kept


def fitting(items: Sequence[Item], titles: dict[str, str], room: int) -> list[Item]:
    """Return the items that fit into so many characters: the heaviest, in their order."""
    chosen, opened = set[int](), set[str]()
    for at in sorted(range(len(items)), key=lambda at: (items[at].weight, at)):
        item = items[at]
        cost = length(item.line) + (
            0 if item.section in opened else len(titles.get(item.section, "")) + 1
        )
        if cost <= room:
            chosen.add(at)
            opened.add(item.section)
            room -= cost
    return [item for at, item in enumerate(items) if at in chosen]


def length(line: Line) -> int:
    """Return how many characters a line takes, its links included."""
    return len(line.lead) + 1 + len(line.text) + 1 + _places_length(line.evidence)


def _places_length(places: Places | None) -> int:
    if places is None:
        return 0
    return (
        len(places.label) + 1 + sum(len(link.text) + 3 for link in places.links) + len(places.more)
    )


def first_screen_length(part: Part) -> int:
    """Return how many characters the first screen of a part takes."""
    lines = sum(
        len(one.label) + len(one.text) + 2 + _places_length(one.evidence) for one in part.key_lines
    )
    others = (
        sum(map(length, part.remarks)) + len(part.warning) + len(part.quiet) + len(part.headline)
    )
    return lines + others + _ask_length(part.ask) + _number_length(part.key_number)


def _ask_length(ask: DecisionBlock | None) -> int:
    if ask is None:
        return 0
    links = sum(len(link.text) + 3 for link in ask.others)
    texts = (
        len(ask.label)
        + len(ask.again)
        + len(ask.text)
        + len(ask.until)
        + len(ask.fact)
        + len(ask.button)
    )
    return texts + links + _places_length(ask.evidence)


def _number_length(number: KeyNumber | None) -> int:
    if number is None:
        return 0
    change = len(number.change.text) + 2 if number.change else 0
    bars = len(number.chart.title) + 16 if number.chart else 0  # its title, first and last value
    texts = (number.label, number.value, number.unit, number.before, number.goal)
    return sum(map(len, texts)) + change + bars + _places_length(number.evidence)


def statements(section: Section) -> int:
    """Return how many statements a section of the page makes."""
    count = 0
    for block in (*section.blocks, *section.details):
        if isinstance(block, Lines):
            count += len(block.items) + len(block.more)
        elif isinstance(block, TwoColumns):
            count += len(block.left.items) + len(block.right.items)
        elif not isinstance(block, Chart) or block.bars:
            count += 1
    return count


def _sections(items: Sequence[Item], whole: Sequence[Section]) -> Iterator[Section]:
    for section in whole:
        lines = tuple(item.line for item in items if item.section == section.id)
        if lines:
            yield replace(
                section,
                blocks=(Lines(lines),),
                details=(),
                eyebrow="",
                subtitle="",
                next="",
                next_label="",
                page_only=False,
            )


def items_of(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    """Yield what changed, section by section in the page's order, the heaviest first."""
    parts = (
        ("business", _business),
        ("learning", _learning),
        ("people", _people),
        ("signals", _signals),
        ("commitments", _commitments),
        ("rhythm", _rhythm),
        ("funnel", _funnels),
        ("next", _next),
    )
    for name, items in parts:
        if name in report.news or (name == "signals" and "traps" in report.news):
            yield from items(formatter, report)
    yield from _data(formatter, report)


def _business(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    answer = report.business
    told = {*_told_numbers(report), *(comparison_key(one.move.name) for one in answer.wrong_way)}
    yield from _series_worse(formatter, report, told)
    told |= {comparison_key(number.name) for number in answer.series_worse}
    for activity in answer.wrong_way:
        yield Item(
            "q1",
            _activity(formatter, activity, formatter("brief.wrong_way")),
            subjects(activity.evidence),
            1,
        )
    reached = {one.evidence.note_id for one in report.milestones}
    for at, activity in enumerate(answer.kept):
        line = _activity(formatter, activity, "")
        parts = [line.text, grade_word(formatter, activity)]
        if activity.evidence.note_id in reached:
            parts.append(formatter("brief.reached"))
        graded = replace(line, text=" · ".join(parts))
        yield Item("q1", graded, subjects(activity.evidence), 2 if at else 1)
    yield from _stops(formatter, report)
    for dispute in answer.disputed:
        subject = (f"disputed {dispute.evidence.note_id}",)
        yield Item("q1", disputed_line(formatter, dispute), subject, 3)
    for goal in answer.goals:
        if goal.state in {"against", "stalled"} and not _is_of(goal, told):
            decided = () if goal.number else goal.evidence[:1]
            told_by = subjects(decided[0]) if decided else ()
            yield Item("q1", goal_text(formatter, goal), told_by, 3)
    for one in report.milestones[:2]:
        text = formatter(f"milestone.{one.kind}", what=formatter.quote(one.text, 60))
        places = formatter.sources(one.evidence, label="")
        line = Line(text, places, "good", formatter("milestone.title"))
        yield Item("q1", line, subjects(one.evidence), 4)
    yield from _forecasts(formatter, report)


def _told_numbers(report: WeeklyReport) -> frozenset[str]:
    """Return the names of the numbers that headline and panel tell."""
    numbers = (report.leader.key_number, report.leader.headline.number)
    return frozenset(comparison_key(one.name) for one in numbers if one)


def _is_of(goal: GoalLine, told: set[str]) -> bool:
    """Return whether a number decided about the goal that the mail tells already."""
    decided = goal.number or goal.move
    return decided is not None and comparison_key(decided.name) in told


def _series_worse(formatter: TextFormatter, report: WeeklyReport, told: set[str]) -> Iterator[Item]:
    for number in report.business.series_worse:
        if comparison_key(number.name) not in told:
            change = change_of_number(formatter, number)
            moved = f" ({change.whole})" if change and change.arrow else ""
            reached = value(formatter, number.value, number.unit)
            text = f"{metric_name(formatter, number.name)} {reached}{moved}"
            places = formatter.sources(number.evidence, label="")
            line = Line(text, places, "bad", formatter("brief.wrong_way"))
            yield Item("q1", line, (comparison_key(number.name),), weight=1)


def _stops(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    for check in report.business.stop_checks:
        if check.state != "unknown":
            places = formatter.sources(check.seen, check.candidate.evidence, label="")
            yield Item(
                "q1",
                Line(stop_check_text(formatter, check), places),
                subjects(check.candidate.evidence),
                2,
            )
    for one in report.business.stop:
        line = Line(
            stop_text(formatter, one),
            formatter.sources(one.evidence, label=""),
            lead=formatter("brief.stop"),
        )
        yield Item("q1", line, subjects(one.evidence), 3)


def _activity(formatter: TextFormatter, activity: Activity, lead: str) -> Line:
    text = f"{formatter.title(activity.evidence, 50)}: {whole_move(formatter, activity.move)}"
    return Line(
        text, formatter.sources(activity.evidence, label=""), "bad" if lead else "plain", lead
    )


def _forecasts(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    ledger = report.business.forecasts
    if ledger.hit + ledger.miss + ledger.wrong_way + ledger.unexpected:
        shown = (
            ("hit", ledger.hit),
            ("miss", ledger.miss),
            ("wrong", ledger.wrong_way),
            ("unexpected", ledger.unexpected),
        )
        text = " · ".join(formatter(f"brief.{key}", n=count) for key, count in shown if count)
        places = formatter.sources(*(one.evidence for one in ledger.items[:2]), label="")
        yield Item("q1", Line(text, places, lead=formatter("forecast.title")), weight=4)


def _learning(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    answer = report.learning
    for pair in answer.pairs[1:]:
        yield Item(
            "q2",
            Line(
                pair_text(formatter, pair),
                formatter.sources(pair.applied or pair.evidence, label=""),
            ),
            weight=2,
        )
    if answer.same_failure:
        alarm = answer.same_failure
        text = formatter(
            "brief.same_failure",
            new=formatter.quote(alarm.hypothesis, 44),
            old=formatter.title(alarm.old.evidence, 44),
        )
        places = formatter.sources(alarm.new, alarm.old.evidence, label="")
        yield Item("q2", Line(text, places, "warn"), subjects(alarm.new, alarm.hypothesis), 2)


def _people(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    for answer in report.people.answers[1:]:
        if not answer.fresh:
            continue
        line = Line(person_text(formatter, answer), formatter.sources(answer.gap, label=""))
        yield Item("q3", line, subjects(answer.gap) if answer.gap else (), 2)
    thanks = thanks_line(formatter, report.people)
    if thanks:
        yield Item("q3", replace(thanks, evidence=None), weight=4)


def _signals(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    found = report.signals
    if found.recorded is not None and _is_told(found.recorded, report.rules):
        text = formatter("signals.no_failures", n=found.recorded.weeks_without_failure)
        yield Item("signals", Line(text, tone="warn"), weight=3)
    parting = leading_text(formatter, found.leading)
    if parting:
        yield Item("signals", Line(parting, tone="warn"), weight=2)


def _is_told(found: RecordedSignal, rules: ReportRules) -> bool:
    """Return whether the mail warns: when the weeks are reached, and each time as many again."""
    return found.warning and found.weeks_without_failure % rules.failure_weeks == 0


_CHANGED = ("came_back", "vanished", "stopped", "kept", "running")
"""States that are a change of the period, in the order in which the mail prints them."""


def _commitments(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    ledger, period = report.commitments, str(report.scope.period)
    changed = [one for one in ledger.items if not one.changed or one.changed == period]
    for one in sorted(
        (one for one in changed if one.state in _CHANGED), key=lambda one: _CHANGED.index(one.state)
    ):
        weight = 1 if one.state in {"came_back", "vanished"} else 3
        yield Item("commitments", _commitment(formatter, one), _promised(one), weight)
    if report.data.is_part_unread:
        return  # an answer may stand in what was not read
    if ledger.closure is not None:
        answered = round(ledger.closure * ledger.due)
        key = "brief.closure" if answered else "brief.closure_none"
        if ledger.suggested:  # "no answer" would deny the answer that the line above suggests
            key = "brief.closure_suggested" if answered else "brief.suggested"
        if key != "brief.closure_none" or not ledger.unclear:
            text = formatter(key, done=answered, n=ledger.due, likely=ledger.suggested)
            yield Item("commitments", Line(text), weight=4)
    for one in ledger.items:
        if one.state == "unanswered" and one.due:
            yield Item("commitments", _commitment(formatter, one), _promised(one), 4)


def _commitment(formatter: TextFormatter, one: Commitment) -> Line:
    places = formatter.sources(one.answer or one.evidence, label="")
    tone: Tone = "bad" if one.state in {"came_back", "vanished"} else "plain"
    return Line(commitment_text(formatter, one), places, tone, formatter(f"commitment.{one.state}"))


def _promised(one: Commitment) -> tuple[str, ...]:
    """Return what a promise is about; that one came back is told beside whatever its new row
    tells.
    """
    if one.state == "came_back":
        return (_back(one.answer or one.evidence),)
    return subjects(one.evidence, one.text)


def _rhythm(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    found = report.rhythm
    for key, shares in (("execution", found.execution), ("big3", found.big3)):
        text = agreed_text(formatter, key, shares[-1]) if shares else ""
        if text:
            yield Item("rhythm", Line(text, lead=formatter(f"brief.{key}")), weight=3)


def _funnels(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    leader = report.leader
    asked = leader.decision.step if leader.decision else None
    for one in report.funnels[:2]:
        if one.bottleneck and one.bottleneck not in {leader.headline.step, asked}:
            line = Line(
                bottleneck_text(formatter, one), formatter.sources(*one.evidence[:1], label="")
            )
            yield Item("funnel", line, weight=2)


def _next(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    found = report.next
    if found.plan:
        yield from _plan(formatter, found.plan)
        return
    for action in found.actions[:3]:
        line = Line(formatter.quote(action.text, 70), formatter.sources(action.evidence, label=""))
        yield Item("next", replace(line, lead=formatter(f"kind.{action.kind or 'none'}")), weight=3)


def _plan(formatter: TextFormatter, plan: PlanView) -> Iterator[Item]:
    if plan.key_result:
        places = formatter.sources(plan.evidence, label="")
        yield Item(
            "next",
            Line(formatter.quote(plan.key_result, 60), places, lead=formatter("next.key_result")),
            weight=2,
        )
    for lever in ("business", "learning", "people"):
        texts = getattr(plan, lever)
        if texts:
            text = " · ".join(formatter.quote(one, 56) for one in texts[:2])
            yield Item("next", Line(text, lead=formatter(f"next.lever_{lever}")), weight=3)
    for risk in plan.risks[:2]:
        if not risk.countermeasure:
            text = formatter("next.risk_bare", risk=formatter.quote(risk.text, 44))
            yield Item("next", Line(text, tone="warn", lead=formatter("brief.risk")), weight=3)


def _data(formatter: TextFormatter, report: WeeklyReport) -> Iterator[Item]:
    data = report.data
    if data.problems_total:
        places = formatter.sources(*(one.evidence for one in data.problems[:1]), label="data.mend")
        yield Item("data", Line(problems_title(formatter, data), places), weight=4)
    if report.scope.undated and not report.scope.undated_many:
        yield Item("data", Line(formatter("data.undated", n=report.scope.undated)), weight=4)
