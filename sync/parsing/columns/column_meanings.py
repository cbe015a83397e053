"""What each column of a table means: an assignment over the whole table, with a reason for each.

    header words (vocabulary) + cells (profile) + neighbours and order ─► the assignment that fits
    best as a whole

Every column could mean many things; the best set of meanings is searched column by column, keeping
the best few hundred beginnings (a beam), so that a column of unknown wording takes the meaning that
the others leave open.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sync.parse_result import ParsedColumn
from sync.parsing.cells.outcomes import read_next_kind
from sync.parsing.cells.text import fold
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary.header_phrases import HeaderMeaning, header_meanings

from .column_profile import ColumnProfile, profile
from .compatibility import PartialAssignment, score_pair, score_whole
from .roles import DAY, OVERRIDES, ROLES, SWITCHES

BEAM = 80
_CHOICES = 9
_HOPELESS = 5.0
_SENTENCE = 28
_TOLD = 26
_MOSTLY = 0.5
_LOOKING_BACK = frozenset(
    {"retrospective", "success_factors", "failure_factors", "result", "learned"}
)
_NO_FIELD = 0.9
_SURE = 0.6
_SWITCHED = 0.96
_TO_TITLE = 0.8
"""A short text under a header that says what was done is only a title where another column says more."""
_OFTEN = 0.6
_TYPES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "people": ("owners", "people"),
    "created_by": ("author",),
    "last_edited_by": ("author",),
    "created_time": ("logged",),
    "last_edited_time": ("edited",),
    "unique_id": ("key",),
    "url": ("url",),
    "files": ("url",),
    "email": ("owners",),
    "phone_number": ("",),
    "multi_select": ("tags", "people", "metric_name", "applied_to"),
    "relation": ("applied_to", "links", "goal"),
    "button": ("",),
    "date": ("date", "start_date", "end_date", "due", "logged"),
    "checkbox": ("outcome", "done_check"),
    "status": ("status", "outcome"),
}


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A meaning that a column may have, what speaks for it, and the words for that."""

    role: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """A column and its meaning: the role, why, and how sure (0 to 1)."""

    role: str
    reason: str
    confidence: float
    profile: ColumnProfile


def assign_roles(
    columns: Sequence[TableColumn],
    overrides: Mapping[str, str],
    tab: str,
    profiles: Sequence[ColumnProfile] = (),
) -> list[ColumnMeaning]:
    """Return the meaning of each column, in the order of the columns.

    `profiles` where they are known already.
    """
    if not columns:
        return []
    profiles = profiles or [_profile(column) for column in columns]
    choices = [
        _choices(column, found, _override(column, overrides, tab))
        for column, found in zip(columns, profiles, strict=True)
    ]
    choices = _trios(columns, _titles_beside(choices))
    beginnings = [PartialAssignment()]
    for options in choices:
        grown = [
            (
                -(begun.score + option.score + score_pair(begun, option.role)),
                (*begun.roles, option.role),
                begun,
            )
            for begun in beginnings
            for option in options
        ]
        grown.sort(key=itemgetter(0, 1))
        beginnings = [begun.with_next(roles, -cost) for cost, roles, begun in grown[:BEAM]]
    best = max(beginnings, key=lambda begun: (begun.score + score_whole(begun.roles), begun.roles))
    roles = _refined(best.roles, profiles)
    return [
        _assigned(role, options, found)
        for role, options, found in zip(roles, choices, profiles, strict=True)
    ]


