"""Masks names in a text: every spelling of everybody, for counts or initials only (ADR 0712).

Spellings of 김하늘: the whole name, the given name with a nickname's ending (하늘이), with a title
or a kinship word (하늘님, 하늘 언니, 김 대리), with any particle (하늘이한테); of Dana Whitlock:
both names and each of them. Addresses and handles are masked as well. Masking fails closed: what
follows a given name without being a known ending is masked with it.
"""

import re
from collections.abc import Callable
from functools import lru_cache

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
    for pattern, whole in _patterns(people):
        text = pattern.sub(lambda found, whole=whole: _replaced(found, whole, shown), text)  # type: ignore[misc]
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


@lru_cache(maxsize=64)
def _patterns(people: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns to search, whole names first, each with the name that it stands for."""
    named = [person for person in people if is_name(person) or _titled(person)]
    beside = filter(None, map(in_parts, people))
    named += [f"{name} {title}".strip() for _, name, title in beside]
    named = list(dict.fromkeys(named))
    whole = [(re.compile(_whole(person)), person) for person in named]
    parts = [(pattern, person) for person in named for pattern in _parts(person)]
    return tuple(whole + parts)


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


def _whole(person: str) -> str:
    if person.isascii():
        return _latin(person)
    spaced = r"\s?".join(re.escape(part) for part in person.split())
    if _HANGUL_NAME.fullmatch(person):
        spaced = rf"{person[0]}\s?{person[1:]}"
    titles, particles = "|".join(words("person_title")), "|".join(words("particle"))
    office = rf"\s?(?:{titles})(?:님)?(?=(?:{particles})?(?![가-힣]))"
    return rf"(?<![가-힣]){spaced}(?:{office}|\s?(?:님|씨|쌤)(?![가-힣]{{3}}))?(?P<rest>[가-힣]*)"


def _latin(name: str) -> str:
    """Return the pattern of a Latin name in any case; one that is also a word, as it is written."""
    spelt = re.escape(name)
    shape = spelt if name.lower() in words("name_and_word") else f"(?i:{spelt})"
    return rf"\b{shape}\b(?:['’]s\b)?"


_HANGUL_NAME = re.compile(r"[가-힣]{3,4}")
"""A full Korean name, of which the given name alone is hidden, too (ADR 0712)."""


def _parts(person: str) -> list[re.Pattern[str]]:
    """Return a person's partial spellings: given name, nickname, surname with a title."""
    if re.fullmatch(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)+", person):
        return [re.compile(_latin(part)) for part in person.split() if len(part) > 1]
    if not re.fullmatch(r"[가-힣]{2,4}", person):
        return []
    found = [_given_name(given) for given in _given(person)]
    if _given(person):
        titles = "|".join(words("person_title"))
        found.append(
            rf"(?<![가-힣]){person[0]}\s?(?:{titles})(?:님)?(?P<rest>[가-힣]{{0,3}})(?![가-힣])"
        )
    elif len(person) == 2:
        found.append(_given_name(person))
    return [re.compile(pattern) for pattern in found]


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
    particle = "|".join(words("particle"))
    return rf"(?<![가-힣]){given}(?:이|{titled})(?:님)?(?P<rest>(?:{particle})?)(?![가-힣])"
