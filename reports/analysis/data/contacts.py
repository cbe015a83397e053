"""People that a log mentions: plain names, last contact, and the people of People levers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from notes.model.notes import Feedback, Note, PlanCard, StoredNote
from reports.analysis.text.naming_texts import texts_of
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.vocabulary import contains_term, is_term, words

from .period_membership import day_of, told_day
from .team_log import TeamLog, is_in_period

_PARTICLE = r"(?:께서|께|에게|한테|이랑|랑|하고|과|와|이|가|을|를|은|는|의|도)?"
_RESPECT = re.compile(rf"님?{_PARTICLE}$")
"""What follows a title that stays."""
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공"
    "현함변염여추도소석선설마길연위"
)
"""Korean surnames of one syllable that a name before a title may begin with."""
_NO_NAME = "사처팀부과"
"""Last letters of what is an organisation and no name ("고객사 팀장")."""
_ROLE_WORDS = 3
"""Words that a role has at most ("the new logistics partner" without its article): judgement."""
_KOREAN_GIVEN = 2
"""Syllables of a Korean given name."""
_OF_A_DEED = re.compile(r"\w\s(?:the|a|an|our|their|your)\s", re.IGNORECASE)
"""An article inside a phrase: "Prepare the slides" is something to do and no role."""
_UNKNOWN_TITLE = (
    rf"(?<=(?<![가-힣])[{_SURNAMES}][가-힣]{{2}})\s"
    r"(?!고객|손님|회원|독자|학생|선생|사용자)[가-힣]{2,4}님"
)
"""A title of no list behind a full name: "정우진 고문님", "한가람 큐레이터님"."""
_TO = r"\s?(?:께|에게|한테)"
"""Particles of the person to whom something is done."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A People lever of a plan card: the person or role it is about, and its words."""

    person: str
    text: str
    plan: StoredNote


@cache
def _titles() -> str:
    """Return the titles that follow a Korean name as one regular expression, longest first."""
    return "|".join(sorted(map(re.escape, words("title")), key=len, reverse=True))


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[가-힣])\s?(?:(?:{_titles()})\s?님?|님|씨){_PARTICLE}$|{_UNKNOWN_TITLE}{_PARTICLE}$"
    )


@cache
def _titled() -> re.Pattern[str]:
    """Return the pattern of a name before its title: "한민석 상무님께", "김정호 님께"."""
    return re.compile(
        rf"(?<![가-힣])([{_SURNAMES}][가-힣]{{2}}(?<![{_NO_NAME}]))"
        rf"(?:\s?(?:(?:{_titles()})\s?님?)|{_UNKNOWN_TITLE}){_PARTICLE}(?![가-힣])"
        rf"|(?<![가-힣])([가-힣]{{2,4}})\s?(?:님|씨){_PARTICLE}(?![가-힣])"
    )


