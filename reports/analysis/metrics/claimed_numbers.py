"""Numbers that a sentence claims: "22% → 35%", "27%에서 9%로", "+20%p", counts beside a control's.

Only what is written out: two levels that an arrow or a particle pair connects, a signed difference
in points, or two counts of which one stands beside a word for the comparison group ("대조 13/88",
"안 한 62집 중 13집", "19 of 44 of the others"). Dates, clock times, floors and ids are not levels
(method §3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from notes.model.notes import Metric, Note
from reports.analysis.text.quoting import sentences
from reports.analysis.text.vocabulary import pattern, pattern_for

from .confidence_intervals import Counts, are_counts

_NUM = r"(?<!\d,)(?<![\d./:A-Za-z-])(\d[\d,]*(?:\.\d+)?)"
_UNIT = (
    r"\s?(%p|%|점|건|명|원|회|개|분|초|시간|일|곳|통|석|집|대|권|배|만원|만 원|"
    r"days?|hours?|min(?:utes)?|people|orders?|points?)?"
)
_LEVELS = re.compile(
    rf"{_NUM}{_UNIT}(?P<join>\s*(?:→|->|=>|⇒|➜)\s*|에서\s+){_NUM}{_UNIT}"
    r"(?![\d/:월년주층시호번])(?P<tail>\s?(?:으로|로)?)"
)
_FROM_TO = re.compile(rf"\bfrom\s+{_NUM}{_UNIT}\s+to\s+{_NUM}{_UNIT}(?![\d/:])", re.IGNORECASE)
_POINTS = re.compile(r"(?<![\d.])([+-])\s?(\d+(?:\.\d+)?)\s?(%p|%포인트|pp\b|percentage points)")
_NAME = re.compile(
    r"([가-힣A-Za-z][가-힣A-Za-z0-9 ]{0,30}?)\s*"
    r"(?:은|는|이|가|을|를|:|was|went|rose|fell|grew|dropped)?\s*$"
)
_COUNTS = re.compile(
    r"(?<!\d)(?P<total>\d+)\s?[가-힣]{0,3}\s?중\s?(?:에\s)?(?P<hits>\d+)"
    r"|(?<!\d)(?P<hits2>\d+)\s?(?:of|out of)\s?(?:the\s)?(?P<total2>\d+)"
    r"|(?<![\d/])(?P<hits3>\d+)/(?P<total3>\d+)(?![\d/])"
)
_LEAST_TOTAL = 10
"""Cases below which "3 of 5" is an everyday phrase and not the count of a group: judgement."""
_ONE_DECIMAL = 0.06
"""Points by which a share written with one decimal may differ from its counts."""
_NEAR = 14
"""Characters before counts in which a word can name their group: judgement; two or three words."""


def claimed_metric(note: Note) -> Metric | None:
    """Return the first change that the note's execution or retrospective claims; or None."""
    for text in (note.retrospective, note.success_factors, note.execution):
        for sentence in sentences(text):
            found = _levels(sentence) or _points(sentence)
            if found is not None:
                return found
    return None


def _levels(sentence: str) -> Metric | None:
    found = _LEVELS.search(sentence)
    if found is not None and (found["join"].strip() != "에서" or found["tail"].strip()):
        before, unit, _, after, end = found.groups()[:5]
    else:
        found = _FROM_TO.search(sentence)
        if found is None:
            return None
        before, unit, after, end = found.groups()
    if unit and end and unit != end:
        return None
    return Metric(
        _name(sentence[: found.start()]),
        _value(before),
        _value(after),
        unit=end or unit or "",
        evidence="text",
    )


def _points(sentence: str) -> Metric | None:
    found = _POINTS.search(sentence)
    if found is None:
        return None
    change = float(found[2]) * (1 if found[1] == "+" else -1)
    return Metric(_name(sentence[: found.start()]), unit="%p", change=change, evidence="text")


def _name(before: str) -> str:
    """Return the words before a number that name it: the last ones, without their particle."""
    part = re.split(r"[,.;·(]", before)[-1]
    found = _NAME.search(part.strip())
    return " ".join(found[1].split()[-2:]) if found else ""


def _value(text: str) -> float:
    return float(text.replace(",", ""))


