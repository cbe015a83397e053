"""What moved the number, what may be stopped, goals and forecasts."""

from ..sentences import Said
from ..truth import Truth, near
from .core import Reading, check, differs, whole
from .numbers import interval, metric_name


@check(
    "key.business",
    "key.business_behind",
    "key.business_worse",
)
def _business(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["activity"])
    here = [note for note in notes if note in at.truth.here]
    if not here:
        return "the activity is not of this week"
    moves = [move for move in at.truth.moves if move.note in here]
    if not moves and not any(n.counts for n in here):
        return "its number does not belong to this week"
    ways = {way for move in moves for way in at.truth.ways(move)}
    if moves and "worse" in said.key and -1 not in ways:
        return "its number did not get worse"
    if moves and "worse" not in said.key and 1 not in ways:
        return "its number did not improve"
    if "n" in said.facts:
        least, most = at.truth.improved()
        return differs(
            said, "n", range(max(0, least - 1), most), "other activities that improved a number"
        )
    return None


@check("key.business_shared", "key.business_behind_shared")
def _shared(at: Reading, said: Said) -> str | None:
    """Check each of two activities like a single one, and that both claim one number."""
    named = [at.note(said.facts["activity"]), at.note(said.facts["with_what"].split(" 외 ")[0])]
    claimed = [{move.name for move in at.truth.moves if move.note in notes} for notes in named]
    if not claimed[0] & claimed[1]:
        return f"the two claim different numbers: {claimed}"
    return _business(at, said)


