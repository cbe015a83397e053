"""The numbers that a hypothesis expects, read from its effect clause (method §3, ADR 0613).

The clause is what follows the condition ("…하면", "if …,"). A number in it counts where it stands
in the metric's own unit and right before what becomes of it: a level ("10건으로 는다", "20%가
된다", "to 40"), a difference ("3%p 오른다", "by 2 points"), a multiple ("두 배가 된다", "double").
A number of the means ("5줄 메일", "오전 8시에") is none, nor is one before the verb of an English
sentence. Number words are
numbers: "두 건 더", "two more points".
"""

import re
from dataclasses import dataclass

from reports.analysis.text.number_words import with_digits

_NUM = r"(?<!\d,)(?<![\d.A-Za-z-])([+-]?\d[\d,]*(?:\.\d+)?)"
_POINTS = (
    "%p",
    "%P",
    "%포인트",
    "포인트",
    "pp",
    "points",
    "point",
    "percentage points",
    "percentage point",
)
_SHARES = ("%", "퍼센트", "프로", "percent")
_UNIT = (
    r"\s?(%p|%P|%포인트|%|percentage points?|points?|percent|퍼센트|포인트|pp\b"
    r"|[가-힣]{1,2}?|[A-Za-z]{1,12})??"
)
_UP = r"(?:오르|오른|올라|올릴|올린|상승|증가|늘(?!려|리[고면])|는다|높아|높인|높일|많아|개선|향상)"
_EXTRA = r"더\s?(?:산|판|온|벌|낸|들어|나온|나올|잡[힌힐]|생[긴길]|신청)|더(?:\s[가-힣]+)?[.!]?$"
_DOWN = (
    r"(?:줄(?!여|이[고면])|준다|감소|내려|내린|내릴|하락|떨어|낮아|낮춘|낮출|단축|빨라|빨리|짧아|당겨"
    r"|적게|덜)"
)
_MORE = r"(?:\s?(?:정도|쯤|가량|넘게|이상|씩|은|는|만큼|까지|더|[이가](?=\s더)))*\s*"
_BECOMES = r"(?:된|되|될|넘|달성|도달|간다|갈|닿|이른|이를|찍)"
_COMES = (
    r"(?:나온|나올|온다|올\s|들어온|들어올|생긴|생길|잡힌|잡힐|모인|모일|신청|참석|참여|팔린|팔릴)"
)
_COME = re.compile(rf"^(?:\s?(?:정도|쯤|가량))?(?:이|가|은|는)?\s{_COMES}")
"""What comes in: "미팅이 두 건 나온다" may be the week's number or that many more; both are read.
"""
_LEVEL = re.compile(
    rf"^(?:\s?(?:정도|쯤|가량))?(?:\s?까지|\s?대?(?:으)?로|\s?대?에|\s?(?:이|가|을|를|은|는))\s*(?:{_BECOMES}|{_UP}|{_DOWN})"
    rf"|^\s?(?:정도|쯤|가량)?\s?(?:이상|이하|미만|아래|밑|안쪽)(?:이|으로|로|을)?\s*(?:{_BECOMES}|{_UP}|{_DOWN}|일|이다|인|[.,]|$)"
    r"|^\s?(?:까지|달성|이상|이하|(?:으)?로)\s*(?:[.,]|$)|^\s?(?:is reached|or (?:more|less))"
)
_CHANGE_UP, _CHANGE_DOWN = (
    re.compile(rf"^{_MORE}(?:{_UP}|{_EXTRA})"),
    re.compile(rf"^{_MORE}{_DOWN}"),
)
_MORE_EN = re.compile(r"^\s?(?:more|extra|higher|up)\b", re.IGNORECASE)
_LESS_EN = re.compile(r"^\s?(?:fewer|less|lower|down|faster)\b", re.IGNORECASE)
_LEVEL_EN = re.compile(
    (
        r"(?:\b(?:up |down )?to|at least|at most|under|over|above|below|reach(?:es)?|become[s]?"
        r"|hits?)\s*$"
    ),
    re.IGNORECASE,
)
_GOAL_EN = re.compile(r"(?:reach|hit|get|win|earn|\w+s)\b", re.IGNORECASE)
_BY_EN = re.compile(r"\bby\s*$", re.IGNORECASE)
_UP_EN = re.compile(
    r"(?<!-)\b(?:up|rises?|increases?|grows?|gains?|improves?|raises?|lifts?|climbs?|adds?)\b",
    re.IGNORECASE,
)
_DOWN_EN = re.compile(
    r"(?<!-)\b(?:down|falls?|drops?|decreases?|reduces?|lowers?|cuts?|shortens?|shrinks?|declines?)\b",
    re.IGNORECASE,
)
_VERB_EN = re.compile(
    r"(?<![\w-])(?:will|would|should|can|brings?|gets?|gives?|makes?|leads?|reach(?:es)?|becomes?|hits?"
    r"|wins?|yields?|earns?|produces?|saves?|sells?|means?|comes?|goes|lifts?|raises?|rises?"
    r"|increases?|grows?|gains?|improves?|climbs?|adds?|falls?|drops?|decreases?|reduces?|lowers?"
    r"|cuts?|shortens?|shrinks?|declines?|doubles?|halves?)(?![\w-])",
    re.IGNORECASE,
)
"""Verbs of an effect; what stands before the first one is the means ("3 fewer fields cut …")."""
_ARROW = re.compile(rf"{_NUM}{_UNIT}\s*(?:→|->|=>|에서|to)\s*{_NUM}{_UNIT}")
_TIMES = re.compile(
    r"(?:두|세|(?<!\d)(\d+(?:\.\d+)?))\s?배(?=\s?(?:가|로|까지|는|은|이상|쯤|정도)?\s*(?:된|되|될|는다|늘|오르|오른|뛴|커|많|높|증가|$))"
)
_DOUBLE = re.compile(r"(?!^)\bdouble\b|\b(?:doubles|doubled|twice as)\b", re.IGNORECASE)
"""A "double" that opens the clause names the means ("Double XP weekends")."""
_HALF = re.compile(
    r"(?:절반|반)(?:으로|이|만큼|까지)?\s*(?:준|줄|된|떨어|감소|내려)|반토막"
    r"|\bhalv|\bhalf the\b|\b(?:in|by) half\b",
    re.IGNORECASE,
)
"""Half of the number before: an expectation without figures (ADR 0613)."""
_CONDITION = re.compile(
    r"(?<!화)(?<!측)(?<!반)(?<!장)(?<!전)(?<!정)(?<!표)(?<!도)면(?:은)?[\s,]|(?:니까|므로|아서|어서|해서|여서|라서|때문에)[\s,]"
)
_IF = re.compile(r"^\s*(?:if|when|once|by)\b.*?(?:,\s*(?:then\s+)?|\bthen\s+)", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:if|when|because|since|as long as)\b", re.IGNORECASE)
"""Where the condition of a hypothesis ends and its effect begins; only the effect is expected
(ADR 0613). Nouns that end in 면 (화면, 측면) are no conditions."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a hypothesis expects: a level, a difference in the metric's unit, or a share.

    The share is of the level before.
    """

    level: float | None = None
    change: float | None = None
    share: float | None = None


