"""The state of the data (method §11): last and quiet, but stale or partial data comes first."""

from datetime import datetime

from notes.messages import figures
from notes.messages.problems import reason_of, skipped_words
from notes.model.notes import NOT_READ, Problem
from reports.analysis.records.report_record import (
    NOT_UNDERSTOOD,
    DataQuality,
    ProblemLine,
    Scope,
    SourceQuality,
    WeeklyReport,
)
from reports.analysis.records.rules import ReportRules
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import Block, Line, Lines, Section


def data_warning(formatter: TextFormatter, data: DataQuality) -> str:
    """Return the first screen's line about stale or partial data; "" if there is none."""
    if not data.warn:
        return ""
    texts = [_not_understood_warning(formatter, data), _old_warning(formatter, data)]
    return " ".join(text for text in texts if text)


def unknown(formatter: TextFormatter, report: WeeklyReport) -> str:
    """Return why it cannot be said that something is missing from the log; "" if it can (method
    §1).

    Part of the log was not read, or not to the period's end, the days of notes could not be read,
    or the meaning of a column that may hold it is a question.
    """
    if report.data.is_part_unread:
        return formatter("key.unread")
    if report.data.undatable:
        return formatter("key.undatable", n=report.data.undatable)
    columns = report.data.open_columns
    return formatter("key.open_columns", n=columns) if columns else ""


def _not_understood_warning(formatter: TextFormatter, data: DataQuality) -> str:
    found = [one for one in data.sources if one.state in NOT_UNDERSTOOD]
    if not found:
        return ""
    names = ", ".join(
        " ".join((formatter.quote(one.source, 30), *_tabs(formatter, one))) for one in found
    )
    since = min((one.unread_since for one in found if one.unread_since), default=None)
    if since is None:
        return formatter("data.warn_not_understood_bare", sources=names)
    return formatter("data.warn_not_understood", sources=names, day=_day(formatter, since))


_TABS_MOST = 3
"""Tabs that are named; a workbook that is new in whole has dozens. Judgement."""


def _tabs(formatter: TextFormatter, one: SourceQuality) -> tuple[str, ...]:
    """Return the names of the tabs that could not be understood; of a csv its source says it."""
    shown = [formatter.quote(tab, 24) for tab in one.unread_tabs if tab and tab != one.source]
    names = ", ".join(formatter("place.tab", tab=tab) for tab in shown[:_TABS_MOST])
    rest = len(shown) - _TABS_MOST
    more = (formatter("data.more", n=rest),) if rest > 0 else ()
    return (names, *more) if names else ()


def _day(formatter: TextFormatter, instant: datetime) -> str:
    return figures.day(instant.astimezone(formatter.zone).date(), formatter.language)


def _old_warning(formatter: TextFormatter, data: DataQuality) -> str:
    old = [one for one in data.sources if one.state not in {"fresh", *NOT_UNDERSTOOD}]
    if not old:
        return ""
    names = ", ".join(formatter.quote(one.source, 30) for one in old)
    if data.oldest_success is None:
        return formatter("data.warn_never", sources=names)
    return formatter(
        "data.warn",
        sources=names,
        day=figures.day(data.oldest_success.astimezone(formatter.zone).date(), formatter.language),
    )


def data_quality_section(formatter: TextFormatter, report: WeeklyReport) -> Section:
    """Return the closing block: last readings, rows used and left out, cells to mend."""
    data = report.data
    sources = tuple(
        _source(formatter, one)
        for one in sorted(data.sources, key=lambda one: one.state == "fresh")
    )
    hidden = formatter("data.more", n=len(sources) - 3) if len(sources) > 3 else ""
    blocks: list[Block] = [
        Lines(sources[:3], more=sources[3:], more_text=hidden, empty=formatter("data.none"))
    ]
    if data.problems:
        items = tuple(_problem(formatter, one) for one in data.problems[:3])
        total = max(data.problems_total, len(data.problems))
        rest = formatter("data.more", n=total - len(items)) if total > len(items) else ""
        more = tuple(_problem(formatter, one) for one in data.problems[3:13])
        blocks.append(Lines(items, problems_title(formatter, data), "warn", more, rest))
    remarks = _remarks(formatter, report.scope, data)
    if remarks:
        blocks.append(Lines(remarks))
    action = _next(formatter, data)
    label = formatter("action.label") if action else ""
    return Section(
        "data", formatter("data.title"), tuple(blocks), next=action, next_label=label, quiet=True
    )


