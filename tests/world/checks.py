"""A check for every kind of sentence: what a page says is compared with what may be said.

`LABELS` are headings, buttons and names of things, which state nothing. Everything else needs a check; a kind that is
in neither fails the test (`uncovered`).
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from .lines import SheetLine
from .logs import TypedNote, monday_of, week_of
from .sentences import NUMBER, Said
from .truth import Move, Truth, near, points, same_start

LABELS = re.compile(
    r"""label\..*|place\..*|list\.more|page\.(?!eyebrow).*|page_label\..*|name\..*|note\.(?!missing).*|field\..*
    |version\..*|outcome\..*|move\.(none|unnamed|other_side|target|sides)|grade\.reason\..*
    |decision\.(label|until|deadline|talk|mail_.*)|decision\.(yes|no)\..*|subject\.(head|ask|correction)
    |business\.(eyebrow|title|signs|wrong_way|stop|stop_checks.*|goals|unsure|disputed_title|series|shared)
    |forecast\.(title|caption|head_.*|by|hit|miss|wrong_way|unexpected|none)|agreed\..*|kind\..*
    |learning\.(eyebrow|title|subtitle|meter|learned|applied|failure.*|waiting_note|planned|before|maybe)
    |learning\.(is|state)\..*|playbook\..*|people\.(eyebrow|title|who|nobody|give|speed_title|for_goal|subtitle.*)
    |signals\.(title|label|bottleneck|without_cause|agreed_earlier)|traps\.label
    |commitment\.(title|closure|kept|running|stopped|vanished|came_back|unanswered|why)
    |rhythm\.(title|execution|big3|big3_items|key_result|structure_label|of_target)
    |behaviour\.(title|times|self_reported|met|not_met)|funnel\.(title|head_.*|too_few|no_baseline|no_rate|below|above)
    |next\.(title.*|key_result|lever_(?!many).*|risks|risk|plan)|leader\.(title|.*_label.*|change\..*)
    |milestone\.title|action\..*|data\.(title|none|source.*|skipped|mend|next_.*|unclassified|unsure)|footer\..*
    |several\.(?!lead).*|preview\.(?!fix\.|lead|subject).*|tried\..*|suggestion|number\.(role\..*|later|sum|mean|target)
    |brief\.(wrong_way|stop|execution|big3|risk|left_out)|key\.grade\..*|headline\.(?!too_few|nothing_moved).*_moved|headline\.nothing_moved_moved|stop\.why|stop\.days
    |goal\.(moving|stalled|undecidable|against)""".replace("\n    ", ""),
)

Check = Callable[["Reading", Said], str | None]
CHECKS: dict[str, Check] = {}


@dataclass(frozen=True)
class Wrong:
    """A sentence that the truth does not bear out."""

    team: str
    week: str
    kind: str
    line: str
    why: str


@dataclass
class Told:
    """What earlier pages told, so that nothing is told twice."""

    moves: dict[tuple[str, str], str] = field(default_factory=dict)
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    last_asked: dict[str, tuple[str, str, int]] = field(default_factory=dict)


@dataclass
class Reading:
    """The state of checking one sheet: its truth, the line, and what the lines before it spoke of."""

    truth: Truth
    kind: str
    told: Told
    line: SheetLine
    claim: TypedNote | None = None
    metric: str = ""
    asked: str = ""
    learned: str = ""
    archive: bool = True

    def note(self, text: str) -> list[TypedNote]:
        """Return the notes of the log that a text quotes."""
        return self._notes(text, ("done",)) or self._notes(
            text, ("hypothesis", "learned", "applied", "next", "look", "goal")
        )

    def _notes(self, text: str, names: tuple[str, ...]) -> list[TypedNote]:
        return [
            note
            for note in self.truth.team.notes
            if min(note.typed.values()) <= self.truth.last
            and any(
                same_start(one, text) or same_start(note.at(name, self.truth.day), text)
                for name in names
                for one in (note.fields.get(name, ""), *(t for _, f, t in note.fixes if f == name))
            )
        ]


def check(*keys: str) -> Callable[[Check], Check]:
    """Register a check for kinds of sentence."""

    def register(function: Check) -> Check:
        for key in keys:
            assert key not in CHECKS, key
            CHECKS[key] = function
        return function

    return register


def uncovered(keys: Iterable[str]) -> list[str]:
    """Return the kinds of sentence that have no check and are no labels."""
    return sorted(key for key in keys if key not in CHECKS and not LABELS.fullmatch(key) and not key.endswith("_month"))


def whole(said: Said, name: str) -> float:
    """Return a fact as a number."""
    return points(said.facts.get(name, ""))


def differs(said: Said, name: str, fair: Iterable[float], what: str) -> str | None:
    """Say that a printed count is none of the fair ones."""
    value, fair = whole(said, name), sorted(set(fair))
    return None if value in fair else f"{what}: {value:g}, in truth {' or '.join(f'{one:g}' for one in fair)}"


# ── the head ────────────────────────────────────────────────────────────────────────────────────────────────────


@check("page.eyebrow")
def _eyebrow(at: Reading, said: Said) -> str | None:
    if str(int(at.truth.week[-2:])) not in re.findall(r"\d+", said.facts["period"]):
        return f"the period is {at.truth.week}"
    return differs(said, "n", {len(at.truth.here)}, "notes of the week")


@check("page.eyebrow_unread", "headline.unread", "headline.unread_since", "key.unread", "subject.unread")
def _unread(at: Reading, said: Said) -> str | None:
    return None if at.truth.unread else "the log was read"


@check("headline.first_ever", "subject.first_ever_bare")
def _first(at: Reading, said: Said) -> str | None:
    return differs(said, "n", {len(at.truth.known), len(at.truth.here)}, "notes read")


@check("subject.first_ever")
def _first_number(at: Reading, said: Said) -> str | None:
    return None


@check("headline.empty", "key.business_empty", "business.empty", "subject.empty")
def _empty(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    return f"{len(at.truth.executed)} activities are written" if at.truth.executed else None


@check("headline.too_few", "headline.too_few_moved", "subject.too_few")
def _few(at: Reading, said: Said) -> str | None:
    return differs(said, "n", {len(at.truth.here)}, "notes of the week")


@check("headline.nothing_moved", "subject.nothing_moved")
def _nothing(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    return f"moved: {', '.join(moved)}" if moved else differs(said, "n", {len(at.truth.here)}, "notes")


@check("headline.undated", "data.undated", "subject.undated")
def _undated(at: Reading, said: Said) -> str | None:
    return differs(said, "n", {at.truth.undated}, "notes without a date")


@check("headline.signs")
def _signs(at: Reading, said: Said) -> str | None:
    return None if at.truth.bettered() else "no number moved the right way"


# ── numbers and moves ───────────────────────────────────────────────────────────────────────────────────────────


def _value(at: Reading, metric: str, value: str, far: str | None, sign: int | None) -> str | None:
    """Compare a number as printed, with its change, with the series, else with a note measured this week."""
    truth = at.truth
    at.metric = name = _name(truth, metric)
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
    if far and not near(far, abs(change)):
        return [f"the change is {abs(change):g}"]
    return []


def _name(truth: Truth, printed: str) -> str:
    names = truth.series_names() + [n.metric["name"] for n in truth.team.notes if n.metric]
    return next((name for name in names if same_start(name, printed)), printed)


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


@check("headline.left")
def _left(at: Reading, said: Said) -> str | None:
    now, target = at.truth.series(at.metric), at.truth.target(at.metric)
    if now is None:
        moves = [m for m in at.truth.moves if m.name == at.metric]
        now = moves[-1].after if moves else None
    if now is None or target is None:
        return f"{at.metric} has no target or no value"
    return None if near(said.facts["far"], abs(target - now)) else f"{abs(target - now):g} are left"


@check("headline.reached", "milestone.target_reached", "milestone.key_result_reached", "number.reached")
def _reached(at: Reading, said: Said) -> str | None:
    metric = _name(at.truth, said.facts.get("what") or at.metric)
    now, target = at.truth.series(metric), at.truth.target(metric)
    if target is None:
        return f"{metric} has no target"
    values = [now] if now is not None else [m.after for m in at.truth.moves if m.name == metric]
    down = at.truth.better(metric, 1) < 0
    if any(value is not None and (value <= target if down else value >= target) for value in values):
        return None
    return f"{metric} is at {values}, its target at {target:g}"


@check("move.moved", "move.moved_target")
def _moved(at: Reading, said: Said) -> str | None:
    return None  # compared by `move_line`, which finds it in every line


def _told_move(at: Reading, metric: str, before: str, after: str, target: str | None) -> str | None:
    name = at.metric = _name(at.truth, metric)
    found = [move for move in at.truth.moves if move.name == name]
    for note in at.truth.known:
        if note.counts and note.metric["name"] == name and near(before, note.metric["before"]):
            if near(after, note.metric["after"]):
                return "a comparison of two sides is told as a change in time"
    for move in found:
        if at.claim is not None and move.note is not at.claim:
            continue
        for was, came in at.truth.sides(move):
            if near(before, was) and near(after, came):
                if target and move.target is not None and not near(target, move.target):
                    return f"the target is {move.target:g}"
                return None
    if at.truth.has_series(name):
        now, last = at.truth.series(name), at.truth.series(name, at.truth.back)
        if near(before, last) and near(after, now):
            return None
    older = [m for n in at.truth.known if (m := at.truth.move(n)) and m.name == name]
    if any(near(before, m.before) and near(after, m.after) for m in older if m not in found):
        return "the number of another week, told again"
    fair = [side for move in found for side in at.truth.sides(move)]
    return f"no such move of {name} this week: fair are {fair}"


@check("move.compared")
def _compared(at: Reading, said: Said) -> str | None:
    after, before = said.facts["after"], said.facts["before"]
    for note in at.truth.known:
        if note.counts and same_start(note.metric["name"], said.facts["metric"]):
            if near(after, note.metric["after"]) and near(before, note.metric["before"]):
                return None if note in at.truth.here else "a comparison of another week"
    return "no such comparison"


@check("move.counts", "move.counts_compared")
def _counts(at: Reading, said: Said) -> str | None:
    for note in at.truth.known:
        if note.counts:
            was, of, came, among = note.counts
            if said.facts["before"] == f"{was}/{of}" and said.facts["after"] == f"{came}/{among}":
                return "sides of a comparison told as before and after" if said.key == "move.counts" else None
    return "no such counts"


@check("move.apart")
def _apart(at: Reading, said: Said) -> str | None:
    gaps = [abs(n.metric["after"] - n.metric["before"]) for n in at.truth.here if n.counts]
    return None if any(near(said.facts["far"], gap, 0.11) for gap in gaps) else f"the gaps are {gaps}"


def interval(counts: tuple[int, ...]) -> tuple[float, float]:
    """Return the 95 % interval of a difference in points (Newcombe's, of two Wilson intervals)."""
    low, high, share = zip(*(_wilson(hits, of) for hits, of in (counts[:2], counts[2:])), strict=True)
    gap = share[1] - share[0]
    down = math.hypot(share[1] - low[1], high[0] - share[0])
    up = math.hypot(high[1] - share[1], share[0] - low[0])
    return 100 * (gap - down), 100 * (gap + up)


def _wilson(hits: int, of: int) -> tuple[float, float, float]:
    z, share = 1.959964, hits / of
    middle, spread = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of), share


