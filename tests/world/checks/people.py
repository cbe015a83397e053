"""Gaps, last contacts, how fast trials ended, thanks."""

from datetime import date, timedelta

from ..sentences import Said
from ..truth import points, same_start
from .core import Reading, check, differs, whole


def people_in(at: Reading, text: str) -> list[str]:
    return [person for person in at.truth.team.data["people"] if person in text]


@check("key.people_never", "people.gap.overdue_never")
def _never(at: Reading, said: Said) -> str | None:
    people = people_in(at, said.facts.get("person", ""))
    if "never" in said.key and any(at.truth.last_contact(person) for person in people):
        return f"the log names {people} on {[at.truth.last_contact(p) for p in people]}"
    return None


@check("key.people_overdue", "people.gap.overdue")
def _overdue(at: Reading, said: Said) -> str | None:
    days = whole(said, "days" if "days" in said.facts else "n")
    contacts = [
        d for person in at.truth.team.data["people"] if (d := at.truth.last_contact(person))
    ]
    if any(
        abs((at.truth.last - day).days - days) <= (2 if at.kind == "preview" else 1)
        for day in contacts
    ):
        return None
    return f"the last contacts were {sorted(contacts)}"


@check("key.people_nobody", "people.gap.running")
def _nobody(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["what"])
    if any(n.at("with", at.truth.day) for n in notes):
        return "somebody is named to help"
    over = [
        n
        for n in notes
        if at.truth.outcome(n) not in {"", "running", "planned"}
        or (n.end and n.end < at.truth.first)
    ]
    return "it is over" if notes and len(over) == len(notes) else None


@check("key.people_asked", "people.gap.asked")
def _asked(at: Reading, said: Said) -> str | None:
    return "no note of the world asks for help"


@check("people.gap.blocked", "people.gap.blocked_plain")
def _blocked(at: Reading, said: Said) -> str | None:
    return "no note of the world is blocked"


@check(
    "people.gap.lever",
    "people.gap.speed",
    "key.people_todo",
    "key.people_give",
    "people.give_learning",
)
def _lever(at: Reading, said: Said) -> str | None:
    levers = [card["People 레버"] for w in (at.truth.week, None) if (card := at.truth.card(w))]
    if said.key in {"people.gap.lever", "key.people_todo"} and not any(levers):
        return "no plan card names a People lever"
    what = said.facts.get("what", "")
    if said.key == "key.people_todo" and not any(same_start(one, what) for one in levers):
        return f"the People levers are {levers}"
    if said.key == "key.people_give" and not any(what.strip("…") in one for one in levers):
        told = [note.at("next", at.truth.day) for note in at.truth.known]
        return None if any(what.strip("…") in one for one in told) else "nobody wrote to give that"
    if said.key == "people.give_learning" and not any(
        same_start(note.at("learned", at.truth.day), what) for note in at.truth.known
    ):
        return "no such learning"
    return None


@check("key.people_helped")
def _has_helped(at: Reading, said: Said) -> str | None:
    """Check that a task names no helper, and that the person was in so many successes."""
    if any(note.at("with", at.truth.day) for note in at.note(said.facts["what"])):
        return "somebody is named to help"
    people = people_in(at, said.facts["person"]) or at.truth.team.data["people"]  # or hidden
    helped = [
        note
        for note in at.truth.known
        if at.truth.outcome(note) == "success"
        and any(person in note.at("with", at.truth.day) for person in people)
    ]
    return differs(said, "n", range(1, len(helped) + 1), f"successes with {people}")


