"""Section lines inside a table: a goal, a person, or only a heading."""

from collections.abc import Sequence
from dataclasses import replace

from .cells.people import name_key
from .columns import Assigned
from .frame import Circumstance, Frame
from .profile import sort_of
from .sentences import sounds_like
from .wording import text_of

_LIKELY_GOAL = 0.17


def with_sections(
    frame: Frame, sections: dict[int, tuple[int, str]], assigned: Sequence[Assigned], owner: str = ""
) -> Frame:
    """Return the frame with what its section lines say: the owner of their rows, or their goal (RULES 2.4, 2.5).

    A line is a goal only where the table has no column for goals and the line sounds like one; `owner` is the person
    the tab is named after.
    """
    if not sections and not owner:
        return frame
    people = _people(frame, assigned)
    has_goals = any(found.role == "goal" for found in assigned)
    circumstances = []
    for now in frame.circumstances:
        text = sections.get(now.stretch, (0, ""))[1]
        circumstances.append(_said(now, text, people, owner, has_goals=has_goals))
    return replace(frame, circumstances=circumstances)


def _said(now: Circumstance, text: str, people: set[str], owner: str, *, has_goals: bool) -> Circumstance:
    if owner and not now.owner:
        now = replace(now, owner=owner)
    if not text or now.goal or now.owner == text:
        return now
    if name_key(text) in people or (sort_of(text) == "name" and not people and len(text) <= 12):
        return replace(now, owner=text)
    return replace(now, goal=text) if not has_goals and _is_goal(text) else now


def _is_goal(text: str) -> bool:
    return len(text) >= 5 and sort_of(text) in ("text", "short") and dict(sounds_like(text))["goal"] >= _LIKELY_GOAL


def _people(frame: Frame, assigned: Sequence[Assigned]) -> set[str]:
    return {
        name_key(text)
        for column, found in zip(frame.columns, assigned, strict=True)
        if found.role in ("owners", "people")
        for value in column.values[:400]
        if (text := text_of(value))
    }