@check("move.interval", "move.interval_zero")
def _interval(at: Reading, said: Said) -> str | None:
    for note in at.truth.known:
        if note.counts:
            low, high = interval(note.counts)
            if near(said.facts["low"], low, 1.0) and near(said.facts["high"], high, 1.0):
                zero = low <= 0 <= high
                return None if zero == (said.key == "move.interval_zero") else f"the interval is {low:.1f} to {high:.1f}"
    return "no such interval"


@check("number.before")
def _last_week(at: Reading, said: Said) -> str | None:
    before = at.truth.series(at.metric, at.truth.back)
    return None if near(said.facts["value"], before) else f"last week {at.metric} was {before}"


@check("number.goal", "number.goal_down")
def _of_goal(at: Reading, said: Said) -> str | None:
    now, target = at.truth.series(at.metric), at.truth.target(at.metric)
    if now is None or target is None:
        return f"{at.metric} has no value or target"
    if not near(said.facts["target"], target):
        return f"the target is {target:g}"
    if "share" in said.facts and not near(said.facts["share"], 100 * now / target, 0.6):
        return f"{100 * now / target:.0f} % of the goal"
    return None if near(said.facts["left"], abs(target - now)) else f"{abs(target - now):g} are left"


@check("number.missing")
def _missing(at: Reading, said: Said) -> str | None:
    name = at.metric = _name(at.truth, said.facts["metric"])
    return f"{name} is {at.truth.series(name)}" if at.truth.series(name) is not None else None


