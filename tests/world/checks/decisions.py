"""What the leader is asked, and what was answered."""

from itertools import pairwise

from ..lines import stopped_things
from ..logs import TypedNote
from ..sentences import Said
from ..truth import near, same_start
from .core import Reading, check, whole
from .numbers import metric_name
from .people import people_in


@check("decision.none")
def _no_decision(at: Reading, said: Said) -> str | None:
    """Nothing to decide: nothing stopped came back this week, no judged number lost a fifth."""
    back = [
        p["note"]
        for p in at.truth.team.data.get("promise", ())
        if p["state"] == "came_back" and at.truth.first <= p["day"] <= at.truth.day
    ]
    if back:
        return f"stopped and back this week: {back}"
    for line in at.truth.series_lines():
        now, before = (at.truth.series(line["name"], w) for w in (at.truth.week, at.truth.back))
        later = line.get("judge_from")
        if now is None or not before or (later and later > at.truth.last):
            continue
        if not at.truth.comparable(line["name"]):
            continue  # the sum of three weeks says nothing beside that of five
        if _moves_as_ever(at, line["name"], now - before):
            continue
        if at.truth.series_way(line["name"]) < 0 and abs(now - before) >= 0.2 * before:
            return f"{line['name']} went from {before:g} to {now:g}"
    return None


def _moves_as_ever(at: Reading, name: str, change: float) -> bool:
    """Tell whether a number moves half as far in an ordinary period before (method §3)."""
    told = [at.truth.series(name, at.truth.earlier(ago).week) for ago in range(1, 12)]
    values = [value for value in told if value is not None]
    moves = [abs(one - other) for one, other in pairwise(values)]
    return len(moves) >= 4 and abs(change) <= 2 * sum(moves) / len(moves)


@check("decision.stopped_why")
def _stopped_why(at: Reading, said: Said) -> str | None:
    """The reason is a look back at the very activity that was to be stopped."""
    why = said.facts["why"]
    looks = [
        one
        for one in at.truth.promises
        if (look := one.note.at("look", at.truth.day)) and (same_start(look, why) or why in look)
    ]
    if not looks:
        return "no such look back"
    own = [one for one in looks if _shares_a_word(one.text, one.note.at("done", at.truth.day))]
    return None if own else f"the look back is on {looks[0].note.at('done', at.truth.day)!r}"


def _shares_a_word(one: str, other: str) -> bool:
    return bool(set(one.casefold().split()) & set(other.casefold().split()))


@check("decision.text.came_back")
def _came_back(at: Reading, said: Said) -> str | None:
    subject = said.facts["subject"]
    notes = at.note(subject)
    back = [p for p in at.truth.promises if "came_back" in p.states]
    if any(subject in {one.text, *stopped_things(one.text)} for one in back):
        return None
    ends = {
        p["by"]
        for p in at.truth.team.data.get("promise", ())
        if p["state"] == "came_back" and p["day"] <= at.truth.day
    }
    return (
        None
        if any(n.id in ends or n in [p.note for p in back] for n in notes)
        else "it did not come back"
    )


@check(
    *(
        f"decision.text.stop{reason}"
        for reason in ("", "_wrong_way", "_failed", "_no_effect", "_said_stop", "_continued")
    )
)
def _ask_stop(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["subject"])
    if not notes:
        return "no such activity"
    if wrong := _stop_reason(at, said.key.removeprefix("decision.text.stop").strip("_"), notes):
        return wrong
    if all(
        n in at.truth.known and (m := at.truth.move(n)) and at.truth.ways(m) == {1} for n in notes
    ):
        return "its number improved"
    if any(at.truth.outcome(n) == "running" for n in notes):
        return "a running trial is no candidate before its own end"
    return None


def _stop_reason(at: Reading, reason: str, notes: list[TypedNote]) -> str | None:
    """Compare the reason of the question with what is typed of the activity."""
    truth = at.truth
    moves = [move for note in notes if (move := truth.move(note))]
    ways = {way for move in moves for way in truth.ways(move)}
    if reason == "":
        return None if 0 in ways else f"its number went {sorted(ways)}"
    if reason == "wrong_way":
        return None if -1 in ways else f"its number went {sorted(ways)}"
    if reason == "failed":
        failed = any(truth.outcome(note) == "failure" for note in notes)
        return None if failed else "it is not written as a failure"
    if reason == "no_effect":
        return "it has a number" if moves else None
    if reason == "said_stop":
        said = any(note.at("kind", truth.day) in {"그만", "Stop"} for note in notes)
        return None if said else "nobody wrote to stop it"
    return None if any(note in truth.here for note in notes) else "it is not of this week"