@cache
def _is_title() -> re.Pattern[str]:
    return re.compile(rf"(?:{_titles()})\s?님?")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name without title, 님 or 씨, and particle: the same for all its spellings.

    >>> plain_name("한민석 상무님께"), plain_name("한민석님"), plain_name("@한민석"), plain_name(
    ...     "상무님")
    ('한민석', '한민석', '한민석', '상무님')
    >>> plain_name("옆집 문 선생님께"), plain_name("옆집 문 선생")
    ('옆집 문 선생', '옆집 문 선생')
    """
    bare = name.strip().lstrip("@").strip()
    if _is_title().fullmatch(bare):
        return bare
    found = _title_end().sub("", bare)
    if len(found.rpartition(" ")[2]) > 1:
        return found
    return _RESPECT.sub("", bare)  # a surname alone needs its title


def same_person(one: str, other: str) -> bool:
    """Return whether two spellings name the same person or role."""
    return bool(comparison_key(plain_name(one))) and comparison_key(
        plain_name(one)
    ) == comparison_key(plain_name(other))


def is_mentioned(note: Note, name: str) -> bool:
    """Return whether a note names a person or role, in a column or in a text.

    One of two spellings may be the other behind a place or an office: that somebody was not named
    is said only where neither stands in the log.
    """
    plain = plain_name(name)
    wanted = comparison_key(plain)
    if not wanted:
        return False
    named = [plain_name(other) for other in (*note.people, *note.owners)]
    if any(
        wanted == comparison_key(other) or _ends_in(other, plain) or _ends_in(plain, other)
        for other in named
    ):
        return True
    return wanted in comparison_key(
        " ".join((*texts_of(note), note.success_factors, note.applied_to, _details(note)))
    )


def _ends_in(name: str, other: str) -> bool:
    """Return whether a name is another behind a place or an office, as whole words.

    >>> _ends_in("IT지원 강민수", "강민수"), _ends_in("옆집 문 선생", "문 선생"), _ends_in(
    ...     "강민수", "민수")
    (True, True, False)
    """
    words_of, last = name.casefold().split(), other.casefold().split()
    return len(words_of) > len(last) > 0 and words_of[-len(last) :] == last


def last_contact(name: str, log: TeamLog) -> date | None:
    """Return the last day, up to the period's end, on which a record names the person.

    Records are notes, lines of the action log and feedback; None without any.
    """
    records = (*log.notes, *log.kind("action"), *log.kind("feedback"))
    days = [_last_day(stored, log) for stored in records if is_mentioned(stored.note, name)]
    return max((min(day, log.period.last) for day in days), default=None)


_RESULTS = ("execution", "metric", "outcome", "retrospective")
"""Fields whose writing tells that the work of a note had come so far; what was learned from it may
be put to use by others, weeks later."""


def _last_day(stored: StoredNote, log: TeamLog) -> date:
    """Return the last day on which a record says that its people were at work.

    Its end; without one the last day on which something was written into it after it was first
    seen (a row that came whole tells of its own day, ADR 0682), and what runs on goes on.
    """
    note = stored.note
    if note.end_date:
        return note.end_date
    if note.outcome == "running":
        return log.period.last
    written = (stored.written.get(name) for name in _RESULTS)
    later = (at for at in written if at is not None and at != stored.first_seen)
    days = (told_day(at, log.zone) for at in later)
    return max((day_of(stored, log.zone), *days))


def is_mentioned_in_period(name: str, log: TeamLog) -> bool:
    """Return whether a note, an action or a feedback of the period names the person."""
    others = (*log.kind("action"), *log.kind("feedback"))
    here = (
        *log.period_notes,
        *(stored for stored in others if is_in_period(stored, log.period, log.zone)),
    )
    return any(is_mentioned(stored.note, name) for stored in here)


def levers(plans: Iterable[StoredNote], log: TeamLog) -> list[Lever]:
    """Return the People levers of plan cards, one for each person they are about."""
    found = []
    for stored in plans:
        details = stored.note.details
        texts = details.people if isinstance(details, PlanCard) else ()
        for text in filter(log.deed, texts):  # a lever that blames is no lever
            found += [Lever(person, text, stored) for person in people_of(text, log)]
    return found


def people_of(text: str, log: TeamLog) -> list[str]:
    """Return the people of a lever: known names, names with 님, else the words in a name's
    place.
    """
    known = [
        name
        for name in _known(log)
        if len(comparison_key(name)) > 1 and comparison_key(name) in comparison_key(text)
    ]
    known = [
        name
        for name in known
        if not any(
            name != other and comparison_key(name) in comparison_key(other) for other in known
        )
    ]
    titled = [found[1] or found[2] for found in _titled().finditer(text)]
    titled = [
        name
        for name in titled
        if not _is_title().fullmatch(name) and not is_term("not_a_name", name)
    ]
    given = (
        []
        if known or titled
        else [found[1] or found[2] for found in _english_name().finditer(text)]
    )
    named = list(
        dict.fromkeys(
            (*known, *(name for name in titled if not any(name in one for one in known)), *given)
        )
    )
    return named or [phrase for phrase in (_phrase(text),) if phrase]


@cache
def _english_name() -> re.Pattern[str]:
    """Return the pattern of an English name that something is given to.

    "Send Priya Nair the case study", "Share the list with Ana Ruiz".
    """
    give = "|".join(map(re.escape, words("lever_give")))
    name, more = r"[A-Z][\w'’-]+", r"\s[A-Z][\w'’.-]+"
    return re.compile(
        rf"^\s*(?i:{give})\s+({name}(?:{more}){{0,2}})\b|\b(?:with|to|for)\s+({name}(?:{more}){{1,2}})\b"
    )


def full_name(name: str, known: Iterable[str]) -> str:
    """Return the plain name; of a given name alone the one full name of the log that has it.

    >>> full_name("Mira", ["Mira Sand", "Jon Pell"]), full_name("수빈", ["양수빈", "고은결"])
    ('Mira Sand', '양수빈')
    >>> full_name("Mira", ["Mira Sand", "Mira Holt"])
    'Mira'
    """
    plain = plain_name(name)
    given = _KOREAN_GIVEN if plain and "가" <= plain[0] <= "힣" else 0
    if " " in plain or (given and len(plain) != given):
        return plain
    found = {
        other
        for other in known
        if (given and len(other) == given + 1 and other[1:] == plain)
        or (not given and other.startswith(f"{plain} "))
    }
    return found.pop() if len(found) == 1 else plain


def known_names(log: TeamLog) -> list[str]:
    """Return the plain names of the log's columns and of the people that are followed."""
    return _known(log)


