"""Recognises every sentence of a page or mail from the catalogue of sentences.

Each entry of `templates/words/<language>.toml` becomes a pattern; a line is read as a sequence of
such sentences, of words of the log (whole cells or whole sentences of cells, possibly cut), and of
bare values (numbers, days, marks). What is none of these is unknown, and the test fails: a new kind
of sentence must come with its check.
"""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

NUMBER = r"[−-]?\d[\d,]*(?:\.\d+)?"
_COUNTS = frozenset(
    [
        "n",
        "total",
        "done",
        "planned",
        "hit",
        "miss",
        "wrong",
        "unexpected",
        "none",
        "moved_n",
        "read",
        "used",
        "failed",
        "cause",
        "gave",
        "asked",
        "rest",
        "times",
        "new",
        "repeated",
        "stopped",
        "share",
        "line",
        "weeks",
        "gains",
        "good",
        "bad",
        "people_n",
        "shown",
        "unmeasured",
        "learned_n",
    ]
)
_TEXT = r"[^\[\]]+?"
_NAMED = r"(?:(?![.?!]\s)[^\[\]():‘’“”→])+?"
_FACTS = {
    "year": r"\d{4}",
    "period": r"[^·().:]{2,14}?",
    "days": r"[^·:]{1,40}?",
    "metric": _NAMED,
    "lead": _NAMED,
    "result": _NAMED,
    "far": _NAMED,
    "value": _NAMED,
    "before": _NAMED,
    "after": _NAMED,
}
"""What a fact of a name may look like: a metric's name ends neither a sentence nor a label."""
_FREE = {
    ("data.skipped", "what"),
    ("data.partial", "error"),
    ("data.warn_not_understood", "sources"),
    ("data.warn_not_understood_bare", "sources"),
    ("data.not_understood_tabs", "tabs"),
    ("data.not_understood_tabs_bare", "tabs"),
    ("data.source", "when"),
    ("tried.words", "words"),
    ("number.trend", "unit"),
    ("number.trend_month", "unit"),
    ("move.compared", "side"),
}
"""Facts that are no words of the log and no sentences: reasons of rows left out, an error, a
moment, names of tabs (their check looks at these)."""
_VALUE = re.compile(
    rf"""(?:[▲▼]\s?)?(?:[₩$€£])?{NUMBER}(?:~{NUMBER})?\s?(?:억|만)?\s?
    (?:%p|%|건|명|만원|원|점|회|번|일|시|집|points?|kGBP|times?|days?)?""",
    re.VERBOSE,
)
_DAY_KO = r"(?:\d{4}년\s)?\d{1,2}월\s\d{1,2}일(?:\([월화수목금토일]\))?(?:\s\d\d:\d\d)?"
_DAY_EN = (
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s)?\d{1,2}\s[A-Z][a-z]{2,8}(?:\s\d{4})?(?:,\s\d\d:\d\d)?"
)
_MONTH_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_MARKS = re.compile(
    rf"""{_DAY_KO}|{_DAY_EN}|{_DAY_KO}–\d{{1,2}}일\([월화수목금토일]\)|{_DAY_KO}–{_DAY_KO}
    |[A-Z][a-z]{{2}}\s\d{{1,2}}(?:\s[A-Z][a-z]{{2}})?\s–\s[A-Z][a-z]{{2}}\s\d{{1,2}}\s[A-Z][a-z]{{2}}
    |\d{{1,2}}\s?[ap]m|\d{{4}}-(?:W\d\d|\d\d)-r\d+|{_MONTH_EN}|\d{{1,2}}주차|\d{{1,2}}월|[Ww]eek\s\d{{1,2}}|\d{{4}}-W\d\d
    |{NUMBER}/{NUMBER}|\({NUMBER}–{NUMBER}\)|\({NUMBER}–{NUMBER}\)\s[▲▼]|\d{{1,3}}|–|BHAG|Big\s3|[✅❌]
    |[\w.+-]+@[\w.-]+|\w+://\S+|[▲▼]""",
    re.VERBOSE,
)
_SPLIT = re.compile(r"[\s·→|/:,.()\[\]‘’“”]")
_STRONG = re.compile(
    r"\s·\s|\s→\s|→\s|\s\|\s|\s/\s|:\s|,\s|\s\(|\)|\(|\]\s|\[|‘|’|“|”|\]|:|·|→|\||\."
)
_UNKNOWN, _PER_LETTER = 1000.0, 0.04


