"""Small logs by hand.

Stored notes with sensible defaults, and the inputs of a report made of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from notes.model.notes import (
    ActionItem,
    Feedback,
    Metric,
    Note,
    Place,
    PlanCard,
    Point,
    RawRow,
    Series,
    StoredNote,
)
from notes.model.periods import Period, Week
from reports.analysis.commitments.all_commitments import standing, worded
from reports.analysis.data.team_log import TeamLog, build_log
from reports.analysis.records.inputs import ReportInputs, ReportTeam
from reports.analysis.records.rules import ReportRules
from reports.analysis.records.section_results import Commitment

WEEK = Week(2026, 47)  # 16 to 22 November 2026
TEAM = ReportTeam("구독팀")
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


def stored(
    row: int,
    *,
    written: Mapping[str, datetime] | None = None,
    gone: datetime | None = None,
    first_seen: datetime = LONG_AGO,
    **fields: Any,
) -> StoredNote:
    """Return an experiment in a row of a sheet; `fields` are those of the note."""
    place = Place(tab="log", row=row)
    note = Note("experiment", place, url=f"https://sheet.example/#A{row}")
    note = replace(note, **{"kind": "experiment", **fields})
    return StoredNote(
        f"n{row:03d}",
        TEAM.name,
        "trials",
        note,
        RawRow(place, ()),
        1,
        first_seen,
        first_seen,
        gone,
        True,
        written or {},
    )


def trial(row: int, title: str, day: int = 18, **fields: Any) -> StoredNote:
    """Return a finished trial of the week, on a day of November 2026."""
    fields = {"execution": f"{title} 하기", "end_date": date(2026, 11, day), **fields}
    return stored(row, title=title, **fields)


def metric(name: str, before: float | None, after: float | None, **more: Any) -> Metric:
    """Return a metric."""
    return Metric(name=name, before=before, after=after, **more)


def plan(row: int, week: str, **card: Any) -> StoredNote:
    """Return a plan card of a week."""
    return stored(row, kind="plan", week=week, details=PlanCard(**card))


def series(row: int, name: str, values: Mapping[date, float], **more: Any) -> StoredNote:
    """Return a metric line."""
    points = tuple(Point(name, value, day=day, **more) for day, value in values.items())
    return stored(row, kind="metric", details=Series(points))


def funnel(row: int, day: date, stages: Mapping[str, float], **more: Any) -> StoredNote:
    """Return the counts of a funnel in a week."""
    points = tuple(
        Point(name, value, day=day, order=n, **more)
        for n, (name, value) in enumerate(stages.items())
    )
    return stored(row, kind="funnel", details=Series(points))


def action(row: int, day: date, text: str = "", **item: Any) -> StoredNote:
    """Return a line of an action log."""
    return stored(row, kind="action", start_date=day, details=ActionItem(text, **item))


def feedback(row: int, day: date, text: str, **more: Any) -> StoredNote:
    """Return a line of the feedback feed."""
    return stored(row, kind="feedback", start_date=day, details=Feedback(text, **more))


def inputs(*notes: StoredNote, period: Period = WEEK, **more: Any) -> ReportInputs:
    """Return the inputs of a report."""
    return ReportInputs(**{"team": TEAM, "period": period, "notes": notes, **more})


def log(
    *notes: StoredNote, period: Period = WEEK, rules: ReportRules | None = None, **more: Any
) -> TeamLog:
    """Return the log of some notes."""
    return build_log(inputs(*notes, period=period, rules=rules or ReportRules(), **more))


def commitments_of(known: TeamLog, gone: Sequence[StoredNote] = ()) -> tuple[Commitment, ...]:
    """Return every commitment of a log in words, the latest promise first."""
    return tuple(worded(one, known) for one in standing(known, gone))