@check("key.business_unmeasured", "key.business_counted")
def _counted(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    if said.key.endswith("unmeasured") and moved:
        return f"moved: {', '.join(moved)}"
    return differs(said, "n", {len(at.truth.executed)}, "activities done")


@check(
    "business.subtitle_all", "business.subtitle", "business.none", "business.none_measured",
    "business.only_worse", "business.only_worse_measured",
)  # fmt: skip
def _executed(at: Reading, said: Said) -> str | None:
    least, most = at.truth.improved()
    sure = sum(
        bool(n.counts) and interval(n.counts)[0] > 0 and bool(n.at("after", at.truth.day))
        for n in at.truth.here
    )
    if said.key.startswith(("business.none", "business.only_worse")):
        if least:
            return f"{least} activities improved a number"
        bare = sum(not n.metric or not n.at("after", at.truth.day) for n in at.truth.executed)
        some = sum(not n.metric for n in at.truth.executed)
        if said.key.endswith("_measured") and some:
            return f"{some} activities have no number"
        wrong = differs(said, "n", {len(at.truth.executed)}, "activities")
        if wrong or said.key.endswith("_measured"):
            return wrong
        if "unmeasured" not in said.facts:  # the only one, and said to have no number
            return None if bare else "the only activity has a number"
        return differs(said, "unmeasured", range(some, bare + 1), "activities without a number")
    moved = "moved" if "moved" in said.facts else "n"
    return differs(said, "total", {len(at.truth.executed)}, "activities done") or differs(
        said, moved, range(least, most + sure + 1), "activities that improved a number"
    )


@check("business.repeated")
def _repeated(at: Reading, said: Said) -> str | None:
    note = at.claim
    if note is None:
        return "stands under no claim"
    alike = [
        n
        for n in at.truth.known
        if n is not note and n.metric and note.metric and n.metric["name"] == note.metric["name"]
    ]
    return (
        None
        if whole(said, "n") <= len(alike)
        else f"only {len(alike)} notes name {note.metric['name']}"
    )


@check("business.disputed")
def _disputed(at: Reading, said: Said) -> str | None:
    name = at.metric = metric_name(at.truth, said.facts["metric"])
    moves = [m for m in at.truth.moves if m.name == name]
    if not any(near(said.facts["said"].split("→")[-1], m.after) for m in moves):
        return f"no note of the week says so of {name}"
    return (
        None
        if near(said.facts["counted"], at.truth.series(name))
        else f"the series has {at.truth.series(name)}"
    )


@check("business.agreed", "key.business_agreed", "key.business_agreed_counted", "signals.agreed")
def _agreed(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    if said.key == "key.business_agreed" and moved:
        return f"moved: {', '.join(moved)}"
    done = "done" if "done" in said.facts else "n"
    card = at.truth.card(at.truth.week)
    fair = {at.truth.agreed()[:2]} | at.truth.executions()
    if card and card.get("Weekly Big 3"):
        items = [item for item in card["Weekly Big 3"].split("\n") if item]
        ticked = sum("✅" in item for item in items)
        fair |= {(was + ticked, of + len(items)) for was, of in fair} | {(ticked, len(items))}
        marked = sum("✅" in item or "❌" in item for item in items)
        fair |= {(was, of - len(items) + marked) for was, of in fair}
    pair = (whole(said, done), whole(said, "total"))
    return None if pair in fair else f"done and agreed {pair}, in truth one of {sorted(fair)}"


@check("signals.agreed_before")
def _agreed_before(at: Reading, said: Said) -> str | None:
    before = Reading(Truth(at.truth.team, at.truth.back), at.kind, at.told, at.line)
    return _agreed(before, said)


@check(
    "business.agreed_unmarked",
    "key.business_unmarked",
    "key.business_unmarked_counted",
    "signals.unmarked",
    "signals.unmarked_more",
    "rhythm.unmarked",
    "rhythm.unmarked_more",
)
def _unmarked(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    if said.key == "key.business_unmarked" and moved:
        return f"moved: {', '.join(moved)}"
    card = at.truth.card(at.truth.week)
    items = [i for i in (card or {}).get("Weekly Big 3", "").split("\n") if i]
    bare = sum("✅" not in i and "❌" not in i for i in items)
    logged = {row[1] for row in at.truth.team.data.get("actions", {"rows": ()})["rows"]}
    cells = [(card or {}).get(f"{k} 레버", "") for k in ("Business", "Learning", "People")]
    levers = sum(bool(cell) and cell not in logged for cell in cells)  # the log counts those
    unmarked = at.truth.agreed()[2]
    fair = {unmarked + extra + more for extra in (0, bare) for more in (0, levers)}
    return differs(said, "n", fair, "unmarked activities")


@check("stop.no_change", "stop.wrong_way")
def _stop_number(at: Reading, said: Said) -> str | None:
    name = metric_name(at.truth, said.facts["metric"])
    ways = [at.truth.ways(m) for n in at.truth.known if (m := at.truth.move(n)) and m.name == name]
    wanted = 0 if said.key == "stop.no_change" else -1
    return None if any(wanted in way for way in ways) else f"{name} moved otherwise"


@check("stop.failed")
def _stop_failed(at: Reading, said: Said) -> str | None:
    notes = [
        n
        for n in at.truth.known
        if n.at("done", at.truth.day) and at.line.text.startswith(n.at("done", at.truth.day)[:12])
    ]
    return (
        None
        if any(at.truth.outcome(n) == "failure" for n in notes) or not notes
        else "it is not written as a failure"
    )


@check("stop.no_effect", "stop.said_stop")
def _stop_other(at: Reading, said: Said) -> str | None:
    notes = [
        note
        for note in at.truth.known
        if at.line.text.startswith(note.at("done", at.truth.day)[:12])
        and note.at("done", at.truth.day)
    ]
    if not notes:
        return None
    if said.key == "stop.no_effect":
        moved = [n.id for n in notes if at.truth.move(n)]
        return f"numbers are written: {moved}" if len(moved) == len(notes) else None
    stopped = any(n.at("kind", at.truth.day) in {"그만", "Stop"} for n in notes)
    return None if stopped else "nobody wrote to stop it"


@check("stop_check.alike")
def _alike(at: Reading, said: Said) -> str | None:
    """Another activity of the week, or the same one, must share a word with the named one."""
    words = set(said.facts["what"].split())
    here = (n.at("done", at.truth.day) for n in at.truth.here)
    return None if any(words & set(done.split()) for done in here) else "nothing like it"


@check("stop_check.stopped", "stop_check.continued", "stop_check.unknown")
def _stop_check(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["what"])
    if not notes:
        return "no such activity"
    if said.key.endswith("stopped"):
        return (
            "no end was written after the question"
            if all(n.end and n.end < at.truth.first for n in notes)
            else None
        )
    if said.key.endswith("continued"):
        on = any(n in at.truth.here for n in notes)
        again = any(p.note in notes and "came_back" in p.states for p in at.truth.promises)
        return None if on or again else "nothing like it is in the week"
    return None


@check(
    *(
        f"goal.reason.{r}"
        for r in (
            "metric_moved",
            "leading_moved",
            "metric_worse",
            "no_change",
            "activity_done",
            "nothing_written",
            "begun",
            "learned",
            "no_signal",
            "deferred",
        )
    )
)
def _goal(at: Reading, said: Said) -> str | None:
    goals = {at.truth.goal(n) for n in at.truth.known} - {""}
    goal = next((g for g in sorted(goals, key=len, reverse=True) if g[:20] in at.line.text), None)
    if goal is None:
        return None
    notes = [n for n in at.truth.here if at.truth.goal(n) == goal]
    reason = said.key.rpartition(".")[2]
    ways = {way for m in at.truth.moves if m.note in notes for way in at.truth.ways(m)}
    stem = goal.split()[0]
    ways |= {
        at.truth.series_way(n)
        for n in at.truth.series_names()
        if n.startswith(stem) or goal.startswith(n)
    }
    ways |= {
        at.truth.series_way(n.metric["name"])
        for n in at.truth.known
        if n.metric and at.truth.goal(n) == goal
    }
    did = any(n in at.truth.executed for n in notes)
    began = any(n.start and n.start >= at.truth.first for n in notes)
    borne_out = {
        "metric_moved": 1 in ways,
        "metric_worse": -1 in ways,
        "no_change": 0 in ways or not ways,
        "activity_done": did,
        "nothing_written": not did,
        "begun": began,
    }
    if borne_out.get(reason, True):
        return None
    return f"its numbers went {sorted(ways)}, {'something' if did else 'nothing'} was done for it"


@check("forecast.nothing", "forecast.counts")
def _forecast(at: Reading, said: Said) -> str | None:
    known = _foretold(at)
    if said.key == "forecast.nothing":
        return f"foretold: {known}" if known else None
    named = sum(whole(said, name) for name in ("hit", "miss", "wrong", "unexpected"))
    return None if named <= len(known) else f"only {known} foretold a number"


@check("brief.hit", "brief.miss", "brief.wrong", "brief.unexpected")
def _verdict(at: Reading, said: Said) -> str | None:
    known = _foretold(at)
    return None if whole(said, "n") <= len(known) else f"only {known} foretold a number"


def _foretold(at: Reading) -> list[str]:
    """Return the notes that ended and whose hypothesis names a number."""
    foretold = at.truth.team.data.get("foretold", {})
    over = [n for n in at.truth.known if n.end and at.truth.holds(n.end)] + at.truth.concluded()
    return sorted({n.id for n in over if n.id in foretold})
