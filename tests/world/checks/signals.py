"""Signals before results, and traps."""

from datetime import timedelta

from ..logs import monday_of, week_of
from ..sentences import Said
from ..truth import Truth
from .core import Reading, check, differs, whole
from .numbers import metric_name


@check("signals.process", "signals.process_few")
def _process(at: Reading, said: Said) -> str | None:
    looks = at.truth.looked_back()
    n = whole(said, "total" if "total" in said.facts else "n")
    return None if n <= len(looks) else f"{len(looks)} retrospectives belong to the week"


@check("signals.process_before")
def _process_before(at: Reading, said: Said) -> str | None:
    return None


@check("signals.recorded")
def _recorded(at: Reading, said: Said) -> str | None:
    done = at.truth.concluded()
    dated = [
        n
        for n in at.truth.here
        if n.end and n.end <= at.truth.last and n not in done and at.truth.outcome(n) != "planned"
    ]
    sure = [n for n in done if at.truth.outcome(n) in {"success", "failure", "inconclusive"}]
    most = {*map(id, done), *map(id, dated)}
    failed = sum(at.truth.outcome(n) == "failure" for n in sure)
    with_cause = sum(
        bool(n.at("look", at.truth.day)) for n in {id(n): n for n in [*done, *dated]}.values()
    )
    return (
        differs(said, "n", range(len(sure), len(most) + 1), "finished notes")
        or differs(said, "failed", {failed}, "failures")
        or (None if whole(said, "cause") <= with_cause else f"{with_cause} give a cause")
    )


@check("signals.no_failures")
def _no_failures(at: Reading, said: Said) -> str | None:
    n = int(whole(said, "n"))
    for back in range(n):
        day = at.truth.last - timedelta(weeks=back)
        week = week_of(day)
        cut = (day - monday_of(week)).days + 1 if at.truth.monthly and not back else None
        truth = Truth(at.truth.team, week, days=cut)
        failed = [note.id for note in truth.concluded() if truth.outcome(note) == "failure"]
        if failed:
            return f"{failed} failed in {week}"
    return "the log of this week could not be read" if at.truth.unread else None


@check(
    *(f"signals.parting.{k}" for k in ("input_up_output_not", "output_up_input_not", "input_down"))
)
def _parting(at: Reading, said: Said) -> str | None:
    roles = {line["name"]: line.get("role", "") for line in at.truth.series_lines()}
    lead = metric_name(at.truth, said.facts["lead"])
    if roles.get(lead) != "선행":
        return f"{lead} is {roles.get(lead) or 'no series'}, no leading number"
    up = said.key.endswith("input_up_output_not")
    if up != (at.truth.series_way(lead) > 0):
        return f"{lead} went {at.truth.series_way(lead)}"
    if "result" not in said.facts:
        return None if at.truth.series_way(lead) < 0 else f"{lead} did not get worse"
    result = metric_name(at.truth, said.facts["result"])
    if roles.get(result) != "후행":
        return f"{result} is no lagging number"
    way = at.truth.series_way(result)
    return None if (way > 0) != up else f"{result} went {way}"


@check("signals.none", "traps.none")
def _no_signals(at: Reading, said: Said) -> str | None:
    if said.key == "traps.none":
        bare = [n.id for n in at.truth.executed if not at.truth.goal(n)]
        return f"without a goal: {bare}" if bare else None
    return None


@check("traps.no_goal")
def _no_goal(at: Reading, said: Said) -> str | None:
    bare = sum(not at.truth.goal(n) for n in at.truth.executed)
    return differs(said, "n", {bare}, "activities without a goal") or differs(
        said, "total", {len(at.truth.executed), len(at.truth.here)}, "activities"
    )


@check("traps.too_many_metrics")
def _too_many(at: Reading, said: Said) -> str | None:
    names = {*at.truth.series_names(), *(n.metric["name"] for n in at.truth.known if n.metric)}
    return None if whole(said, "n") <= len(names) else f"{len(names)} metrics exist"


@check("traps.no_next_action")
def _no_next(at: Reading, said: Said) -> str | None:
    looks = at.truth.looked_back()
    here = [n for n in at.truth.here if n.at("look", at.truth.day)]
    fair = {
        (sum(not n.at("next", at.truth.day) for n in notes), len(notes)) for notes in (looks, here)
    }
    pair = (whole(said, "n"), whole(said, "total"))
    return None if pair in fair else f"without a next action {pair}, in truth one of {sorted(fair)}"


@check("traps.consolation")
def _consolation(at: Reading, said: Said) -> str | None:
    soft = sum("고생" in n.at("look", at.truth.day) for n in at.truth.looked_back())
    return differs(said, "n", {soft}, "retrospectives that only console")
