"""Numbers, moves, comparisons and their intervals."""

import math
import re

from ..logs import weeks_of
from ..sentences import NUMBER, Said
from ..truth import Truth, near, same_start
from .core import CHECKS, Reading, check, whole


def _value(at: Reading, metric: str, value: str, far: str | None, sign: int | None) -> str | None:
    """Compare a number as printed, with its change, with the series, else with a note
    measured this week.
    """
    truth = at.truth
    at.metric = name = metric_name(truth, metric)
    now, before = truth.series(name), truth.series(name, truth.back)
    problems = []
    if now is not None:
        if not near(value, now):
            problems.append(f"the series of {name} has {now:g} this week")
        elif sign is not None and before is not None:
            problems += _change(far, sign, before, now)
        elif sign is not None:
            problems.append(f"{name} has no value the week before")
    if now is None or problems:
        for move in truth.moves:
            if move.name.casefold() == name.casefold():
                for was, came in truth.sides(move) | {(move.before, move.after)}:
                    told = near(value, came) and (sign is None or not _change(far, sign, was, came))
                    if told and (was, came) in truth.sides(move):
                        return None
        return problems[0] if problems else f"no such number this week: {name} {value}"
    return None


def _change(far: str | None, sign: int, before: float, after: float) -> list[str]:
    change = after - before
    if (change > 0) - (change < 0) != sign:
        return [f"it went from {before:g} to {after:g}"]
    shown = round(after, 1) - round(before, 1)  # a mean's change is that of the numbers as printed
    if far and not near(far, abs(change)) and not near(far, abs(shown)):
        return [f"the change is {abs(change):g}"]
    return []


def metric_name(truth: Truth, printed: str) -> str:
    printed = re.sub(
        r"^(?i:the (?:sum|mean) of|the last) |^\d+주치 "
        r"| (?:합|평균|월말 값|마지막 값|at the month's end|over \d+ weeks?|of \d+ weeks?)$",
        "",
        printed,
    )
    names = truth.series_names() + [n.metric["name"] for n in truth.team.notes if n.metric]
    return next((name for name in names if same_start(name, printed)), printed)


@check("number.sum_part", "number.mean_part", "number.last_part")
def _number_part(at: Reading, said: Said) -> str | None:
    weeks = weeks_of(at.truth.week)
    held = {
        sum(at.truth.series(name, week) is not None for week in weeks)
        for name in at.truth.series_names()
    }
    told = int(said.facts["n"]), int(re.sub(r"\D", "", said.facts["total"]))
    if told[1] != len(weeks) or told[0] not in held:
        return f"the month has {len(weeks)} weeks, its numbers {sorted(held)}"
    return None


@check("headline.number")
def _number(at: Reading, said: Said) -> str | None:
    return _value(at, said.facts["metric"], said.facts["value"], None, None)


@check("headline.number_up", "move.up_to")
def _up(at: Reading, said: Said) -> str | None:
    value = said.facts.get("value") or said.facts.get("after", "")
    return _value(at, said.facts["metric"], value, said.facts["far"], 1)


@check("headline.number_down", "move.down_to")
def _down(at: Reading, said: Said) -> str | None:
    value = said.facts.get("value") or said.facts.get("after", "")
    return _value(at, said.facts["metric"], value, said.facts["far"], -1)


@check("headline.number_none", "move.none_to")
def _same(at: Reading, said: Said) -> str | None:
    value = said.facts.get("value") or said.facts.get("after", "")
    return _value(at, said.facts["metric"], value, None, 0)


@check("move.up_by", "move.down_by", "move.none_by")
def _by(at: Reading, said: Said) -> str | None:
    return "no note of the world writes a bare change"


@check("headline.left", "headline.left_above")
def _left(at: Reading, said: Said) -> str | None:
    if (at.truth.better(at.metric, 1) < 0) != said.key.endswith("_above"):
        return f"{at.metric}: a goal to come down to is not fallen short of"
    now, target = at.truth.series(at.metric), at.truth.target(at.metric)
    if now is None:
        moves = [m for m in at.truth.moves if m.name == at.metric]
        now = moves[-1].after if moves else None
    if now is None or target is None:
        return f"{at.metric} has no target or no value"
    return None if near(said.facts["far"], abs(target - now)) else f"{abs(target - now):g} are left"


@check(
    "brief.reached",
    "headline.reached",
    "milestone.target_reached",
    "milestone.key_result_reached",
    "number.reached",
)
def _reached(at: Reading, said: Said) -> str | None:
    metric = metric_name(at.truth, said.facts.get("what") or at.metric)
    now, target = at.truth.series(metric), at.truth.target(metric)
    if target is None:
        return f"{metric} has no target"
    values = [now] if now is not None else [m.after for m in at.truth.moves if m.name == metric]
    down = at.truth.better(metric, 1) < 0
    if any(value <= target if down else value >= target for value in values):
        return None
    return f"{metric} is at {values}, its target at {target:g}"