def _refined(roles: tuple[str, ...], profiles: Sequence[ColumnProfile]) -> tuple[str, ...]:
    """Settle between a trial's name and what was done.

    Of two actions the short first one is the name; a log without actions whose names are sentences
    tells them there; and remarks are what a log without any looking back has of it.
    """
    actions = [number for number, role in enumerate(roles) if role == "execution"]
    titles = [number for number, role in enumerate(roles) if role == "title"]
    if (
        len(actions) == 2
        and not titles
        and profiles[actions[0]].length * 1.6 < profiles[actions[1]].length
    ):
        return _with(roles, actions[0], "title")
    notes = [number for number, role in enumerate(roles) if role == "note"]
    if notes and not _LOOKING_BACK & set(roles) and profiles[notes[0]].share("text") >= _MOSTLY:
        return _with(roles, notes[0], "retrospective")
    if not actions and len(titles) == 1 and profiles[titles[0]].length >= _SENTENCE:
        return _with(roles, titles[0], "execution")
    return roles


def _with(roles: tuple[str, ...], number: int, role: str) -> tuple[str, ...]:
    return (*roles[:number], role, *roles[number + 1 :])


def _profile(column: TableColumn) -> ColumnProfile:
    held = sum(1 for value in column.values if value is not None)
    values = column.values if held >= len(column.options) else (*column.values, *column.options)
    return profile(values, len(column.inherited))


def _assigned(role: str, options: Sequence[RoleChoice], found: ColumnProfile) -> ColumnMeaning:
    chosen = next((option for option in options if option.role == role), options[0])
    rival = max((option.score for option in options if option.role != role), default=0.0)
    confidence = min(0.99, max(0.05, 0.5 + (chosen.score - rival) / 6))
    return ColumnMeaning(role, chosen.reason, round(confidence, 2), found)


def _override(column: TableColumn, overrides: Mapping[str, str], tab: str) -> str | None:
    names = {
        fold(f"{tab}!{column.letter}"),
        fold(column.header),
        fold(f"{column.group} {column.header}"),
        fold(column.letter),
    }
    for name, role in overrides.items():
        if fold(name) in names:
            return OVERRIDES.get(role, role if role in ROLES else "")
    return None


def _choices(column: TableColumn, found: ColumnProfile, override: str | None) -> list[RoleChoice]:
    if override is not None:
        return [RoleChoice(override, 10.0, "config")]
    nearness = _nearness(column)
    if column.type in _TYPES:
        sure = {role: near for role, near in nearness.items() if near[0] >= _SURE}
        nearness = sure | {
            role: nearness.get(role, (0.3, column.type)) for role in _TYPES[column.type]
        }
    if column.type == "title":
        nearness = {"title": (1.0, column.header)}
    options = [
        _choice(role, near, phrase, found)
        for role, (near, phrase) in _switched(nearness, found).items()
        if role in ROLES
    ]
    if column.type == "body without heading" and found.filled < _OFTEN:
        return [RoleChoice("", _NO_FIELD, "text without a heading")]
    if column.type not in _TYPES:
        known = {option.role for option in options}
        options += [
            _choice(role, 0.0, "", found)
            for role in ROLES
            if role not in known and _from_cells(role)
        ]
    blank = RoleChoice("", _NO_FIELD if found.size else 0.0, "no known meaning")
    options.sort(key=lambda option: (-option.score, option.role))
    likely = [
        option for option in options[:_CHOICES] if option.score > options[0].score - _HOPELESS
    ]
    return [*likely, blank]


def _from_cells(role: str) -> bool:
    """Only meanings that cells can show are taken without a word in the header."""
    return role in {
        "title", "goal", "hypothesis", "execution", "retrospective", "learned", "next_action", "next_kind", "outcome",
        "date", "start_date", "end_date", "week", "owners", "metric", "key", "unit", "tags", "before", "after", "url",
        "applied_to", "people", "metric_name",
    }  # fmt: skip


def _nearness(column: TableColumn) -> dict[str, tuple[float, str]]:
    """Return how near the header comes to each meaning.

    Its own words first, then with the group above it.
    """
    best: dict[str, tuple[float, str]] = {}
    if role := _several_kinds(column.header) or _next_with_kind(column.header):
        return {role: (1.0, column.header)}
    for text, weight in _header_texts(column):
        for meaning in header_meanings(text):
            _keep(best, meaning, weight)
    return best