@check("key.people_empty", "people.empty", "key.people_empty_help", "people.empty_help")
def _people_empty(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    bare = [note.id for note in at.truth.unhelped()]
    if bare:
        return f"running without a helper: {bare}"
    known = said.key.endswith("_help") or at.truth.names_contacts()
    return None if known else "nothing is written about contacts"


@check("key.people_open_unhelped")
def _people_unhelped(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    alone = [n for n in at.truth.known if not n.at("with", at.truth.day)]
    least = max(1, len(at.truth.unhelped()))
    return differs(said, "n", range(least, len(alone) + 1), "trials without a helper")


@check("key.people_open_unhelped_named")
def _people_alone(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    named = at.note(said.facts["what"])
    alone = any(not note.at("with", at.truth.day) for note in named)
    return None if alone else "no trial of this name is without a helper"


@check("key.people_open_unmet", "key.people_open_overdue")
def _people_waiting(at: Reading, said: Said) -> str | None:
    most = len(at.truth.team.data["people"])
    return differs(said, "n", range(1, most + 1), "people of the team's world")


@check("key.people_open_overdue_named")
def _people_due(at: Reading, said: Said) -> str | None:
    for person in people_in(at, said.facts["people"]):
        last = at.truth.last_contact(person)
        if last and (at.truth.last - last).days < 28:
            return f"{person} was named on {last}"
    return None


@check("people.speed")
def _speed(at: Reading, said: Said) -> str | None:
    for person in people_in(at, said.facts["person"]):
        sides = (("with",), ("with", "owner"))
        tries = [
            (_cycles(at, person, with_them, weeks)[0], _cycles(at, person, named, weeks)[1])
            for weeks in (12, 13)
            for with_them in sides
            for named in sides
        ]  # whether their own trials are with them or neither may be read both ways
        for mine, rest in tries:
            fair = (_median(mine), _median(rest)) if mine and rest else (-9.0, -9.0)
            printed = (points(said.facts["days"]), points(said.facts["others"]))
            if (
                len(mine) >= 3
                and len(rest) >= 3
                and all(abs(a - b) <= 1 for a, b in zip(fair, printed, strict=True))
            ):
                return None
        return f"days with and without: {tries[0]}"
    return None


def _cycles(
    at: Reading, person: str, names: tuple[str, ...], weeks: int
) -> tuple[list[int], list[int]]:
    day, since = at.truth.day, at.truth.last - timedelta(weeks=weeks)
    over = [
        (n, (n.end - n.start).days)
        for n in at.truth.known
        if n.start and n.end and since < n.end <= at.truth.last
    ]
    named = [any(person in n.at(name, day) for name in names) for n, _ in over]
    days = [days for _, days in over]
    return (
        [d for d, mine in zip(days, named, strict=True) if mine],
        [d for d, mine in zip(days, named, strict=True) if not mine],
    )


def _median(days: list[int]) -> float:
    ordered, half = sorted(days), len(days) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@check("people.helped", "people.helped_similar")
def _helped(at: Reading, said: Said) -> str | None:
    most = max(
        (
            sum(
                p in f"{n.at('with', at.truth.day)}"
                for n in at.truth.known
                if at.truth.outcome(n) == "success"
            )
            for p in at.truth.team.data["people"]
        ),
        default=0,
    )
    return None if whole(said, "n") <= most else f"at most {most} successes were with one person"


@check("people.given")
def _given(at: Reading, said: Said) -> str | None:
    gives = sum(
        any(
            w in n.at("done", at.truth.day) + n.at("next", at.truth.day)
            for w in (
                "부탁",
                "요청",
                "공유",
                "소개",
                "전달",
                "드리",
                "제공",
                "보내",
                "Mail",
                "share",
            )
        )
        for n in at.truth.here
    )
    named = 2 if at.truth.card() or at.truth.card(at.truth.week) else 0
    return (
        None
        if whole(said, "gave") + whole(said, "asked") <= gives + named
        else f"{gives} notes hold such a word"
    )


@check("people.thanks", "people.thanks_counted")
def _thanks(at: Reading, said: Said) -> str | None:
    won = [n for n in at.truth.here if at.truth.outcome(n) == "success"] + [
        n for n in at.truth.concluded() if at.truth.outcome(n) == "success"
    ]
    named = {
        p for n in won for p in at.truth.team.data["people"] if p in f"{n.at('with', at.truth.day)}"
    }
    feed = at.truth.team.data.get("feedback", {"rows": ()})
    named |= {
        row[2]
        for row in feed["rows"]
        if row[3] == "칭찬" and at.truth.first <= date.fromisoformat(row[0]) <= at.truth.last
    }
    if said.key == "people.thanks_counted":
        return differs(said, "n", range(1, len(named) + 1), "helpers of this week's successes")
    thanked = people_in(at, said.facts["people"])
    return (
        None if set(thanked) <= named else f"helpers of this week's successes are {sorted(named)}"
    )
