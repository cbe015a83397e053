"""Tests what the words of a line say it is: a total, an example, a prompt, a hint, a goal.

Only the words of the line decide here; its position in the table is used in `body_rows`.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.text import fold
from sync.parsing.vocabulary import load_words

_DECORATION = "■□▪▫▸▹▻❯›▶►▷◆◇●○★☆※#*=_-~·・.…:|<>[]【】()《》「」『』➤➡→📌🎯🗓📅✦❖⬛⬜🔹🔸 "
_LETTER = kept_pattern(r"[^\W_]")
_NUMBER_HEAD = kept_pattern(r"^(?:총|전체|합계|total:?|sum:?|n\s*=)?\s*\d[\d,.]*\s*")
_LABELLED = kept_pattern(r"([^:：=]{1,24}?)\s*[:：=]\s*(?=\S)(.+)$", re.DOTALL)
_DASHED = kept_pattern(r"([^–—→-]{1,24}?)\s*(?:[–—→]|\s-\s)\s*(?=\S)(.+)$", re.DOTALL)
_BRACKETED = kept_pattern(
    r"[\[<(【〈「]?\s*([^\[\]<>()【】〈〉「」]{1,24})[\]>)】〉」]\s*(?=\S)(.+)$", re.DOTALL
)
"""A label in brackets ("[목표] 재방문"); the first one may be gone as decoration."""
_MAY_BE_EXAMPLE = kept_pattern(
    r"\W*(?:예|샘플|작성|보기|sample|example|for ex|e\.?\s?g|ex)", re.IGNORECASE
)

_BEGINS_EXAMPLE = frozenset("예샘작보sSeEfFſ")
"""The letters with which a word of `_MAY_BE_EXAMPLE` begins: most cells begin with another one."""


@cache
def line_words(table: str, name: str = "words") -> frozenset[str]:
    """Return a list of words of lines and cells, folded."""
    return frozenset(fold(word) for word in load_words("lines")[table][name])


def is_total(text: str) -> bool:
    """Return whether the text heads a line of totals: "합계", "3 trials", "성공 건수:".

    >>> is_total("3 trials"), is_total("평균"), is_total("평균 체류 시간을 늘린다"), is_total(
    ...     "3번 전화하기")
    (True, True, False, False)
    """
    return len(text) <= 60 and _is_total(text)


def names_a_number(text: str) -> bool:
    """Return whether a total's words may name a metric: a rate, or a word of more ("평균 객단가").

    >>> names_a_number("win rate"), names_a_number("Average order value"), names_a_number("총 합계")
    (True, True, False)
    """
    plain = fold(text).strip(_DECORATION)
    if plain in line_words("total", "rates"):
        return True
    words = line_words("total", "first") | line_words("total", "last")
    whole = words | line_words("total", "before_numbers")
    bare = plain in words or whole.issuperset(plain.split())
    return not bare and " " in plain and not plain[:1].isdigit()


@cache
def _may_be_total() -> re.Pattern[str]:
    listed = {word for name in ("first", "last", "counted") for word in line_words("total", name)}
    return kept_pattern("|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True)))


@lru_cache(maxsize=1 << 11)
def _is_total(text: str) -> bool:
    if not _may_be_total().search(text.lower()):
        return False
    plain = fold(text).strip(_DECORATION)
    if not plain or len(plain) > 40:
        return False
    first, last = line_words("total", "first"), line_words("total", "last")
    if plain in first:
        return True
    head = _NUMBER_HEAD.match(plain)
    if head and head.end():
        return plain[head.end() :].strip() in line_words("total", "counted") | last
    if any(
        plain.startswith(f"{word} ")
        for word in ("sum of", "number of", "total of", "count of", "average of")
    ):
        return True
    tail = plain.rsplit(" ", 1)[-1]
    short = len(plain) <= 16 and plain.count(" ") <= 2
    return short and (tail in last or plain.split(" ", 1)[0].rstrip(":") in first)


def is_example(text: str) -> bool:
    """Return whether the text marks its row as an example.

    >>> is_example("예) 9/7"), is_example("(예시) 신규 고객"), is_example("예상보다 늦음")
    (True, True, False)
    """
    first = text[:1]
    if (first.isalnum() and first not in _BEGINS_EXAMPLE) or len(text) > 400:
        return False
    if not _MAY_BE_EXAMPLE.match(text):
        return False
    plain = fold(text)
    if plain.strip(_DECORATION) in _examples():
        return True
    return bool(
        re.match(
            r"^[\[(<【]?\s*(?:예시|예제|샘플|작성 ?예시?|sample|example|e\.g\.?)\s*[\])>】:.]",
            plain,
        )
    ) or bool(re.match(r"^(?:예|ex)\s*[).:]", plain))


@cache
def _examples() -> frozenset[str]:
    return frozenset(
        fold(word).strip(_DECORATION) for word in load_words("lines")["example"]["words"]
    )


def is_prompt_row(texts: Sequence[str]) -> bool:
    """Return whether a form's first row only says what to write there (reading rules 1.3b).

    One such text may be somebody's own words; a row of them is a form's.

    >>> is_prompt_row(["목표를 입력하세요", "담당 선택"]), is_prompt_row(["Write the prices",
    ...     "Big signs are read"])
    (True, False)
    """
    told = [_asked(text) for text in texts if is_prompt(text)]
    sure = [text for text in told if not text.startswith(_prompts("imperatives"))]
    asked = len(told) + sum(_is_question(text) for text in texts if not is_prompt(text))
    return asked * 5 >= len(texts) * 3 and (bool(sure) or asked >= 3)


def _is_question(text: str) -> bool:
    """Return whether a text asks what a form asks ("When?", "무엇을 했나요"); one alone proves
    nothing.
    """
    plain = fold(text).strip(" ()[]<>")
    asks = plain.endswith(("?", *_prompts("questions"))) and len(text) <= _LONGEST_PROMPT
    return asks and plain.startswith(_prompts("asks"))


def is_prompt(text: str) -> bool:
    """Return whether a text asks for something to be written, as far as it can say that alone."""
    if len(text) > _LONGEST_PROMPT:
        return False
    plain = _asked(text)
    if plain.endswith(_prompts("ends")) or plain in _prompts("formats"):
        return True
    head, _, last = plain.rpartition(" ")
    if last in _prompts("short"):
        return len(head) <= 8
    return plain.startswith(_prompts("begins")) and bool(_begins_prompt().match(plain))


@cache
def _begins_prompt() -> re.Pattern[str]:
    return kept_pattern(rf"(?:{'|'.join(map(re.escape, _prompts('begins')))})(?![a-z])")


def _asked(text: str) -> str:
    return fold(text).strip(" .!*()[]<>")


_LONGEST_PROMPT = 160
"""Characters up to which a text may be a prompt of a form; judgement: longer ones are answers."""


@cache
def _prompts(name: str) -> tuple[str, ...]:
    return tuple(load_words("prompts")[name])


def is_hint(text: str) -> bool:
    """Return whether the text only tells how a column is to be filled ("※ 필수", "(required)").

    >>> is_hint("※ 필수"), is_hint("(optional)"), is_hint("필수 교육 늘리기")
    (True, True, False)
    """
    return len(text) <= 20 and fold(text).strip(_DECORATION + "()*") in line_words("hint")


def is_separator(text: str) -> bool:
    """Return whether the text is a line, or words between lines ("・・ 다음 ・・", "--- Q3 ---").

    >>> is_separator("-----"), is_separator("=== 2분기 ==="), is_separator("신규 고객")
    (True, True, False)
    """
    if not _LETTER.search(text):
        return True
    plain = text.strip()
    first, last = plain[:2], plain[-2:]
    between = all(not sign.isalnum() for sign in first + last)
    return between and (first[0] == first[1:] or last[0] == last[1:])


def strip_decoration(text: str) -> str:
    """Return a label line without its decoration.

    >>> strip_decoration("■ 신규 고객 늘리기 ■")
    '신규 고객 늘리기'
    """
    return text.strip().strip(_DECORATION + "\n").strip()


def is_memo(text: str) -> bool:
    """Return whether a lone line is a remark to the reader: "※ …", "* …", "참고: …", "Note: …".

    >>> is_memo("※ 금요일까지 적어 주세요"), is_memo("* 문의: 하윤"), is_memo("재방문 늘리기")
    (True, True, False)
    """
    return bool(
        re.match(
            r"\s*(?:[※*†]|(?:참고|주의|문의|비고|작성|note|notes|nb|n\.b\.|ps|p\.s\.)\s*[:：)])",
            text,
            re.IGNORECASE,
        )
    )


def is_decorated(text: str) -> bool:
    """Return whether the line starts like a heading: "■ …", "[ … ]", "▶ …", "## …"."""
    return bool(
        re.match(
            r"^\s*(?:[■□▪▫▶►▷▸▹▻◆◇●★☆※#➤➔➜❯›✦❖🔹🔸📌🎯]|\[[^\]]+\]\s*$|【|<[^>]+>\s*$|={2,}|-{2,})",
            text,
        )
    )


@lru_cache(maxsize=1 << 11)
def stated_goal(text: str) -> str:
    """Return the goal that a line states ("목표: 재방문 40%", "Goal – fewer calls"), else "".

    >>> stated_goal("목표: 재방문 40%"), stated_goal("For: half of listeners stay"), stated_goal(
    ...     "비고: 없음")
    ('재방문 40%', 'half of listeners stay', '')
    >>> stated_goal("[목표] 재방문 40%")
    '재방문 40%'
    """
    return _stated(text, "goal_label")


@lru_cache(maxsize=1 << 11)
def stated_owner(text: str) -> str:
    """Return the person that a line names as owner ("담당: 김하늘"), "" when it names none."""
    return _stated(text, "owner_label")


def _stated(text: str, table: str) -> str:
    line = text.strip()
    found = _LABELLED.match(line) or _DASHED.match(line) or _BRACKETED.match(line)
    if found and _is_label(found[1], table):
        return (
            found[2]
            .strip()
            .strip(_DECORATION.replace("(", "").replace(")", "").replace("]", ""))
            .strip()
        )
    return ""


def _is_label(label: str, table: str) -> bool:
    plain = fold(label).strip(_DECORATION)
    known = line_words(table)
    return plain in known or re.sub(r"\s*\d{1,2}$", "", plain) in known
