"""Parses changes of a number: `11%→22%`, `27%에서 9%로`, `from 8 to 12`, `13/42 vs 13/88`.

A pair is only read where a sign or a word connects it; two numbers that merely stand side by side
are no change.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

from .korean_endings import has_final
from .numbers import Decimal, FoundNumber, find_numbers, plain_number_text


@dataclass(frozen=True, slots=True)
class WrittenChange:
    """A number before and after, a difference, or one number (`after`, reading rules 9.4).

    `before_counts` and `after_counts` are (hits, total); what share they make is for whoever
    computes. `comparison`: a control stands beside a variant. `pair`: before and after are
    connected in the text itself. `fall`: the text is nothing but "12% to 9%", a change only where
    the log names what is measured. `name` is what stands before the numbers ("참석 4→11명":
    "참석"), perhaps "".
    """

    before: float | None = None
    after: float | None = None
    change: float | None = None
    before_counts: tuple[int, int] | None = None
    after_counts: tuple[int, int] | None = None
    target: float | None = None
    unit: str = ""
    name: str = ""
    comparison: bool = False
    pair: bool = False
    fall: bool = False


_ARROW = r"(?:->|-->|=>|→|➜|➝|➡|⇒|▶|►|>>|~>|>)"
_WORDS_BETWEEN = r"에서|\bto\b|\binto\b|\bvs\.?|대비|,?\s*now\b|,?\s*현재"
_BETWEEN = kept_pattern(
    rf"(?:(?<!\s)\s+)?[)\]]?\s*(?:{_ARROW}|{_WORDS_BETWEEN})\s*[(\[]?\s*", re.IGNORECASE
)
_LEADS_NOWHERE = kept_pattern(
    rf"\s*{_ARROW}\s*(?:\?|-|…|미정|측정 중|집계 중|tbd|n/a|#[A-Z0-9/!?]+)?\s*", re.IGNORECASE
)
"""An arrow to what is not known yet: the number before it is the one before."""
_STARTED = kept_pattern(
    r"\b(?:from|went|goes?|fell|falls|rose|rises|dropped|drops|increased|decreased|improved|grew|moved|jumped|climbed|slipped|reduced|cut)\b",
    re.IGNORECASE,
)
_NAME_WITHIN = 160
"""Signs before a number in which its name is looked for; a name has at most forty."""
_CLAUSE = kept_pattern(
    r"[\n;,·|/()\[\]]|(?<!avg)(?<!approx)(?<!no)\.(?!\d)|:(?=\s|$)|\s[-–—]\s|[.!?]\s"
)
_PARTICLE = kept_pattern(r"(?<=[가-힣]{2})([은이을]|[는가를])\s*$|(?<=[\w)])(?:에서|기준)\s*$")
_MOVING = kept_pattern(
    r"\b(?:went|go(?:es)?|fell|falls|rose|rises|dropped|drops|increased|increases|decreased|decreases|improved|grew|grows|moved|moves|jumped|climbed|"
    r"slipped|shrank|reduced|shortened|changed|lifted|doubled|halved|cut|came|is|are|was|were|up|down|of|at|about|around|roughly|by|has|have|gone|still|stay(?:s|ed)?|remain(?:s|ed)?|from|the|our|and|but|so|both|only|to)\s*$",
    re.IGNORECASE,
)
_OFTEN = kept_pattern(
    r"(?:^|(?<=\s))(?:하루에?|매일|일주일에?|주당|매주|주에?|월에?|매월|월평균|한 "
    r"달에?|연|매년|\d*\s?[인명건회]당"
    r"|weekly|monthly|daily|per (?:week|month|day))\s*$",
    re.IGNORECASE,
)
"""How often, right before a count, is part of its unit and names nothing."""
_AROUND = kept_pattern(r"(?:(?<![가-힣])(?:약|총|대략|겨우|무려|평균)|~|≈|\s|[:=\-–—*•▪☑✅]|①|②)+$")
"""What stands between a number's name and the number: about, signs, bullets."""
_WORD_BEHIND = kept_pattern(r"\s?([^\W\d_]{1,12}(?:-[^\W\d_]{1,8})?)(?=$|[\n;,.)(])")
"""A short word at the end of a clause may be the unit of both numbers."""
_NO_UNIT = kept_pattern(r"(?:으로|로|까지|였|이|정도|쯤|수준|만|now|after).*", re.IGNORECASE)
"""Particles and words that end a Korean or English change; they are no unit."""
_AMBIGUOUS = kept_pattern(r"[▲△]\s*[₩$€]?\s*\d")
"""A triangle before a number may be a rise or, in accounts, a minus: it is not read
(reading rules 9.7)."""


