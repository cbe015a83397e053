"""What was agreed and done, the funnel, the plan of next week."""

import re
from itertools import pairwise

from ..logs import THURSDAY, TypedNote, monday_of, weeks_of
from ..sentences import NUMBER, Said
from ..truth import Truth, near, same_start
from .core import Reading, check, differs, whole
from .figures import usual
from .numbers import share_interval

FIRST = "2026-W40"
"""The world's first week."""


def funnel_row(at: Reading) -> str | None:
    """Check a row of the funnel's table: step | passed/entered | rate | usual (interval)."""
    cells = at.line.text.split(" | ")
    if len(cells) != 4 or " → " not in cells[0] or "/" not in cells[1]:
        return None
    start, end = cells[0].split(" → ", 1)
    passed, entered, _, base = at.truth.pooled(start, end)
    own = at.truth.funnel_step(start, end)
    if own and cells[3] in {"건수 부족", "too few cases"}:
        passed, entered = own[-1][1:]  # too few even when weeks are pooled: the week's own
    if cells[1] != f"{passed}/{entered}":
        return f"{passed} of {entered} passed"
    if entered and not near(cells[2], 100 * passed / entered, 0.6):
        return f"{100 * passed / entered:.0f} % passed"
    printed = re.match(rf"{NUMBER}%", cells[3])
    if printed and (base is None or not near(printed[0], 100 * base, 1.6)):
        return f"usually {base}"
    return usual(at, start, end, cells[3])


@check("rhythm.execution_text")
def _execution(at: Reading, said: Said) -> str | None:
    pair = (whole(said, "done"), whole(said, "planned"))
    fair = at.truth.executions()
    return None if pair in fair else f"done and planned {pair}, in truth one of {sorted(fair)}"


@check("rhythm.big3_text")
def _big3(at: Reading, said: Said) -> str | None:
    cards = [at.truth.card(week) or {} for week in weeks_of(at.truth.week, THURSDAY)]
    items = [i for card in cards for i in card.get("Weekly Big 3", "").split("\n") if i]
    if not items:
        return "no Big 3 is written for this week"
    pair = (whole(said, "done"), whole(said, "planned"))
    done = sum("✅" in i for i in items)
    return None if pair == (done, len(items)) else f"{done} of {len(items)} are ticked"


@check("rhythm.unplanned")
def _unplanned(at: Reading, said: Said) -> str | None:
    return differs(said, "n", at.truth.unplanned(), "unplanned activities")


@check("rhythm.no_plan")
def _no_plan_text(at: Reading, said: Said) -> str | None:
    return "a plan is written" if at.truth.agreed()[1] else None


@check(
    "rhythm.bhag_open",
    "rhythm.bhag_on",
    "rhythm.bhag_behind",
    "rhythm.bhag_ahead",
    "rhythm.bhag_way",
    "rhythm.bhag_back",
    "rhythm.bhag_later",
)
def _bhag(at: Reading, said: Said) -> str | None:
    goal = at.truth.team.data.get("bhag")
    if said.key == "rhythm.bhag_open":
        return "the big goal has its numbers" if goal else None
    if goal is None:
        return "the team has no big goal in numbers"
    line = next(one for one in at.truth.series_lines() if one["name"] == goal["metric"])
    if "judge_from" in line and line["judge_from"] > at.truth.last:
        return None if said.key == "rhythm.bhag_later" else f"not judged until {line['judge_from']}"
    return _way_to(at, said, goal)