def expectations(hypothesis: str, unit: str = "") -> list[Expectation]:
    """Return the numbers that a hypothesis expects of a metric, in order of the text.

    Any unit fits where the metric has none.
    """
    clause = with_digits(effect_clause(hypothesis))
    arrow = _ARROW.search(clause)
    if arrow and _fits(arrow[4] or arrow[2] or "", unit):
        return [Expectation(level=_value(arrow[3]))]
    numbers = re.finditer(_NUM, clause)
    found = [one for match in numbers if (one := _read(match, clause, unit)) is not None]
    times = _TIMES.search(clause)
    if times:
        found.append(Expectation(share=_times(times) - 1))
    elif _DOUBLE.search(clause):
        found.append(Expectation(share=1.0))
    if _HALF.search(clause):
        found.append(Expectation(share=-0.5))
    return found


def effect_clause(hypothesis: str) -> str:
    """Return the clause of a hypothesis that says what comes of it, without the means.

    >>> effect_clause("5통 이상 보내면 답장률이 20%가 된다"), effect_clause(
    ...     "If we call 3 times, replies reach 40")
    ('답장률이 20%가 된다', 'replies reach 40')
    """
    text = " ".join(hypothesis.split())
    conditions = list(_CONDITION.finditer(text))
    if conditions:
        return text[conditions[-1].end() :].strip()
    opened = _IF.match(text)
    if opened:
        return text[opened.end() :].strip()
    after = _AFTER.search(text)
    return _from_verb(text[: after.start()].strip() if after and after.start() else text)


