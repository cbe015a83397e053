"""The roles that one column may have, scored by its header and its cells.

Only meanings that the column may have with some grade (see `grades`) are choices; the last one is
to have none.
"""

import re
from collections.abc import Collection, Sequence
from functools import cache

from notes.model.notes import NextKind
from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.outcomes import read_next_kind
from sync.parsing.cells.text import fold
from sync.parsing.layout.name_cells import are_names
from sync.parsing.profiles.column_profile import ColumnProfile, Sort
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import (
    EXACT,
    HINTED,
    KNOWN,
    HeaderMeaning,
    header_meanings,
    names_in,
    nearest_role,
    plain_header,
)

from .grades import TEXT_FIELDS, Grade, RoleChoice, contradicted, grade_of
from .roles import DAY, OVERRIDES, ROLES, SWITCHES

_CHOICES = 9
"""Meanings considered per column; judgement: bounds the assignment, later ones never win."""
_HOPELESS = 5.0
"""Score behind the best choice at which a meaning is dropped; judgement: neighbours cannot make
up for it."""
_TOLD = 26
"""Mean length in characters above which cells tell something and are no measurements; judgement."""
_NO_FIELD = 0.9
"""Score of having no meaning; judgement: a weak header over fitting cells scores less, a known
phrase more."""
_SURE = 0.6
"""Likeness from which a header overrules Notion's property type; judgement: near `KNOWN`."""
_SWITCHED = 0.96
"""Factor on the likeness of a header read as another meaning by its cells; judgement: the
literal meaning wins ties."""
_TO_TITLE = 0.8
"""A short text under a header that says what was done is only a title where another column says
more."""
_OFTEN = 0.6
"""Share of pages with text before any heading from which that text is a column; judgement: a
clear majority."""
_MOSTLY = 0.7
"""Share of texts, and of different ones, from which a column under a header of choices tells
something; judgement."""
_FEW_WORDS = 4
"""Mean words up to which cells may be measurements; judgement."""
_TYPED_CELLS: tuple[Sort, ...] = ("number", "date", "week", "tick", "change")
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
_BY_TYPE = frozenset({"author", "logged", "key", "url", "date", "status", "tags", "title"})
"""Meanings that a Notion type alone makes certain; of the others the header has to hint too."""

_TOLD_IN_WORDS = (("status", "execution"), ("next_kind", "next_action"))
"""Headers of a choice over cells that tell something: "진행 상황", "결정"."""
_CONCLUDED = ("outcome", "retrospective")
"""A header of verdicts over sentences none of which is one: "Conclusion", "어땠나"."""

_SIDES = ("before", "after", "target", "change")
"""What a number may be of a metric that another column names."""

_MAIN = frozenset({"goal", "hypothesis", "execution", "retrospective", "metric"})
"""What a log is kept for (method §1): a column that nobody knows is one of these before another."""
_TAKEN, _LACKED = 2.0, 1.0
"""As much as the cells of a column say at most, and half of it: judgement, only the order of the
choices follows from it."""

Nearness = dict[str, tuple[float, str]]


def choices_of(column: TableColumn, found: ColumnProfile, override: str | None) -> list[RoleChoice]:
    """Return the meanings that a column may have, best first, and none at the end.

    One where it is configured.
    """
    if override is not None:
        return [RoleChoice(override, 10.0, "config")]
    if own := _own_name(column, found):
        return [RoleChoice(own, 8.0, f"“{column.header}”")]
    if column.type == "body without heading" and found.filled < _OFTEN:
        return [RoleChoice("", _NO_FIELD, "text without a heading")]
    nearness = _switched(_typed(column, _nearness(column)), found)
    graded = _graded(column, found, nearness)
    options = [
        _choice(role, nearness.get(role, (0.0, "")), found, grade=grade) for role, grade in graded
    ]
    options.sort(key=lambda option: (-option.score, option.role))
    likely = [
        option for option in options[:_CHOICES] if option.score > options[0].score - _HOPELESS
    ]
    return [*likely, RoleChoice("", _NO_FIELD if found.size else 0.0, "no known meaning")]


