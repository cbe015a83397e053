"""Next week (method §9): the plan card as found, else the next actions keep, stop, start."""

import re
from collections.abc import Iterator

from notes.model.notes import NextKind, PlanCard, Risk, StoredNote
from reports.analysis.commitments.promises import (
    is_negated,
    is_reported_done,
    kind_of,
    made_on,
    says_only_when_to_stop,
    stopped_thing,
    told_promise,
)
from reports.analysis.data.team_log import TeamLog, is_in_period, without_placeholder
from reports.analysis.records.section_results import NextAction, NextPeriod, PlanView
from reports.analysis.text.quoting import comparison_key, sentences

_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(%p|%|[가-힣]{1,3}|[A-Za-z]+)?")
_ORDER: tuple[NextKind | None, ...] = ("keep", "stop", "start", None)
"""Order of the printed kinds; None is a next action that says none of the three."""
_MOST_RISKS = 2
"""Risks that a plan card should name at most (method §1)."""


def next_period(log: TeamLog, *, done: frozenset[str] = frozenset()) -> NextPeriod:
    """Return the plan card for the coming period, and the next actions written in this one.

    `done` are notes whose next action was taken up already: it is no longer one.
    """
    coming = log.period.back(-1)
    plans = [stored for stored in log.kind("plan") if is_in_period(stored, coming, log.zone)]
    cards = [
        stored for stored in plans if isinstance(stored.note.details, PlanCard)
    ]  # a goal of a goal tree is none
    actions = [one for one in _actions(log) if one.evidence.note_id not in done]
    return NextPeriod(
        plan=plan_view(cards[-1], log) if cards else None,
        actions=tuple(actions[: _shown(log)]),
        actions_total=len(actions),
    )


def plan_view(stored: StoredNote, log: TeamLog) -> PlanView:
    """Return a plan card as found, with all its levers, and risks with what is missing."""
    card = stored.note.details if isinstance(stored.note.details, PlanCard) else PlanCard()
    number, unit = _first_number(card.key_result)
    return PlanView(
        evidence=log.evidence(stored),
        bhag=log.aim(card.bhag),
        key_result=log.aim(card.key_result),
        key_number=number,
        key_unit=unit,
        business=_quoted(card.business, log),
        learning=_quoted(card.learning, log),
        people=_quoted(card.people, log),
        risks=tuple(_shown_risks(card, log)),
        big3=_quoted(card.big3, log),
        bare_risks=sum(not without_placeholder(risk.countermeasure) for risk in card.risks),
        too_many_risks=len(card.risks) > _MOST_RISKS,
    )


def _shown_risks(card: PlanCard, log: TeamLog) -> Iterator[Risk]:
    """Yield the risks as they may be quoted; what is withheld is written, and not missing."""
    for risk in card.risks:
        written = without_placeholder(risk.countermeasure)
        text, measure = log.quote(risk.text), log.quote(written)
        if text and (measure or not written):
            yield Risk(text, measure)


def _quoted(texts: tuple[str, ...], log: TeamLog) -> tuple[str, ...]:
    return tuple(quoted for text in texts if (quoted := log.deed(text)))


def _first_number(text: str) -> tuple[float | None, str]:
    found = _NUMBER.search(text)
    if not found:
        return None, ""
    return float(found[1].replace(",", "")), found[2] or ""


def _shown(log: TeamLog) -> int:
    return log.rules.list_size * 3


def _actions(log: TeamLog) -> list[NextAction]:
    """Return the period's next actions, each text once: keep, stop, start, unsaid."""
    found: dict[str, NextAction] = {}
    for stored in log.notes:
        note = stored.note
        if not note.next_action or made_on(stored, log) not in log.period:
            continue
        text = " ".join(sentences(without_placeholder(note.next_action)))
        quoted = told_promise(text, note, log)
        if quoted and not is_reported_done(text):
            whole = quoted, note.next_kind
            shown, kind = whole if says_only_when_to_stop(text) else _as_printed(*whole)
            found.setdefault(
                comparison_key(quoted),
                NextAction(shown, kind, log.evidence(stored), note.owners),
            )
    return sorted(found.values(), key=lambda action: _ORDER.index(action.kind))


def _as_printed(text: str, written: NextKind | None) -> tuple[str, NextKind | None]:
    """Return the words and the kind of a next action that do not contradict each other on the page.

    >>> _as_printed("Stop two-part interviews", "start"), _as_printed("반찬 늘리지 않기", "stop")
    (('Stop two-part interviews', None), ('반찬 늘리기', 'stop'))
    >>> _as_printed("손글씨 쪽지 그만", None), _as_printed("무리하지 않기", None)
    (('손글씨 쪽지', 'stop'), ('무리하지 않기', None))
    """
    if written == "start" and kind_of(text, written) == "stop":
        return text, None
    says_stop, negated = kind_of(text, None) == "stop", is_negated(text)
    if (written == "stop" and negated) or (written in {None, "stop"} and says_stop and not negated):
        thing = stopped_thing(text)
        return (thing, "stop") if thing else (text, written)
    return text, written