def problems_title(formatter: TextFormatter, data: DataQuality) -> str:
    """Return how many cells could not be read; whole tables among them are said to be some.

    Where some were read and only need a look, all are places to look at.
    """
    tables = any(one.code in NOT_READ for one in data.problems)
    total = data.places_total
    if data.problems_kept:
        return formatter("data.problems_look", n=total)
    return formatter("data.problems_tabs" if tables else "data.problems", n=total)


def _next(formatter: TextFormatter, data: DataQuality) -> str:
    """Return what mends the data; nothing where a source was only not read since (no failure)."""
    for one in data.sources:
        source = formatter.quote(one.source, 30)
        if one.state in {"partial", "never"}:
            return formatter("data.next_source", source=source)
        if one.state in NOT_UNDERSTOOD:
            return formatter("data.next_table", source=source)
    key = "data.next_look" if data.problems_kept else "data.next_mend"
    return formatter(key, n=data.places_total) if data.problems_total else ""


def _source(formatter: TextFormatter, one: SourceQuality) -> Line:
    read = (
        figures.moment(one.last_success.astimezone(formatter.zone), formatter.language)
        if one.last_success
        else ""
    )
    text = formatter(
        "data.source" if read else "data.source_never",
        read=one.rows_read,
        used=one.rows_used,
        when=read,
    )
    if one.skipped:
        text += " " + formatter(
            "data.skipped",
            what=", ".join(
                f"{skipped_words(code, formatter.language)} {count}"
                for code, count in one.skipped[:4]
            ),
        )
    if one.state == "partial":
        text += f" {formatter('data.partial', error=formatter.quote(one.error, 60))}"
    elif one.state in NOT_UNDERSTOOD:
        text += f" {_not_understood(formatter, one)}"
    elif one.state == "stale":
        text += f" {formatter('data.stale')}"
    return Line(
        text, lead=formatter.quote(one.source, 30), tone="plain" if one.state == "fresh" else "warn"
    )


def _not_understood(formatter: TextFormatter, one: SourceQuality) -> str:
    key, tabs = "data.not_understood", " ".join(_tabs(formatter, one))
    if tabs:
        key = "data.not_understood_tabs"
    since = _day(formatter, one.unread_since) if one.unread_since else ""
    return formatter(key if since else f"{key}_bare", day=since, tabs=tabs)


def _problem(formatter: TextFormatter, one: ProblemLine) -> Line:
    problem = Problem(one.evidence.place, one.code, formatter.quote(one.value, 40), one.facts)
    text = formatter.quote(reason_of(problem, formatter.language), 120)
    return Line(text, formatter.sources(one.evidence, label="data.mend"))


def _remarks(formatter: TextFormatter, scope: Scope, data: DataQuality) -> tuple[Line, ...]:
    lines = []
    if scope.silent_total:
        lines.append(
            Line(
                formatter("data.silent", n=scope.silent_total),
                formatter.sources(*scope.silent, total=scope.silent_total, label=""),
            )
        )
    if scope.unclassified:
        lines.append(Line(formatter("data.unclassified", n=scope.unclassified)))
    if data.unsure:
        lines.append(Line(formatter("data.unsure", n=data.unsure)))
    return tuple(lines)


def rules_line(formatter: TextFormatter, rules: ReportRules) -> str:
    """Return the foot's sentence about the rules that made the page."""
    return formatter(
        "footer.rules",
        keep=rules.keep,
        list=rules.list_size,
        window=rules.window_weeks,
        speed=rules.speed_notes,
        cases=rules.funnel_cases,
        metrics=rules.metrics,
        failure=rules.failure_weeks,
        contact=rules.contact_days,
    )