@check("decision.text.wrong_way")
def _ask_undo(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["subject"])
    moves = [m for m in at.truth.moves if m.note in notes]
    return (
        None
        if any(-1 in at.truth.ways(m) for m in moves)
        else "its number did not get worse this week"
    )


@check("decision.text.vanished")
def _ask_vanished(at: Reading, said: Said) -> str | None:
    gone = [n for n in at.truth.team.notes if n.gone and at.truth.first <= n.gone <= at.truth.last]
    if any(n in gone for n in at.note(said.facts["subject"])):
        return None
    return "nothing of that name vanished this week"


@check("decision.text.number_worse")
def _ask_number(at: Reading, said: Said) -> str | None:
    now, before, wrong = _sides(at, said)
    worse = at.truth.better(at.metric, (now or 0) - (before or 0)) < 0
    return wrong or (None if worse else "that is no worse")


@check("decision.text.number_moved")
def _ask_moved(at: Reading, said: Said) -> str | None:
    now, before, wrong = _sides(at, said)
    return wrong or (None if now != before else "it did not move")


def _sides(at: Reading, said: Said) -> tuple[float | None, float | None, str]:
    """Return a number's two sides by the truth, and what is wrong with those that are told.

    The metric becomes that of the reading.
    """
    name = at.metric = metric_name(at.truth, said.facts["metric"])
    now, before = at.truth.series(name), at.truth.series(name, at.truth.back)
    told = near(said.facts["before"], before) and near(said.facts["after"], now)
    return now, before, "" if told else f"the series of {name}: {before} to {now}"


@check("decision.text.fix_step")
def _ask_step(at: Reading, said: Said) -> str | None:
    start, _, end = said.facts["subject"].partition(" → ")
    passed, entered, _, base = at.truth.pooled(start, end)
    if not entered or entered < 20 or base is None:
        return "too few cases to judge"
    return None if passed / entered < base else "the step is not below its usual rate"


@check("decision.text.unblock", "decision.text.unblock_nobody")
def _ask_unblock(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["subject"])
    blocked = any(
        "멈" in n.at("look", at.truth.day) or "stuck" in n.at("look", at.truth.day) for n in notes
    )
    return None if blocked else "nothing says that it is blocked"


@check("decision.text.overdue_contact", "decision.text.first_contact")
def _ask_contact(at: Reading, said: Said) -> str | None:
    for person in people_in(at, said.facts["person"]):
        last = at.truth.last_contact(person)
        never = said.key.endswith("first_contact")
        if last and (never or (at.truth.last - last).days < 28):
            return f"{person} was named on {last}"
    return None


@check("decision.came_back_moved")
def _came_back_moved(at: Reading, said: Said) -> str | None:
    return None if at.truth.bettered() else "no number got better this week"


@check("decision.failed_before")
def _failed_before(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["old"])
    failed = any(at.truth.outcome(n) == "failure" for n in notes)
    return None if failed else "nothing of that name failed"


@check("decision.text.same_failure")
def _ask_same(at: Reading, said: Said) -> str | None:
    return None if at.note(said.facts["subject"]) else "no such hypothesis"


@check(
    "decision.again", "decision.again_2", "decision.again_3", "decision.again_4", "decision.again_5"
)
def _again(at: Reading, said: Said) -> str | None:
    times = int(said.key[-1]) if said.key[-1].isdigit() else int(whole(said, "n"))
    before = at.told.last_asked.get(at.truth.team.name, ("", "", 0))[2]
    return None if times <= before + 1 else f"asked {before} times before"


@check("decision.answered.stopped", "decision.answered.kept", "decision.answered.done")
def _answered(at: Reading, said: Said) -> str | None:
    what, asked = said.facts["what"], at.told.last_asked.get(at.truth.team.name)
    if asked is None:
        return "nothing was asked before"
    notes = at.note(what)
    if said.key.endswith("stopped") and any(
        n in at.truth.here and at.truth.outcome(n) in {"", "running"} for n in notes
    ):
        return "it goes on in the log"
    return None