@check("move.moved", "move.moved_target")
def _moved(at: Reading, said: Said) -> str | None:
    return None  # compared by `move_line`, which finds it in every line


def _told_move(at: Reading, metric: str, before: str, after: str, target: str | None) -> str | None:
    name = at.metric = metric_name(at.truth, metric)
    if _is_comparison(at, name, before, after):
        return "a comparison of two sides is told as a change in time"
    found = [move for move in at.truth.moves if move.name == name]
    fair = [
        (move, side)
        for move in found
        for side in at.truth.sides(move)
        if at.claim is None or move.note is at.claim
    ]
    told = [move for move, side in fair if near(before, side[0]) and near(after, side[1])]
    if told:
        goal = told[0].target
        wrong = target and goal is not None and not near(target, goal)
        return f"the target is {goal:g}" if wrong else None
    now, last = at.truth.series(name), at.truth.series(name, at.truth.back)
    if near(before, last) and near(after, now):
        return None
    older = [
        m for n in at.truth.known if (m := at.truth.move(n)) and m.name == name and m not in found
    ]
    if any(near(before, m.before) and near(after, m.after) for m in older):
        return "the number of another week, told again"
    return f"no such move of {name} this week: fair are {[side for _, side in fair]}"


def _is_comparison(at: Reading, name: str, before: str, after: str) -> bool:
    sides = [n.metric for n in at.truth.known if n.counts and n.metric["name"] == name]
    return any(near(before, one["before"]) and near(after, one["after"]) for one in sides)


@check("move.compared")
def _compared(at: Reading, said: Said) -> str | None:
    after, before = said.facts["after"], said.facts["before"]
    for note in at.truth.known:
        named = note.counts and same_start(note.metric["name"], said.facts["metric"])
        if named and near(after, note.metric["after"]) and near(before, note.metric["before"]):
            return None if note in at.truth.here else "a comparison of another week"
    return "no such comparison"


@check("move.counts", "move.counts_compared")
def _counts(at: Reading, said: Said) -> str | None:
    for note in at.truth.known:
        if note.counts:
            was, of, came, among = note.counts
            if said.facts["before"] == f"{was}/{of}" and said.facts["after"] == f"{came}/{among}":
                return (
                    "sides of a comparison told as before and after"
                    if said.key == "move.counts"
                    else None
                )
    return "no such counts"


@check("move.apart")
def _apart(at: Reading, said: Said) -> str | None:
    gaps = [abs(n.metric["after"] - n.metric["before"]) for n in at.truth.here if n.counts]
    return (
        None if any(near(said.facts["far"], gap, 0.11) for gap in gaps) else f"the gaps are {gaps}"
    )


def interval(counts: tuple[int, ...]) -> tuple[float, float]:
    """Return the 95 % interval of a difference in points (Newcombe's, of two Wilson intervals)."""
    pairs = (counts[:2], counts[2:])
    share = [hits / of for hits, of in pairs]
    low, high = zip(*(share_interval(*pair) for pair in pairs), strict=True)
    gap = share[1] - share[0]
    down = math.hypot(share[1] - low[1], high[0] - share[0])
    up = math.hypot(high[1] - share[1], share[0] - low[0])
    return 100 * (gap - down), 100 * (gap + up)


