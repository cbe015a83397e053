"""The number that a goal's own words set for a metric: "Activation 45% by March", "재문의율 12%".

A team that has no column for targets writes them in its goals. Only a goal that opens with the
metric's name, or ends its sentence with name and number, and names one number in the metric's own
unit is read; a number of a month or of a year is none of a week (ADR 0672).
"""

from reports.analysis.text.number_words import with_digits

from .unit_scales import scale_of

_BETWEEN = ("주", "매주", "주당", "to", "at", "of", "is", "목표")
"""Words that may stand between the name and its number."""
_PARTICLES = ("을", "를", "이", "가", "은", "는", ":", "=", "→", "-", "–")
"""What may be written onto the name."""
_AFTER = (
    "이상", "이하", "미만", "까지", "로", "으로", "아래", "밑", "넘", "달성", "유지", "를", "을",
    "a week", "per week", "each week", "weekly", "by ", "until ", "or ", ",", ".", ";", "(",
)  # fmt: skip
"""What may follow the number; anything else may make it a number of something else."""
_UNTIL = ("까지", "안에", "말", "내", ":", ",")
"""What ends the words that may stand before the name: "2028년 말까지", "By March:"."""
_SIZES = {"천": 1e3, "만": 1e4, "억": 1e8, "k": 1e3}
_DIGITS = frozenset("0123456789,.")
_SHORTEST = 2
"""Letters below which a metric's name may stand in a goal by chance: judgement."""


def goal_number(goal: str, name: str, unit: str) -> float | None:
    """Return the number that a goal sets for a metric, in the metric's unit; None without one.

    >>> goal_number("Activation 45% by the end of Q1", "Activation", "%")
    45.0
    >>> goal_number("2028년 말까지 구독자 1만 명", "구독자", "명")
    10000.0
    >>> goal_number("문의 월 80건", "문의", "건") is None
    True
    """
    line, wanted = " ".join(with_digits(goal).casefold().split()), " ".join(name.casefold().split())
    if len(wanted) < _SHORTEST or line.count(wanted) != 1:
        return None
    before, _, rest = line.partition(wanted)
    if before and not before.rstrip().endswith(_UNTIL):
        return None  # the end of a longer name: "신규 미팅" is no "미팅"
    rest = _without(rest, _PARTICLES, spaced=False)
    rest = _without(rest, _BETWEEN, spaced=True)
    digits = rest[: next((at for at, one in enumerate(rest) if one not in _DIGITS), len(rest))]
    number = _number(digits.rstrip(",."))
    if number is None:
        return None
    return _in_unit(number, rest[len(digits.rstrip(",.")) :].lstrip(), unit)


def says_week(goal: str) -> bool:
    """Return whether a goal counts by the week: "신규 미팅 주 10건", "200 orders a week"."""
    words = goal.casefold().split()
    return any(word in {"주", "매주", "주당", "주간", "weekly"} for word in words) or any(
        f"{each} week" in goal.casefold() for each in ("a", "per", "each", "every")
    )


def _without(text: str, words: tuple[str, ...], *, spaced: bool) -> str:
    """Return a text without the first of the words at its start."""
    bare = text.lstrip()
    for word in words:
        end = f"{word} " if spaced else word
        if bare.startswith(end):
            return bare[len(end) :].lstrip()
    return bare


def _number(digits: str) -> float | None:
    try:
        return float(digits.replace(",", ""))
    except ValueError:
        return None


def _in_unit(number: float, rest: str, unit: str) -> float | None:
    """Return the number in the metric's unit; None where the goal counts something else."""
    size = next((size for sign, size in _SIZES.items() if rest.startswith(sign)), 1.0)
    if size != 1.0:
        rest = rest[1:].lstrip()
    (own, wanted) = scale_of(unit)
    if not own:
        return number * size / wanted if _ends(rest) else None
    if not rest.startswith(own) or not _ends(rest[len(own) :]):
        return None
    return number * size / wanted


def _ends(rest: str) -> bool:
    """Return whether nothing follows that could make the number one of something else."""
    bare = rest.strip()
    return not bare or bare.startswith(_AFTER)
