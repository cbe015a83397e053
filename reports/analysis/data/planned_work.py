"""Work agreed for a period and whether it was done: action log, Big 3, levers of the plan card."""

import re
from collections.abc import Iterator

from notes.model.notes import ActionItem, PlanCard, StoredNote
from notes.model.periods import Period
from reports.analysis.records.answers import PlannedActivity
from reports.analysis.records.section_results import WeekShare
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.vocabulary import contains_term, is_term, pattern

from .period_membership import VERDICTS, is_executed
from .team_log import TeamLog, is_in_period, is_same_text

_OF = re.compile(r"(\d)\s*/\s*(\d)")
""""2/3": done of planned (method §8)."""


def actions_in(log: TeamLog, period: Period) -> list[tuple[StoredNote, ActionItem]]:
    """Return the lines of the action log that belong to a period."""
    found = []
    for stored in log.kind("action"):
        details = stored.note.details
        if isinstance(details, ActionItem) and is_in_period(stored, period, log.zone):
            found.append((stored, details))
    return found


def plans_in(log: TeamLog, period: Period) -> list[tuple[StoredNote, PlanCard]]:
    """Return the plan cards of a period."""
    found = []
    for stored in log.kind("plan"):
        details = stored.note.details
        if isinstance(details, PlanCard) and is_in_period(stored, period, log.zone):
            found.append((stored, details))
    return found


def planned_activities(log: TeamLog, period: Period) -> list[PlannedActivity]:
    """Return the agreed activities of a period: action log first, then Big 3 and levers.

    A line of the plan that the action log holds too counts once, by the action log's counts.
    """
    found = [
        _from_action(stored, item, log)
        for stored, item in actions_in(log, period)
        if is_planned(item)
    ]
    planned = [one for one in found if one is not None]
    counted = {comparison_key(one.text) for one in planned}
    plans = _from_plans(log, period)
    return [*planned, *(one for one in plans if comparison_key(one.text) not in counted)]


def _from_action(stored: StoredNote, item: ActionItem, log: TeamLog) -> PlannedActivity | None:
    text = log.deed(item.text) or log.what(stored.note)
    return PlannedActivity(text, is_action_done(stored, item), log.evidence(stored))


def is_planned(item: ActionItem) -> bool:
    """Return whether a line of the action log was planned.

    It was not if it is marked as unplanned, or was done without a plan.
    """
    return not item.unplanned and not (
        item.done and item.planned in {None, 0} and item.finished is None
    )


def is_action_done(stored: StoredNote, item: ActionItem) -> bool | None:
    """Return whether a line of the action log was done; None where it does not say."""
    if item.planned and item.done is not None:
        return item.done >= item.planned
    if item.finished is not None:
        return item.finished
    if stored.note.outcome in VERDICTS:
        return True
    return False if stored.note.outcome in {"dropped", "planned"} else None


def _from_plans(log: TeamLog, period: Period) -> Iterator[PlannedActivity]:
    seen: set[str] = set()
    for stored, card in plans_in(log, period):
        evidence = log.evidence(stored)
        for text in (*card.big3, *card.business, *card.learning, *card.people):
            bare = without_done_marks(text)
            if bare and bare not in seen:
                seen.add(bare)
                yield PlannedActivity(
                    log.deed(bare), is_plan_line_done(text, log, period), evidence
                )


def big3_in(log: TeamLog, period: Period) -> list[PlannedActivity]:
    """Return the Big 3 of a period's plan cards."""
    return [
        PlannedActivity(
            log.deed(without_done_marks(text)),
            is_plan_line_done(text, log, period),
            log.evidence(stored),
        )
        for stored, card in plans_in(log, period)
        for text in card.big3
        if without_done_marks(text)
    ]


def big3_share(log: TeamLog, period: Period) -> WeekShare | None:
    """Return how many of the Big 3 were done; None without a plan or without any mark."""
    for _, card in plans_in(log, period):
        stated = next(
            (
                found
                for name, text in card.other
                if "big" in name.lower() and (found := _OF.search(text))
            ),
            None,
        )
        if stated:
            return WeekShare(str(period), float(stated[1]), float(stated[2]))
    marked = [item for item in big3_in(log, period) if item.done is not None]
    unmarked_count = len(big3_in(log, period)) - len(marked)
    if not marked:
        return None
    done = float(sum(item.done is True for item in marked))
    return WeekShare(str(period), done, float(len(marked)), unmarked=unmarked_count)


def is_plan_line_done(text: str, log: TeamLog, period: Period) -> bool | None:
    """Return whether a line of a plan was done: by its mark, an equal action, or its note."""
    if contains_term("undone_mark", text):
        return False
    if _is_marked(text):
        return True
    bare = without_done_marks(text)
    for stored, item in actions_in(log, period):
        if is_same_text(item.text, bare) or is_same_text(stored.note.title, bare):
            return is_action_done(stored, item)
    notes = (
        stored
        for stored in log.of(period)
        if is_same_text(stored.note.title, bare) or is_same_text(stored.note.execution, bare)
    )
    return True if any(is_executed(stored.note) for stored in notes) else None


def _is_marked(text: str) -> bool:
    """Return whether a line carries its own mark of being done: a tick, or the word at its end."""
    return any(_is_mark(found, text) for found in pattern("done_mark").finditer(text))


def _is_mark(found: re.Match[str], text: str) -> bool:
    rest = text[found.end() :]
    return not found[0].isalnum() or rest[:1] in {":", ")", "]"} or not rest.strip(" )]}.!")


def without_done_marks(text: str) -> str:
    """Return a line of a plan without its marks of being done.

    >>> without_done_marks("✅ 카드 문구 확정 (완료)")
    '카드 문구 확정'
    """
    bare = text
    for name in ("undone_mark", "done_mark"):
        if _is_marked(bare) or name == "undone_mark":
            bare = pattern(name).sub(" ", bare)
    bare = re.sub(r"[(\[{]\s*[)\]}]", " ", bare)
    bare = " ".join(bare.split()).strip(" -–·:,")
    return "" if is_term("placeholder", bare) else bare