def share_interval(hits: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    z, share = 1.959964, hits / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


@check("move.interval", "move.interval_zero")
def _interval(at: Reading, said: Said) -> str | None:
    for note in at.truth.known:
        if note.counts:
            low, high = interval(note.counts)
            if near(said.facts["low"], low, 1.0) and near(said.facts["high"], high, 1.0):
                zero = low <= 0 <= high
                return (
                    None
                    if zero == (said.key == "move.interval_zero")
                    else f"the interval is {low:.1f} to {high:.1f}"
                )
    return "no such interval"


@check("number.before")
def _last_week(at: Reading, said: Said) -> str | None:
    before = at.truth.series(at.metric, at.truth.back)
    return None if near(said.facts["value"], before) else f"last week {at.metric} was {before}"


@check("number.goal")
def _of_goal(at: Reading, said: Said) -> str | None:
    now, target = at.truth.series(at.metric), at.truth.target(at.metric)
    if now is None or target is None:
        return f"{at.metric} has no value or target"
    if not near(said.facts["target"], target):
        return f"the target is {target:g}"
    if "share" in said.facts and not near(said.facts["share"], 100 * now / target, 0.6):
        return f"{100 * now / target:.0f} % of the goal"
    return (
        None if near(said.facts["left"], abs(target - now)) else f"{abs(target - now):g} are left"
    )


@check("number.unread")
def _number_unread(at: Reading, said: Said) -> str | None:
    at.metric = metric_name(at.truth, said.facts["metric"])
    return None if at.truth.unread else "every source was read"


@check("number.missing", "number.renamed")
def _missing(at: Reading, said: Said) -> str | None:
    name = at.metric = metric_name(at.truth, said.facts["metric"])
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    other = said.facts.get("other")
    if other is not None and at.truth.series(metric_name(at.truth, other), at.truth.back):
        return f"{other} was written beside it"
    return f"{name} is {at.truth.series(name)}" if at.truth.series(name) is not None else None


@check("number.deferred")
def _deferred(at: Reading, said: Said) -> str | None:
    table = at.truth.team.data["metrics"]["series"]
    return (
        None
        if any("judge_from" in one and one["name"] == at.metric for one in table)
        else "nothing is deferred"
    )


@check("number.trend", "number.trend_bare")
def _trend(at: Reading, said: Said) -> str | None:
    pairs = re.findall(rf"(?<![\d.])(\d{{1,2}}): ({NUMBER})", at.line.text)
    if whole(said, "n") != len(pairs):
        return f"{len(pairs)} weeks are shown"
    for label, value in pairs if at.truth.monthly else ():
        month = next(
            one for n in range(12) if (one := at.truth.earlier(n)).first.month == int(label)
        )
        told = at.truth.series(at.metric, month.week)
        if not near(value, told, 0.051):
            return f"month {label} of {at.metric} is {told}"
    for label, value in () if at.truth.monthly else pairs:
        weeks = [
            w
            for w in at.truth.team.data["metrics"]["weeks"]
            if int(w[-2:]) == int(label) and w <= at.truth.week
        ]
        if not weeks or not near(
            value, at.truth.series(at.metric, weeks[-1]), 0.51 if len(value) > 4 else 0.051
        ):
            return (
                f"week {label} of {at.metric} is "
                f"{at.truth.series(at.metric, weeks[-1]) if weeks else None}"
            )
    return None


def number_line(at: Reading) -> str | None:
    """Check a line such as "재구독률 56.2% (▲ 2.1%p) · 지난주 54.1%", whose parts the
    template joins.
    """
    text = re.sub(r"^\[(?:선행|후행)\] |^(?:Leading|Lagging): ", "", at.line.text)
    for name in sorted(at.truth.series_names(), key=len, reverse=True):
        # the number must follow at once: "주문 160건", "Activation rate 32%"
        found = re.match(
            (
                rf"{re.escape(name)} ({NUMBER}[^\s(·]*(?: kGBP)?)(?=\s|$)(?! →)(?: \((▲|▼|변화 "
                rf"없음|no change)\s?([^)]*)\))?"
            ),
            text,
            re.IGNORECASE,
        )
        if found:
            sign = {"▲": 1, "▼": -1}.get(found[2] or "", 0 if found[2] else None)
            return _value(at, name, found[1], found[3] or None, sign)
    return None


def change_lines(at: Reading) -> str | None:
    """Check every "답장률 24% (▲1%p)" within a line: a series' value beside its change."""
    text = at.line.text
    for name in sorted(at.truth.series_names(), key=len, reverse=True):
        shape = (
            rf"{re.escape(name)} ({NUMBER}[^\s(·→,:]*(?: kGBP)?) ?\(?(▲|▼|변화 없음|no "
            rf"change)\s?([\d.,]*)"
        )
        told = list(re.finditer(shape, text, re.IGNORECASE))
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)  # 주문 is not 누적 주문
        for found in told:
            sign = {"▲": 1, "▼": -1}.get(found[2], 0)
            if wrong := _value(at, name, found[1], found[3].rstrip(",.") or None, sign):
                return wrong
    return None


def move_line(at: Reading) -> str | None:
    """Check "재계약률 74% → 76% (▲ 2%p, 목표 85%)" wherever it stands: its template is
    nothing but its facts.
    """
    for name in {
        *at.truth.series_names(),
        *(n.metric["name"] for n in at.truth.team.notes if n.metric),
    }:
        sides = rf"{re.escape(name)} ({NUMBER}\S*(?: kGBP)?) → ({NUMBER}[^\s(,.]*)"
        found = re.search(
            sides + r"(?:[^()]*\((?:[▲▼]\s?([^,)]+), )?(?:목표|goal) ([^)]+)\))?",
            at.line.text,
            re.IGNORECASE,
        )
        if found:
            return _told_move(at, name, found[1], found[2], found[4])
    return None


def comparison_line(at: Reading) -> str | None:
    """Check two sides such as "재주문율 54.8% · 대조 14.8%", whose template is nothing but
    its facts.
    """
    for name in {note.metric["name"] for note in at.truth.known if note.counts}:
        found = re.search(
            rf"({re.escape(name)}) ({NUMBER}%?) · (\S+) ({NUMBER}%?)", at.line.text, re.IGNORECASE
        )
        if found and found[3] not in {"지난주", "last"}:
            facts = {"metric": found[1], "after": found[2], "before": found[4]}
            return CHECKS["move.compared"](at, Said("move.compared", found[0], facts))
    return None