def candidates_of(
    column: TableColumn, found: ColumnProfile, taken: Collection[str] = ()
) -> tuple[str, ...]:
    """Return what a column with an open meaning may be, best first, at most three.

    The choices of the question about it: names that the configuration takes. A meaning that can
    make nothing of the cells is none; numbers under a header that says no side are a metric of
    its name. A field that another column has (`taken`) comes after those that the table lacks,
    the method's main ones first among these.
    """
    nearness = _switched(_typed(column, _nearness(column)), found)
    scored = [
        _choice(role, nearness.get(role, (0.0, "")), found, grade="likely")
        for role in ROLES
        if ROLES[role].feeds in OVERRIDES and not contradicted(role, found)
    ]
    scored.sort(key=lambda option: (-option.score - _lacking(option.role, taken), option.role))
    sided = any(nearness.get(role, (0.0, ""))[0] >= HINTED for role in _SIDES)
    measured = column.header and not sided and found.share("number", "change") >= _MOSTLY
    first = ["metric"] if measured else []
    fields = dict.fromkeys([*first, *(ROLES[one.role].feeds for one in scored[:6])])
    return tuple(fields)[:3]


def _lacking(role: str, taken: Collection[str]) -> float:
    """Return how much likelier a table makes a field by what it has and lacks otherwise."""
    field = ROLES[role].feeds
    if field in taken:
        return -_TAKEN
    return _LACKED if taken and field in _MAIN else 0.0


def _graded(
    column: TableColumn, found: ColumnProfile, nearness: Nearness
) -> list[tuple[str, Grade]]:
    near = {role: value for role, (value, _) in nearness.items()}
    said = _nearness(column)
    switched = {
        role
        for role, value in near.items()
        if value > said.get(role, (0.0, ""))[0] and value >= HINTED
    }
    types = _TYPES.get(column.type, ())
    graded: list[tuple[str, Grade]] = []
    judged_by = _is_criterion(said)
    for role in ROLES:
        if judged_by and role == "goal":
            continue
        allowed = column.type not in _TYPES or role in types or near.get(role, 0.0) >= _SURE
        typed = role in types and (
            role in _BY_TYPE or (column.type == "people" and role == "owners")
        )
        if (
            column.type not in _TYPES
            and role in switched
            and (near[role] >= KNOWN or role in TEXT_FIELDS)
        ):
            graded.append((role, "certain"))
        elif allowed and (grade := grade_of(role, near, found, typed=typed)):
            graded.append((role, grade))
    return graded


@cache
def _own_names() -> dict[str, str]:
    return {
        fold(name): role for role, names in load_words("headers")["exact"].items() for name in names
    }


def is_own_name(header: str) -> bool:
    """Return whether a header is the method's very name of a field."""
    return bool(header) and plain_header(header) in _own_names()


def _own_name(column: TableColumn, found: ColumnProfile) -> str:
    """Return the field of the method whose very name the header is.

    Numbers and days under it may still decide.
    """
    role = _own_names().get(plain_header(column.header), "") if column.header else ""
    role = role or _own_name_in_brackets(column.header)
    told = found.share(*_TYPED_CELLS) < 0.5 or all(map(_TURN.fullmatch, found.samples))
    return role if role and told and column.type in ("", "body", "rich_text") else ""


_TURN = kept_pattern(
    r"(?:제\s?)?\d{1,3}\s?(?:회차|차|차시|단계|번째|탄)|(?:round|step|part|phase) \d{1,3}",
    re.IGNORECASE,
)
"""A cell that counts how often something was done ("4회차"): a word, not a number."""


def _own_name_in_brackets(header: str) -> str:
    """Return the field whose very name explains a header that only names a thing: "안건(목표)"."""
    head, _, rest = header.strip().removesuffix(")").partition("(")
    role = _own_names().get(plain_header(rest), "") if head and rest else ""
    return role if nearest_role(head, EXACT) in ("", "title", "note") else ""


