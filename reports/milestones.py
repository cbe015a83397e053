"""Milestones reached in a period (자축할 것): a target met, or what the log itself calls one."""

from collections.abc import Iterator, Sequence

from .answers import Move, Number
from .claims import Claim
from .log import Log
from .membership import executed
from .sections import Milestone
from .series import numbers_of
from .vocabulary import says
from .wording import normal, sentences


def milestones(log: Log, claims: Sequence[Claim]) -> tuple[Milestone, ...]:
    """Return the milestones of the period, each metric and each note once."""
    seen: set[str] = set()
    found = []
    for one in (*_claimed(log, claims), *_lines(log), *_named(log)):
        keys = {normal(one.text), one.evidence.note_id}
        if not keys & seen:
            seen |= keys
            found.append(one)
    return tuple(found[: log.rules.list_size])


def _claimed(log: Log, claims: Sequence[Claim]) -> Iterator[Milestone]:
    for claim in claims:
        if _reached(claim.move):
            text = log.quote(claim.move.name) or log.what(claim.stored.note)
            yield Milestone("target_reached", text, log.evidence(claim.stored), claim.move)


def _reached(move: Move) -> bool:
    """Tell whether the move crossed its target; a group beside another (13/88 against 13/42) is no level reached."""
    if move.before_counts and move.after_counts:
        return False
    if move.before is None or move.after is None or move.target is None or move.way != "better":
        return False
    if move.better == "up":
        return move.before < move.target <= move.after
    return move.after <= move.target < move.before


def _lines(log: Log) -> Iterator[Milestone]:
    for number in numbers_of(log):
        if number.evidence is not None and _line_reached(number):
            yield Milestone("target_reached", log.quote(number.name), number.evidence)


def _line_reached(number: Number) -> bool:
    if number.previous is None or number.target is None:
        return False
    if number.better == "up":
        return number.previous < number.target <= number.value
    return number.value <= number.target < number.previous


def _named(log: Log) -> Iterator[Milestone]:
    """Give what the log calls a milestone, in a tag or a sentence of a note that was carried out."""
    for stored in log.here:
        note = stored.note
        if not executed(note) or note.outcome in {"failure", "dropped", "inconclusive"}:
            continue
        lines = [line for line in sentences(note.retrospective) if says("milestone", line)]
        tagged = any(says("milestone", tag) for tag in note.tags)
        text = log.quote(lines[0]) if lines else log.what(note) if tagged or says("milestone", note.title) else ""
        if text:
            yield Milestone("named", text, log.evidence(stored))
