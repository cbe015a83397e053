"""The scope of a report: its period and the number of notes behind it."""

from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import Scope

from .period_membership import is_finished, is_silent, is_undated, own_days
from .team_log import TeamLog

_MANY = 0.1
"""Share of undated notes above which the first screen says so: a tenth (method §2)."""


def scope_of(log: TeamLog, inputs: ReportInputs) -> Scope:
    """Return the period of the report and the number of notes behind it."""
    before = log.of(log.period.back())
    older = any(day < log.period.first for stored in log.notes for day in own_days(stored.note))
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
        first_ever=not older and not before and not inputs.older,
        unclassified=sum(one.note.flow is None for one in log.period_notes),
        undated=undated,
        undated_many=undated > known * _MANY,
    )