def _way_to(at: Reading, said: Said, goal: dict) -> str | None:
    """Compare the share of the way to the big goal with the straight line to it."""
    value = at.truth.series(goal["metric"])
    if value is None:
        return "its number is not typed this week"
    share = (value - goal["from"]) / (goal["to"] - goal["from"])
    days, whole_way = (at.truth.last - goal["start"]).days, (goal["end"] - goal["start"]).days
    straight = min(1.0, days / whole_way)
    kinds = {"bhag_behind": share < straight, "bhag_ahead": share > straight, "bhag_on": True}
    if not kinds.get(said.key.removeprefix("rhythm."), True):
        return f"{share:.0%} of the way, the straight line is at {straight:.0%}"
    for name, fact in (("share", share), ("line", straight), ("far", abs(share - straight))):
        if name in said.facts and not near(said.facts[name], 100 * fact, 1.01):
            return f"{name}: {100 * fact:.1f}"
    return None


@check("rhythm.structure")
def _structure(at: Reading, said: Said) -> str | None:
    new = {sum(n.start >= at.truth.first for n in at.truth.here if n.start)}
    total = whole(said, "new") + whole(said, "repeated")
    wrong = (
        None if total <= len(at.truth.here) else f"{len(at.truth.here)} activities are in the week"
    )
    return wrong or differs(
        said, "new", range(min(new | {0}), len(at.truth.here) + 1), "new activities"
    )


@check("rhythm.structure_base")
def _structure_base(at: Reading, said: Said) -> str | None:
    low, high = [], []
    for back in range(1, 9):
        truth = at.truth.earlier(back)
        if truth.here and truth.last >= monday_of(FIRST):
            new = [n for n in truth.here if n.start and n.start >= truth.first]
            high.append(100 * len(new) / len(truth.here))
            on = [n for n in new if not _stopped(n, truth)]  # begun and stopped in one week: either
            low.append(100 * len(on) / len(truth.here))
    if not high:
        return "there is no week before"
    least, most = sum(low) / len(low), sum(high) / len(high)
    gone = {n.id for n in at.truth.team.notes if n.gone and n.gone <= at.truth.last}
    fewer = sum(
        all(n.id in gone for n in truth.here)
        for back in range(1, 9)
        if (truth := at.truth.earlier(back)).here and truth.last >= monday_of(FIRST)
    )  # a row that was deleted since stands in no week any more
    weeks = {len(high), len(high) - fewer}
    if fewer:
        least = min(least, max(0.0, sum(low) - 100 * fewer) / max(1, len(low) - fewer))
    counted = None if "n" not in said.facts else differs(said, "n", weeks, "weeks with activities")
    return counted or (  # one earlier week is said in a word
        None
        if least - 1 <= whole(said, "base") <= most + 1
        else f"on average {least:.0f} to {most:.0f} %"
    )


def _stopped(note: TypedNote, truth: Truth) -> bool:
    return note.at("kind", truth.day) in {"그만", "Stop"} or note.at("next", truth.day).endswith(
        "그만"
    )


@check("rhythm.retrospectives")
def _streak(at: Reading, said: Said) -> str | None:
    n, fair = 0, set()
    for by in (
        lambda t: t.looked_back(),
        lambda t: [x for x in t.here if x.at("look", at.truth.day)],
    ):
        n, truth = 0, at.truth
        while truth.last >= monday_of(FIRST) and by(truth):
            n, truth = n + 1, truth.earlier(1)
        fair.add(n)
    return differs(said, "n", fair, "weeks in a row with a retrospective")


@check("behaviour.unknown")
def _behaviour(at: Reading, said: Said) -> str | None:
    for name in at.truth.series_names():
        if name in at.line.text and at.truth.series(name) is not None:
            return f"the series of {name} has {at.truth.series(name):g} this week"
    return None


@check("headline.funnel", "subject.funnel")
def _funnel_headline(at: Reading, said: Said) -> str | None:
    start, end = said.facts.get("start", ""), said.facts.get("end", "")
    if not start:
        start, _, end = said.facts["step"].partition(" → ")
    return _step(at, start, end, said.facts.get("rate", ""), said.facts.get("base", ""))