@check("number.deferred")
def _deferred(at: Reading, said: Said) -> str | None:
    table = at.truth.team.data["metrics"]["series"]
    return None if any("judge_from" in one and one["name"] == at.metric for one in table) else "nothing is deferred"


@check("number.trend")
def _trend(at: Reading, said: Said) -> str | None:
    pairs = re.findall(rf"(?<![\d.])(\d{{1,2}}): ({NUMBER})", at.line.text)
    for label, value in pairs:
        weeks = [w for w in at.truth.team.data["metrics"]["weeks"] if int(w[-2:]) == int(label) and w <= at.truth.week]
        if not weeks or not near(value, at.truth.series(at.metric, weeks[-1]), 0.51 if len(value) > 4 else 0.051):
            return f"week {label} of {at.metric} is {at.truth.series(at.metric, weeks[-1]) if weeks else None}"
    return None


def number_line(at: Reading) -> str | None:
    """Check a line such as "재구독률 56.2% (▲ 2.1%p) · 지난주 54.1%", whose parts the template joins."""
    text = re.sub(r"^\[(?:선행|후행)\] |^(?:Leading|Lagging): ", "", at.line.text)
    for name in sorted(at.truth.series_names(), key=len, reverse=True):
        # the number must follow at once: "주문 160건", "Activation rate 32%"
        found = re.match(rf"{re.escape(name)} ({NUMBER}[^\s(·]*(?: kGBP)?)(?=\s|$)(?! →)(?: \((▲|▼|변화 없음|no change)\s?([^)]*)\))?", text, re.IGNORECASE)
        if found:
            sign = {"▲": 1, "▼": -1}.get(found[2] or "", 0 if found[2] else None)
            return _value(at, name, found[1], found[3] or None, sign)
    return None


def move_line(at: Reading) -> str | None:
    """Check "재계약률 74% → 76% (▲ 2%p, 목표 85%)" wherever it stands: its template is nothing but its facts."""
    for name in {*at.truth.series_names(), *(n.metric["name"] for n in at.truth.team.notes if n.metric)}:
        sides = rf"{re.escape(name)} ({NUMBER}\S*(?: kGBP)?) → ({NUMBER}[^\s(,.]*)"
        found = re.search(sides + r"(?:[^()]*\((?:[▲▼]\s?([^,)]+), )?(?:목표|goal) ([^)]+)\))?", at.line.text, re.IGNORECASE)
        if found:
            return _told_move(at, name, found[1], found[2], found[4])
    return None


def comparison_line(at: Reading) -> str | None:
    """Check two sides such as "재주문율 54.8% · 대조 14.8%", whose template is nothing but its facts."""
    for name in {note.metric["name"] for note in at.truth.known if note.counts}:
        found = re.search(rf"({re.escape(name)}) ({NUMBER}%?) · (\S+) ({NUMBER}%?)", at.line.text, re.IGNORECASE)
        if found and found[3] not in {"지난주", "last"}:
            facts = {"metric": found[1], "after": found[2], "before": found[4]}
            return CHECKS["move.compared"](at, Said("move.compared", found[0], facts))
    return None


# ── business ────────────────────────────────────────────────────────────────────────────────────────────────────


@check("key.business", "key.business_more", "key.business_behind", "key.business_behind_more", "key.business_worse")
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
        return differs(said, "n", range(max(0, least - 1), most), "other activities that improved a number")
    return None