def _typed(column: TableColumn, nearness: Nearness) -> Nearness:
    if column.type == "title":
        return {"title": (1.0, column.header)}
    if column.type not in _TYPES:
        return nearness
    sure = {role: near for role, near in nearness.items() if near[0] >= _SURE}
    return sure | {
        role: nearness.get(role, (0.3, column.type)) for role in _TYPES[column.type] if role
    }


def _nearness(column: TableColumn) -> Nearness:
    """Return how near the header comes to each meaning.

    Its own words first, then with the group above it.
    """
    best: Nearness = {}
    if role := several_kinds(column.header) or _next_with_kind(column.header):
        return {role: (1.0, column.header)}
    for text, weight in _header_texts(column):
        for meaning in header_meanings(text):
            _keep(best, meaning, weight)
    if _PERSON_AT_END.search(plain_header(column.header)):
        best = {role: near for role, near in best.items() if role in _PERSONS}
    return {role: near for role, near in best.items() if role in ROLES}


def _header_texts(column: TableColumn) -> list[tuple[str, float]]:
    if not column.header:
        return [(column.group, 0.9)]
    if not column.group:
        return [(column.header, 1.0)]
    return [(column.header, 1.0), (f"{column.group} {column.header}", 0.97), (column.group, 0.55)]


_PERSON_AT_END = kept_pattern(
    r"(?:^|\s)(?:사람|사람들|분들|팀원|동료|담당자)$|(?:한|된|준|할|될|운|본)\s?분$"
)
"""A header that ends in a person names somebody, whatever stands before ("도움이 필요한 사람")."""
_PERSONS = frozenset(
    {"owners", "people", "author", "giver", "receiver", "approval", "mention", "audience", "key"}
)
_KIND_BEHIND = kept_pattern(r"^(.+?) ?(?:[:：/]| [-–—] |[(\[]) ?([^()\[\]]{1,40}?) ?[)\]]?$")
"""A kind behind a meaning, in a header with single spaces. Words of a kind are short; without a
bound, many colons before a bracket would be tried to the end from each of them."""


def several_kinds(header: str) -> str:
    """Return the role of a header that lists the choices ("그만/계속/시작"), "" for any other."""
    return "next_kind" if len(set(kinds_offered(header))) > 1 else ""


def kinds_offered(header: str) -> list[NextKind]:
    """Return the kinds among which a header lets choose, besides such as are none of the three
    ("수정"); none where it names something else.

    >>> kinds_offered("Keep / drop / tweak"), kinds_offered("Keep / result"), kinds_offered("Keep")
    (['keep', 'stop'], [], [])
    """
    names = names_in(header)
    kinds = [read_next_kind(name) for name in names if fold(name) not in _OTHERWISE]
    known = [kind for kind in kinds if kind is not None]
    return known if len(names) > 1 and len(known) == len(kinds) else []


_OTHERWISE = frozenset(
    {
        "change",
        "adapt",
        "pivot",
        "adjust",
        "tweak",
        "improve",
        "수정",
        "보완",
        "변경",
        "개선",
        "조정",
    }
)
"""Choices beside keep, stop and start that are none of the three."""


def _next_with_kind(header: str) -> str:
    """Return the meaning of a header such as "Next: keep" or "다음 (그만)", "" for any other."""
    found = _KIND_BEHIND.match(" ".join(header.split()))
    kind = read_next_kind(found[2]) if found else None
    role = nearest_role(found[1], _SURE) if found and kind else ""
    return f"next_{kind}" if role == "next_action" else ""


def _keep(best: Nearness, meaning: HeaderMeaning, weight: float) -> None:
    score = meaning.score * weight
    if score > best.get(meaning.role, (0.0, ""))[0]:
        best[meaning.role] = (score, meaning.phrase)


