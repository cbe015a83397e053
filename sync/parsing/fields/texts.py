"""Reads the text fields of each record: hypothesis, execution, retrospective, learning, next.

Columns that feed one field are joined; labelled parts of a cell (`T)`, `적용:`, `Next:`) go to the
field that the label names (reading rules 4, 5, 10).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from notes.model.notes import NextKind
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.labels import LabelledPart, Reflection, reflect, split_labels
from sync.parsing.cells.outcomes import (
    Legend,
    leading_next_kind,
    not_done,
    read_answer,
    read_next_kind,
    read_verdict,
)
from sync.parsing.cells.text import fold, is_placeholder
from sync.parsing.cells.verdict_context import says_where
from sync.parsing.columns.column_texts import RoleTable, column_texts, each_text, join_texts
from sync.parsing.columns.grades import ColumnMeaning
from sync.parsing.layout.line_kinds import line_words
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import EXACT, names_in, nearest_role

from .outcome_fields import is_verdict_only

_REFLECTIVE = ("retrospective", "success_factors", "failure_factors")
_SIGN = kept_pattern(r"[:：)\]】>?*(（\n]|(?<!\w\w)\.| [-–—] ")
_KOREAN_WORD = kept_pattern(r"(?<![\d.,가-힣])(?:[가-힣]{2,}|중)")
"""A Korean word that is no unit behind a number: two tell what came out ("하루 6명 가입")."""
_COUNTED = kept_pattern(r"\d+\s?(?:명|팀|곳|건|개|장|회|번|분|통|대|권|잔)(?![가-힣])")
"""How many there were, beside what they did ("3명 재방문"): told, and no level of a metric."""
_PAIR = kept_pattern(r"\d\S*\s*(?:→|->|=>|~)\s*\d")
_SHORTEST_TOLD = 10
"""Characters from which a cell under an unknown header may tell parts of a trial under labels."""
_SIGNS = ":：)]】>?*(（\n.-–—"
_BEFORE = "([\n/|;,.-•*"
_SYLLABLES = kept_pattern(r"[가-힣\u3041-\u30ff\u4e00-\u9fff]")
_FEWEST_SYLLABLES = 4
"""Syllables from which a result without a number says what happened ("신맛이 났다"); judgement."""
_FORWARD = frozenset({"next", "try", "keep", "stop", "start", "learned", "applied"})
"""Labels that look forward: a retrospective made of them alone holds no looking back."""
_MAIN = {
    "goal": "goal",
    "hypothesis": "hypothesis",
    "execution": "execution",
    "result": "retrospective",
    "retrospective": "retrospective",
}
"""A label that names another field moves its text there."""


@dataclass(frozen=True, slots=True, eq=False)
class NoteTexts:
    """The texts of all records, one list a field; "" where a record says nothing.

    `reflected`: it holds a result.
    """

    goal: list[str]
    hypothesis: list[str]
    execution: list[str]
    retrospective: list[str]
    success_factors: list[str]
    failure_factors: list[str]
    learned: list[str]
    applied_to: list[str]
    next_action: list[str]
    next_kind: list[NextKind | None]
    reflected: list[bool]
    needs: list[str]


def read_texts(table: RoleTable, legend: Legend) -> NoteTexts:
    """Return the texts of all records."""
    size = table.size
    texts = {role: _texts(table, role) for role in ("goal", "hypothesis", "execution")}
    texts["execution"] = ["" if text and not_done(text) else text for text in texts["execution"]]
    parts = {role: _texts(table, role) for role in _REFLECTIVE}
    retrospective = join_texts([column_texts(table, n) for n in table.columns(*_REFLECTIVE)], size)
    results = _results(table, legend)
    if not _looks_back(table):  # beside parts of looking back a result is one of them
        retrospective = join_texts([results, retrospective], size)
    else:
        retrospective = [own or other for own, other in zip(retrospective, results, strict=True)]
    kinds: list[NextKind | None] = _stated_kinds(table)
    said = NoteTexts(
        goal=[""] * size,
        hypothesis=_hypotheses(table, texts["hypothesis"]),
        execution=texts["execution"],
        retrospective=retrospective,
        success_factors=parts["success_factors"],
        failure_factors=parts["failure_factors"],
        learned=_learned(table),
        applied_to=[_place_of(text) for text in _texts(table, "applied_to")],
        next_action=_next_actions(table, kinds),
        next_kind=kinds,
        reflected=[False] * size,
        needs=_texts(table, "needs"),
    )
    _spread_labels(table, said)
    said.reflected[:] = [
        bool(one or two) for one, two in zip(said.retrospective, results, strict=True)
    ]
    return said


def _looks_back(table: RoleTable) -> bool:
    """Return whether a column looks back by its very header, neither a part nor only likely."""
    meanings = (table.meanings[number] for number in table.columns("retrospective"))
    return any(isinstance(one, ColumnMeaning) and one.grade == "certain" for one in meanings)


def _texts(table: RoleTable, role: str) -> list[str]:
    return list(
        join_texts([column_texts(table, number) for number in table.columns(role)], table.size)
    )


def _learned(table: RoleTable) -> list[str]:
    """Return what each record marks as learned: by a header of its own, else by one that names it
    beside looking back ("느낀 점 / 배운 점": reading rules 5, a heading marks learning).
    """
    numbers = table.columns("learned") or [
        number
        for number in table.columns("retrospective")
        if names_learning(table.column(number).header)
    ]
    return list(join_texts([column_texts(table, number) for number in numbers], table.size))


@lru_cache(maxsize=256)
def names_learning(header: str) -> bool:
    """Return whether one of several things that a header names is what was learned.

    >>> names_learning("느낀 점 / 배운 점"), names_learning("Retro & learnings")
    (True, True)
    >>> names_learning("회고"), names_learning("느낀 점")
    (False, False)
    """
    names = names_in(header)
    return len(names) > 1 and any(nearest_role(name, EXACT) == "learned" for name in names)


def _hypotheses(table: RoleTable, plain: list[str]) -> list[str]:
    """Return the hypotheses; if, then and because are joined.

    An expected effect is the hypothesis where there is no other (reading rules 4).
    """
    numbers = table.columns("hypothesis", "if", "then", "because")
    if numbers:
        alone = len(numbers) == 1 and table.columns("hypothesis")
        return (
            plain
            if alone
            else join_texts([column_texts(table, number) for number in numbers], table.size)
        )
    return _texts(table, "expected")


def _place_of(text: str) -> str:
    """Return where something was applied: "" where a cell only says whether it was ("미적용")."""
    return "" if fold(text).strip(" .!") in line_words("applied") else text


def _results(table: RoleTable, legend: Legend) -> list[str]:
    """Return the results that are told in words: neither a bare verdict nor bare numbers."""
    columns = [column_texts(table, number) for number in table.columns("result")]
    columns += [_words_of_results(table, number) for number in table.columns("metric")]
    columns += [_told_with_verdicts(table, number) for number in table.columns("outcome")]
    return [
        text if text and _is_told(text) and not is_verdict_only(text, legend) else ""
        for text in join_texts(columns, table.size)
    ]


def _words_of_results(table: RoleTable, number: int) -> list[str]:
    """Return the cells in words of a column of results of which the others hold numbers.

    "지연 그대로" between "6분에서 2분" and "5건에서 1건".
    """
    words = ["" if any(map(str.isdigit, text)) else text for text in column_texts(table, number)]
    if any(words) and nearest_role(table.column(number).header) == "result":
        return words
    return [""] * table.size


def _told_with_verdicts(table: RoleTable, number: int) -> list[str]:
    """Return the cells of a column of verdicts that tell more: what a verdict was confined to."""
    if nearest_role(table.column(number).header) != "result":
        return [""] * table.size
    return [text if says_where(fold(text)) else "" for text in column_texts(table, number)]


def _is_told(text: str) -> bool:
    if len(text) > 30:
        return len(list(islice(filter(str.isalpha, text), 6))) == 6
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if not digits and len(_SYLLABLES.findall(text)) >= _FEWEST_SYLLABLES:
        return True
    if letters >= 6 and letters > 2 * digits and not _is_level(text):
        return True
    if _COUNTED.search(text) and _KOREAN_WORD.search(_COUNTED.sub(" ", text)):
        return not _PAIR.search(text)
    return len(_KOREAN_WORD.findall(text)) >= 2 and not _PAIR.search(text)


def _is_level(text: str) -> bool:
    """Return whether a result is one Latin word, which grades it ("Medium") and tells nothing."""
    return text.isascii() and len(text.split()) == 1


def _stated_kinds(table: RoleTable) -> list[NextKind | None]:
    kinds: list[NextKind | None] = [None] * table.size
    for number in table.columns("next_kind"):
        for record, text in enumerate(column_texts(table, number)):
            if text and kinds[record] is None:
                kinds[record] = read_next_kind(text)
        if read_next_kind(table.column(number).header.rstrip("? ")) != "stop":
            _answer_kinds(table.column(number).values, kinds)
    return kinds


def _answer_kinds(values: Sequence[Value], kinds: list[NextKind | None]) -> None:
    """Add what a yes or a no under "Repeat?" or "계속할까" means: keep, or stop."""
    for record, value in enumerate(values):
        said = read_answer(value) if kinds[record] is None and isinstance(value, str) else None
        if said is not None:
            kinds[record] = "keep" if said else "stop"


def _next_actions(table: RoleTable, kinds: list[NextKind | None]) -> list[str]:
    """Return the next actions.

    Columns for keep, stop and start say the kind where only one of them is filled.
    """
    split: list[tuple[NextKind, str]] = [
        ("keep", "next_keep"),
        ("stop", "next_stop"),
        ("start", "next_start"),
    ]
    by_kind = {kind: _texts(table, role) for kind, role in split if table.columns(role)}
    actions = list(
        join_texts(
            [
                column_texts(table, n)
                for n in table.columns("next_action", "next_keep", "next_stop", "next_start")
            ],
            table.size,
        )
    )
    told = _told_as_kinds(table)
    for record in range(table.size):
        actions[record] = actions[record] or told[record]
        filled = [kind for kind, texts in by_kind.items() if texts[record]]
        if kinds[record] is None and len(filled) == 1:
            kinds[record] = filled[0]
        if actions[record] and kinds[record] is None:
            kinds[record] = leading_next_kind(actions[record])[0]
    return actions


def _told_as_kinds(table: RoleTable) -> list[str]:
    """Return what stands in columns of choices beside them: "매주 반복" among "유지" and "그만"."""
    told = [""] * table.size
    for number in table.columns("next_kind"):
        for record, text in enumerate(column_texts(table, number)):
            if len(text.split()) > 1 and not read_next_kind(text) and not read_verdict(text):
                told[record] = told[record] or text
    return told


def _spread_labels(table: RoleTable, said: NoteTexts) -> None:
    """Add labelled parts of cells to the fields that their labels name."""
    for number in table.columns(
        *_REFLECTIVE, "result", "learned", "next_action", "execution", "hypothesis", "note"
    ):
        role, texts = table.meanings[number].role, column_texts(table, number)
        if not any(sign in whole for whole in ["\0".join(texts)] for sign in _SIGNS):
            continue
        for record, text in enumerate(texts):
            if not text or not _may_hold_labels(text):
                continue
            parts = split_labels(text)
            if len(parts) > 1 or (parts and parts[0].role):
                _spread(said, record, role, text=text, parts=parts)
    for number, found in enumerate(table.meanings):
        if not found.role and (fewest := fewest_labels(table, number)):
            _spread_unknown(table, number, said, fewest=fewest)


def _may_hold_labels(text: str) -> bool:
    """Return cheaply whether a text may hold a label.

    Before some sign or line end stands the end of a known one.
    """
    if "\n#" in text:  # a text of several headings with marks, or with hash signs
        return True
    if not _last_letter().search(text):
        return False
    endings = _endings()
    return any(
        text[max(0, sign.start() - 3) : sign.start()].strip()[-2:].strip().lower() in endings
        for sign in _SIGN.finditer(text)
    )


@cache
def _last_letter() -> re.Pattern[str]:
    """Return the pattern of the last letter of any ending before any sign.

    What most texts do not have, and quickly looked for.
    """
    last = {
        sign for ending in _endings() for letter in ending[-1:] for sign in (letter, letter.upper())
    }
    return kept_pattern(
        rf"[{re.escape(''.join(sorted(''.join(last))))}]\s{{0,2}}[{re.escape(_SIGNS)} ]"
    )


@cache
def _endings() -> frozenset[str]:
    book = load_words("labels")
    known = [label[-2:].strip().lower() for listed in book["labels"].values() for label in listed]
    letters = [
        f"{before}{letter}".strip().lower()
        for letter in book["letters"]
        for before in ("", *_BEFORE)
    ]
    return frozenset([*known, *letters])


def fewest_labels(table: RoleTable, number: int) -> int:
    """Return how many labels a cell of a column without a role needs to be split at them.

    1 where most cells of the whole column begin with a label, else 2; 0 where no cell is split.
    """
    if table.meanings[number].profile.length < _SHORTEST_TOLD:
        return 0
    return table.table_context.cached(
        "fewest labels", number, lambda: 1 if _is_labelled(table, number) else 2
    )


def _is_labelled(table: RoleTable, number: int) -> bool:
    labelled = held = 0
    for text in each_text((table.table_context.whole or table.record_table).columns[number]):
        held += bool(text)
        labelled += bool((parts := _told_parts(text)) and parts[0].role)
    return labelled * 2 > held


def _told_parts(text: str) -> Sequence[LabelledPart]:
    """Return the parts of a cell of a column without a role, none where it holds no label."""
    return split_labels(text) if len(text) >= _SHORTEST_TOLD and _may_hold_labels(text) else ()


def _spread_unknown(table: RoleTable, number: int, said: NoteTexts, *, fewest: int) -> None:
    """Add labelled parts of columns without a role: "목표: … 가설: … 실행: …"."""
    for record, text in enumerate(column_texts(table, number)):
        parts = _told_parts(text)
        several = len({part.role for part in parts if part.role}) >= 2
        if several or (fewest == 1 and parts and parts[0].role):
            _spread(said, record, "", text=text, parts=parts)


def _spread(
    said: NoteTexts, record: int, role: str, *, text: str, parts: Sequence[LabelledPart]
) -> None:
    main = {_MAIN[part.role] for part in parts if part.role in _MAIN}
    moved = bool(main) and bool(parts[0].role) and _MAIN.get(role, role) not in main
    if moved and role in _MAIN:
        own: list[str] = getattr(said, _MAIN[role])
        own[record] = own[record].replace(text, "").strip()
    if len(main) >= 2 or (main and not role) or moved:
        for part in parts:
            if part.role in _MAIN and not is_placeholder(part.text):
                _add(getattr(said, _MAIN[part.role]), record, part.text, whole=text)
    found = reflect(parts)
    _add(said.applied_to, record, found.applied_to, whole=text)
    _add(said.next_action, record, found.next_action, whole=text)
    if role == "learned":
        kept = "\n".join(
            part.text
            for part in parts
            if part.role in ("", "learned", "good", "bad", "retrospective")
        )
        if found.applied_to or found.next_action:
            said.learned[record] = said.learned[record].replace(text, kept).strip()
    else:
        _add(said.learned, record, found.learned, whole=text)
    _add(said.success_factors, record, found.success_factors or found.good, whole=text)
    _add(said.failure_factors, record, found.failure_factors or found.bad, whole=text)
    if role in ("note", ""):
        both = "\n".join(part for part in (found.good, found.bad) if part)
        _add(said.retrospective, record, both, whole=text)
    _set_kind(said, record, role, found=found)
    if role in _REFLECTIVE and all(part.role in _FORWARD for part in parts):
        said.retrospective[record] = said.retrospective[record].replace(text, "").strip()


def _set_kind(said: NoteTexts, record: int, role: str, *, found: Reflection) -> None:
    if (
        said.next_kind[record] is None
        and found.next_kind
        and (role != "learned" or found.next_action)
    ):
        said.next_kind[record] = found.next_kind


def _add(column: list[str], record: int, text: str, *, whole: str) -> None:
    """Add a part to a field, once; a field that holds the whole cell keeps only the part."""
    if not text:
        return
    known = column[record]
    if known == whole or whole in known:
        column[record] = known.replace(whole, text)
    elif text not in known:
        column[record] = f"{known}\n{text}" if known else text
