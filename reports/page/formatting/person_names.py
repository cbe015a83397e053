"""How people are called: by name with the right title, or by initials."""

import re

_KOREAN_NAME = re.compile(r"[가-힣]{2,4}")
_TITLE = re.compile(
    r"(?:소장|원장|점장|사장|회장|국장|과장|차장|부장|팀장|실장|총괄|매니저|대리|대표|이사|선생|코치|교수|작가)$"
)
_ROLE = re.compile(
    r"(?:팀|부서|파트너|고객|업체|센터|협력사|거래처|담당|담당자|멘토|리더|디자인|개발|영업|마케팅|물류|운영|기획|재무|인사|총무|본사|매장|회원|손님|주인)$"
)
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def address_form(person: str) -> str:
    """Tell how Korean addresses somebody: person (이준 님), title (김 대리님), or role (물류 파트너)."""
    if person.endswith("님"):
        return "role"
    if _TITLE.search(person):
        return "title"
    return "person" if is_name(person) else "role"


def is_name(person: str) -> bool:
    """Tell whether this reads as somebody's name, and not as a role or a team."""
    hangul = any("가" <= letter <= "힣" for letter in person)
    return not hangul or (bool(_KOREAN_NAME.fullmatch(person)) and not _ROLE.search(person))


def initials(person: str) -> str:
    """Return the initials of a name: 이준 → ㅇㅈ, Dana Whitlock → D.W."""
    words = [word for word in re.split(r"[\s·.]+", person) if word]
    if any("가" <= letter <= "힣" for letter in person):
        return "".join(
            _INITIALS[(ord(letter) - 0xAC00) // 588] for letter in person if "가" <= letter <= "힣"
        )
    return "".join(f"{word[0].upper()}." for word in words)