def _switched(nearness: Nearness, found: ColumnProfile) -> Nearness:
    """Add the other meanings of headers whose cells are of another sort (`roles.SWITCHES`)."""
    if _is_criterion(nearness) and found.share("text", "short") >= _MOSTLY:
        return {role: near for role, near in nearness.items() if near[0] >= EXACT}
    switched = dict(nearness)
    for role, sorts, other in SWITCHES:
        if not _may_switch(role, other, nearness, found=found):
            continue
        near, phrase = nearness.get(role, (0.0, ""))
        near *= _TO_TITLE if other == "title" else _SWITCHED
        known = switched.get(other, (0.0, ""))[0] if other else 1.0
        if near >= HINTED and found.share(*sorts) >= 0.5 and near > known:
            switched[other] = (near, phrase)
    _switch_words(switched, nearness, found)
    if _is_limit(switched.get("before", (0.0, "")), found):
        switched["target"] = max(switched.get("target", (0.0, "")), switched.pop("before"))
    near, phrase = nearness.get("outcome", (0.0, ""))
    if near >= KNOWN and _tells_kinds(found.samples):
        switched.pop("outcome", None)
        switched["next_kind"] = (near, phrase)
    _switch_people(switched, nearness, found)
    return switched


def _switch_words(switched: Nearness, nearness: Nearness, found: ColumnProfile) -> None:
    """Add what a status or a step means where its cells tell it in words."""
    if found.share("text", "short") >= _MOSTLY and found.words >= 2 and found.distinct > _MOSTLY:
        for role, other in _TOLD_IN_WORDS if found.verdicts else (*_TOLD_IN_WORDS, _CONCLUDED):
            near, phrase = nearness.get(role, (0.0, ""))
            if near >= HINTED:
                switched[other] = max(switched.get(other, (0.0, "")), (near * _SWITCHED, phrase))


def _switch_people(switched: Nearness, nearness: Nearness, found: ColumnProfile) -> None:
    """Add the owners where the names of things are those of people."""
    near, phrase = nearness.get("title", (0.0, ""))
    short = found.share("name", "unit") >= 0.6  # "Ilse" is as short as a unit
    people = are_names(found.samples) or (short and found.distinct < 0.95)
    if (
        near >= EXACT
        and people
        and phrase in ("name", "이름")
        and near > switched.get("owners", (0.0, ""))[0]
    ):
        switched["owners"] = (near, phrase)


def _is_limit(before: tuple[float, str], found: ColumnProfile) -> bool:
    """Return whether cells say what a number has to keep to: a target, no state of before."""
    near, phrase = before
    if not near or not found.samples:
        return False
    enough = any if phrase in _STANDARDS else all
    return enough(_LIMIT.search(sample) is not None for sample in found.samples)


_LIMIT = kept_pattern(
    r"\d\s?\S{0,4}\s?(?:이상|이하|미만|초과|이내)|[≥≤<>]\s?\d"
    r"|\b(?:at least|at most|up to|max|min)\b",
    re.IGNORECASE,
)
_STANDARDS = frozenset({"기준", "기준값", "기준치", "standard", "reference"})
"""Headers that name a state of before, or what is to be kept to: a single limit tells."""


def _tells_kinds(samples: Sequence[str]) -> bool:
    """Return whether cells under a conclusion say what goes on and what stops ("계속", "그만").

    Without one that goes on they may be verdicts ("중단").
    """
    kinds = [read_next_kind(sample) for sample in samples]
    return len(kinds) > 1 and None not in kinds and "keep" in kinds and len(set(kinds)) > 1


def _may_switch(role: str, other: str, nearness: Nearness, *, found: ColumnProfile) -> bool:
    """Return whether cells of another sort may give a header's meaning to another role."""
    names_measures = nearness.get("metric_name", (0.0, ""))[0] >= EXACT
    if (found.serial and ROLES[role].cells is DAY) or (
        role == "target" and other == "goal" and names_measures
    ):
        return False
    if role == "result" and other == "metric":
        return _measures(found)
    if role == "metric" and other == "result":
        return _holds_numbers(found)
    if role == "execution" and other == "status":
        return found.share("status") >= _MOSTLY
    return _may_be_otherwise(role, other, nearness)