@lru_cache(maxsize=1 << 11)
def read_change(text: str, decimal: Decimal = "") -> WrittenChange | None:
    """Return the first change that a text states, None for none or an ambiguous sign (▲).

    >>> found = read_change("참석 4→11명 (목표 10명)")
    >>> found.name, found.before, found.after, found.unit, found.target
    ('참석', 4.0, 11.0, '명', 10.0)
    >>> read_change("-3건").change, read_change("▲3%p")
    (-3.0, None)
    """
    changes = read_changes(text, decimal)
    return changes[0] if changes else None


@lru_cache(maxsize=1 << 11)
def read_changes(text: str, decimal: Decimal = "") -> tuple[WrittenChange, ...]:
    """Return all changes of a text in order.

    Pairs before anything else, a lone number only when there is no pair.
    """
    if len(text) > 2000 or not any(sign.isdigit() for sign in text):
        return ()
    plain = plain_number_text(text)
    found = find_numbers(plain, decimal)
    targets = [one for one in found if _label(plain, one) == "target"]
    rest = [one for one in found if one not in targets]
    changes = (
        _pairs(plain, rest)
        or _labelled(plain, rest)
        or _differences(plain, rest)
        or _single(plain, rest)
    )
    if targets and (changes or len(rest) == 0):
        first = changes[0] if changes else WrittenChange(unit=targets[0].number.unit)
        changes = [
            replace(
                first, target=targets[0].number.value, unit=first.unit or targets[0].number.unit
            ),
            *changes[1:],
        ]
    return tuple(changes)


def _pairs(plain: str, found: list[FoundNumber]) -> list[WrittenChange]:
    changes: list[WrittenChange] = []
    place = 0
    while place < len(found) - 1:
        last = place
        while last < len(found) - 1 and _connected(plain, found[last], found[last + 1]):
            last += 1
        if last > place:
            changes.append(_pair(plain, found[place], found[last]))
        place = last + 1
    return changes


def _connected(plain: str, first: FoundNumber, second: FoundNumber) -> bool:
    between = plain[first.end : second.start]
    if len(between) > 40 or not _units_agree(first.number.unit, second.number.unit):
        return False
    sign = _BETWEEN.search(_without_labels(between))
    if sign is None or not (
        sign.start() <= _NEAR or _is_behind_both(between[: sign.start()], plain[second.end :])
    ):
        return False
    rest = _without_labels(between)[sign.end() :].strip(" :=(")
    if "to" in sign[0].lower() and not (
        _STARTED.search(plain[max(0, first.start - 40) : first.start])
        or _is_fall(plain, first, second)
    ):
        return False
    return not rest or _is_repeated(rest, plain[max(0, first.start - 12) : first.start])


def _is_fall(plain: str, first: FoundNumber, second: FoundNumber) -> bool:
    """Return whether a text is nothing but "12% to 9%": a span of values would rise.

    Rising ones ("9% to 12%") may be a span, and in a sentence two shares may be parts ("60% to
    40%").
    """
    alone = not plain[: first.start].strip() and not plain[second.end :].strip(" .")
    shares = first.number.unit == second.number.unit == "%"
    return alone and shares and first.number.value > second.number.value


def _is_repeated(rest: str, before: str) -> bool:
    """Return whether the same word stands before both numbers: "주 1회→주 2회"."""
    return len(rest) <= 8 and bool(
        re.search(rf"(?:^|[\s,:(]){re.escape(rest)}\s*$", before, re.IGNORECASE)
    )


def _is_behind_both(said: str, after: str) -> bool:
    """Return whether the same words stand behind both numbers: "12 a month → 3 a month"."""
    return 0 < len(said.strip()) <= _SHORT_UNIT and after.lower().startswith(said.lower())


_NEAR = 3
"""Signs between a number and the arrow behind it: a short unit, a bracket."""
_SHORT_UNIT = 12
"""Signs of how often behind both numbers of a change; judgement: a sentence is longer."""


def _units_agree(first: str, second: str) -> bool:
    return first == second or not first or not second


def _without_labels(text: str) -> str:
    return _label_words().sub("", text)


