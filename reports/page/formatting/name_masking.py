"""Masks names in a text: every spelling of everybody, for counts or initials only (ADR 0712).

Spellings of 김하늘: the whole name, the given name with a nickname's ending (하늘이), with a title
or a kinship word (하늘님, 하늘 언니, 김 대리), with any particle (하늘이한테); of Dana Whitlock:
both names and each of them. Addresses and handles are masked as well. Masking fails closed: what
follows a given name without being a known ending is masked with it.

A team has many names and a text few: a spelling's pattern is made, and searched, only where the
letters stand in the text that it cannot do without (`_Spelling.needs`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from notes.messages.particles import particle
from reports.analysis.text.vocabulary import words

from .person_names import in_parts, is_name, is_only_title

_ADDRESS = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])@[\w가-힣.-]+")
_TWO_FORMS = ("과/와", "은/는", "이/가", "을/를", "이랑/랑", "으로/로", "이나/나")
_PAIRS = {form: pair for pair in _TWO_FORMS for form in pair.split("/")}
_NO_NAMES = ("색", "빛", "길", "공원")
"""Endings after which a given name that is also a word is a thing: 하늘색, 보라빛."""


def masked(text: str, people: tuple[str, ...], shown: Callable[[str], str], *, address: str) -> str:
    """Return the text with every spelling of the people replaced by what `shown` returns.

    Args:
        text: the log's own words.
        people: all names of the log, as its columns and texts spell them.
        shown: takes a name and gives what stands for it ("한 사람", "ㄱㅎㄴ").
        address: what stands for a mail address or a handle.
    """
    text = _ADDRESS.sub(address, text).replace(f"({address})", address)
    for one in _spellings(people):
        if one.may_stand_in(text):
            pattern = _pattern(one.shape, one.letters)
            text = pattern.sub(lambda found, whole=one.whole: _replaced(found, whole, shown), text)  # type: ignore[misc]
    return text


def _replaced(found: re.Match[str], whole: str, shown: Callable[[str], str]) -> str:
    rest = found.groupdict().get("rest") or ""
    if rest.startswith(_NO_NAMES) and len(rest) <= 2:
        return found[0]
    owns = found[0][-2:] if found[0].endswith(("'s", "’s")) else ""
    instead = shown(whole) + owns
    ending = next((one for one in words("particle") if rest.endswith(one)), "")
    pair = _PAIRS.get(ending)
    return instead + (particle(instead, pair) if pair else ending)


_OTHER_CASES = frozenset("İıſ\N{KELVIN SIGN}")
"""Letters that a pattern in any case takes for i, s or k, and `str.lower` does not make one."""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a name: the expression's shape, and the letters of the name in it.

    `whole` is the name it stands for; `needs` are letters without which the expression finds
    nothing, "" where it has to be searched; in `any_case`, however they are written.
    """

    shape: Callable[[str], str]
    letters: str
    whole: str
    needs: str
    any_case: bool = False

    def may_stand_in(self, text: str) -> bool:
        """Return False where the expression finds nothing in the text."""
        if self.needs in text:
            return True
        return self.any_case and (
            self.needs.lower() in text.lower() or not _OTHER_CASES.isdisjoint(text)
        )


@lru_cache(maxsize=2048)
def _pattern(shape: Callable[[str], str], letters: str) -> re.Pattern[str]:
    return re.compile(shape(letters))


@lru_cache(maxsize=64)
def _spellings(people: tuple[str, ...]) -> tuple[_Spelling, ...]:
    """Return the spellings to search, whole names first."""
    named = [person for person in people if person.strip() and (is_name(person) or _titled(person))]
    beside = filter(None, map(in_parts, people))
    named += [f"{name} {title}".strip() for _, name, title in beside]
    named = list(dict.fromkeys(named))
    whole = [_whole(person) for person in named]
    return (*whole, *(part for person in named for part in _parts(person)))


def _titled(person: str) -> bool:
    return not is_only_title(person) and bool(
        re.fullmatch(rf"[가-힣]{{1,3}}\s?(?:{_titles()})(?:님)?", person)
    )


@lru_cache(maxsize=1)
def _titles() -> str:
    return "|".join(
        sorted(
            (*words("person_title"), *words("honorific"), *words("kinship")), key=len, reverse=True
        )
    )


@cache
def _offices() -> str:
    return "|".join(words("person_title"))


@cache
def _particles() -> str:
    return "|".join(words("particle"))


def _whole(person: str) -> _Spelling:
    if person.isascii():
        return _latin_name(person, person)
    held = person[1:] if _HANGUL_NAME.fullmatch(person) else max(person.split(), key=len)
    return _Spelling(_whole_name, person, person, held)


def _whole_name(person: str) -> str:
    spaced = r"\s?".join(re.escape(part) for part in person.split())
    if _HANGUL_NAME.fullmatch(person):
        spaced = rf"{person[0]}\s?{person[1:]}"
    office = rf"\s?(?:{_offices()})(?:님)?(?=(?:{_particles()})?(?![가-힣]))"
    return rf"(?<![가-힣]){spaced}(?:{office}|\s?(?:님|씨|쌤)(?![가-힣]{{3}}))?(?P<rest>[가-힣]*)"


def _latin_name(name: str, whole: str) -> _Spelling:
    """Return a Latin name, or a part of it; letters outside of ASCII have cases of their own."""
    return _Spelling(_latin, name, whole, name if name.isascii() else "", any_case=True)


def _latin(name: str) -> str:
    """Return the pattern of a Latin name in any case; one that is also a word, as it is written."""
    spelt = re.escape(name)
    shape = spelt if name.lower() in words("name_and_word") else f"(?i:{spelt})"
    return rf"\b{shape}\b(?:['’]s\b)?"


_HANGUL_NAME = re.compile(r"[가-힣]{3,4}")
"""A full Korean name, of which the given name alone is hidden, too (ADR 0712)."""


def _parts(person: str) -> Iterator[_Spelling]:
    """Yield a person's partial spellings: given name, nickname, surname with a title."""
    if re.fullmatch(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)+", person):
        yield from (_latin_name(part, person) for part in person.split() if len(part) > 1)
    elif re.fullmatch(r"[가-힣]{2,4}", person):
        given = _given(person)
        alone = [person] if len(person) == 2 and not given else []
        yield from (_Spelling(_given_name, each, person, each) for each in given or alone)
        if given:
            yield _Spelling(_surname_and_title, person[0], person, person[0])


def _surname_and_title(surname: str) -> str:
    return rf"(?<![가-힣]){surname}\s?(?:{_offices()})(?:님)?(?P<rest>[가-힣]{{0,3}})(?![가-힣])"


def _given(person: str) -> list[str]:
    """Return the possible given names, for surnames of one and of two syllables.

    Example: 선우진 gives 우진 and 진.
    """
    surnames = words("surname")
    return [person[size:] for size in (1, 2) if len(person) > size and person[:size] in surnames]


def _given_name(given: str) -> str:
    titled = rf"(?:\s?(?:{_titles()})(?:님)?)"
    if len(given) > 1:
        surname = f"[{''.join(one for one in words('surname') if len(one) == 1)}]"
        return rf"(?<![가-힣])(?:{surname}\s?)?{given}{titled}?(?P<rest>[가-힣]*)"
    return rf"(?<![가-힣]){given}(?:이|{titled})(?:님)?(?P<rest>(?:{_particles()})?)(?![가-힣])"