def _header_texts(column: TableColumn) -> list[tuple[str, float]]:
    if not column.header:
        return [(column.group, 0.9)]
    if not column.group:
        return [(column.header, 1.0)]
    return [(column.header, 1.0), (f"{column.group} {column.header}", 0.97), (column.group, 0.55)]


_KIND_BEHIND = re.compile(r"^(.+?)\s*(?:[:：/]|\s[-–—]\s|[(\[])\s*([^()\[\]]+?)\s*[)\]]?$")


def _several_kinds(header: str) -> str:
    """Return the meaning of a header that lists the choices themselves ("그만/계속/시작"), "" for any other."""
    kinds = {read_next_kind(part) for part in re.split(r"[/·,|]", header)}
    return "next_kind" if len(kinds - {None}) >= 2 and None not in kinds else ""


def _next_with_kind(header: str) -> str:
    """Return the meaning of a header such as "Next: keep" or "다음 (그만)", "" for any other."""
    found = _KIND_BEHIND.match(header)
    kind = read_next_kind(found[2]) if found else None
    first = header_meanings(found[1])[:1] if found and kind else ()
    return (
        f"next_{kind}"
        if first and first[0].role == "next_action" and first[0].score >= _SURE
        else ""
    )


def _keep(best: dict[str, tuple[float, str]], meaning: HeaderMeaning, weight: float) -> None:
    score = meaning.score * weight
    if score > best.get(meaning.role, (0.0, ""))[0]:
        best[meaning.role] = (score, meaning.phrase)


def _switched(
    nearness: dict[str, tuple[float, str]], found: ColumnProfile
) -> dict[str, tuple[float, str]]:
    switched = dict(nearness)
    for role, sorts, other in SWITCHES:
        if found.serial and ROLES[role].cells is DAY:
            continue
        if role == "result" and other == "metric" and found.length > _TOLD:
            continue
        near, phrase = nearness.get(role, (0.0, ""))
        near *= _TO_TITLE if other == "title" else _SWITCHED
        if near >= 0.45 and found.share(*sorts) >= 0.5 and near > switched.get(other, (0.0, ""))[0]:
            switched[other] = (near, phrase)
    near, phrase = nearness.get("title", (0.0, ""))
    if (
        near >= 0.5
        and found.share("name") >= 0.6
        and found.distinct < 0.95
        and near > switched.get("owners", (0.0, ""))[0]
    ):
        switched["owners"] = (near, phrase)
    return switched


def _choice(role: str, near: float, phrase: str, found: ColumnProfile) -> RoleChoice:
    score = _header_score(near) + _cell_score(role, found)
    if near >= 0.3:
        return RoleChoice(role, score, f"“{phrase}”" if near >= 0.97 else f"≈ “{phrase}”")
    return RoleChoice(role, score, found.main or "empty")


def _header_score(near: float) -> float:
    """Turn the nearness of a header into evidence.

    A known phrase is nearly decisive, a distant one says little.
    """
    if near >= 0.97:
        return 4.2
    return 4.4 * near * near if near >= 0.3 else 0.0


def _cell_score(role: str, found: ColumnProfile) -> float:
    if not found.size:
        return 0.0
    kind = ROLES[role]
    fit = sum(kind.cells.get(sort, 0.0) * share for sort, share in found.shares)
    if found.serial and kind.cells is DAY:
        fit += 2.4 * found.share("number")
    if kind.voice and found.voice:
        fit += 2.4 * (found.sounds(kind.voice) - 0.14) * found.share("text", "short", "name")
    return fit + _habit(role, found)


