"""Parses the people and teams that a cell names.

`김하늘 팀장님`, `@하늘`, `Kim (CS)`, `박서준, 이민 / Lee`, `하늘과 서준`, addresses.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

from .korean_endings import has_final
from .text import clean, fold, is_placeholder

_NO_ALIASES: Mapping[str, str] = {}
"""A team without `people.aliases`."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person or a team.

    The name without title and "@" (an address where no name stands), the team in brackets.
    """

    name: str
    team: str = ""
    email: str = ""


_LONG_NAME = 4
"""Syllables of a Korean full name whose surname has two."""
_LONGEST_NAME = 120
"""Signs that a name with its titles and brackets may have."""
_MAIL = kept_pattern(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAMED_MAIL = kept_pattern(rf"(.*?)\s*[<(]\s*({_MAIL.pattern})\s*[>)]")
_SEPARATORS = kept_pattern(
    r"(?:(?<!\s)\s+)?(?:[,;/|\n、，；·ㆍ&+＋]|->|→|\band\b|\bwith\b|(?<=\s)및(?=\s)|(?<=\s)(?:와|과|x)(?=\s))\s*",
    re.IGNORECASE,
)
_BRACKETS = kept_pattern(r"(?:(?<!\s)\s+)?[(\[（【]([^()\[\]（）【】]*)[)\]）】]\s*")
_OTHERS = kept_pattern(
    r"(?:(?<!\s)\s+)?(?:외|등)\s*\d*\s*(?:명|인)?$|\s+\+\s*\d+$|\s+et al\.?$", re.IGNORECASE
)
_JOINED = kept_pattern(r"([가-힣]{2,4})(?:와|과|하고|이랑|랑)\s+([가-힣]{2,4})")
_HANGUL_NAMES = kept_pattern(r"[가-힣]{2,4}(?:\s+[가-힣]{2,4})+")
_INITIAL = kept_pattern(r"(?:^|\s)[A-Z]\.$")
_MENTION = kept_pattern(r"(?<![\w.@/])@\s?([^\W\d_][\w가-힣.-]*[\w가-힣]|[^\W\d_])")
_PARTICLES = kept_pattern(
    r"(?<=[가-힣]{2})(?:께서|에게서|에게|한테|께|이랑|랑|하고|이|가|은|는|을|를|과|와|의|도)$"
)
"""The grammar of a cell of people (reading rules 8): addresses, what parts names, brackets, "외
2명" and "et al.", names joined by particles, initials, mentions, particles behind a name."""


@lru_cache(maxsize=1 << 11)
def read_people(text: str) -> tuple[NamedPerson, ...]:
    """Return the people and teams that an owner cell names, in order, each once.

    None for a placeholder.

    >>> [person.name for person in read_people("김하늘 팀장님, @서준 / Park (Ops)")]
    ['김하늘', '서준', 'Park']
    """
    if len(text) > 400 or is_placeholder(text):
        return ()
    plain = _JOINED.sub(r"\1, \2", clean(text))
    plain = (
        re.sub(r"(?<=\S)\s*@(?=[^\W\d_])(?<![\w]@)", ", @", plain)
        if "@" in plain and not _MAIL.search(plain)
        else plain
    )
    people: dict[str, NamedPerson] = {}
    for piece in _pieces(plain):
        person = _person(piece)
        if person is not None:
            people.setdefault(name_key(person.name), person)
    return tuple(people.values())


def people_names(text: str, aliases: Mapping[str, str] = _NO_ALIASES) -> tuple[str, ...]:
    """Return the names of `read_people`, other spellings replaced by the one to keep."""
    names = (canonical_name(person.name, aliases) for person in read_people(text))
    return tuple(dict.fromkeys(name for name in names if name))


def mentions(text: str, aliases: Mapping[str, str] = _NO_ALIASES) -> tuple[str, ...]:
    """Return whom a text mentions by "@", without titles and particles; addresses are no mentions.

    >>> mentions("@하늘님께 공유, @Mina helped (mail kim@example.org)")
    ('하늘', 'Mina')
    """
    if "@" not in text:
        return ()
    found = (
        _without_title(_without_particle(match[1]))
        for match in _MENTION.finditer(_MAIL.sub(" ", clean(text)))
    )
    return tuple(dict.fromkeys(canonical_name(name, aliases) for name in found if name))


def canonical_name(name: str, aliases: Mapping[str, str]) -> str:
    """Return the spelling to keep of a name.

    `aliases` maps other spellings, compared as `name_key` does.
    """
    if not aliases:
        return name
    return aliases.get(name) or _folded(tuple(sorted(aliases.items()))).get(name_key(name), name)


@lru_cache(maxsize=1 << 11)
def name_key(name: str) -> str:
    """Return what is the same for all spellings of one name: no case, title, bracket, "@" or space.

    >>> name_key("김하늘 팀장님") == name_key("@김 하늘") == name_key("김하늘 (CS)")
    True
    """
    if len(name) > _LONGEST_NAME:
        return "".join(fold(name).split())
    bare = _BRACKETS.sub(" ", fold(name)).strip(" @#.,") or fold(name)
    return re.sub(r"[\s.]+", "", _without_title(bare))


def same_person(first: str, second: str, aliases: Mapping[str, str] = _NO_ALIASES) -> bool:
    """Return whether two spellings name one person.

    A given name alone is not taken for a full name.
    """
    return name_key(canonical_name(first, aliases)) == name_key(canonical_name(second, aliases))


@lru_cache(maxsize=16)
def _folded(aliases: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name_key(spelling): name for spelling, name in aliases}