def _pair(plain: str, first: FoundNumber, second: FoundNumber) -> WrittenChange:
    between = plain[first.end : second.start]
    sides = _label(plain, first), _label(plain, second)
    if sides == ("after", "before") or (
        sides == ("before", "before") and _is_control(plain, second)
    ):
        first, second = second, first
    unit = second.number.unit or first.number.unit
    fall = _is_fall(plain, first, second) and between.strip().lower() == "to"
    return WrittenChange(
        before=None if first.counts else first.number.value,
        after=None if second.counts else second.number.value,
        before_counts=first.counts,
        after_counts=second.counts,
        unit=unit or _own_unit(plain, second),
        name=name_before(plain, min(first.start, second.start)),
        comparison=_is_compared(plain[max(0, first.start - 12) : second.start])
        or " vs" in between.lower(),
        pair=not fall,
        fall=fall,
    )


def _own_unit(plain: str, last: FoundNumber) -> str:
    """Return an unknown unit where the clause ends behind it: "4 → 11 orders"."""
    found = _WORD_BEHIND.match(plain[last.end :])
    return found[1] if found and not _NO_UNIT.fullmatch(found[1]) else ""


def _labelled(plain: str, found: list[FoundNumber]) -> list[WrittenChange]:
    """Read "전 12 / 후 20", "control 4.1%, variant 5.0%"."""
    befores = [one for one in found if _label(plain, one) == "before"]
    controls = [one for one in befores if _is_control(plain, one)]
    before = next(iter([*controls, *befores]), None)
    after = next((one for one in found if _label(plain, one) == "after"), None)
    if before is not None and after is None and len(found) == 2:
        after = found[1] if before is found[0] else found[0]
    if before is None or after is None or not _units_agree(before.number.unit, after.number.unit):
        return []
    # "주문 12건 (기존 3건)": the name stands before the first of the two; before a variant, a side.
    apart = _is_control(plain, before) and "(" not in plain[after.end : before.start]
    first = before.start if apart else min(before.start, after.start)
    name = name_before(_without_labels(plain), len(_without_labels(plain[:first])))
    return [replace(_pair(plain, before, after), comparison=_is_compared(plain), name=name)]


def _is_control(plain: str, one: FoundNumber) -> bool:
    """Return whether a number is called the one in use or the control.

    Beside it a letter names what was tried: "A안 38% / 기존 31%".
    """
    return _control().search(plain[max(0, one.start - 16) : one.start]) is not None


@cache
def _control() -> re.Pattern[str]:
    choice = "|".join(re.escape(word) for word in load_words("measures")["labels"]["in_use"])
    return kept_pattern(
        rf"(?<![^\W\d_])(?:{choice})\s*(?:은|는|이|가)?\s*[:=(]?\s*$", re.IGNORECASE
    )


def _differences(plain: str, found: list[FoundNumber]) -> list[WrittenChange]:
    changes = []
    for one in found:
        way = _way(plain, one)
        if one.number.signed or way:
            value = one.number.value if one.number.signed else way * one.number.value
            changes.append(
                WrittenChange(
                    change=value, unit=one.number.unit, name=name_before(plain, one.start)
                )
            )
    return [] if _AMBIGUOUS.search(plain) else changes[:1]


def _way(plain: str, one: FoundNumber) -> int:
    """Return the direction in the word right behind a difference, or right before it: "3건 감소",
    "20%p up", "fell by 3".
    """
    found = _way_words().match(plain, one.end)
    if found is not None:
        return -1 if found[1].lower() in _ways("down") else 1
    by = _BY.search(plain[max(0, one.start - _BY_WITHIN) : one.start])
    return 0 if by is None else (-1 if by["down"] else 1)


_BY = kept_pattern(
    r"\b(?:up|rose|grew|increased|(?P<down>down|fell|dropped|decreased|declined))"
    r"(?:(?<!\s)\s+by)?(?:(?<!\s)\s+)?$",
    re.IGNORECASE,
)
"""Words that say by how much right before a number; "up to 3%" says how far."""
_BY_WITHIN = 20
"""Signs before a number in which such words end: the longest are "decreased by "."""


