"""The scope of a report: its period, how many notes began, ended, fell silent or have no day."""

from notes.model.notes import Series, StoredNote
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import Scope

from .period_membership import is_finished, is_silent, is_undated, own_days, told_day
from .team_log import TeamLog

_MANY = 0.1
"""Share of undated notes above which the first screen says so: a tenth (method §2)."""


def _is_from_before(stored: StoredNote, log: TeamLog) -> bool:
    """Return whether a record of any kind has a day before the period, or was seen by then.

    A log whose notes have no readable day was "the first report" in each week in which none began.
    """
    first, details = log.period.first, stored.note.details
    if isinstance(details, Series):
        return any(point.day is not None and point.day < first for point in details.points)
    days = [*own_days(stored.note)] or [told_day(stored.first_seen, log.zone)]
    return min(days) < first


def scope_of(log: TeamLog, inputs: ReportInputs) -> Scope:
    """Return the period of the report and the number of notes behind it."""
    before = log.of(log.period.back())
    silent = [
        stored
        for stored in log.notes
        if stored.id not in inputs.contested and is_silent(stored, log.period, log.zone)
    ]
    undated = inputs.undated or sum(is_undated(stored, log.zone) for stored in log.notes)
    known = max(inputs.known, len(log.notes))
    return Scope(
        team=log.team.name,
        period=log.period,
        first=log.period.first,
        last=log.period.last,
        timezone=log.team.timezone,
        notes=len(log.period_notes),
        previous_notes=len(before),
        started=sum(
            bool(one.note.start_date and one.note.start_date in log.period)
            for one in log.period_notes
        ),
        finished=sum(is_finished(one.note, log.period) for one in log.period_notes),
        silent=tuple(log.evidence(stored) for stored in silent[: log.rules.list_size]),
        silent_total=len(silent),
        first_ever=not (
            before or inputs.older or any(_is_from_before(one, log) for one in log.everything)
        ),
        unclassified=sum(one.note.flow is None for one in log.period_notes),
        undated=undated,
        undated_many=undated > known * _MANY,
    )