def _pieces(plain: str) -> Iterable[str]:
    protected = _BRACKETS.sub(lambda found: _hidden(found[0]), plain)
    for hidden in _SEPARATORS.split(protected):
        piece = hidden.translate(_SHOW)
        if (
            _HANGUL_NAMES.fullmatch(piece)
            and not _is_titled(piece)
            and all(map(_full_name, piece.split()))
        ):
            yield from piece.split()
        else:
            yield piece


def _hidden(bracket: str) -> str:
    """Keep separators inside a bracket from cutting; the blanks around it stay as they are."""
    inner = bracket.strip()
    return bracket.replace(inner, inner.translate(_HIDE))


_HIDE = {ord(sign): 0xE000 + n for n, sign in enumerate(",;/|\n、，；·ㆍ&+＋")}
"""Separators inside brackets become private-use characters while a cell is split."""
_SHOW = {code: chr(sign) for sign, code in _HIDE.items()}
"""Puts hidden signs back."""


def _full_name(word: str) -> bool:
    """Return whether a word has the shape of a full name: of four syllables the first two are the
    surname, so that an office before a name ("현장지원 고반장") is no second person.
    """
    if len(word) == _LONG_NAME:
        return word[:2] in _set("long_surnames")
    known = len(word) == _LONG_NAME - 1 and word[0] in load_words("people")["surnames"]
    return known and not _is_trade(word)


def _is_trade(word: str) -> bool:
    """Return whether a word says what somebody does: "위생사 민가온" is one person."""
    return word in _set("trades") or (len(word) > 2 and word.endswith("사"))


def _is_titled(piece: str) -> bool:
    """Return whether 2 to 4 words are one name with a title or a team, not several names."""
    return any(
        word.removesuffix("님") in _set("titles") or word.endswith(tuple(_set("teams")))
        for word in piece.split()
    )


def _is_office(word: str) -> bool:
    """Return whether a word of several is where somebody works: "IT지원", "대외협력"."""
    behind = any(word.endswith(place) and word != place for place in _set("places"))
    return behind and not _full_name(word)


def _person(piece: str) -> NamedPerson | None:
    named = _NAMED_MAIL.fullmatch(piece.strip())
    if named is not None and named[1].strip():
        return NamedPerson(named[1].strip(), email=named[2])
    mail = _MAIL.fullmatch(piece.strip(" <>"))
    if mail is not None:
        return NamedPerson(mail[0], email=mail[0])
    brackets = _BRACKETS.search(piece)
    bare = (_BRACKETS.sub(" ", piece) if brackets else piece).strip(" @#-*•:'\"")
    bare = bare if _INITIAL.search(bare) else bare.strip(" .")
    if not bare and brackets:
        return NamedPerson(brackets[1].strip(" @#"))
    bare = _without_title(_without_team(_OTHERS.sub("", _without_label(bare)).strip(" @")))
    if not bare or is_placeholder(bare) or not any(sign.isalpha() for sign in bare):
        return None
    return NamedPerson(bare, team=brackets[1].strip() if brackets else "")


def _without_label(text: str) -> str:
    found = re.match(r"([^\s:]+)\s*:\s*(.+)", text)
    return found[2] if found and found[1].lower() in _set("labels") else text


def _without_team(text: str) -> str:
    """Return the name of "CS팀 김하늘", "영업 담당 김하늘", "위생사 민가온"; a team alone stays."""
    first, _, rest = text.partition(" ")
    role, _, name = rest.partition(" ")
    if rest and _full_name(rest) and (_is_trade(first) or first in _set("titles")):
        return rest
    if _is_office(first) and _full_name(rest) and rest.removesuffix("님") not in _set("titles"):
        return rest
    if first in _set("places") and role in _set("titles") and re.fullmatch(r"[가-힣]{2,4}", name):
        return name
    found = re.fullmatch(r"\S+(?:팀|본부|파트|센터|셀|실)\s+([가-힣]{2,4}(?:\s?\S+)?)", text)
    return found[1] if found and found[1] not in _set("titles") else text


@lru_cache(maxsize=1 << 11)
def _without_title(name: str) -> str:
    """Return a name without its titles.

    A title that makes a role of its word stays ("병원 코디", "옆집 김 대리", "Project Manager").
    """
    name = _title_before().sub("", name).strip()
    for _ in range(2):
        found = _title_behind().fullmatch(name)
        bare = (found[1] or found[2]).strip() if found else ""
        if not bare or bare.lower() in _set("titles"):
            break
        last = bare.lower().rpartition(" ")[2]
        if last in _set("places") or len(last) == 1:  # a surname alone needs its title
            return name if name.endswith("선생님") else name.removesuffix("님")
        name = bare
    return name


def _without_particle(name: str) -> str:
    found = _PARTICLES.search(name)
    if found is None:
        return name
    closed = has_final(name[found.start() - 1])
    if (found[0] in ("이", "은", "을", "과") and not closed) or (
        found[0] in ("가", "는", "를", "와") and closed
    ):
        return name
    return name[: found.start()]


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(load_words("people")[kind])


@cache
def _title_behind() -> re.Pattern[str]:
    """Return a title behind a space, or attached to a name of at least two syllables."""
    choice = "|".join(re.escape(title) for title in sorted(_set("titles"), key=len, reverse=True))
    return kept_pattern(rf"(.+?)\s+(?:{choice})님?|(.*[가-힣]{{2}})(?:{choice})님?", re.IGNORECASE)


@cache
def _title_before() -> re.Pattern[str]:
    choice = "|".join(re.escape(title) for title in _set("before"))
    return kept_pattern(rf"^(?:{choice})\.?\s+(?=\S)", re.IGNORECASE)
