"""Reads promises from notes: each 계속/그만/시작 and next action, one a line, with its day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from notes.model.notes import NextKind, Note, StoredNote
from notes.model.periods import Week
from reports.analysis.data.period_membership import day_of, start_day_of, told_day
from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.records.removed_actions import RemovedAction
from reports.analysis.records.section_results import Commitment
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.similarity import similarity
from reports.analysis.text.tokens import weighted_tokens
from reports.analysis.text.vocabulary import contains_term, has_word, is_term, pattern, pattern_for

_LABEL = re.compile(
    r"^\s*(?:[-•*]\s*)?(계속|유지|keep|그만|중단|stop|시작|시도|start|try)\s*[:：)\-]\s*",
    re.IGNORECASE,
)
_KINDS: dict[str, NextKind] = {
    "계속": "keep", "유지": "keep", "keep": "keep", "그만": "stop", "중단": "stop", "stop": "stop",
    "시작": "start", "시도": "start", "start": "start", "try": "start",
}  # fmt: skip
SHORTEST = 4
"""Letters below which a promise is too short to be found in another text: judgement."""
_REWORDED = 0.4
"""Similarity from which a line counts as the same promise reworded: half of its letter pairs are
shared (judgement).
"""
_TAIL = 3
"""Letters that may follow the word of stopping at the end of a Korean promise ("그만하기"): a
longer rest is another clause.
"""

_STOPPING = re.compile(
    r"(?:(?:을|를|은|는)?(?<!\s)\s*(?:그만|중단|종료|폐기)\S{0,3}"
    r"|(?<!\s)\s*(?:안 하기|하지 않기)\S{0,2})$"
)
"""How a Korean promise to stop ends."""
_NOT_DONE = re.compile(r"지\s?(?:않|말)기(?:로)?$")
_NOT_TO = re.compile(r"(?:do not|don't|not to|not|never|no)\s", re.IGNORECASE)
"""How a promise to stop, marked as one in its column, says it by a negation."""
_WHEN = re.compile(
    r"(?:after|by|from|until|before|in|on|at|when|if|once|as soon as|for now|now|next|it|them)"
    r"(?![-\w])",
    re.IGNORECASE,
)
_WHEN_ALONE = re.compile(
    r"(?:\d{1,2}월(?:\s?\d{1,2}일)?|\d{1,2}[/.]\d{1,2}|(?:이번|다음)\s?[주달]|연말|내년)"
    r"(?:\s?(?:이후|부터|까지|뒤|후|에))?(?:로|는|만)?(?:\s?하고)?"
)
"""What follows, or comes before, "stop" and says when, not what: "Stop after Jan 6"."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a note and the day it was made.

    `removed` is the instant at which its text vanished from a row that still stands.
    """

    stored: StoredNote
    text: str
    kind: NextKind | None
    made: date
    removed: datetime | None = None


def promises(
    log: TeamLog, gone: Iterable[StoredNote], removed: Iterable[RemovedAction]
) -> list[Promise]:
    """Return every promise of the log in the order in which they were made.

    Args:
        log: the log as it is.
        gone: notes that vanished.
        removed: notes as they were before a text was taken out of them.
    """
    known = {
        stored.id: stored for stored in (*log.notes, *gone) if stored.note.kind == "experiment"
    }
    found = [
        Promise(stored, text, kind, made_on(stored, log))
        for stored in known.values()
        for text, kind in promised(stored.note)
    ]
    for one in removed:
        now = log.by_id.get(one.past.id)
        kept = [text for text, _ in promised(now.note)] if now is not None else []
        found += [
            Promise(one.past, text, kind, made_on(one.past, log), one.at)
            for text, kind in promised(one.past.note)
            if now is not None and not any(_is_reworded(text, other) for other in kept)
        ]
    return sorted(found, key=lambda one: (one.made, one.text, one.stored.id))


def made_on(stored: StoredNote, log: TeamLog) -> date:
    """Return the day a promise was made: when it was written, but not before the note's own day."""
    day, written = day_of(stored, log.zone), stored.written.get("next_action")
    return max(day, told_day(written, log.zone)) if written else day


