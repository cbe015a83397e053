"""Parses a status, mark or winner into an outcome (reading rules 6) or a next kind (10.2)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from notes.model.notes import NextKind, Outcome
from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

from .korean_endings import as_noun
from .text import fold
from .verdict_alone import Span, goes_against_it, is_of_others, stands_alone, states_where_it_stands
from .verdict_context import (
    ONLY_NOT,
    Sense,
    is_limited,
    never_begun,
    says_a_part,
    says_both,
    turned,
)

Legend = Mapping[str, str]
"""A mark as the workbook uses it (folded), and what it says it means."""

_NO_LEGEND: Legend = {}
_OUTCOMES: tuple[Outcome, ...] = (
    "success",
    "failure",
    "inconclusive",
    "running",
    "planned",
    "dropped",
)
_EDGE = kept_pattern(
    r"^[\s\d.)(\[\]{}<>「」『』\"'“”*#:·•▪■□●\-_/~!,;]+|[\s.)(\[\]{}<>「」『』\"'“”*#:·•▪■□●\-_/~!,;]+$"
)
_LONGEST_LEGEND = 800
"""Signs of a line that explains marks; a longer text is none."""
_LONGEST_WINNER = 80
"""Signs that the name of a variant may have; what is longer is a sentence."""
_SPACES = kept_pattern(r"[\s_]+")
"""Blanks and underscores, which exports put between words."""
_PAREN = kept_pattern(r"(?:(?<!\s)\s+)?[(\[（]([^()\[\]（）]*)[)\]）]\s*")
"""A bracket, with what stands in it."""
_SIGN = r"[^\s\w=:：,/|·;()\[\].!?~\-]{1,3}"
_MARK_MEANING = kept_pattern(
    rf"(?<!\w)(?P<mark>{_SIGN}|[A-Za-z]{{1,3}}|\d)\s*(?:=|:|：|→|->|-)\s*(?P<meaning>[^,/|·;\n=:：→]+?)"
    rf"(?=\s*(?:[,/|·;\n]|$)|\s+(?:{_SIGN}|[A-Za-z]{{1,3}}|\d)\s*[=:：])"
)
_SIGN_MEANING = kept_pattern(
    rf"(?P<mark>{_SIGN})\s*(?P<meaning>[\w][\w ]*?)(?=\s*(?:[,/|·;\n]|$|{_SIGN}))"
)
"""A legend: a mark and its meaning, with a sign between or without (reading rules 2.6)."""
_ENDINGS = (
    (kept_pattern(r"(?<=[가-힣])하는 중"), " 중"),
    (kept_pattern(r"(?<=[가-힣])(?:진|질) ?(?=[않못])"), "지 "),
    (kept_pattern(r"(?<=지 않)(?:았음|았다|았어요|았습니다)(?![가-힣])"), "음"),
    (
        kept_pattern(r"(?<=[가-힣])(?: 못 ?했음| 못 ?했다| 못 ?했어요| 못 ?했습니다)(?![가-힣])"),
        " 못함",
    ),
    (
        kept_pattern(
            r"(?<=[있없])(?:었음|었다|다|어요|었어요|네|습니다|었습니다|었네요|었어)(?![가-힣])"
        ),
        "음",
    ),
    (
        kept_pattern(
            r"(?:됐음|됐다|되었음|되었다|됐어요|됐습니다|된다|되었습니다|돼요|됐네|됐네요)(?![가-힣])"
        ),
        "됨",
    ),
    (
        kept_pattern(
            r"(?<=[가-힣]{2})(?:이|가|은|는|도)\s*(?=있음|없음|안 |좋|나빠|나쁨|확인|부족)"
        ),
        "",
    ),
)
"""Forms of one ending, written as the word lists have it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a status cell says: a sense, and the text it was read from.

    "hold" and "done" are no outcome by themselves; `outcome_of` turns them into one with what the
    row holds.
    """

    sense: Sense
    by: str = ""


def read_verdict(
    text: str, legend: Legend = _NO_LEGEND, *, question: bool = False
) -> Verdict | None:
    """Return what a status text means, None when it is in no list.

    The workbook's legend goes before any convention.

    `question`: the header asks, so that "예" and "No" answer it.

    >>> read_verdict("✅ 성공").sense, read_verdict("효과 없음").sense, read_verdict(
    ...     "Not supported").sense
    ('success', 'failure', 'failure')
    >>> read_verdict("🟡", {"🟡": "보류"}).sense, read_verdict("파란색") is None
    ('hold', True)
    """
    plain = fold(text)
    if legend:
        meaning = _by_legend(plain, legend)
        if meaning:
            sense = _sense(fold(meaning))
            return Verdict(sense, meaning) if sense else None
    sense = (_answer(plain) if question else None) or _sense(plain)
    return Verdict(sense, text) if sense else None


def read_status(
    text: str, legend: Legend = _NO_LEGEND, *, question: bool = False
) -> Verdict | None:
    """Return what a cell of a column of statuses means: a verdict however its verb ends, or any
    verb that goes on or waits.

    >>> read_status("반응 살피는 중").sense, read_status("장비 오면 시작").sense
    ('running', 'planned')
    >>> read_status("가설이 빗나갔습니다").sense
    'failure'
    """
    said = read_verdict(text, legend, question=question)
    if said is not None or text.isascii() or _by_legend(fold(text), legend):
        return said
    plain = as_noun(fold(text))
    if sense := _sense(plain):
        return Verdict(sense, text)
    if len(text) > _LONGEST_STATUS:
        return None
    if _WAITS.search(plain):
        return Verdict("planned", text)
    return Verdict("running", text) if _GOES_ON.search(plain) else None


_LONGEST_STATUS = 24
"""Characters up to which a verb that goes on is a status; judgement: a longer text tells more."""
_GOES_ON = kept_pattern(r"[가-힣]는 중(?:임|입니다|이다)?[.!]?$")
_WAITS = kept_pattern(r"면 시작(?:함|할 것)?[.!]?$|(?:고민|고려|구상|준비|기다리|생각)(?:하)?는 중")
"""What is still going on, and what waits for something else before it begins
(reading rules 6.1)."""


def is_mostly_verdict(text: str, legend: Legend = _NO_LEGEND) -> bool:
    """Return whether a text is little but a verdict: "성공", "Won (B)", not "Off when we closed".

    >>> is_mostly_verdict("가설 기각!"), is_mostly_verdict("Off when we closed")
    (True, False)
    """
    if read_verdict(text, legend) is None:
        return False
    plain = fold(text)
    rest = _phrases().sub(" ", f" {plain} ")
    letters = sum(map(str.isalnum, plain))
    return sum(map(str.isalnum, rest)) * 2 <= letters or letters <= 2 or rest.strip() == plain


def words_beside(text: str) -> frozenset[str]:
    """Return the words of a text, folded, that belong to no verdict; single signs are endings.

    >>> sorted(words_beside("Calls stopped"))
    ['calls']
    """
    return frozenset(_LETTERS.findall(_phrases().sub(" ", f" {fold(text)} ")))


_LETTERS = kept_pattern(r"[^\W\d_]{2,}")
"""Words of two letters or more: a single one is a mark."""


def not_done(text: str) -> Outcome | None:
    """Return what a text says that stands for an execution that never was: dropped, planned.

    None for any other.

    >>> not_done("진행하지 않음"), not_done("Not started"), not_done("예약 취소")
    ('dropped', 'planned', None)
    >>> not_done("Nothing new, holiday"), not_done("Nothing new, but a second car")
    ('planned', None)
    """
    if len(text) > _LONGEST_NOT_DONE:
        return None
    said = text.partition(",")[0]  # what follows is why
    return _not_done(said) if said.rstrip(" .!)")[-1:].lower() in _last_letters() else None


@cache
def _last_letters() -> frozenset[str]:
    return frozenset(
        word[-1] for listed in load_words("outcomes")["not_done"].values() for word in listed
    )


@lru_cache(maxsize=1 << 10)
def _not_done(text: str) -> Outcome | None:
    plain = _bare(fold(text)).replace(" ", "")
    found: tuple[Outcome, ...] = ("dropped", "planned")
    return next((outcome for outcome in found if plain in _nothing_done(outcome)), None)


_LONGEST_NOT_DONE = 24
"""Characters up to which a text says only that something was not done; judgement: longer ones
tell what was."""


@cache
def _nothing_done(outcome: Outcome) -> frozenset[str]:
    return frozenset(word.replace(" ", "") for word in load_words("outcomes")["not_done"][outcome])


def outcome_of(verdict: Verdict | None, *, reflected: bool) -> Outcome | None:
    """Return the outcome of a verdict.

    `reflected`: the row holds a result or a retrospective (reading rules 6.2, 6.3).
    """
    if verdict is None or verdict.sense == "done":
        return None
    if verdict.sense == "hold":
        return "inconclusive" if reflected else "planned"
    return verdict.sense


def says_unmoved(verdict: Verdict) -> bool:
    """Return whether a verdict says that it was measured and did not move.

    False where any of its words leaves open what came of it.

    >>> [says_unmoved(Verdict("inconclusive", text)) for text in ("Flat", "변화 없음", "아직 모름")]
    [True, True, False]
    """
    if verdict.sense != "inconclusive":
        return False
    said = {_SPACES.sub("", found) for found in _phrases().findall(f" {fold(verdict.by)} ")}
    known = _unmoved()
    return bool(said & known) and all(one in known or _exact()[one] == "done" for one in said)


@cache
def _unmoved() -> frozenset[str]:
    return frozenset(_SPACES.sub("", word) for word in load_words("outcomes")["unmoved"]["words"])


def read_winner(text: str) -> Outcome | None:
    """Return the outcome of an A/B winner: success for the variant, failure for the control.

    >>> read_winner("B안"), read_winner("Control"), read_winner("무승부")
    ('success', 'failure', 'inconclusive')
    >>> read_winner("B 문구가 더 나쁨"), read_winner("A did worse"), read_winner("B was not better")
    ('failure', 'success', None)
    """
    if len(text) > _LONGEST_WINNER:
        return _verdict_outcome(text)
    plain = _bare(_PAREN.sub(" ", fold(text)))
    for kind, outcome in _WINNERS:
        if plain.replace(" ", "") in _winners(kind):
            return outcome
    side = _SIDE.match(plain)
    return _of_side(side[1], plain[side.end() :]) if side else _verdict_outcome(text)


_SIDE = kept_pattern(r"([a-h])(?:안|팀)?(?:이|가|은|는)?(?![^\W\d_])")
"""A variant by its letter, with what Korean puts behind it."""


def _of_side(side: str, rest: str) -> Outcome | None:
    """Return the outcome where a winner's cell names a side by its letter and says more of it.

    Of two sides the one that did worse leaves the other as the winner; what is denied, or is only
    lower (less may be better), is left open.
    """
    words, known = _WORDS.findall(rest), load_words("outcomes")["winner"]
    if _any_of(words, known["unclear"], known["unclear_ko"]):
        return None
    if not _any_of(words, known["worse"], known["worse_ko"]):
        return "failure" if side == "a" else "success"
    if side == "a":
        return "success"
    return "failure" if side == "b" else None  # of three sides one that lost says little


_WORDS = kept_pattern(r"[^\W\d_]+")
"""Words of letters."""


def _any_of(words: Sequence[str], whole: Sequence[str], begun: Sequence[str]) -> bool:
    """Return whether one of the words is listed, or begins as a listed Korean one does."""
    return any(word in whole or word.startswith(tuple(begun)) for word in words)


def read_next_kind(text: str) -> NextKind | None:
    """Return keep, stop or start where a column or a label says just that.

    >>> read_next_kind("확대 적용"), read_next_kind("Roll back"), read_next_kind("쪽지를 두 줄로")
    ('keep', 'stop', None)
    """
    plain = _bare(_PAREN.sub(" ", fold(text))) if len(text) <= 40 else ""
    packed = plain.replace(" ", "")
    return next((kind for kind in _KINDS if packed and packed in _next_words(kind)), None)


def leading_next_kind(text: str) -> tuple[NextKind | None, str]:
    """Return the kind that a leading mark states ("[중단] 쿠폰", "Keep.

    알림"), and the text behind it.
    """
    found = _LEADING.match(text)
    if found is None:
        return None, text
    kind = read_next_kind(found["in"] or found["word"])
    return (kind, text[found.end() :].strip()) if kind else (None, text)


def parse_legend(text: str) -> dict[str, str]:
    """Return the marks that a legend explains; {} when the text is none.

    >>> parse_legend("범례: 🟡 = 진행중, ✅ = 성공 / ❌ = 접음")
    {'🟡': '진행중', '✅': '성공', '❌': '접음'}
    """
    if len(text) > _LONGEST_LEGEND:
        return {}
    body = _LEGEND_WORD.sub("", text)
    pattern = _MARK_MEANING if _MARK_MEANING.search(body) else _SIGN_MEANING
    found = {
        fold(match["mark"]): match["meaning"].strip() for match in pattern.finditer(body + "\n")
    }
    known = {mark: meaning for mark, meaning in found.items() if mark and _sense(fold(meaning))}
    if (
        len(known) >= 2
    ):  # what one of its marks means may be said in words of no list: it is then no verdict at all
        return {
            mark: meaning
            for mark, meaning in found.items()
            if mark and (mark in known or not mark.isalnum())
        }
    return known if known and len(known) == len(found) and (body != text or len(text) < 25) else {}


@lru_cache(maxsize=256)
def letters_of(header: str) -> Legend:
    """Return what single letters stand for where a header names both verdicts: "Outcome (W/L)".

    {} for a header that does not name a success and a failure side by side.

    >>> letters_of("Win/Loss"), letters_of("판정 (승리/패배)"), letters_of("Owner (W/L)?")
    ({'w': 'win', 'l': 'loss'}, {'승': '승리', '패': '패배'}, {'w': 'win', 'l': 'loss'})
    >>> letters_of("Outcome"), letters_of("Plan/Actual"), letters_of("Pass/Partly")
    ({}, {}, {})
    """
    found = _OPTIONS.search(fold(header[:_LONGEST_WINNER]))
    named = [word for word in found.groups() if word] if found else []
    if {"w", "l"} <= set(named):
        named = [_CONVENTION.get(word, word) for word in named]
    letters = {word[0]: word for word in named if len(word) > 1}
    senses = {_sense(word) for word in letters.values()}
    return letters if len(letters) == len(named) and {"success", "failure"} <= senses else {}


_OPTIONS = kept_pattern(
    r"(?<![^\W\d_])([^\W\d_]{1,20}) ?/ ?([^\W\d_]{1,20})(?: ?/ ?([^\W\d_]{1,20}))?"
)
_CONVENTION = {"w": "win", "l": "loss", "t": "tie", "d": "draw"}
"""What the letters of a record of wins and losses are in English."""
_JUDGED = ("success", "failure", "inconclusive")
"""The verdicts; the other outcomes say how far a trial has come."""
_LIVES = ("running", "planned", "dropped", "hold")
"""The outcomes that say how far a trial has come."""
_WINNERS: tuple[tuple[str, Outcome], ...] = (
    ("tie", "inconclusive"),
    ("control", "failure"),
    ("variant", "success"),
)
"""Which side of an A/B test won says how the trial went (reading rules 6.1)."""
_KINDS: tuple[NextKind, ...] = ("keep", "stop", "start")
"""Start, stop, continue (method §6); the first whose words a cell holds."""
_LEADING = kept_pattern(
    r"(?:(?<!\s)\s+)?(?:[(\[【](?P<in>[^)\]】]{1,14})[)\]】]|(?P<word>[^\W\d_][\w "
    r"]{0,14}?)\s*(?:[:：)]|\s[-–—]\s))\s*"
)
"""A short word before a colon, a dash or in a bracket may be the verdict of what follows."""
_LEGEND_WORD = kept_pattern(
    r"^\s*(?:\W*\s*)?(?:범례|표기|기호|상태값?|legend|key|marks?|표시|뜻)\s*[:：\-]?\s*",
    re.IGNORECASE,
)
"""Words that announce a legend."""


def _verdict_outcome(text: str) -> Outcome | None:
    verdict = read_verdict(text)
    return outcome_of(verdict, reflected=True) if verdict and verdict.sense in _JUDGED else None


def _by_legend(plain: str, legend: Legend) -> str:
    if plain in legend:
        return legend[plain]
    return next(
        (
            meaning
            for mark, meaning in legend.items()
            if plain.startswith(mark) and not mark[-1].isalnum()
        ),
        "",
    )


def read_answer(text: str) -> bool | None:
    """Return whether a text is a bare yes or a bare no.

    >>> read_answer("네"), read_answer("No"), read_answer("아직")
    (True, False, None)
    """
    said = _answer(fold(text)) if len(text) <= _LONGEST_ANSWER else None
    return said == "success" if said else None


_LONGEST_ANSWER = 12
"""Characters of an answer to a question ("yes, fully"); judgement: longer cells tell something."""


def _answer(plain: str) -> Sense | None:
    bare = _bare(plain) or plain
    answers = load_words("outcomes")["answers"]
    return "success" if bare in answers["yes"] else "failure" if bare in answers["no"] else None


@lru_cache(maxsize=1 << 11)
def _sense(plain: str) -> Sense | None:
    """Find the sense of a folded status.

    Whole, without brackets, inside brackets, by its mark, by its phrases. A cell that asks
    ("Worked?") says nothing yet.
    """
    if not plain or len(plain) > 60 or plain.rstrip(" )]").endswith("?"):
        return None
    for ending, same in _ENDINGS:
        plain = ending.sub(same, plain)
    if begun := never_begun(plain):
        return begun
    packed = _bare(plain).replace(" ", "")
    if packed in _exact() and not says_a_part(plain):
        return _exact()[packed]
    if plain in _marks():
        return _marks()[plain]
    inside = _PAREN.search(plain)
    outer = (
        _sense(_PAREN.sub(" ", plain).strip())
        if inside and _PAREN.sub(" ", plain).strip()
        else None
    )
    if inside is not None:
        inner = _sense(inside[1].strip()) if inside[1].strip() else None
        return _preferred(outer, inner)
    marks = {_marks()[sign] for sign in plain if not sign.isalnum() and sign in _marks()}
    marked = len(marks) == 1 and len(plain) <= 30 and _LIGHTS.isdisjoint(plain)
    return _phrase(plain) or (marks.pop() if marked else None)


_LIGHTS = frozenset("🟢🟡🟠🔴")
"""Lights of health: alone one says that a trial runs; beside words that nobody knows its colour
only underlines them ("🔴 미지원")."""


def _preferred(outer: Sense | None, inner: Sense | None) -> Sense | None:
    """Return of two senses the one outside the brackets, unless it is only a lifecycle.

    "완료(성공)" is a success.
    """
    if outer in (None, "done", "hold", "running") and inner in (*_JUDGED, "dropped"):
        return inner
    if outer == "success" and inner == "inconclusive":
        return inner
    return outer or inner


def _phrase(plain: str) -> Sense | None:
    """Find whole phrases in a short cell, longer ones first.

    Two different senses are none, except beside "done".

    Korean says its "not" last: "목표 달성 실패" and "성공하지 못함" are failures. A negated word is
    not its word (reading rules 6.1a).
    """
    if len(plain) > 40:
        return None
    if _UNSAYABLE.search(plain) or _SAID_AND_DENIED.search(plain):
        return "inconclusive"
    in_order = _phrase_senses(f" {plain} ")
    kinds = list(dict.fromkeys(sense for sense in in_order if sense != "done")) or in_order[:1]
    if set(kinds) == {"success", "failure"} and _SAYS_ITS_NOT_LAST.search(plain):
        return kinds[-1]
    if "inconclusive" in kinds and len(kinds) == 2:
        return (
            "running"
            if "running" in kinds
            else "inconclusive"
            if set(kinds) <= set(_JUDGED)
            else None
        )
    return kinds[0] if len(kinds) == 1 else None


_SAYS_ITS_NOT_LAST = kept_pattern(
    r"(?:성공|달성|검증|통과|개선|해결|입증)(?:에|하는 ?데|을|를)? ?실패"
)
_SAID_AND_DENIED = kept_pattern(r"(?:^|\s)(됨|잘 됨|함|있음|좋음|맞음) (?:안|못|없|나|아)")
_UNSAYABLE = kept_pattern(
    r"(?:판단|판정|비교|측정|평가)[가-힣]?\s?(?:불가|못 ?함|안 ?됨|불능)"
    r"|(?:판단|판정|결론)[을은]? ?못 ?(?:냄|내림|내렸|냈|지음)"
    r"|는지 ?(?:\S{1,8}는지 ?)?[는도]? ?(?:애매|모르|모름|불분명|불명확|알 ?수 ?없)"
    r"|(?:판단|판정|결론|평가|단정|뭐라|뭐라고)[가-힣]{0,2}\s?(?:내리기|하기|짓기|내기|말하기)?[는가엔에]?\s?(?:아직\s?)?"
    r"(?:어렵|어려|힘들|힘듦|이르|이름|곤란|애매)"
    r"|(?:아직|로는|기에는?) 이(?:르다|름|릅니다)"
    r"|\b(?:hard|too early|too soon|impossible|not possible|difficult)"
    r" to (?:say|tell|judge|call|know|conclude)"
    r"|\b(?:can't|can’t|cannot|couldn't|could not)"
    r" (?:really )?(?:say|tell|judge|conclude|measure|compare)"
)
"""What nobody can say yet is inconclusive, whatever it is that cannot be said."""


def _phrase_senses(plain: str) -> list[Sense]:
    """Return the senses of a cell's phrases in order, each negated by a "not" beside it.

    A success and a failure of which neither is meant, or half of each, are inconclusive together.
    """
    taken = verdict_spans(plain)
    meant = {_exact()[_SPACES.sub("", words_)] for _, _, words_ in taken}
    if {"success", "failure"} <= meant and says_both(plain) and not is_of_others(plain):
        return ["inconclusive"]
    senses: list[Sense] = []
    for span in sorted(taken):
        start, end, words_ = span
        said = _exact()[_SPACES.sub("", words_)]
        sense = turned(said, plain[:start], words_, behind=plain[end:])
        if sense is None:
            continue
        if said in _LIVES and not _is_its_state(plain, taken, span):
            continue
        if sense in _JUDGED and not _is_certain(sense, plain, taken, span=span):
            if words_ in _said_aside():
                continue
            return []
        senses.append(sense)
    return senses


def verdict_spans(plain: str) -> list[Span]:
    """Return where the words of verdicts stand in a folded text, longer ones before shorter ones.

    >>> verdict_spans(" 목표 달성 ")
    [(1, 6, '목표 달성')]
    """
    taken: list[Span] = []
    end = 0
    while found := _phrases().search(plain[end:]):  # cut off, as one may follow without a space
        taken.append((end + found.start(), end + found.end(), found[0]))
        end += found.end()
    return taken if len(taken) < 2 else [one for one in taken if one[2] not in ONLY_NOT]


def _is_its_state(plain: str, taken: Sequence[Span], span: Span) -> bool:
    """Return whether the word of a lifecycle says how far the trial itself came."""
    if span[2] in _said_aside():
        return stands_alone(plain, taken, span[0])
    return states_where_it_stands(plain, taken, span)


def _is_certain(sense: Sense, plain: str, taken: Sequence[Span], *, span: Span) -> bool:
    """Return whether a verdict is the trial's own: it says nothing else, or only of which part."""
    start, end, _ = span
    if stands_alone(plain, taken, start):
        return sense == "inconclusive" or not goes_against_it(plain)
    return is_limited(plain[:start], behind=plain[end:]) and not is_of_others(plain)


@cache
def _said_aside() -> frozenset[str]:
    return frozenset(load_words("outcomes")["aside"]["words"])


def _bare(plain: str) -> str:
    previous = ""
    while previous != plain:
        previous = plain
        plain = _EDGE.sub("", plain)
    return (
        "".join(sign for sign in plain if sign.isalnum() or sign in " '&-/+,()").strip()
        if plain
        else plain
    )


@cache
def _exact() -> dict[str, Sense]:
    book = load_words("outcomes")
    lists: dict[Sense, list[str]] = {outcome: book["words"][outcome] for outcome in _OUTCOMES}
    lists |= {"hold": book["hold"]["words"], "done": book["done"]["words"]}
    return {_SPACES.sub("", word): sense for sense, texts in lists.items() for word in texts}


@cache
def _marks() -> dict[str, Sense]:
    return {
        mark: sense for sense, marks in load_words("outcomes")["marks"].items() for mark in marks
    }


@cache
def _phrases() -> re.Pattern[str]:
    """Return the pattern of all words of two letters or more.

    Latin ones whole ("won't" is no "won"), Korean ones at a word's start.
    """
    book = load_words("outcomes")
    known = (
        {word for texts in book["words"].values() for word in texts}
        | set(book["hold"]["words"])
        | set(book["done"]["words"])
    )
    choice = "|".join(
        re.escape(word).replace(r"\ ", r"\s*") + (r"(?![a-z])" if word.isascii() else "")
        for word in sorted(known, key=lambda word: (-len(word), word))
        if len(word) >= 2
    )
    return kept_pattern(rf"(?<![^\W\d_])({choice})")


@cache
def _winners(kind: str) -> frozenset[str]:
    return frozenset(word.replace(" ", "") for word in load_words("outcomes")["winner"][kind])


@cache
def _next_words(kind: str) -> frozenset[str]:
    return frozenset(word.replace(" ", "") for word in load_words("outcomes")["next"][kind])
