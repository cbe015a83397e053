"""How often the page asked a decision in a row, and what the log answered (method §7)."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import blake2b
from itertools import takewhile
from typing import cast

from notes.model.deliveries import AskedDecision
from notes.model.notes import StoredNote
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import (
    AnswerState,
    DecisionAnswer,
    DecisionKind,
    DecisionRequest,
    LeaderLines,
    WeeklyReport,
)
from reports.analysis.text.quoting import comparison_key

_ABOUT_A_NOTE: frozenset[DecisionKind] = frozenset({"stop", "came_back", "wrong_way", "unblock"})
"""Decisions whose answer stands in the row that they are about."""

_PLAN_ASKED_MOST = 2
"""Pages in a row that ask for a missing plan: judgement; a third time is no longer read."""
_ABOUT_THE_PLAN: frozenset[DecisionKind] = frozenset({"no_plan", "one_lever"})
"""Decisions that ask the same whatever else stands in the log."""
_STAYS_OPEN = _ABOUT_A_NOTE | _ABOUT_THE_PLAN
"""Decisions that a page without a question leaves open; where a number or a step of a funnel was no
event in between, it is a new one.
"""


def asked_before(
    lines: LeaderLines, inputs: ReportInputs, log: TeamLog, *, last: TeamLog
) -> LeaderLines:
    """Return the leader's lines, completed from what the sent pages of earlier periods asked.

    Adds how often the decision was asked in a row, and the log's answer to the last one. A page
    that was never sent asked nobody (ADR 0722).
    """
    sent, now = inputs.asked, lines.decision
    before = sent[0] if was_sent(inputs) else None
    answered = _answer(before.kind, before.note, log, last=last) if before else None
    if now is None:
        return replace(lines, answered=answered)
    asked = (now.kind, _fingerprint(now))
    spoken = [one for one in sent if one.kind] if now.kind in _STAYS_OPEN else sent
    same = list(takewhile(lambda one: (one.kind, one.subject) == asked, spoken))
    if now.kind == "no_plan" and len(same) >= _PLAN_ASKED_MOST:
        return replace(lines, decision=None, answered=answered)
    if same and now.kind != "no_plan":  # each time it is about the actions of its own week
        now = replace(now, asked=1 + len(same), first_asked=same[-1].period)
    return replace(lines, decision=now, answered=answered)


def was_sent(inputs: ReportInputs) -> bool:
    """Return whether the page of the period before was sent: only then did it tell anybody
    (ADR 0722).
    """
    return bool(inputs.asked) and inputs.asked[0].period == str(inputs.period.back())


def asked_of(report: WeeklyReport, now: datetime) -> AskedDecision:
    """Return what the ledger is to remember of a report's decision."""
    decision, period = report.leader.decision, str(report.scope.period)
    if decision is None:
        return AskedDecision(period, now)
    note = decision.evidence.note_id if decision.evidence else ""
    return AskedDecision(period, now, decision.kind, _fingerprint(decision), note)


def _fingerprint(decision: DecisionRequest) -> str:
    return blake2b(_about(decision).encode(), digest_size=8).hexdigest()


def _about(decision: DecisionRequest) -> str:
    """Return what a decision is about, for comparison; "" where the plan itself is asked for."""
    return "" if decision.kind in _ABOUT_THE_PLAN else comparison_key(decision.subject)


def _answer(kind: str, note_id: str, log: TeamLog, *, last: TeamLog) -> DecisionAnswer | None:
    """Return what was written since about the note that the last page asked about."""
    past = next((stored for stored in last.notes if stored.id == note_id), None)
    now = log.by_id.get(note_id)
    if past is None or now is None or kind not in _ABOUT_A_NOTE:
        return None
    answered = partial(_answered, kind, log.evidence(now))
    if _is_new(past, now, "stop") or (
        now.note.outcome == "dropped" and past.note.outcome != "dropped"
    ):
        return answered("stopped")
    if _is_new(past, now, "keep"):
        return answered("kept")
    if kind == "unblock" and now.note.outcome == "success" and past.note.outcome != "success":
        return answered("done")
    return None


def _answered(kind: str, evidence: Evidence, state: AnswerState) -> DecisionAnswer:
    return DecisionAnswer(cast(DecisionKind, kind), evidence.what, state, evidence)


def _is_new(past: StoredNote, now: StoredNote, kind: str) -> bool:
    return now.note.next_kind == kind and past.note.next_kind != kind