def _known(log: TeamLog) -> list[str]:
    people = {
        plain_name(name)
        for stored in log.notes
        for name in (*stored.note.people, *stored.note.owners)
    }
    people |= {plain_name(person.name) for person in log.team.key_people}
    return sorted(people - {""}, key=lambda name: (-len(name), name))


def _phrase(text: str) -> str:
    """Return a lever's words up to where its person or role ends; "" if they name nobody.

    Without a mark only a short phrase can be a role ("물류 파트너"), not a target ("90% within 24
    h").
    """
    line = " ".join(text.split())
    begun = next((one for one in words("lever_start") if line.lower().startswith(f"{one} ")), "")
    line = line[len(begun) :].strip()
    ends = [at for mark in words("lever_end") if (at := line.find(mark)) > 0]
    phrase = line[: min(ends)].strip() if ends else line
    short = begun or ends or len(phrase.split()) <= _ROLE_WORDS
    if not begun and _OF_A_DEED.search(phrase):
        return ""
    return phrase if short and not any(letter.isdigit() for letter in phrase) else ""


def given_in(text: str, person: str) -> str:
    """Return what a People lever gives to a person, "" where it only says whom to meet.

    >>> given_in("김정호 님께 산업 사례집 전달", "김정호"), given_in("김정호 님 만나기", "김정호")
    ('산업 사례집 전달', '')
    """
    line = " ".join(text.split())
    at = line.find(person)
    if at < 0:
        return ""
    found = re.match(
        rf"\s?(?:(?:{_titles()})\s?님?|님|씨)?({_TO})?(?=[\s:,]|$)", line[at + len(person) :]
    )
    rest = line[at + len(person) + (found.end() if found else 0) :].strip(" :,-–·→")
    if found and found[1]:
        return rest or line[:at].strip(" :,-–·→")
    before = re.sub(r"\s(?:with|to|for)$", "", line[:at].strip())
    if before.lower() in words("lever_hand") and rest:
        return rest
    return next((part for part in (rest, before) if contains_term("give", part)), "")


def _details(note: Note) -> str:
    details = note.details
    if isinstance(details, Feedback):
        return f"{details.text} {details.giver} {details.receiver}"
    return details.text if details is not None and hasattr(details, "text") else ""