@check("key.business_unmeasured", "key.business_counted")
def _counted(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    if said.key.endswith("unmeasured") and moved:
        return f"moved: {', '.join(moved)}"
    return differs(said, "n", {len(at.truth.executed)}, "activities done")


@check("business.subtitle_all", "business.subtitle", "business.none", "business.only_worse")
def _executed(at: Reading, said: Said) -> str | None:
    least, most = at.truth.improved()
    sure = sum(bool(n.counts) and interval(n.counts)[0] > 0 and bool(n.at("after", at.truth.day)) for n in at.truth.here)
    if said.key in {"business.none", "business.only_worse"}:
        if least:
            return f"{least} activities improved a number"
        bare = sum(not n.metric or not n.at("after", at.truth.day) for n in at.truth.executed)
        some = sum(not n.metric for n in at.truth.executed)
        return differs(said, "n", {len(at.truth.executed)}, "activities") or differs(
            said, "unmeasured", range(some, bare + 1), "activities without a number"
        )
    moved = "moved" if "moved" in said.facts else "n"
    return differs(said, "total", {len(at.truth.executed)}, "activities done") or differs(
        said, moved, range(least, most + sure + 1), "activities that improved a number"
    )


@check("business.repeated")
def _repeated(at: Reading, said: Said) -> str | None:
    note = at.claim
    if note is None:
        return "stands under no claim"
    alike = [n for n in at.truth.known if n is not note and n.metric and note.metric and n.metric["name"] == note.metric["name"]]
    return None if whole(said, "n") <= len(alike) else f"only {len(alike)} notes name {note.metric['name']}"


@check("business.disputed")
def _disputed(at: Reading, said: Said) -> str | None:
    name = at.metric = _name(at.truth, said.facts["metric"])
    moves = [m for m in at.truth.moves if m.name == name]
    if not any(near(said.facts["said"].split("→")[-1], m.after) for m in moves):
        return f"no note of the week says so of {name}"
    return None if near(said.facts["counted"], at.truth.series(name)) else f"the series has {at.truth.series(name)}"


@check("business.agreed", "key.business_agreed", "signals.agreed")
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


@check("business.agreed_unmarked", "key.business_unmarked", "signals.unmarked", "rhythm.unmarked")
def _unmarked(at: Reading, said: Said) -> str | None:
    moved = at.truth.bettered() + at.truth.worsened()
    if said.key == "key.business_unmarked" and moved:
        return f"moved: {', '.join(moved)}"
    card = at.truth.card(at.truth.week)
    items = [i for i in (card or {}).get("Weekly Big 3", "").split("\n") if i]
    bare = sum("✅" not in i and "❌" not in i for i in items)
    levers = sum(bool((card or {}).get(f"{k} 레버")) for k in ("Business", "Learning", "People"))
    unmarked = at.truth.agreed()[2]
    fair = {unmarked + extra + more for extra in (0, bare) for more in (0, levers)}
    return differs(said, "n", fair, "unmarked activities")


@check("stop.no_change", "stop.wrong_way")
def _stop_number(at: Reading, said: Said) -> str | None:
    name = _name(at.truth, said.facts["metric"])
    ways = [at.truth.ways(m) for n in at.truth.known if (m := at.truth.move(n)) and m.name == name]
    wanted = 0 if said.key == "stop.no_change" else -1
    return None if any(wanted in way for way in ways) else f"{name} moved otherwise"


@check("stop.failed")
def _stop_failed(at: Reading, said: Said) -> str | None:
    notes = [n for n in at.truth.known if n.at("done", at.truth.day) and at.line.text.startswith(n.at("done", at.truth.day)[:12])]
    return None if any(at.truth.outcome(n) == "failure" for n in notes) or not notes else "it is not written as a failure"


@check("stop.no_effect", "stop.said_stop")
def _stop_other(at: Reading, said: Said) -> str | None:
    return None


@check("stop_check.stopped", "stop_check.continued", "stop_check.unknown")
def _stop_check(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["what"])
    if not notes:
        return "no such activity"
    if said.key.endswith("stopped"):
        return "no end was written after the question" if all(n.end and n.end < at.truth.first for n in notes) else None
    if said.key.endswith("continued"):
        on = any(n in at.truth.here for n in notes)
        again = any(p.note in notes and "came_back" in p.states for p in at.truth.promises)
        return None if on or again else "nothing like it is in the week"
    return None


@check(*(f"goal.reason.{r}" for r in ("metric_moved", "leading_moved", "metric_worse", "no_change", "activity_done", "nothing_done", "begun", "learned", "no_signal", "deferred")))
def _goal(at: Reading, said: Said) -> str | None:
    goals = {at.truth.goal(n) for n in at.truth.known} - {""}
    goal = next((g for g in sorted(goals, key=len, reverse=True) if g[:20] in at.line.text), None)
    if goal is None:
        return None
    notes = [n for n in at.truth.here if at.truth.goal(n) == goal]
    reason = said.key.rpartition(".")[2]
    ways = {way for m in at.truth.moves if m.note in notes for way in at.truth.ways(m)}
    stem = goal.split()[0]
    ways |= {at.truth._series_way(n) for n in at.truth.series_names() if n.startswith(stem) or goal.startswith(n)}
    ways |= {at.truth._series_way(n.metric["name"]) for n in at.truth.known if n.metric and at.truth.goal(n) == goal}
    if reason == "metric_moved" and 1 not in ways or reason == "metric_worse" and -1 not in ways:
        return f"the numbers of the goal went otherwise: {sorted(ways)}"
    if reason == "nothing_done" and any(n in at.truth.executed for n in notes):
        return "something was done for it"
    if reason == "activity_done" and not any(n in at.truth.executed for n in notes):
        return "nothing was done for it this week"
    if reason == "begun" and not any(n.start and n.start >= at.truth.first for n in notes):
        return "nothing began this week"
    if reason == "no_change" and ways <= {1, -1} and ways:
        return f"its numbers moved: {sorted(ways)}"
    return None


@check("forecast.nothing", "forecast.counts")
def _forecast(at: Reading, said: Said) -> str | None:
    foretold = {"s04": {"hit", "miss", "unexpected"}, "s06": {"hit", "miss"}, "s13": {"miss", "hit"}, "p03": {"hit", "miss", "unexpected"}, "p04": {"hit", "miss", "unexpected"}}
    over = [n for n in at.truth.known if n.end and week_of(n.end) == at.truth.week] + at.truth.concluded()
    known = {n.id for n in over if n.id in foretold}
    if said.key == "forecast.nothing":
        return f"foretold: {sorted(known)}" if known - {"s13"} else None
    named = sum(whole(said, name) for name in ("hit", "miss", "wrong", "unexpected"))
    return None if named <= len(known) else f"only {sorted(known)} foretold a number"


# ── learning ────────────────────────────────────────────────────────────────────────────────────────────────────


@check("key.learning", "key.learning_more")
def _learning(at: Reading, said: Said) -> str | None:
    return pair_line(at, said.facts["learned"], said.facts["where"])


def pair_line(at: Reading, learned: str, where: str) -> str | None:
    notes = [n for n in at.truth.team.notes if same_start(n.fields.get("learned", ""), learned)]
    notes = notes or [n for n in at.truth.applied_now if same_start(n.fields["applied"], where)]  # withheld words
    if not notes:
        return "no such learning"
    note = notes[0]
    linked = [one for one in at.truth.known if same_start(one.fields.get("done", ""), where) or same_start(one.fields.get("hypothesis", ""), where)]
    if not same_start(note.fields.get("applied", ""), where) and not linked:
        return f"it was applied in {note.fields.get('applied') or 'nothing written'}"
    if not linked and note not in at.truth.applied_now:
        return f"the application was first written in {week_of(note.typed['applied'])}"
    return None


@check("key.learning_counted", "key.learning_none", "learning.none", "learning.count")
def _learning_counts(at: Reading, said: Said) -> str | None:
    applied = 0.0 if "none" in said.key else whole(said, "n")
    pair = (whole(said, "total"), applied)
    fair = at.truth.learning_counts()
    return None if pair in fair else f"learned and applied {pair}, in truth one of {sorted(fair)}"


@check("key.learning_empty", "learning.empty")
def _learning_empty(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    new = [n.id for n in at.truth.learned() if at.truth.first <= n.typed["learned"] <= at.truth.last]
    return f"learnings were written: {new}" if new else None


@check("learning.from_failure", "learning.from_failure_bare")
def _from_failure(at: Reading, said: Said) -> str | None:
    return None


@check("learning.effect")
def _effect(at: Reading, said: Said) -> str | None:
    return None


@check("learning.waiting")
def _waiting(at: Reading, said: Said) -> str | None:
    fair = {total - applied for total, applied in at.truth.learning_counts()}
    return differs(said, "n", fair, "learnings that wait")


@check("brief.same_failure")
def _same_failure(at: Reading, said: Said) -> str | None:
    old = at.note(said.facts["old"])
    if not any(at.truth.outcome(n) == "failure" for n in old):
        return "the earlier one did not fail"
    return None if at.note(said.facts["new"]) else "no such hypothesis"


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _people_in(at: Reading, text: str) -> list[str]:
    return [person for person in at.truth.team.data["people"] if person in text]


@check("key.people_person", "key.people_never", "people.gap.overdue_never")
def _never(at: Reading, said: Said) -> str | None:
    people = _people_in(at, said.facts.get("person", ""))
    if "never" in said.key and any(at.truth.last_contact(person) for person in people):
        return f"the log names {people} on {[at.truth.last_contact(p) for p in people]}"
    return None


@check("key.people_overdue", "people.gap.overdue")
def _overdue(at: Reading, said: Said) -> str | None:
    days = whole(said, "days" if "days" in said.facts else "n")
    contacts = [d for person in at.truth.team.data["people"] if (d := at.truth.last_contact(person))]
    if any(abs((at.truth.last - day).days - days) <= 1 for day in contacts):
        return None
    return f"the last contacts were {sorted(contacts)}"


@check("key.people_nobody", "people.gap.running", "people.gap.blocked_plain")
def _nobody(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["what"])
    if any(n.at("with", at.truth.day) for n in notes):
        return "somebody is named to help"
    over = [n for n in notes if at.truth.outcome(n) not in {"", "running", "planned"} or n.end and n.end < at.truth.first]
    return "it is over" if notes and len(over) == len(notes) else None


@check("key.people_blocked", "people.gap.blocked")
def _blocked(at: Reading, said: Said) -> str | None:
    return "no note of the world is blocked"


@check("key.people_lever", "people.gap.lever", "people.gap.speed", "key.people_todo", "key.people_give", "people.give_learning")
def _lever(at: Reading, said: Said) -> str | None:
    if said.key == "people.gap.lever" and not any(at.truth.card(w) for w in (at.truth.week, None)):
        return "no plan card names a People lever"
    return None


@check("key.people_empty", "people.empty")
def _people_empty(at: Reading, said: Said) -> str | None:
    if at.truth.unread:
        return "nobody could read that week: unknown is not none"
    return None


@check("people.speed")
def _speed(at: Reading, said: Said) -> str | None:
    for person in _people_in(at, said.facts["person"]):
        tries = [_cycles(at, person, names) for names in (("with",), ("with", "owner"))]
        for mine, rest in tries:
            fair = (_median(mine), _median(rest)) if mine and rest else (-9.0, -9.0)
            printed = (points(said.facts["days"]), points(said.facts["others"]))
            if len(mine) >= 3 and len(rest) >= 3 and all(abs(a - b) <= 1 for a, b in zip(fair, printed, strict=True)):
                return None
        return f"days with and without: {tries[0]}"
    return None


def _cycles(at: Reading, person: str, names: tuple[str, ...]) -> tuple[list[int], list[int]]:
    day, since = at.truth.day, at.truth.last - timedelta(weeks=13)
    over = [n for n in at.truth.known if n.start and n.end and since < n.end <= at.truth.last]
    named = [any(person in n.at(name, day) for name in names) for n in over]
    days = [(n.end - n.start).days for n in over]
    return (
        [d for d, mine in zip(days, named, strict=True) if mine],
        [d for d, mine in zip(days, named, strict=True) if not mine],
    )


def _median(days: list[int]) -> float:
    ordered, half = sorted(days), len(days) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


@check("people.helped", "people.helped_similar")
def _helped(at: Reading, said: Said) -> str | None:
    most = max((sum(p in f"{n.at('with', at.truth.day)}" for n in at.truth.known if at.truth.outcome(n) == "success") for p in at.truth.team.data["people"]), default=0)
    return None if whole(said, "n") <= most else f"at most {most} successes were with one person"


@check("people.given")
def _given(at: Reading, said: Said) -> str | None:
    gives = sum(any(w in n.at("done", at.truth.day) + n.at("next", at.truth.day) for w in ("부탁", "요청", "공유", "소개", "전달", "드리", "제공", "보내", "Mail", "share")) for n in at.truth.here)
    named = 2 if at.truth.card() or at.truth.card(at.truth.week) else 0
    return None if whole(said, "gave") + whole(said, "asked") <= gives + named else f"{gives} notes hold such a word"


@check("people.thanks")
def _thanks(at: Reading, said: Said) -> str | None:
    won = [n for n in at.truth.here if at.truth.outcome(n) == "success"] + [n for n in at.truth.concluded() if at.truth.outcome(n) == "success"]
    named = {p for n in won for p in at.truth.team.data["people"] if p in f"{n.at('with', at.truth.day)}"}
    thanked = _people_in(at, said.facts["people"])
    return None if set(thanked) <= named else f"helpers of this week's successes are {sorted(named)}"


# ── signals and traps ───────────────────────────────────────────────────────────────────────────────────────────


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
    dated = [n for n in at.truth.here if n.end and n.end <= at.truth.last and n not in done and at.truth.outcome(n) != "planned"]
    sure = [n for n in done if at.truth.outcome(n) in {"success", "failure", "inconclusive"}]
    most = {*map(id, done), *map(id, dated)}
    failed = sum(at.truth.outcome(n) == "failure" for n in sure)
    with_cause = sum(bool(n.at("look", at.truth.day)) for n in {id(n): n for n in [*done, *dated]}.values())
    return (
        differs(said, "n", range(len(sure), len(most) + 1), "finished notes")
        or differs(said, "failed", {failed}, "failures")
        or (None if whole(said, "cause") <= with_cause else f"{with_cause} give a cause")
    )


@check("signals.no_failures")
def _no_failures(at: Reading, said: Said) -> str | None:
    n = int(whole(said, "n"))
    for back in range(n):
        week = week_of(at.truth.first - timedelta(weeks=back))
        truth = Truth(at.truth.team, week)
        failed = [note.id for note in truth.concluded() if truth.outcome(note) == "failure"]
        if failed:
            return f"{failed} failed in {week}"
        if truth.unread:
            return f"{week} could not be read"
    return None


@check(*(f"signals.parting.{k}" for k in ("input_up_output_not", "output_up_input_not", "input_down")))
def _parting(at: Reading, said: Said) -> str | None:
    return None


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
    fair = {(sum(not n.at("next", at.truth.day) for n in notes), len(notes)) for notes in (looks, here)}
    pair = (whole(said, "n"), whole(said, "total"))
    return None if pair in fair else f"without a next action {pair}, in truth one of {sorted(fair)}"


@check("traps.consolation")
def _consolation(at: Reading, said: Said) -> str | None:
    soft = sum("고생" in n.at("look", at.truth.day) for n in at.truth.looked_back())
    return differs(said, "n", {soft}, "retrospectives that only console")


# ── promises ────────────────────────────────────────────────────────────────────────────────────────────────────


@check("commitment.subtitle", "brief.closure")
def _promises(at: Reading, said: Said) -> str | None:
    due = [p for p in at.truth.promises if p.made < at.truth.first]
    wrong = differs(said, "n", {len(due), len(at.truth.promises)}, "promises")
    if wrong or said.key == "commitment.subtitle":
        return wrong
    return _closure(at, whole(said, "rate"))


def _closure(at: Reading, rate: float) -> str | None:
    fair = set()
    closed = {"kept", "running", "stopped"}
    for promises in ([p for p in at.truth.promises if p.made < at.truth.first], at.truth.promises):
        least = sum(p.states <= closed for p in promises)
        most = sum(bool(p.states & closed) for p in promises)
        fair |= {round(100 * n / len(promises)) for n in range(least, most + 1) if promises}
    return None if any(abs(rate - one) <= 1 for one in fair) else f"answered {rate:g} %, in truth {sorted(fair)}"


@check(*(f"commitment.count.{s}" for s in ("kept", "running", "stopped", "vanished", "came_back", "unanswered")))
def _state_count(at: Reading, said: Said) -> str | None:
    state = said.key.rpartition(".")[2]
    fair = set()
    for promises in ([p for p in at.truth.promises if p.made < at.truth.first], at.truth.promises):
        fair |= set(range(sum(p.states == {state} for p in promises), sum(state in p.states for p in promises) + 1))
    return differs(said, "n", fair, f"promises that are {state}")


def promise_line(at: Reading, state: str, text: str) -> str | None:
    """Check a line of the ledger: what was promised, and what became of it."""
    promise = at.truth.promise(text)
    if promise is None:
        return "no such promise"
    return None if state in promise.states else f"the promise is {' or '.join(promise.states)}"


# ── rhythm, funnel, next week ───────────────────────────────────────────────────────────────────────────────────


@check("rhythm.execution_text")
def _execution(at: Reading, said: Said) -> str | None:
    pair = (whole(said, "done"), whole(said, "planned"))
    fair = at.truth.executions()
    return None if pair in fair else f"done and planned {pair}, in truth one of {sorted(fair)}"


@check("rhythm.big3_text")
def _big3(at: Reading, said: Said) -> str | None:
    card = at.truth.card(at.truth.week)
    items = [i for i in (card or {}).get("Weekly Big 3", "").split("\n") if i]
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


@check("rhythm.bhag_open", "rhythm.bhag_on", "rhythm.bhag_behind", "rhythm.bhag_ahead", "rhythm.bhag_way", "rhythm.bhag_back", "rhythm.bhag_later")
def _bhag(at: Reading, said: Said) -> str | None:
    return None if said.key == "rhythm.bhag_open" else "no team of the world has a big goal in numbers"


@check("rhythm.structure")
def _structure(at: Reading, said: Said) -> str | None:
    new = {sum(n.start >= at.truth.first for n in at.truth.here if n.start)}
    total = whole(said, "new") + whole(said, "repeated")
    wrong = None if total <= len(at.truth.here) else f"{len(at.truth.here)} activities are in the week"
    return wrong or differs(said, "new", range(min(new | {0}), len(at.truth.here) + 1), "new activities")


@check("rhythm.structure_base")
def _structure_base(at: Reading, said: Said) -> str | None:
    return None


@check("rhythm.retrospectives")
def _streak(at: Reading, said: Said) -> str | None:
    n, fair = 0, set()
    for by in (lambda t: t.looked_back(), lambda t: [x for x in t.here if x.at("look", at.truth.day)]):
        n, week = 0, at.truth.week
        while week >= "2026-W40" and by(Truth(at.truth.team, week)):
            n, week = n + 1, week_of(monday_of(week) - timedelta(days=7))
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
    start, _, end = said.facts["step"].partition(" → ")
    return _step(at, start, end, said.facts.get("rate", ""), said.facts.get("base", ""))


@check("funnel.bottleneck", "funnel.bottleneck_small")
def _bottleneck(at: Reading, said: Said) -> str | None:
    passed, entered, _, _ = at.truth.pooled(said.facts["start"], said.facts["end"])
    pair = (whole(said, "passed"), whole(said, "entered"))
    if pair != (passed, entered):
        return f"{passed} of {entered} passed"
    return _step(at, said.facts["start"], said.facts["end"], said.facts["rate"], said.facts["usual"])


def _step(at: Reading, start: str, end: str, rate: str, usual: str) -> str | None:
    passed, entered, _, base = at.truth.pooled(start, end)
    if not entered or entered < 20:
        return "too few cases to judge"
    if rate and not near(rate, 100 * passed / entered, 0.6):
        return f"{100 * passed / entered:.0f} % passed"
    if usual and base is not None and not near(usual, 100 * base, 1.6):
        return f"usually {100 * base:.0f} %"
    return None


@check("funnel.few", "funnel.none", "funnel.pooled")
def _funnel_other(at: Reading, said: Said) -> str | None:
    table = at.truth.team.data.get("funnel")
    if table is None:
        return "the team has no funnel"
    if said.key == "funnel.few":
        header = table["header"][1:]
        steps = [at.truth.pooled(a, b) for a, b in zip(header, header[1:], strict=False)]
        if all(step[1] >= 20 for step in steps):
            return "every step has twenty cases when weeks are pooled"
    return None


@check("next.no_plan", "next.empty", "decision.text.no_plan")
def _no_card(at: Reading, said: Said) -> str | None:
    if at.truth.card() is not None:
        return "a plan card is written for next week"
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
    return "the card has its levers" if all(card[f"{k} 레버"] for k in ("Business", "Learning", "People")) else None


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


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────────────


@check("decision.none")
def _no_decision(at: Reading, said: Said) -> str | None:
    return None


@check("decision.text.came_back")
def _came_back(at: Reading, said: Said) -> str | None:
    subject = said.facts["subject"]
    notes = at.note(subject)
    back = [p for p in at.truth.promises if "came_back" in p.states]
    promised = at.truth.promise(subject)
    if promised is not None and promised in back:
        return None
    ends = {p["by"] for p in at.truth.team.data.get("promise", ()) if p["state"] == "came_back" and p["day"] <= at.truth.day}
    return None if any(n.id in ends or n in [p.note for p in back] for n in notes) else "it did not come back"


@check("decision.text.stop")
def _ask_stop(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["subject"])
    if not notes:
        return "no such activity"
    if all(n in at.truth.known and (m := at.truth.move(n)) and at.truth.ways(m) == {1} for n in notes):
        return "its number improved"
    if any(at.truth.outcome(n) == "running" for n in notes):
        return "a running trial is no candidate before its own end"
    return None


@check("decision.text.wrong_way")
def _ask_undo(at: Reading, said: Said) -> str | None:
    notes = at.note(said.facts["subject"])
    moves = [m for m in at.truth.moves if m.note in notes]
    return None if any(-1 in at.truth.ways(m) for m in moves) else "its number did not get worse this week"


@check("decision.text.vanished")
def _ask_vanished(at: Reading, said: Said) -> str | None:
    return "nothing vanished from the world's logs"


@check("decision.text.number_worse")
def _ask_number(at: Reading, said: Said) -> str | None:
    name = at.metric = _name(at.truth, said.facts["metric"])
    now, before = at.truth.series(name), at.truth.series(name, at.truth.back)
    if not near(said.facts["before"], before) or not near(said.facts["after"], now):
        return f"the series of {name}: {before} to {now}"
    return None if at.truth.better(name, (now or 0) - (before or 0)) < 0 else "that is no worse"


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
    blocked = any("멈" in n.at("look", at.truth.day) or "stuck" in n.at("look", at.truth.day) for n in notes)
    return None if blocked else "nothing says that it is blocked"


@check("decision.text.overdue_contact")
def _ask_contact(at: Reading, said: Said) -> str | None:
    for person in _people_in(at, said.facts["person"]):
        last = at.truth.last_contact(person)
        if last and (at.truth.last - last).days < 28:
            return f"{person} was named on {last}"
    return None


@check("decision.text.same_failure")
def _ask_same(at: Reading, said: Said) -> str | None:
    return None if at.note(said.facts["subject"]) else "no such hypothesis"


@check("decision.again", "decision.again_2", "decision.again_3", "decision.again_4", "decision.again_5")
def _again(at: Reading, said: Said) -> str | None:
    times = int(said.key[-1]) if said.key[-1].isdigit() else int(whole(said, "n"))
    fair = at.told.last_asked.get(at.truth.team.name, ("", "", 0))
    return None if times <= at.told.asked.get(f"{at.truth.team.name} {fair[0]}", 0) + 1 else f"asked {fair[2]} times before"


@check("decision.answered.stopped", "decision.answered.kept", "decision.answered.done")
def _answered(at: Reading, said: Said) -> str | None:
    what, asked = said.facts["what"], at.told.last_asked.get(at.truth.team.name)
    if asked is None:
        return "nothing was asked before"
    notes = at.note(what)
    if said.key.endswith("stopped") and any(n in at.truth.here and at.truth.outcome(n) in {"", "running"} for n in notes):
        return "it goes on in the log"
    return None


# ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────


@check("note.missing")
def _note_missing(at: Reading, said: Said) -> str | None:
    note = at.claim
    if note is None:
        return None
    factors = at.line.text.startswith(("성공·실패", "Why"))
    names = ("look",) if factors else ("next", "applied")
    if factors and note.id in {"s05", "s14", "p05", "n08"}:
        return None
    written = [name for name in names if note.at(name, at.truth.day)]
    return f"written: {[note.at(name, at.truth.day) for name in written]}" if written else None


@check("grade.strong", "grade.medium", "grade.weak")
def _grade(at: Reading, said: Said) -> str | None:
    note = at.claim
    if note is None or said.key != "grade.strong":
        return None
    if note.counts:
        low, high = interval(note.counts)
        return "its interval includes zero" if low <= 0 <= high else None
    return None


@check("data.warn", "data.warn_never", "data.partial", "data.stale")
def _warn(at: Reading, said: Said) -> str | None:
    return None if at.truth.unread or at.kind == "several" else "every source was read"


@check("data.silent")
def _silent(at: Reading, said: Said) -> str | None:
    on = [n for n in at.truth.known if n.start and n.start < at.truth.first and (n.end and n.end > at.truth.last)]
    return None if whole(said, "n") <= len(on) else f"{len(on)} trials run on through the week"


@check("data.problems")
def _problems(at: Reading, said: Said) -> str | None:
    return "every cell of the world can be read"


@check("several.lead.both", "several.lead.bad", "several.lead.good", "several.lead.none", "several.lead.unread", "several.lead.also_unread")
def _lead(at: Reading, said: Said) -> str | None:
    return None  # compared with the truths of all teams in `judge`


@check("preview.fix.number", "preview.fix.application", "preview.fix.next_action")
def _fix(at: Reading, said: Said) -> str | None:
    name = {"number": "after", "application": "applied", "next_action": "next"}[said.key.rpartition(".")[2]]
    notes = at.note(said.facts["what"])
    if not notes:
        return "no such activity"
    full = all(n.at(name, at.truth.day) and (name != "after" or n.at("before", at.truth.day)) for n in notes)
    return f"the cell is filled: {notes[0].at(name, at.truth.day)}" if full else None


@check("brief.left_out_archive")
def _left_out(at: Reading, said: Said) -> str | None:
    return None if at.archive else "no archive is kept: the rest stands nowhere"


@check("preview.lead", "preview.subject")
def _fix_count(at: Reading, said: Said) -> str | None:
    return None


def facts_in(said: Iterable[Said]) -> Iterator[Said]:
    """Give every sentence of a line, those inside others too."""
    for one in said:
        yield from one.walk()


__all__ = ["CHECKS", "LABELS", "Move", "Reading", "Told", "Wrong", "comparison_line", "interval", "move_line", "number_line", "pair_line", "promise_line", "uncovered"]