def _from_verb(text: str) -> str:
    """Return an English clause from its verb on, the means before it left out.

    A verb that opens the sentence is a request and the means itself; no verb, the whole clause.
    """
    found = next((one for one in _VERB_EN.finditer(text) if one.start()), None)
    if found is None:
        return "" if _VERB_EN.match(text) and not _GOAL_EN.match(text) else text
    means = text[: found.start()]
    return (
        text[found.start() :]
        if re.search(r"\d|\bhal[fv]|\bdoubl|\btripl|\btwice", with_digits(means), re.IGNORECASE)
        else text
    )


def _read(match: re.Match[str], text: str, metric_unit: str) -> Expectation | None:
    """Return what a number says the metric will come to; None if it says nothing of it."""
    before, after = text[: match.start()], text[match.end() :]
    unit = _unit_after(after, metric_unit)
    if unit is None:
        return None
    rest = after[len(unit) :]
    named, value = unit.strip(), _value(match[1])
    by = _BY_EN.search(before)
    if not by and named not in _POINTS and (_LEVEL.match(rest) or _LEVEL_EN.search(before)):
        return Expectation(level=value)
    if _COME.match(rest) and named not in _POINTS:
        return Expectation(level=value, change=value)
    sign = _sign(match[1], before, rest, by=bool(by) or named in _POINTS)
    if sign is None:
        return None
    change = sign * abs(value)
    return (
        Expectation(share=change / 100, change=change)
        if named in _SHARES
        else Expectation(change=change)
    )


def _unit_after(after: str, metric_unit: str) -> str | None:
    """Return the unit that follows a number, as written; None where it is not the metric's."""
    points = re.match(r"\s(?:more|extra|fewer|less) (?:percentage )?points?\b", after)
    if points:
        return "" if _fits("points", metric_unit) else None
    for unit in sorted({*_POINTS, *_SHARES, metric_unit} - {""}, key=len, reverse=True):
        found = re.match(rf"\s?{re.escape(unit)}(?![A-Za-z])", after)
        if found:
            return found[0] if _fits(unit, metric_unit) else None
    if metric_unit in {"%", "%p"}:
        return "" if re.match(r"(?:$|[.,]|\s?(?:까지|(?:으)?로|이상|이하))", after) else None
    counter = re.match(
        r"\s?(?:건|명|원|회|개|곳|통|석|집|점|권|대|팀|쌍|잔|kg|km|orders?|people|sign-ups?|calls?)(?![A-Za-z])",
        after,
    )
    if counter and not metric_unit:
        return counter[0]
    return (
        ""
        if counter is None
        and not re.match(r"\s?[가-힣]{0,2}(?:시|일|월|년|번|줄|장|주|분|초)(?=\D|$)", after)
        else None
    )


def _fits(unit: str, metric_unit: str) -> bool:
    """Return whether a number in a unit can speak of a metric.

    Its own unit, points of a share, a share of anything.
    """
    if unit in _POINTS:
        return metric_unit in {"", "%", "%p", "점"}
    return unit in _SHARES or not metric_unit or not unit or unit == metric_unit


def _sign(number: str, before: str, after: str, *, by: bool) -> int | None:
    """Return the direction that the words next to a number give it; None without any."""
    if number[0] in "+-":
        return 1 if number[0] == "+" else -1
    if _CHANGE_UP.match(after) or _MORE_EN.match(after):
        return 1
    if _CHANGE_DOWN.match(after) or _LESS_EN.match(after):
        return -1
    near = before[-32:]
    up, down = _UP_EN.search(near), _DOWN_EN.search(near)
    return (1 if up else -1) if by and (up is None) != (down is None) else None


def _times(found: re.Match[str]) -> float:
    return float(found[1]) if found[1] else 3.0 if found[0].startswith("세") else 2.0


def _value(text: str) -> float:
    return float(text.replace(",", ""))
