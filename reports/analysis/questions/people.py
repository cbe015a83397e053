"""Question 3 (method §3): who can double our speed, and what do we give first?"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from notes.model.notes import Feedback, PlanCard, StoredNote
from reports.analysis.data.contacts import (
    full_name,
    given_in,
    is_mentioned,
    known_names,
    levers,
    plain_name,
    same_person,
)
from reports.analysis.data.period_membership import NOT_OVER, is_finished, start_day_of
from reports.analysis.data.team_log import TeamLog, is_in_period, is_same_text, without_placeholder
from reports.analysis.learnings.learnings import Learning
from reports.analysis.records.answers import Offer, PeopleAnswer, PersonAnswer, PersonSpeed, Thanks
from reports.analysis.text.quoting import sentences
from reports.analysis.text.vocabulary import contains_term, pattern

from .contact_gaps import contacts_known, gaps_of, waiting_note

_ASKED = re.compile(
    r"[가-힣]{1,30}(?:을|를)?\s?(?:좀\s)?(?:요청|부탁)|\b(?:ask(?:ed|ing)?|request(?:ed|ing)?)\b[^.;\n]*",
    re.IGNORECASE,
)
"""What somebody was asked for is no speed that they could give."""


def answer_people(log: TeamLog, learnings: Sequence[Learning] = ()) -> PeopleAnswer:
    """Return the answer; a fitting one of `learnings` that worked may be given first."""
    gaps = gaps_of(log)
    quick = speeds(log)
    named = [gap for gap in gaps if gap.person]
    unnamed = [gap for gap in gaps if not gap.person and gap.kind in {"blocked", "asked"}]
    found = _each_once([*named, *_from_speed(quick, named, log), *unnamed])
    found.sort(key=lambda one: not one.fresh)
    answers = found[: log.rules.people]
    by_name = {speed.person: speed for speed in quick}
    unhelped = [gap for gap in gaps if gap.is_of_note]
    waiting = waiting_note(log)
    return PeopleAnswer(
        answers=tuple(
            replace(
                answer, give=with_offer(answer, log, learnings), speed=by_name.get(answer.person)
            )
            for answer in answers
        ),
        gaps_total=len(gaps),
        unhelped=len(unhelped),
        alone=unhelped[0].gap if len(unhelped) == 1 else None,
        unmet=sum(gap.kind == "lever" for gap in gaps),
        overdue=sum(gap.kind == "overdue" for gap in gaps),
        contacts=contacts_known(log),
        waiting=log.evidence(waiting) if waiting else None,
        speed=tuple(sorted(quick, key=lambda speed: speed.person)),
        gave=_count("give", log),
        asked=_count("ask", log),
        thanks=find_thanks(log),
    )


def _each_once(answers: Sequence[PersonAnswer]) -> list[PersonAnswer]:
    """Return the first answer of each person; gaps without a known person stay apart."""
    by_person = {one.person: one for one in reversed(answers) if one.person}
    return [one for one in answers if not one.person or by_person[one.person] is one]


def speeds(log: TeamLog) -> list[PersonSpeed]:
    """Return with whom the team's trials ended faster, from enough notes on each side."""
    since = log.until(log.rules.speed_weeks)
    cycles: list[tuple[StoredNote, int]] = []
    for stored in log.notes:
        start, end = stored.note.start_date, stored.note.end_date
        if (
            start
            and end
            and since <= end <= log.period.last
            and stored.note.outcome not in NOT_OVER
        ):
            cycles.append((stored, (end - start).days))
    names = sorted({plain_name(name) for stored, _ in cycles for name in stored.note.people})
    found = [_speed(name, cycles, log) for name in names if name]
    return [speed for speed in found if speed is not None]


def _speed(name: str, cycles: Sequence[tuple[StoredNote, int]], log: TeamLog) -> PersonSpeed | None:
    sides: dict[bool, list[tuple[StoredNote, int]]] = defaultdict(list)
    for stored, days in cycles:
        if name in map(plain_name, stored.note.people):
            sides[True].append((stored, days))
        elif name not in map(plain_name, stored.note.owners):
            sides[False].append((stored, days))
    if min(len(sides[True]), len(sides[False])) < log.rules.speed_notes:
        return None
    ours, others = (median(days for _, days in sides[side]) for side in (True, False))
    ratio = others / ours if ours else others + 1.0
    if ratio < log.rules.speed_ratio:
        return None
    shown = tuple(log.evidence(stored) for stored, _ in reversed(sides[True]))
    return PersonSpeed(
        person=name,
        with_days=ours,
        without_days=others,
        with_notes=len(sides[True]),
        without_notes=len(sides[False]),
        ratio=round(ratio, 4),
        evidence=shown,
    )


def _from_speed(
    quick: Sequence[PersonSpeed], gaps: Sequence[PersonAnswer], log: TeamLog
) -> list[PersonAnswer]:
    """Return people who were fast on a goal that is being worked on without them."""
    taken = {gap.person for gap in gaps}
    answers = []
    for speed in sorted(quick, key=lambda one: (-one.ratio, one.person)):
        goal = _goal_without(speed.person, log)
        if speed.person not in taken and goal is not None:
            answers.append(
                PersonAnswer(
                    "speed",
                    speed.person,
                    log.aim(goal.note.goal),
                    gap=log.evidence(goal),
                    helped=speed.evidence[: log.rules.list_size],
                    helped_total=speed.with_notes,
                    fresh=start_day_of(goal, log.zone) in log.period,
                )
            )
    return answers