@dataclass(frozen=True)
class Said:
    """One sentence as recognised: its key in the catalogue and the facts it states, as texts.

    The key is "" for words of the log and for bare values.
    """

    key: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    inner: tuple["Said", ...] = ()

    def walk(self) -> Iterator["Said"]:
        """Give this sentence and those inside its facts."""
        yield self
        for one in self.inner:
            yield from one.walk()


@dataclass(frozen=True)
class Pattern:
    """A catalogue entry as a regular expression; `literals` are texts that must occur."""

    key: str
    regex: re.Pattern[str]
    greedy: re.Pattern[str]
    literals: tuple[str, ...]
    names: Mapping[str, str]
    weight: int


def catalogue(folder: Path, language: str) -> dict[str, Any]:
    """Return the sentences of mails and pages by key."""
    data = tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flat(data, ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping) and set(value) != {"one", "other"}:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@lru_cache(maxsize=8)
def patterns(folder: Path, language: str) -> tuple[Pattern, ...]:
    """Return a pattern for every entry that has letters of its own."""
    found = []
    for key, entry in catalogue(folder, language).items():
        for template in entry.values() if isinstance(entry, Mapping) else (entry,):
            pattern = _pattern(key, template.strip().replace("\u00a0", " "))
            if pattern.weight:
                found.append(pattern)
    return tuple(sorted(found, key=lambda one: -one.weight))


def _pattern(key: str, template: str) -> Pattern:
    parts: list[str] = []
    names: dict[str, str] = {}
    literals: list[str] = []
    weight = 0
    for literal, name, spec, _ in string.Formatter().parse(template):
        parts.append(_literal(literal, after_field=bool(parts)))
        weight += len(re.sub(r"[\W\d_]", "", literal))
        literals += [
            word.casefold() for word in re.findall(r"\w[\w'’-]*", literal) if len(word) > 1
        ]
        if name is not None:
            parts.append(_field(name, spec or "", names, quoted=literal[-1:] in {"‘", "“"}))
            weight += len(re.sub(r"\W", "", spec or "")) // 3 if "/" in (spec or "") else 0
    lazy = "".join(parts)
    return Pattern(
        key,
        re.compile(lazy, re.IGNORECASE),
        re.compile(lazy.replace("+?)", "+)"), re.IGNORECASE),
        tuple(literals),
        names,
        weight,
    )


def _literal(text: str, *, after_field: bool) -> str:
    shown = re.escape(text).replace(r"\ ", r"\s")
    if after_field and text.startswith("."):
        return rf"(?:\.|(?<=…)){shown[2:]}"
    return shown


def _field(name: str, spec: str, names: dict[str, str], *, quoted: bool) -> str:
    forms = spec.lstrip("~#").split("/") if "/" in spec else []
    form = rf"(?:{'|'.join(_form(one, forms) for one in forms)})" if forms else ""
    if spec.startswith(("~", "#")):
        return form
    group = f"{name}_{len(names)}"
    names[group] = name
    counted = (not quoted and name in _COUNTS) or (spec.count("/") == 1 and form.isascii())
    text = r"[^\[\]‘“”]+?" if quoted else _FACTS.get(name, _TEXT)
    shown = rf"(?P<{group}>{NUMBER if counted else text})"
    if not forms:
        return shown
    korean = any("가" <= letter <= "힣" for letter in spec) or not spec.isascii()
    return shown + (form if korean else rf"\s{form}")


def _form(one: str, forms: list[str]) -> str:
    both = f"{forms[0]}({forms[1]})"
    return f"{re.escape(one)}|{re.escape(both)}" if one == forms[0] else re.escape(one)


