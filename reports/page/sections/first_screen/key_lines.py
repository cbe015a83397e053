"""The three lines of the first screen: 사업 · 배움 · 사람."""

from collections.abc import Iterable, Iterator, Sequence

from reports.analysis.records.answers import (
    Activity,
    BusinessAnswer,
    MetricChange,
    NoChangeSummary,
    PeopleAnswer,
    PersonAnswer,
)
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.report_record import DataQuality, Headline, WeeklyReport
from reports.analysis.records.section_results import WeekShare
from reports.analysis.text.quoting import comparison_key
from reports.page.formatting.metric_texts import (
    short_move,
)
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.sections.data_quality import unknown
from reports.page.sections.people import nothing_missing, open_gaps, speed_line
from reports.page.view import Accent, KeyLine

_NAME_WIDTH = 60
"""Columns of a name on the first screen: with its number two to three lines of a phone, and a name
that a team gives a trial is hardly ever longer, so that it is not cut.
"""

_WHERE_WIDTH = 40
"""Columns of where a learning was applied: with what was learned at most three lines of a phone."""


def key_lines(formatter: TextFormatter, report: WeeklyReport) -> tuple[KeyLine, ...]:
    """Return the three lines 사업 · 배움 · 사람, without those where nothing can be said."""
    if report.leader.headline.kind in {"unread", "undated"}:
        return ()
    business, shown = _business(formatter, report)
    applied = [one.applied or one.evidence for one in report.learning.pairs[:1]]
    gaps = [one.gap for one in report.people.answers[:1] if one.fresh]
    texts = (business, _learning(formatter, report), _people(formatter, report))
    places: tuple[Sequence[Evidence | None], ...] = ((shown,), applied, gaps)
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
    half_read = not report.data.is_whole  # a mark may stand where nobody read or knew
    if nothing and nothing.agreed_total and not (told and business.executed) and not half_read:
        return _agreed(formatter, report, nothing), None
    if not business.executed and (marked := _marked_done(report)) and not half_read:
        return formatter(
            "key.business_agreed_counted", done=int(marked.done), total=int(marked.planned)
        ), None
    if not business.executed:
        notes = report.leader.headline.notes  # a name alone does not say that it was not done
        key = "key.business_unsaid" if notes else "key.business_empty"
        return unknown(formatter, report) or formatter(key, n=notes), None
    if report.data.is_part_unread or report.data.undatable:  # a count would be false
        return unknown(formatter, report), None
    open_question = _may_have_moved(formatter, report)
    key = "key.business_counted" if open_question else "key.business_unmeasured"
    return formatter(key, n=business.executed), None


def _marked_done(report: WeeklyReport) -> WeekShare | None:
    """Return the period's execution where the action log says that something was done."""
    rows = (one for one in report.rhythm.execution if one.week == str(report.scope.period))
    return next((one for one in rows if one.done), None)


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
    told = business.wrong_way or business.unsure or business.may_have_moved
    stop = any(one.move and one.move.direction != "same" for one in business.stop)
    return bool(told) or stop or business.series_changed > 0


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
    why = unknown(formatter, report)
    if why and not _is_known(people, report.data):
        return why
    if not people.answers or not people.answers[0].fresh:
        if people.gaps_total:
            return open_gaps(formatter, people)
        return nothing_missing(formatter, people, short=True)
    first = people.answers[0]
    what = formatter.quote(first.blocker or first.goal, 44)
    asked = first.kind == "asked"
    if asked or not first.person:
        return formatter("key.people_asked" if asked else "key.people_nobody", what=what)
    return _person(formatter, first, what=what) or open_gaps(formatter, people)


def _is_known(people: PeopleAnswer, data: DataQuality) -> bool:
    """Return whether the first gap stands, whatever is not known of the log: a helper may be named
    in what was not read, or in a column that is a question; a note without a day was read.
    """
    if not people.answers:
        return False
    said = people.answers[0].kind in {"asked", "lever"}
    return said or not (data.is_part_unread or data.open_columns)


def _person(formatter: TextFormatter, first: PersonAnswer, *, what: str) -> str:
    """Return what the log knows of a person who could help; "" where only likeness names them.

    That somebody would speed a goal up is never said: only with whom past trials ended sooner or
    well (ADR 0687).
    """
    name, give = formatter.name(first.person), _give(formatter, first)
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
    if first.kind == "lever":
        return formatter("key.people_todo", person=name, what=what) if first.blocker else ""
    if first.kind == "speed":
        return speed_line(formatter, first.speed) + give if first.speed else ""
    if first.gap is None or not first.sure or not first.helped_total:
        return formatter("key.people_nobody", what=what) if first.blocker else ""
    task = formatter.quote(first.gap.what, 36)
    return formatter("key.people_helped", what=task, person=name, n=first.helped_total) + give


def _give(formatter: TextFormatter, answer: PersonAnswer) -> str:
    """Return what we give first, where the log says it."""
    if answer.give is None or answer.give.kind != "written":
        return ""
    return f" {formatter('key.people_give', what=formatter.quote(answer.give.text, 34))}"