def promised(note: Note) -> Iterator[tuple[str, NextKind | None]]:
    """Yield the promises of a note, one a line; a line's own label outranks the note's column."""
    for line in note.next_action.splitlines():
        label = _LABEL.match(line)
        text = " ".join((line[label.end() :] if label else line).split()).strip("-• ")
        if without_placeholder(text):
            written = _KINDS[label[1].lower()] if label else note.next_kind
            yield text, kind_of(text, written)


def kind_of(text: str, written: NextKind | None) -> NextKind | None:
    """Return the kind of a promise: what a column or label says, unless its own words say stop.

    A column "Try" holds "Stop two-part interviews" as well as what is to be started.

    >>> kind_of("Stop two-part interviews", "start"), kind_of("맛보기 칸 키우기", "start")
    ('stop', 'start')
    """
    if written == "start":
        return "stop" if _says("plain_stop", text) else "start"
    return written or ("stop" if _says("stopped", text) else None)


def _says(words: str, text: str) -> bool:
    """Return whether a text ends in one of the words, or in English begins with one.

    Example: "맛보기 칸 그만".
    """
    found = list(pattern_for(words, text).finditer(text))
    ends = bool(found) and len(text) - found[-1].end() <= _TAIL and not text.isascii()
    begins = bool(found) and found[0].start() == 0 and text.isascii()
    return ends or begins


def _is_reworded(text: str, other: str) -> bool:
    """Return whether a line is still the same promise: the same words, or most of them."""
    one, two = comparison_key(text), comparison_key(other)
    held = min(len(one), len(two)) >= SHORTEST and (one in two or two in one)
    return held or similarity(text, other) >= _REWORDED


_NUMBER = r"(?<![^\W\d_])(?:\d{1,2}|한|두|세|네|일|이|삼|one|two|three|four|a)"
_UNIT = r"(?:주일|주|일|달|개월|weeks?|days?|months?)"
_SPAN_TEXT = rf"{_NUMBER}\s?{_UNIT}(?:만|간|동안)?"
_SPAN = re.compile(_SPAN_TEXT, re.IGNORECASE)
"""How long something goes on: "2주", "two weeks"."""
_LONGER = re.compile(
    rf"\banother (?:{_SPAN_TEXT}|{_UNIT})|{_NUMBER} more {_UNIT}|{_SPAN_TEXT}\s?(?:더|more|longer)",
    re.IGNORECASE,
)
"""How much longer: "한 주만 더", "another two weeks", "two more weeks"."""
_REMARK = re.compile(r"\s{0,4}\([^()]{1,40}\)[\s.]{0,4}$")
"""What stands in brackets at the end: the day on which it was done."""


def is_reported_done(text: str) -> bool:
    """Return whether a next action says itself that it is done.

    >>> is_reported_done("국어에도 적용함(11/9)"), is_reported_done("11월까지 적용 완료")
    (True, False)
    >>> is_reported_done("Applied to the email flow"), is_reported_done("Apply to the email flow")
    (True, False)
    """
    said = _REMARK.sub("", text).strip(" .!")
    if not _says("reported_done", said) or contains_term("to_come", said):
        return False
    return text.isascii() or not said.endswith("기")


def told_promise(text: str, note: Note, log: TeamLog) -> str:
    """Return a promise as it is printed: one that only says "계속" or "do it again", or when to
    stop, or speaks of "it", with what is meant.
    """
    unnamed = is_term("bare_promise", text) or has_word("refers_back", text)
    unnamed = unnamed or says_only_when_to_stop(text) or means_once_more(text)
    name = log.what(note) if text and unnamed else ""
    return f"{name}: {text}" if name else log.deed(text)


def says_only_when_to_stop(text: str) -> bool:
    """Return whether a promise to stop says when, and not what.

    >>> says_only_when_to_stop("Stop after Jan 6"), says_only_when_to_stop("그만")
    (True, False)
    """
    if text.isascii():
        found = pattern("stopped").match(text)
        return bool(found and _WHEN.match(text[found.end() :].strip(" :,.")))
    rest, ended = _STOPPING.subn("", text)
    return bool(ended and _WHEN_ALONE.fullmatch(rest.strip(" :,.")))