class Reader:
    """Reads lines of one sheet: the catalogue, and what stands in the log that day."""

    def __init__(self, folder: Path, language: str, cells: Iterable[str]) -> None:
        self.patterns = patterns(folder, language)
        self.cells = tuple({_plain(cell) for cell in cells if cell})
        self._pieces = {piece for cell in self.cells for piece in _pieces(cell)}
        self._memo: dict[str, tuple[float, tuple[Said, ...]]] = {}
        self._keys: dict[str, bool] = {}

    def read(self, line: str) -> tuple[tuple[Said, ...], bool]:
        """Return the sentences of a line and whether all of it was recognised."""
        cost, said = self._best(_plain(line))
        return said, cost < _UNKNOWN

    def quoted(self, text: str) -> bool:
        """Tell whether a text is the log's own: a cell, or whole sentences of one, possibly
        cut at its end.
        """
        bare = _plain(text).strip(" \"“”‘’'")
        if not bare:
            return False
        low = bare.casefold()
        if low in self._pieces or low.rstrip(".") in self._pieces:
            return True
        return bare.endswith("…") and any(
            piece.startswith(low.rstrip("… .")) for piece in self._pieces
        )

    def _best(self, text: str) -> tuple[float, tuple[Said, ...]]:
        if text in self._memo:
            return self._memo[text]
        answer = self._tiled(text)
        self._memo[text] = answer
        return answer

    def _tiled(self, text: str) -> tuple[float, tuple[Said, ...]]:
        cuts = sorted({0, len(text), *(at for m in _SPLIT.finditer(text) for at in m.span())})
        low = text.casefold()
        fitting = [one for one in self.patterns if all(word in low for word in one.literals)]
        best: dict[int, tuple[float, tuple[Said, ...], bool]] = {0: (0.0, (), False)}
        for at, start in enumerate(cuts):
            if start not in best:
                continue
            cost, said, loose = best[start]
            for stop in cuts[at + 1 :]:
                piece = text[start:stop]
                more, found, words = self._piece(piece, fitting, loose)
                if found is None:
                    continue
                total = cost + more
                if stop not in best or total < best[stop][0]:
                    best[stop] = (total, (*said, *found), words)
        if len(text) in best:
            return best[len(text)][:2]
        return _UNKNOWN, (Said("?", text),)

    def _piece(
        self, piece: str, fitting: list[Pattern], loose: bool
    ) -> tuple[float, tuple[Said, ...] | None, bool]:
        """Return the cost of one piece, what it says, and whether it was words of the log."""
        bare = piece.strip()
        if not bare:
            return 0.0, (), loose
        if _STRONG.fullmatch(piece) or _STRONG.fullmatch(bare):
            return 0.05, (), False
        if piece != bare:
            return _UNKNOWN, None, False
        if _VALUE.fullmatch(bare) or _MARKS.fullmatch(bare):
            return 1.0, (Said("", bare),), False
        best: tuple[float, tuple[Said, ...] | None, bool] = (_UNKNOWN, None, False)
        if not loose and self.quoted(bare):
            best = (1.5, (Said("", bare),), True)
        for one in fitting:
            match = one.regex.fullmatch(bare)
            if match is None:
                continue
            cost, said = self._matched(one, match)
            if cost >= _UNKNOWN and (match := one.greedy.fullmatch(bare)):
                cost, said = self._matched(one, match)
            if cost < best[0]:
                best = (cost, (said,), False)
        return best

    def _matched(self, one: Pattern, match: re.Match[str]) -> tuple[float, Said]:
        cost = 1.0
        inner: list[Said] = []
        facts: dict[str, str] = {}
        for group, name in one.names.items():
            text = match[group]
            facts.setdefault(name, text)
            if re.fullmatch(NUMBER, text) or (one.key, name) in _FREE:
                continue
            more, said = self._best(text.strip())
            if more >= _UNKNOWN:
                return _UNKNOWN, Said("?", text)
            cost += 0.3 * more + _PER_LETTER
            inner += said
        return cost, Said(one.key, match[0], facts, tuple(inner))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def _pieces(cell: str) -> Iterator[str]:
    """Give a cell's whole text and its sentences, in small letters, as a page may quote them."""
    low = cell.casefold()
    yield low
    yield low.rstrip(".")
    ends = [0, *(m.end() for m in re.finditer(r"[.!?]\s|\n", low)), len(low)]
    for at, start in enumerate(ends[:-1]):
        for stop in ends[at + 1 :]:
            yield low[start:stop].strip(" \n✅❌")
            yield low[start:stop].strip()
            yield low[start:stop].strip().rstrip(".")