def _is_criterion(nearness: Nearness) -> bool:
    """Return whether a header says what a trial is judged by."""
    near, phrase = nearness.get("target", (0.0, ""))
    return near >= EXACT and phrase in load_words("headers")["criteria"]


def _may_be_otherwise(role: str, other: str, nearness: Nearness) -> bool:
    """Return whether a header leaves room for another role."""
    if role == "target" and other == "goal":
        return not _is_criterion(nearness)
    if role == "success_factors" and other == "outcome":  # "Keep?" asks what is to come
        asks = nearness.get("next_kind", (0.0, ""))[0] >= EXACT
        return not asks and nearness.get(role, (0.0, ""))[0] >= EXACT
    if role == "after" and other == "outcome":  # a "Variant" may be green, new or open
        return nearness.get("execution", (0.0, ""))[0] < EXACT
    if role == "title":  # "Result summary" is a result, however much like a summary
        said = nearness.get("title", (0.0, ""))[0]
        return said >= EXACT or max((near for near, _ in nearness.values()), default=0.0) < EXACT
    return True


def _measures(found: ColumnProfile) -> bool:
    """Return whether cells under "Result" measure something: changes, or numbers with a unit.

    Bare ones may be scores.
    """
    if found.length > _TOLD or found.words > _FEW_WORDS:
        return False
    return found.share("change") >= 0.5 or any(
        not sample.replace(".", "", 1).isdigit() for sample in found.samples
    )


def _holds_numbers(found: ColumnProfile) -> bool:
    """Return whether texts under "Metric" tell numbers; without any they are names of metrics."""
    return any(any(map(str.isdigit, sample)) for sample in found.samples)


def _choice(
    role: str, near: tuple[float, str], found: ColumnProfile, *, grade: Grade
) -> RoleChoice:
    value, phrase = near
    score = _header_score(value) + _cell_score(role, found)
    if value >= 0.3:
        return RoleChoice(role, score, f"“{phrase}”" if value >= EXACT else f"≈ “{phrase}”", grade)
    return RoleChoice(role, score, found.main or "empty", grade)


def _header_score(near: float) -> float:
    """Return the score of a header's likeness.

    A known phrase is nearly decisive, a distant one says little.
    """
    if near >= EXACT:
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
    """Return the score of what the column as a whole shows.

    Names and tags repeat, titles do not, helpers are rarer than owners.
    """
    enough = found.size >= 4
    few = enough and found.distinct <= 0.6
    unlike = 0.3 if found.distinct > 0.9 and enough and not found.inherited else 0.0
    habits: dict[str, float] = {
        "title": -1.0 if found.distinct < 0.6 else unlike,
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


def titles_beside(choices: Sequence[list[RoleChoice]]) -> list[list[RoleChoice]]:
    """Drop the title role by a word for doing, unless another column says what was done; and the
    deeds that sentences under a word for titles may be, where another's very word says them.
    """
    if any(one.reason.startswith("“") for options in choices for one in _of(options, "execution")):
        choices = [_without_told_titles(options) for options in choices]
    done = [
        place
        for place, options in enumerate(choices)
        if any(_named_as(one, "execution") for one in options)
    ]
    if len(done) != 1:
        return list(choices)
    alone = choices[done[0]]
    reason = next(one.reason for one in alone if one.role == "execution")
    kept = [one for one in alone if one.role != "title" or one.reason != reason]
    return [kept if place == done[0] else options for place, options in enumerate(choices)]


def _without_told_titles(options: list[RoleChoice]) -> list[RoleChoice]:
    """Return the choices without a deed that only the length of the cells makes of a title."""
    titles = {f"≈ {one.reason}" for one in _of(options, "title")}
    return [one for one in options if one.role != "execution" or one.reason not in titles]


def _of(options: Sequence[RoleChoice], role: str) -> list[RoleChoice]:
    return [one for one in options if one.role == role]


def _named_as(choice: RoleChoice, role: str) -> bool:
    return choice.role == role and choice.reason[:1] in "“≈" and choice.reason != ""