def _single(plain: str, found: list[FoundNumber]) -> list[WrittenChange]:
    if len(found) != 1 or _AMBIGUOUS.search(plain):
        return []
    one = found[0]
    if one.counts and "/" not in plain[one.start : one.end]:
        return []  # "신청 30명 중 12명 참석" tells of people, and names no number
    if _LEADS_NOWHERE.fullmatch(plain[one.end :]):
        before = None if one.counts else one.number.value
        name = name_before(plain, one.start)
        return [
            WrittenChange(before=before, before_counts=one.counts, unit=one.number.unit, name=name)
        ]
    after = None if one.counts else one.number.value
    unit = one.number.unit or (_own_unit(plain, one) if one.end - one.start < len(plain) else "")
    return [
        WrittenChange(
            after=after, after_counts=one.counts, unit=unit, name=name_before(plain, one.start)
        )
    ]


def name_before(plain: str, place: int) -> str:
    """Return the words that name the number at `place`.

    The clause before it, without particles and verbs of moving.
    """
    head = plain[max(0, place - _NAME_WITHIN) : place]
    cut = max((found.end() for found in _CLAUSE.finditer(head.rstrip(" :：(=-"))), default=0)
    name = head[cut:].strip(" :：=-–—(*•▪'\"")
    while (shorter := _without_ending(name)) != name:
        name = shorter
    only_a_number = len(found := find_numbers(name)) == 1 and found[0].end - found[0].start >= len(
        name
    )
    return (
        name
        if len(name) <= 40 and not only_a_number and any(sign.isalpha() for sign in name)
        else ""
    )


def _without_ending(name: str) -> str:
    """Return a name without the last word that says only which number it is, or that it moves."""
    return _label_at_end().sub("", _without_particle(_MOVING.sub("", _bare_name(name)))).strip()


def _bare_name(name: str) -> str:
    return _OFTEN.sub("", _AROUND.sub("", name)).strip()


def _without_particle(name: str) -> str:
    """Remove 은/는, 이/가, 을/를 where the syllable before takes it: "재방문율이", not "단가"."""
    found = _PARTICLE.search(name)
    if found is None:
        return name
    if found[1] and has_final(name[found.start() - 1]) != (found[1] in "은이을"):
        return name
    return name[: found.start()]


@cache
def _label_at_end() -> re.Pattern[str]:
    choice = "|".join(_label_choice(kind) for kind in ("before", "after", "target"))
    return kept_pattern(rf"(?:^|\s)(?:{choice})$", re.IGNORECASE)


@cache
def _label_choice(kind: str) -> str:
    return "|".join(
        re.escape(word)
        for word in sorted(load_words("measures")["labels"][kind], key=len, reverse=True)
    )


@cache
def _label_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    patterns = []
    for kind in ("target", "before", "after"):
        label = f"(?:{_label_choice(kind)})"
        ahead = rf"(?:^|[\s(\[/,;:·]){label}\s*(?:값|치|은|는|이|가)?\s*[:=(]?\s*(?:약\s*)?$"
        behind = rf"\s*[(\[]\s*{label}\s*[)\]]|\s+{label}(?=$|[\s,;/)])"
        patterns.append(
            (kind, kept_pattern(ahead, re.IGNORECASE), kept_pattern(behind, re.IGNORECASE))
        )
    return tuple(patterns)


@lru_cache(maxsize=1 << 11)
def _label(plain: str, one: FoundNumber) -> str:
    head, tail = plain[max(0, one.start - 24) : one.start], plain[one.end : one.end + 24]
    for kind, before, _ in _label_patterns():
        if before.search(head):
            return kind
    return next((kind for kind, _, after in _label_patterns() if after.match(tail)), "")


@cache
def _label_words() -> re.Pattern[str]:
    choice = "|".join(_label_choice(kind) for kind in ("before", "after"))
    return kept_pattern(rf"(?<![^\W\d_])(?:{choice})(?![^\W\d_])", re.IGNORECASE)


@cache
def _ways(way: str) -> frozenset[str]:
    return frozenset(load_words("measures")["ways"][way])


@cache
def _way_words() -> re.Pattern[str]:
    choice = "|".join(
        re.escape(word) for word in sorted(_ways("up") | _ways("down"), key=len, reverse=True)
    )
    return kept_pattern(rf"(?:(?<!\s)\s+)?(?:정도|가량|만큼|나|씩)?\s*({choice})", re.IGNORECASE)


@cache
def _compared() -> re.Pattern[str]:
    choice = "|".join(re.escape(word) for word in load_words("measures")["labels"]["compared"])
    return kept_pattern(rf"(?<![^\W\d_])(?:{choice})(?![^\W\d_])", re.IGNORECASE)


def _is_compared(text: str) -> bool:
    return _compared().search(text) is not None
