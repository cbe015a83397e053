"""What a person's name is (a name, a title, a role, a group), and its initials."""

import re
from functools import cache

from reports.analysis.text.vocabulary import words

_KOREAN_NAME = re.compile(r"[가-힣]{2,4}")
_ROLE = re.compile(
    r"(?:팀|부서|파트너|고객|업체|센터|협력사|거래처|담당|담당자|멘토|리더|디자인|개발|영업|마케팅|물류|운영|기획|재무|인사|총무|본사|매장|회원|손님|주인)$"
)
"""Endings of roles and teams, which are no person's name."""
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


_GROUP = re.compile(
    r"(?:팀|부서|센터|협력사|거래처|업체|본사|매장)$|\b(?:team|squad|department)$", re.IGNORECASE
)
"""Endings of groups: several people, of whom no single one is named."""


_FULL_NAME = 3
"""Syllables of most Korean names: two behind a title may be another word ("팀장 회의")."""


def is_group(name: str) -> bool:
    """Return whether a name in a person's place is that of a team or a firm."""
    return bool(_GROUP.search(name))


def kind_of_address(person: str) -> str:
    """Return how Korean addresses somebody: as person, title or role.

    Examples: person (이준 님, 감수자 탁은비 님), title (김 대리님), role (물류 파트너).
    """
    if person.endswith("님"):
        return "role"
    if _title().search(person):
        return "title"
    role, _, last = person.rpartition(" ")
    if role and _title().search(role) and is_name(last) and len(last) == _FULL_NAME:
        return "person"  # the title stands before the name: 감수자 탁은비
    return "person" if is_name(person) else "role"


@cache
def _title() -> re.Pattern[str]:
    """Return the pattern of a title at the end: 김 대리, 한민석 상무, 상무."""
    return re.compile(rf"(?:{'|'.join(words('person_title'))})$")


def in_parts(person: str) -> tuple[str, str, str] | None:
    """Return role, name and title of a name that stands with one of them; None for any other."""
    found = _titled_name().fullmatch(person)
    if found is not None:
        return found["role"] or "", found["name"], found["title"]
    role, blank, last = person.rpartition(" ")
    if role and len(last) == _FULL_NAME and _hangul(last) and is_name(last):
        return f"{role}{blank}", last, ""
    return None


@cache
def _titled_name() -> re.Pattern[str]:
    """Return the pattern of a name of one to three syllables before a title: 부품상 남 부장님."""
    titles = "|".join(sorted(map(re.escape, words("person_title")), key=len, reverse=True))
    surnames = "".join(word for word in words("surname") if len(word) == 1)
    return re.compile(
        rf"(?P<role>.{{1,24}} )?(?P<name>[{surnames}][가-힣]{{0,2}})\s?(?P<title>{titles})(?:님)?"
    )


def _hangul(text: str) -> bool:
    return all("가" <= letter <= "힣" for letter in text)


def is_name(person: str) -> bool:
    """Return whether this reads as a person's name and not as a role or a team."""
    hangul = any("가" <= letter <= "힣" for letter in person)
    return not hangul or (
        bool(_KOREAN_NAME.fullmatch(person))
        and not _ROLE.search(person)
        and not _title().search(person.removesuffix("님"))
    )


def is_only_title(person: str) -> bool:
    """Return whether a title stands alone, which names nobody: 상무님."""
    return person.removesuffix("님") in words("person_title")


def names_somebody(person: str) -> bool:
    """Return whether one person is named, alone or with a role or a title beside the name."""
    return is_name(person) or in_parts(person) is not None


def initials(person: str) -> str:
    """Return the initials of a name: 이준 → ㅇㅈ, Dana Whitlock → D.W.

    A role or a title beside it stays, for it hides nobody and tells what is meant.

    >>> initials("부품상 남 부장님"), initials("남 부장"), initials("운전사 대표 심우주")
    ('부품상 ㄴ 부장님', 'ㄴ 부장님', '운전사 대표 ㅅㅇㅈ')
    """
    parts = in_parts(person)
    if parts is not None:
        role, name, title = parts
        return f"{role}{initials(name)}{f' {title}님' if title else ''}"
    words = [word for word in re.split(r"[\s·.]+", person) if word]
    if any("가" <= letter <= "힣" for letter in person):
        return "".join(
            _INITIALS[(ord(letter) - 0xAC00) // 588] for letter in person if "가" <= letter <= "힣"
        )
    return "".join(f"{word[0].upper()}." for word in words)
