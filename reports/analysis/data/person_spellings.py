"""Every spelling of a person in a log, in columns and texts: what a mail without names hides.

Columns name owners and helpers; texts name others ("서준님께 명단 받기", "박 대리", "@mina"), also
without title ("정훈이와 방문", "Ask Priya for the list"). A name that stands once in a person's
place is a name wherever else it stands. Where a word could be a name it is taken for one (ADR
0614); a word that only opens a sentence ("Straw keeps the berries dry", "School began") is none
where the log writes it in small letters, and one before a name ("Teacher Runa") is a role there.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from notes.model.notes import Feedback, Note, StoredNote
from reports.analysis.text.naming_texts import texts_of
from reports.analysis.text.person_subjects import is_thing, stranger_names
from reports.analysis.text.vocabulary import words

_HANDLE = re.compile(r"(?<![\w.])@([\w가-힣.-]{2,20})")
_TO_SOMEBODY = r"(?:한테|에게|께서|께)"
_ENGLISH = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? ([A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_BESIDE = (
    r"\b(?:[Ww]ith|[Aa]sk(?:ed|ing)?|[Cc]all(?:ed|ing)?|[Mm]et|[Mm]eet(?:ing)?"
    r"|[Tt]hank(?:s to|ed|ing)?"
    r"|[Tt]ell|[Tt]old|[Hh]elped by|[Ll]unch with|[Ii]nvite[d]?|[Ff]rom|[Bb]y|[Ff]or|[Tt]o)\s"
)
_NAMED_EN = re.compile(rf"{_BESIDE}([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\b(?!\s?(?:\d|[A-Z]))")
"""An English name beside the word that speaks of a person: "with Priya", "ask Jonas"."""
_GIVEN_EN = re.compile(
    r"\b(?:[Ss]end|[Ss]ent|[Gg]ive|[Gg]ave|[Ss]how|[Bb]ring|[Hh]and|[Oo]ffer|[Tt]each|[Hh]elp|[Rr]emind|[Vv]isit"
    r"|[Pp]hone|[Rr]ing|[Ee]mail|[Ii]ntroduce|[Jj]oin|[Ss]ee)\s"
    r"([A-Z][a-z]+(?:\s[A-Z][a-z]+|(?=\s(?:the|an?|our|his|her|to|in|at|on|and|about)\b|$)))"
)
"""An English name after a word of giving: "Send Grant Holloway the notes", "Give Mei a list"."""
_SMALL = re.compile(r"[a-z]")
"""Every English name or thing has one: a Korean text is not searched for them at each of its
letters.
"""
_CAPITALISED = re.compile(r"[A-Z][a-z]")
"""Every English name has it: a text without one is not searched for them."""
_FEW = 40
"""Characters above which a cell of a people column holds a sentence and not a name: judgement."""


@cache
def _named() -> re.Pattern[str]:
    """Return the patterns of a name: before 님 or 씨, before a title, or before "to".

    The last two need a known surname.
    """
    surname = f"[{''.join(word for word in words('surname') if len(word) == 1)}]"
    honorifics, titles = "|".join(words("honorific")), "|".join(words("person_title"))
    strangers = "|".join((*words("honoured_stranger"), *words("person_title")))
    common, no_name = "|".join(words("common_surname")), "|".join(words("no_name"))
    syllable = f"[{''.join(words('given_syllable'))}]"
    return re.compile(
        rf"(?<![가-힣])(?!(?:{strangers}))(?:(?P<any>[가-힣]{{2,4}}?)\s?(?:{honorifics})(?![가-힣]{{3}})"
        rf"|(?P<titled>{surname}[가-힣]{{0,2}})(?P<title>\s?(?:{titles}))(?:님)?(?=[가-힣]{{0,3}}(?:[\s,.]|$))"
        rf"|(?P<given>{surname}[가-힣]{{2}})(?={_TO_SOMEBODY})"
        rf"|(?!{no_name})(?P<nick>(?:{common})?{syllable}{{2}})"
        rf"(?={_TO_SOMEBODY}|이(?:가|와|랑|네|는|를|의|도|한테|에게)(?![가-힣])|랑(?![가-힣])))"
    )


@cache
def _may_name() -> re.Pattern[str]:
    """Return a pattern that is found in every text where `_named` finds a name, and costs
    little.

    Before 님 a name has two syllables: 손님 has one, and stands in half of all texts of a shop.
    """
    endings = ("한테", "에게", "께", "랑", *(f"이{ending}" for ending in "가와랑네는를의도한에"))
    honoured = (
        rf"{word}(?:(?<=[가-힣]{{2}}{word})|(?<=[가-힣]{{2}}\s{word}))"
        for word in words("honorific")
    )
    return re.compile("|".join((*honoured, *words("person_title"), *endings)))


def names_in(records: Iterable[StoredNote], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names in the notes' columns and texts and these others, longest first, unique."""
    found, read, openers = {name.strip() for name in others}, set[str](), set[str]()
    told: list[str] = []
    for stored in records:
        found.update(_of_columns(stored.note))
        new = set(_texts(stored)) - read  # cells stand in the note word for word, states in many
        for text in new:
            if not text.isascii() and _may_name().search(text):
                found.update(_of_korean(text))
            if "@" in text:
                found.update(name[1].rstrip(".-") for name in _HANDLE.finditer(text))
            if _SMALL.search(text) is None:
                continue
            if _CAPITALISED.search(text):
                found.update(_of_english(text))
                openers.update(stranger_names(text))
        told += new
        read |= {text for text in new if len(text) <= _FEW}
    roles = {name.split()[0] for name in found if name.isascii() and " " in name}
    small = _written_small({*openers, *roles}, told)
    found |= {name for name in openers if name not in small}
    spelt = {one for name in found for one in _apart(name, small) if len(one) > 1}
    return tuple(sorted(spelt, key=lambda name: (-len(name), name)))