@dataclass(frozen=True, slots=True)
class ComparedCounts:
    """Counts (hits, total) of the trial and of its comparison group.

    `other_side` is the text's own name of that group.
    """

    trial: Counts
    control: Counts
    other_side: str = ""


def compared_counts(note: Note) -> ComparedCounts | None:
    """Return both counts if a text gives two and names one as the comparison group's."""
    for line, (first, second) in _two_counts(note):
        if _is_control(first, line) is not _is_control(second, line):
            control, trial = (first, second) if _is_control(first, line) else (second, first)
            return ComparedCounts(_pair(trial), _pair(control), _called(control, line))
    return None


def _counts_of_the_levels(metric: Metric, note: Note) -> ComparedCounts | None:
    """Return both counts of a text that are the metric's own two levels; None without such ones.

    "짧은 문구 120명 중 11명, 긴 문구 120명 중 18명" beside 15% and 9.2%: two sides at one time,
    unless the text tells of two times.
    """
    for line, (first, second) in _two_counts(note):
        if pattern_for("two_times", line).search(line):
            continue
        for trial, control in ((first, second), (second, first)):
            if _is_exact(metric.before, _pair(control)) and _is_exact(metric.after, _pair(trial)):
                return ComparedCounts(_pair(trial), _pair(control), _called(control, line))
    return None


def _two_counts(note: Note) -> Iterator[tuple[str, list[re.Match[str]]]]:
    """Yield the note's texts that count exactly two groups, each with what was found."""
    for text in (note.retrospective, note.success_factors, note.execution):
        line = " ".join(text.split())
        found = [one for one in _COUNTS.finditer(line) if _is_of_a_group(_pair(one))]
        if len(found) == 2:
            yield line, found


def _is_of_a_group(pair: Counts) -> bool:
    return are_counts(pair) and pair[1] >= _LEAST_TOTAL


def _called(found: re.Match[str], line: str) -> str:
    """Return the words before counts that name their group ("대조", "안 한"); "" without any."""
    words = re.split(r"[,;/.·(]|\d", line[: found.start()])[-1].split()
    return " ".join(words[-2:])


def _pair(found: re.Match[str]) -> Counts:
    hits = found["hits"] or found["hits2"] or found["hits3"]
    total = found["total"] or found["total2"] or found["total3"]
    return int(hits), int(total)


def _is_control(found: re.Match[str], line: str) -> bool:
    """Return whether a word for the comparison group stands before the counts.

    In English it may stand after them.
    """
    before = re.split(r"[,;/]|\.\s|\d", line[max(0, found.start() - _NEAR) : found.start()])[-1]
    after = (
        re.split(r"[,;/.]|\d", line[found.end() : found.end() + 2 * _NEAR])[0]
        if found["hits2"]
        else ""
    )
    return bool(pattern("control").search(before) or pattern("control").search(after))


def with_counts(metric: Metric, note: Note) -> Metric:
    """Return the metric as a comparison of the counts in the note's text.

    Only where it has no other numbers.
    """
    counts = _counts_of(metric, note)
    if counts is None or metric.before_counts is not None or metric.after_counts is not None:
        return metric
    both = metric.before is not None and metric.after is not None
    if both and not (
        _is_share(metric.before, counts.control) and _is_share(metric.after, counts.trial)
    ):
        return metric
    return replace(metric, before_counts=counts.control, after_counts=counts.trial, comparison=True)


def _counts_of(metric: Metric, note: Note) -> ComparedCounts | None:
    return compared_counts(note) or _counts_of_the_levels(metric, note)


def _is_share(level: float | None, counts: Counts) -> bool:
    """Return whether a level in per cent equals the counts' share, rounded to a whole per cent."""
    return level is not None and abs(level - 100 * counts[0] / counts[1]) < 1


def _is_exact(level: float | None, counts: Counts) -> bool:
    """Return whether a level is the counts' share as far as one decimal can tell."""
    return level is not None and abs(level - 100 * counts[0] / counts[1]) < _ONE_DECIMAL


def other_side(metric: Metric, note: Note) -> str:
    """Return what the note's text calls the comparison group; "" without counts of one."""
    counts = _counts_of(metric, note)
    return counts.other_side if counts else ""