def _goal_without(person: str, log: TeamLog) -> StoredNote | None:
    """Return an unfinished note of the period on such a goal that does not name the person."""
    goals = [
        stored.note.goal for stored in log.notes if person in map(plain_name, stored.note.people)
    ]
    for stored in log.period_notes:
        note = stored.note
        if is_finished(note, log.period) or note.outcome == "planned" or is_mentioned(note, person):
            continue
        if any(is_same_text(note.goal, goal) for goal in goals):
            return stored
    return None


def with_offer(answer: PersonAnswer, log: TeamLog, learnings: Sequence[Learning]) -> Offer | None:
    """Return the answer with what we give first: from the log, else a learning that worked.

    Never invented.
    """
    written = _written_give(answer, log)
    if written is not None:
        return written
    for learning in reversed([learning for learning in learnings if learning.applied]):
        note = learning.stored.note
        quoted = log.quote(note.learned)
        if quoted and note.goal and is_same_text(log.aim(note.goal), answer.goal):
            return Offer(quoted, "learning", log.evidence(learning.stored))
    return None


def _written_give(answer: PersonAnswer, log: TeamLog) -> Offer | None:
    plans = [stored for stored in log.kind("plan") if is_in_period(stored, log.period, log.zone)]
    plans += [
        stored for stored in log.kind("plan") if is_in_period(stored, log.period.back(-1), log.zone)
    ]
    for lever in levers(plans, log):
        has_label = contains_term("give_first", lever.text)
        given = (
            given_in(lever.text, answer.person) if same_person(lever.person, answer.person) else ""
        )
        asks = contains_term("ask", given)  # "소개 요청" is wanted of them, not given
        if log.quote(given) and not (has_label or asks):
            return Offer(log.quote(given), "written", log.evidence(lever.plan))
    for stored in (*plans, *reversed(log.period_notes)):
        for text in _give_texts(stored, answer):
            labelled = _without_open_end(_after_label(text))
            if log.quote(labelled):
                return Offer(log.quote(labelled), "written", log.evidence(stored))
            quoted = next(
                (
                    log.quote(line)
                    for line in sentences(text)
                    if contains_term("give", _without_asking(line))
                ),
                "",
            )
            if quoted and is_mentioned(stored.note, answer.person):
                return Offer(quoted, "written", log.evidence(stored))
    return None


def _without_open_end(text: str) -> str:
    """Return a text without a closing bracket that opened before the label.

    Example: "(먼저: 반찬 상자)".
    """
    return text.rstrip(")]） ") if text.count("(") < text.count(")") else text


def _after_label(text: str) -> str:
    """Return the rest of the line after "먼저 줄 것:"; "" without the label."""
    found = pattern("give_first").search(text)
    rest = text[found.end() :].lstrip(" :：-–").splitlines() if found else []
    return without_placeholder(rest[0]) if rest else ""


def _give_texts(stored: StoredNote, answer: PersonAnswer) -> tuple[str, ...]:
    """Return the texts of a record that could say what is given to the person."""
    note = stored.note
    if isinstance(note.details, PlanCard):
        return tuple(
            text for text in note.details.people if answer.person and answer.person in text
        )
    if not answer.person or not is_mentioned(note, answer.person):
        return ()
    return note.execution, note.next_action, note.retrospective


def _count(what: str, log: TeamLog) -> int:
    """Return how many of the period's notes give, or ask."""
    texts = (
        f"{one.note.execution}\n{one.note.retrospective}\n{one.note.next_action}"
        for one in log.period_notes
    )
    return sum(
        contains_term(what, _without_asking(text) if what == "give" else text) for text in texts
    )


def _without_asking(text: str) -> str:
    """Return a text without what is asked for: in "소개 부탁" the introduction is not given."""
    return _ASKED.sub(" ", text)


def find_thanks(log: TeamLog) -> tuple[Thanks, ...]:
    """Return whom to thank: people praised in the feed, then helpers of successes, by name."""
    found: dict[str, Thanks] = {}
    known = known_names(log)
    for stored in log.kind("feedback"):
        details = stored.note.details
        praised = isinstance(details, Feedback) and details.tone == "praise" and details.receiver
        if praised and isinstance(details, Feedback) and is_in_period(stored, log.period, log.zone):
            name = full_name(details.receiver, known)
            found.setdefault(name, Thanks(name, "praise", log.evidence(stored)))
    for stored in log.concluded:
        for person in stored.note.people if stored.note.outcome == "success" else ():
            name = full_name(person, known)
            found.setdefault(name, Thanks(name, "success", log.evidence(stored)))
    ordered = sorted(found.values(), key=lambda one: (one.why != "praise", one.person))
    return tuple(ordered[: log.rules.thanks])
