"""The leader's lines (method §7): headline, key number, repeated activity, change, decision."""

from collections import defaultdict

from notes.model.notes import StoredNote
from reports.analysis.data.period_membership import is_executed, start_day_of
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_series import MetricSeries
from reports.analysis.questions.events import events_of, worst_event
from reports.analysis.questions.key_number import key_line, key_number, renamed_to
from reports.analysis.records.report_record import (
    CoreActivity,
    DataQuality,
    LeaderLines,
    Scope,
)
from reports.analysis.section_findings import SectionFindings
from reports.analysis.sections.traps import names_goals
from reports.analysis.summary.decision import choose_decision
from reports.analysis.summary.headline import choose_headline
from reports.analysis.summary.suggested_changes import suggested_changes
from reports.analysis.text.quoting import comparison_key


def leader_lines(
    log: TeamLog, found: SectionFindings, scope: Scope, *, data: DataQuality
) -> LeaderLines:
    """Return the leader's lines.

    `choose_decision` counts only this page's asking (`reports.analysis.summary.asked_before` knows
    the earlier ones).
    """
    line, key = key_line(log), key_number(log)
    core = core_activity(log)
    worst = worst_event(events_of(found.business, found.funnels, key))
    return LeaderLines(
        headline=choose_headline(log, found, key, scope=scope, data=data),
        key_number=key,
        core=core,
        change=next(suggested_changes(found, core if names_goals(log) else None), None),
        decision=None if data.none_read else choose_decision(log, found, worst),
        key_missing=_missing(line, log) if not data.none_read else "",
        key_renamed=renamed_to(line, log) if line is not None and key is None else "",
    )


def _missing(line: MetricSeries | None, log: TeamLog) -> str:
    """Return the name of the key number where the period has no value of it."""
    return line.name if line is not None and line.last_in(log.period) is None else ""


def core_activity(log: TeamLog) -> CoreActivity | None:
    """Return the activity that the period and the weeks before repeated most; None without one."""
    since = log.until(log.rules.baseline_weeks)
    here = log.period_note_ids
    groups: dict[str, list[StoredNote]] = defaultdict(list)
    for stored in log.notes:
        if is_executed(stored.note) and (
            stored.id in here or start_day_of(stored, log.zone) >= since
        ):
            for name in {
                comparison_key(stored.note.title),
                comparison_key(stored.note.execution),
            } - {""}:
                groups[name].append(stored)
    repeated = [
        notes
        for notes in groups.values()
        if len(notes) > 1 and any(one.id in here for one in notes)
    ]
    if not repeated:
        return None
    notes = min(repeated, key=lambda group: (-len(group), log.what(group[0].note)))
    goals = [goal for goal in (log.aim(stored.note.goal) for stored in reversed(notes)) if goal]
    return CoreActivity(
        text=log.what(notes[-1].note),
        times=len(notes),
        weeks=len({start_day_of(stored, log.zone).isocalendar()[:2] for stored in notes}),
        goal=goals[0] if goals else "",
        linked=bool(goals),
        evidence=tuple(log.evidence(stored) for stored in reversed(notes))[: log.rules.list_size],
    )