def _habit(role: str, found: ColumnProfile) -> float:
    """What the column as a whole tells.

    Names and tags repeat, titles do not, helpers are rarer than owners.
    """
    enough = found.size >= 4
    few = enough and found.distinct <= 0.6
    habits: dict[str, float] = {
        "title": 0.3
        if found.distinct > 0.9 and enough and not found.inherited
        else -1.0
        if found.distinct < 0.6
        else 0.0,
        "goal": 0.7 * found.inherited + 0.5 * few,
        "owners": (0.5 if found.filled >= 0.7 else -0.3) + 0.4 * few,
        "people": 0.3 * (found.filled < 0.8) + 0.6 * found.several,
        "tags": (0.5 if few else -0.8) if found.length <= 16 else -1.0,
        "key": 0.4 if found.distinct > 0.95 else -1.5,
        "metric_name": 0.3 if enough and found.distinct <= 0.7 else -0.4,
    }
    if role in ("hypothesis", "execution", "retrospective", "learned"):
        return -1.0 * (enough and found.distinct < 0.5) + 0.2 * (found.length >= 18)
    return habits.get(role, 0.0)


def _titles_beside(choices: list[list[RoleChoice]]) -> list[list[RoleChoice]]:
    """A column is a title by a word for doing only where another column says what was done."""
    done = [
        place
        for place, options in enumerate(choices)
        if any(_named_as(one, "execution") for one in options)
    ]
    if len(done) != 1:
        return choices
    alone = choices[done[0]]
    reason = next(one.reason for one in alone if one.role == "execution")
    kept = [one for one in alone if one.role != "title" or one.reason != reason]
    return [kept if place == done[0] else options for place, options in enumerate(choices)]


def _named_as(choice: RoleChoice, role: str) -> bool:
    return choice.role == role and choice.reason[:1] in "“≈" and choice.reason != ""


_TOLD_BY = {
    0: "start · stop · continue",
    3: "keep · problem · try",
    4: "liked · learned · lacked · longed for",
}
_START_STOP = {"next_keep", "next_stop", "next_start"}


def _trios(
    columns: Sequence[TableColumn], choices: list[list[RoleChoice]]
) -> list[list[RoleChoice]]:
    """Columns that belong together name each other.

    Keep · problem · try, and start · stop · continue.
    """
    plain = [fold(column.header).strip(" :()[]*#·-") for column in columns]
    kpt = _named(
        plain, {"keep": "success_factors", "problem": "failure_factors", "try": "next_start"}
    )
    ssc = _named(
        plain,
        {
            "start": "next_start",
            "stop": "next_stop",
            "continue": "next_keep",
            "keep": "next_keep",
            "시작": "next_start",
            "그만": "next_stop",
            "중단": "next_stop",
            "계속": "next_keep",
            "유지": "next_keep",
        },
    )
    four = _named(
        plain,
        {
            "liked": "success_factors",
            "learned": "learned",
            "lacked": "failure_factors",
            "longed for": "next_action",
        },
    )
    found = (
        four
        if len(four) >= 3
        else kpt
        if len(kpt) == 3
        else ssc
        if set(ssc.values()) == _START_STOP
        else {}
    )
    return [
        [RoleChoice(found[place], 8.0, _TOLD_BY[4 if found is four else 3 if found is kpt else 0])]
        if place in found
        else options
        for place, options in enumerate(choices)
    ]


def _named(plain: Sequence[str], names: Mapping[str, str]) -> dict[int, str]:
    return {place: names[name] for place, name in enumerate(plain) if name in names}


def parsed_columns(
    columns: Sequence[TableColumn], meanings: Sequence[ColumnMeaning]
) -> tuple[ParsedColumn, ...]:
    """Return the assignment as `loopnote columns` shows it."""
    return tuple(
        ParsedColumn(
            letter=column.letter,
            header=f"{column.group} / {column.header}"
            if column.group and column.header
            else column.header or column.group,
            field=found.role,
            reason=found.reason,
            confidence=found.confidence,
            samples=found.profile.samples,
        )
        for column, found in zip(columns, meanings, strict=True)
    )