@check("funnel.bottleneck", "funnel.bottleneck_small")
def _bottleneck(at: Reading, said: Said) -> str | None:
    passed, entered, _, _ = at.truth.pooled(said.facts["start"], said.facts["end"])
    pair = (whole(said, "passed"), whole(said, "entered"))
    if pair != (passed, entered):
        return f"{passed} of {entered} passed"
    return _step(
        at, said.facts["start"], said.facts["end"], said.facts["rate"], said.facts["usual"]
    )


def _step(at: Reading, start: str, end: str, rate: str, usual: str) -> str | None:
    passed, entered, _, base = at.truth.pooled(start, end)
    if not entered or entered < 20:
        return "too few cases to judge"
    if rate and not near(rate, 100 * passed / entered, 0.6):
        return f"{100 * passed / entered:.0f} % passed"
    if usual and base is not None and not near(usual, 100 * base, 1.6):
        return f"usually {100 * base:.0f} %"
    return None


@check("funnel.few", "funnel.none", "funnel.pooled", "funnel.unknown")
def _funnel_other(at: Reading, said: Said) -> str | None:
    table = at.truth.team.data.get("funnel")
    if table is None:
        return "the team has no funnel"
    if said.key == "funnel.few":
        header = table["header"][1:]
        steps = [at.truth.pooled(a, b) for a, b in pairwise(header)]
        if all(step[1] >= 20 for step in steps):
            return "every step has twenty cases when weeks are pooled"
    if said.key in {"funnel.none", "funnel.unknown"}:
        pairs = list(pairwise(table["header"][1:]))
        bases = [at.truth.baseline(a, b)[1] for a, b in pairs]
        if (min(bases) < 20) != (said.key == "funnel.unknown"):
            return f"the steps' earlier cases are {bases}"
        low = [pair for pair in pairs if _is_low(at, *pair)]
        if low and said.key == "funnel.none":
            return f"clearly below their usual rate: {low}"
    return None


def _is_low(at: Reading, start: str, end: str) -> bool:
    """Tell whether a step's usual rate lies above the 95 % interval of its present one."""
    passed, entered, _, base = at.truth.pooled(start, end)
    if not entered or base is None:
        return False
    return base > share_interval(passed, entered)[1]


@check("next.no_plan", "next.empty", "decision.text.no_plan")
def _no_card(at: Reading, said: Said) -> str | None:
    if at.truth.card() is not None:
        return "a plan card is written for next week"
    if said.key == "decision.text.no_plan" and not whole(said, "n") > 1:
        return "one next action, or none, leaves nothing to choose"
    if said.key == "next.empty" and any(n.at("next", at.truth.day) for n in at.truth.here):
        return "next actions are written"
    return None


@check("next.risk_bare", "decision.text.countermeasure")
def _risk(at: Reading, said: Said) -> str | None:
    card = at.truth.card()
    text = said.facts.get("risk") or said.facts.get("subject", "")
    if card is None or not same_start(card["리스크"], text):
        return "no such risk is on next week's card"
    return f"the card says {card['차단책']}" if card["차단책"] else None


@check("next.risks_many", "next.lever_many", "decision.text.one_lever")
def _many(at: Reading, said: Said) -> str | None:
    return "no card of the world holds several"


@check("decision.text.no_lever")
def _no_lever(at: Reading, said: Said) -> str | None:
    card = at.truth.card()
    if card is None:
        return "no card is written for next week"
    return (
        "the card has its levers"
        if all(card[f"{k} 레버"] for k in ("Business", "Learning", "People"))
        else None
    )


@check("leader.core")
def _core(at: Reading, said: Said) -> str | None:
    return None if at.note(said.facts["what"]) else "no such activity"


@check("leader.linked", "leader.not_linked")
def _linked(at: Reading, said: Said) -> str | None:
    goal = said.facts.get("goal")
    goals = [at.truth.goal(n) for n in at.truth.known]
    return None if goal is None or any(same_start(g, goal) for g in goals) else "no such goal"


@check("milestone.first_confirmed", "milestone.named")
def _milestone(at: Reading, said: Said) -> str | None:
    return None
