"""Figures that stand outside sentences: dates, deadlines, charts, rates, rows read, the rules
at the foot.
"""

import re
from datetime import timedelta

from ..sentences import NUMBER, Said
from ..truth import Truth, near, points, same_start
from .core import Reading, check
from .numbers import share_interval

RULES = {
    "keep": 3,
    "list": 3,
    "window": 12,
    "speed": 3,
    "cases": 20,
    "metrics": 5,
    "failure": 4,
    "contact": 28,
}
"""The defaults that the world plays with (config.example.toml)."""
HOUR = 15
"""The hour of Monday until which a decision is asked for, by default."""


@check("footer.rules")
def _rules(at: Reading, said: Said) -> str | None:
    wrong = {
        k: said.facts[k] for k, v in RULES.items() if k in said.facts and points(said.facts[k]) != v
    }
    return f"the rules are {RULES}" if wrong else None


@check("page.title", "preview.title", "several.title")
def _title(at: Reading, said: Said) -> str | None:
    right = names_period(at, said.facts["period"])
    return None if right else f"it is {at.truth.week}"


def names_period(at: Reading, text: str) -> bool:
    """Tell whether a text names the sheet's week ("47주차", "week 47") or month ("11월",
    "November").
    """
    if at.truth.monthly and re.search("[A-Za-z]", text):
        return f"{at.truth.first:%B}" in text
    return str(int(at.truth.week[-2:])) in re.findall(r"\d+", text)


@check("footer.made", "footer.edition")
def _made(at: Reading, said: Said) -> str | None:
    if not said.facts["edition"].startswith(f"{at.truth.week}-r"):
        return f"it is {at.truth.week}"
    made = said.facts.get("made")
    day = at.truth.last + timedelta(days=0 if at.kind == "preview" else 1)
    return None if made is None or _is_day(made, day) else f"it was made on {day}"


@check("decision.until")
def _until(at: Reading, said: Said) -> str | None:
    after = at.truth.last + timedelta(days=1)
    monday = after + timedelta(days=(1 - after.isoweekday()) % 7)
    when = said.facts["when"]
    hour = f"{HOUR}시" in when or f"{HOUR - 12} pm" in when
    return None if _is_day(when, monday) and hour else f"it is due on {monday} at {HOUR}"


def _is_day(text: str, day) -> bool:
    korean = re.search(r"(\d+)월 (\d+)일", text)
    if korean:
        return (int(korean[1]), int(korean[2])) == (day.month, day.day)
    return f"{day.day} {day:%b}" in text


@check("data.source")
def _rows(at: Reading, said: Said) -> str | None:
    left_out = re.search(r"(?:뺀 것|Left out): (.*)\.", at.line.text)
    out = sum(int(n) for n in re.findall(r"(\d+)(?=[,.]|$)", left_out[1])) if left_out else 0
    read, used = points(said.facts["read"]), points(said.facts["used"])
    if at.kind == "page" and read != used + out:
        return f"{read:g} rows read, {used:g} used and {out} left out"
    return None


def chart_line(at: Reading) -> str | None:
    """Check "실행률(%): 44: 90 · 45: 100" against the action log."""
    title = re.match(r"(?:실행률\(%\)|Execution rate \(%\)): ", at.line.text)
    if not title:
        return None
    for week, value in re.findall(
        rf"(?<![\d.])(\d{{1,2}}): ({NUMBER})", at.line.text[title.end() :]
    ):
        weeks = {row[0] for row in at.truth.team.data.get("actions", {"rows": ()})["rows"]}
        weeks |= {row[0] for row in at.truth.team.data.get("plan", {"rows": ()})["rows"]}
        named = [one for one in weeks if int(one[-2:]) == int(week)]
        fair = {
            round(100 * done / planned)
            for one in named
            for done, planned in Truth(at.truth.team, one).executions()
            if planned
        }
        if not any(abs(points(value) - one) < 1 for one in fair):
            return f"week {week}: {sorted(fair)} %"
    return None


def result_line(at: Reading) -> str | None:
    """Check "핵심 결과 · 신규 미팅: 9건 / 10건": the series' value and its target, or the
    card's.
    """
    found = re.match(
        rf"(?:핵심 결과|Key result) · (.+?): ({NUMBER}\S*) / ({NUMBER}\S*)", at.line.text
    )
    if not found:
        return None
    name = next((n for n in at.truth.series_names() if found[1].startswith(n)), "")
    if name and not near(found[2], at.truth.series(name)):
        return f"{name} is {at.truth.series(name)}"
    cards = [at.truth.card(week) for week in (at.truth.week, None)]
    fair = {at.truth.target(name)} | {points(c["key result"]) for c in cards if c}
    return (
        None
        if any(near(found[3], one) for one in fair if one is not None)
        else f"the goal is {fair}"
    )


def closure_line(at: Reading) -> str | None:
    """Check "답을 찾은 약속: 67%" against the promises."""
    from .promises import closure

    found = re.match(rf"(?:답을 찾은 약속|Answers found): ({NUMBER})%", at.line.text)
    return closure(at, points(found[1])) if found else None


def goal_line(at: Reading) -> str | None:
    """Check that what stands behind a goal's state is a goal, to the letter."""
    found = re.match(
        (
            r"(?:\[(?:움직임|멈춤|판단 불가|반대로)\]|(?:Moving|Stalled|Cannot tell|Wrong "
            r"way):) (.+?): "
        ),
        at.line.text,
    )
    if not found or "→" in at.line.text:
        return None
    goals = {at.truth.goal(note) for note in at.truth.known} - {""}
    return None if any(same_start(goal, found[1]) for goal in goals) else "no such goal"


def usual(at: Reading, start: str, end: str, printed: str) -> str | None:
    """Check the usual rate's 95 % interval "(13–21)" of a funnel's step."""
    found = re.search(r"\((\d+)–(\d+)\)", printed)
    counts = at.truth.baseline(start, end)
    if not found or not counts[1]:
        return None
    low, high = (100 * end for end in share_interval(*counts))
    right = near(found[1], low, 1.1) and near(found[2], high, 1.1)
    return None if right else f"the interval is {low:.0f} to {high:.0f}"
