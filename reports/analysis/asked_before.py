"""The page remembers what it asked (METHOD.md §7).

How often in a row, and what the log answered.
"""

from dataclasses import replace

from notes.model.notes import StoredNote
from reports.analysis.data.data_quality import assess_data_quality
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report import Answered, DecisionRequest, LeaderLines
from reports.analysis.text.quoting import comparison_key

from .findings import findings, last_log
from .leader_lines import leader_lines
from .scope import scope_of

_MOST = 4
"""Pages that are looked back at: a question that stood longer is asked no other way."""


def asked_before(
    lines: LeaderLines, inputs: ReportInputs, log: TeamLog, last: TeamLog, whole: TeamLog
) -> LeaderLines:
    """Return the leader's lines with how often the decision was asked before, and with the answer to the last one."""
    before = _decision_before(inputs, last, whole)
    if before is None:
        return lines
    now = lines.decision
    answered = _answer(before, log, last)
    if now is None or not _is_same(now, before):
        return replace(lines, answered=answered)
    times, first = 2, inputs.period.back()
    earlier = inputs
    for _ in range(_MOST - 2):
        earlier = replace(
            earlier, period=earlier.period.back(), notes=inputs.earlier or inputs.notes
        )
        past = _decision_before(earlier, last_log(earlier), whole)
        if past is None or not _is_same(now, past):
            break
        times, first = times + 1, first.back()
    return replace(
        lines, decision=replace(now, asked=times, first_asked=str(first)), answered=answered
    )


def _decision_before(inputs: ReportInputs, last: TeamLog, whole: TeamLog) -> DecisionRequest | None:
    """Return what the page of the period before asked, None where it asked nothing or was not there."""
    before = replace(inputs, period=inputs.period.back(), notes=last.everything)
    scope = scope_of(last, before)
    if not scope.notes and not last.kind("metric"):
        return None
    found = findings(before, last, last_log(before) if not scope.first_ever else None, whole=whole)
    return leader_lines(last, found, scope, assess_data_quality(before, last)).decision


def _is_same(now: DecisionRequest, before: DecisionRequest) -> bool:
    """Tell whether two decisions ask the same: the same kind of thing about the same subject."""
    return now.kind == before.kind and comparison_key(now.subject) == comparison_key(before.subject)


def _answer(before: DecisionRequest, log: TeamLog, last: TeamLog) -> Answered | None:
    """Return what was written since about the note that the last page asked about."""
    note_id = before.evidence.note_id if before.evidence else ""
    past = next((stored for stored in last.notes if stored.id == note_id), None)
    now = log.by_id.get(note_id)
    if (
        past is None
        or now is None
        or before.kind not in {"stop", "came_back", "wrong_way", "unblock"}
    ):
        return None
    evidence = log.evidence(now)
    if _is_new(past, now, "stop") or (
        now.note.outcome == "dropped" and past.note.outcome != "dropped"
    ):
        return Answered(before.kind, before.subject, "stopped", evidence)
    if _is_new(past, now, "keep"):
        return Answered(before.kind, before.subject, "kept", evidence)
    if (
        before.kind == "unblock"
        and now.note.outcome == "success"
        and past.note.outcome != "success"
    ):
        return Answered(before.kind, before.subject, "done", evidence)
    return None


def _is_new(past: StoredNote, now: StoredNote, kind: str) -> bool:
    return now.note.next_kind == kind and past.note.next_kind != kind