def as_commitment(promise: Promise, log: TeamLog) -> Commitment:
    """Return a promise as a commitment that nothing has answered yet."""
    return Commitment(
        text=told_promise(promise.text, promise.stored.note, log),
        kind=promise.kind,
        made=str(Week.containing(promise.made)),
        evidence=log.evidence(promise.stored),
        state="unanswered",
        owners=promise.stored.note.owners,
    )


def stopped_words(promise: Promise) -> str:
    """Return what a promise to stop is about, as a comparison key (letters and digits only)."""
    return comparison_key(pattern("stopped").sub(" ", promise.text).replace("하기", " "))


def own_activity(promise: Promise) -> frozenset[str]:
    """Return the names of the activity that a promise to stop ends, as comparison keys."""
    return frozenset(map(comparison_key, own_names(promise.stored.note, promise.text)))


def own_names(note: Note, text: str) -> tuple[str, ...]:
    """Return the names of the activity that a note's promise to stop ends.

    Its note's own ones, where the promise shares a word with them ("밤 9시 발송 그만" of "보내는
    시각을 밤 9시로"): what else a note stops is called otherwise.
    """
    said = weighted_tokens(pattern("stopped").sub(" ", text)).keys()
    names = (note.title, note.execution)
    return tuple(name for name in names if said & weighted_tokens(name).keys())


def means_once_more(text: str) -> bool:
    """Return whether a next action says nothing but that its own activity is done once more.

    >>> means_once_more("다음 주 다시"), means_once_more("Retry next week")
    (True, True)
    >>> means_once_more("일주일만 더"), means_once_more("Keep it for another two weeks")
    (True, True)
    >>> means_once_more("카드 2장 더"), means_once_more("Wait for the second swap")
    (False, False)
    >>> means_once_more("단골만 따로 다시"), means_once_more("Try a shorter form")
    (False, False)
    """
    rest, longer = _LONGER.subn(" ", text)
    rest, said = pattern("once_more").subn(" ", _SPAN.sub(" ", rest))
    return bool(longer or said) and not any(map(str.isalpha, rest))


def stopped_thing(text: str) -> str:
    """Return what a promise to stop is about, in its own words; "" where it names nothing.

    >>> stopped_thing("밤 9시 발송 그만하기"), stopped_thing(
    ...     "Stop the two-step form"), stopped_thing("그만")
    ('밤 9시 발송', 'The two-step form', '')
    >>> stopped_thing("반찬을 두 배로 늘리지 않기"), stopped_thing("Don't double the menu")
    ('반찬을 두 배로 늘리기', 'Double the menu')
    """
    if text.isascii():
        found = pattern("stopped").match(text) or _NOT_TO.match(text)
        thing = text[found.end() :].strip(" :,.") if found else text.strip()
        return thing[:1].upper() + thing[1:]
    return _NOT_DONE.sub("기", _STOPPING.sub("", text)).strip(" :,.")


def is_negated(text: str) -> bool:
    """Return whether a promise says by a negation what is not to be done: "늘리지 않기",
    "Don't …".
    """
    return bool(_NOT_TO.match(text) if text.isascii() else _NOT_DONE.search(text))


def is_after(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    """Return whether another note is later than the promise, and so may answer it."""
    own = other.id == promise.stored.id
    since = start_day_of(promise.stored, log.zone)
    return (
        not own
        and day_of(other, log.zone) > promise.made
        and start_day_of(other, log.zone) >= since
    )


def is_again(promise: Promise, other: StoredNote, log: TeamLog) -> bool:
    """Return whether another note began after the promise to stop and was not given up itself.

    A note whose activity is the stopping keeps the promise: "Drop the second ad".
    """
    later = start_day_of(other, log.zone) > promise.made
    own = other.id == promise.stored.id
    return later and not own and other.note.outcome != "dropped" and not is_stopping(other.note)


def is_stopping(note: Note) -> bool:
    """Return whether a note's activity is itself to stop something, or names a thing only to say
    what stands in its place ("an evening instead of the box", "상자 대신 시식").
    """
    texts = (note.title, note.execution)
    return any(_says("stopped", text) or contains_term("instead", text) for text in texts if text)