def _apart(name: str, small: set[str]) -> tuple[str, ...]:
    """Return a name; one behind a role of the log ("Teacher Runa") also by itself, and the role in
    small letters, as what it is.
    """
    role, _, alone = name.partition(" ")
    return (f"{role[0].lower()}{role[1:]} {alone}", alone) if alone and role in small else (name,)


def _written_small(capitalised: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Return which capitalised words the texts also writes in small letters, where they are things.

    A given name that is a word of its own ("Rose") stays one.
    """
    wanted = {
        small: word
        for word in capitalised
        if word.isascii() and (small := word.lower()) not in words("name_and_word")
    }
    if not wanted:
        return set()
    shape = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(wanted)))})\b")
    return {wanted[one] for text in texts for one in shape.findall(text)}


def _of_columns(note: Note) -> Iterator[str]:
    yield from (name.strip() for name in (*note.owners, *note.people) if len(name) <= _FEW)
    if isinstance(note.details, Feedback):
        yield from (note.details.giver.strip(), note.details.receiver.strip())


def _texts(stored: StoredNote) -> Iterator[str]:
    note = stored.note
    yield from texts_of(note)
    yield from (note.success_factors, note.failure_factors, note.applied_to)
    yield from (text for _, text in stored.raw.cells)


def _of_english(text: str) -> Iterator[str]:
    yield from (found[1] for found in _ENGLISH.finditer(text))
    for shape in (_NAMED_EN, _GIVEN_EN):
        yield from (found[1] for found in shape.finditer(text) if not is_thing(found[1]))


def _of_korean(text: str) -> Iterator[str]:
    for found in _named().finditer(text):
        if found["any"] or found["given"] or found["nick"]:
            yield found["any"] or found["given"] or found["nick"]
        else:
            alone = len(found["titled"]) == 1  # "박 대리": the surname is known by its title only
            yield f"{found['titled']}{found['title']}" if alone else found["titled"]
