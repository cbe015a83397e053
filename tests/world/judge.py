"""Holds every line of every sheet against the truth, in the order in which the readers got them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .checks import (
    CHECKS,
    LABELS,
    LOST,
    SHAPES,
    Reading,
    Told,
    Wrong,
    interval,
    lost_line,
    number_line,
    pair_line,
    promise_line,
)
from .lines import SheetLine, lines_of, masked, words_of
from .logs import TeamLog
from .play import Sheet, base_url
from .sentences import Reader, Said, catalogue
from .truth import Truth, same_start

_STATES = ("kept", "running", "stopped", "vanished", "came_back", "unanswered")
_CLAIM = re.compile(r"\d\.")


@dataclass
class Judge:
    """Judges sheets one after the other; it remembers what earlier ones told.

    Attributes:
        words: the folder with the sentences (`templates/words`).
        checked: how many statements were compared with the truth, by kind of sentence.
    """

    teams: Sequence[TeamLog]
    words: Path
    told: Told = field(default_factory=Told)
    checked: dict[str, int] = field(default_factory=dict)
    lines: int = 0

    @property
    def archive(self) -> bool:
        """Whether the workspace keeps one (a mail may then send its reader there)."""
        return bool(base_url(self.teams))

    def judge(self, sheet: Sheet) -> Iterator[Wrong]:
        """Give what is wrong on a sheet."""
        if sheet.kind == "operator":
            return
        days = 5 if sheet.kind == "preview" else None
        truths = {team.name: Truth(team, sheet.week, days=days) for team in self.teams}
        reader = Reader(self.words, sheet.language, self._cells(sheet))
        entries = catalogue(self.words, sheet.language)
        truth = truths[sheet.team]
        at = Reading(truth, sheet.kind, self.told, SheetLine("", 0, "", ""))
        at.all, at.archive = tuple(truths.values()), self.archive
        yield from self._subject(sheet, at, reader)
        for line in lines_of(sheet.text):
            self.lines += 1
            if sheet.kind == "several":
                at = self._switch(at, line, truths)
            at.line = line
            self._place(at, line)
            yield from self._line(sheet, at, reader, entries)
        yield from _hidden(sheet, self.teams, truth)
        if sheet.kind == "page":
            self._remember(at)

    def _cells(self, sheet: Sheet) -> Iterable[str]:
        only = None if sheet.kind == "several" else sheet.team
        cells = [*words_of(self.teams, only, sheet.week), *(team.name for team in self.teams)]
        return masked(cells, self.teams, sheet.language) if sheet.names == "counts" else cells

    def _switch(self, at: Reading, line: SheetLine, truths: Mapping[str, Truth]) -> Reading:
        lead = re.match(r"\[([^\]]+)\]", line.text)
        name = line.text if line.text in truths else lead[1] if lead else ""
        if name not in truths:
            return at
        return Reading(truths[name], at.kind, at.told, line, archive=at.archive, all=at.all)

    @staticmethod
    def _place(at: Reading, line: SheetLine) -> None:
        """Note the claim that the lines below belong to."""
        if _CLAIM.fullmatch(line.bullet):
            found = at.note(line.text.partition(": ")[2])
            at.claim = found[0] if found else None
        elif line.bullet in {"-", "→", "*", "!"}:
            at.claim = None

    def _subject(self, sheet: Sheet, at: Reading, reader: Reader) -> Iterator[Wrong]:
        text = re.sub(r"^(?:\[정정\] |\[Correction\] )?\[[^\]]*\] ", "", sheet.subject)
        text = re.sub(r", (?:결정 요청 \d+건|\d+ decisions? to make)$", "", text)
        if not text or sheet.kind in {"preview", "several"}:
            return
        at.line = SheetLine(text, 0, "", "")
        wrong = number_line(at)
        if wrong:
            yield Wrong(sheet.team, sheet.week, f"{sheet.kind} subject", sheet.subject, wrong)
        said, known = reader.read(text)
        yield from self._said(sheet, at, said)
        if not known:
            yield Wrong(
                sheet.team, sheet.week, f"{sheet.kind} subject", sheet.subject, "unknown sentence"
            )

    def _line(
        self, sheet: Sheet, at: Reading, reader: Reader, entries: Mapping[str, Any]
    ) -> Iterator[Wrong]:
        team = at.truth.team.name
        if re.fullmatch(LOST, at.line.text):
            if wrong := lost_line(at):
                yield Wrong(team, sheet.week, sheet.kind, at.line.text, wrong)
            return
        said, known = reader.read(at.line.text)
        if not known:
            yield Wrong(team, sheet.week, sheet.kind, at.line.text, "unknown sentence")
            return
        wrong = number_line(at) if at.line.bullet in {"", "-"} else None
        for shape in SHAPES:
            wrong = wrong or shape(at)
        wrong = (
            wrong
            or self._first_screen(at, said, entries)
            or self._ledger(at, said)
            or self._claimed(sheet, at)
            or self._pair(at, entries)
        )
        if wrong:
            yield Wrong(team, sheet.week, sheet.kind, at.line.text, wrong)
        yield from self._said(sheet, at, said)

    def _said(self, sheet: Sheet, at: Reading, said: Sequence[Said]) -> Iterator[Wrong]:
        for top in said:
            for one in top.walk():
                key = one.key.removesuffix("_month")
                if not key:
                    continue
                if key in CHECKS:
                    self.checked[key] = self.checked.get(key, 0) + 1
                    wrong = CHECKS[key](at, one)
                    if wrong:
                        yield Wrong(
                            at.truth.team.name,
                            sheet.week,
                            f"{sheet.kind} {key}",
                            at.line.text,
                            wrong,
                        )
                elif not LABELS.fullmatch(key):
                    yield Wrong(
                        at.truth.team.name,
                        sheet.week,
                        sheet.kind,
                        at.line.text,
                        f"no check for {key}",
                    )
                if key.startswith("decision.text."):
                    subject = (
                        one.facts.get("subject")
                        or one.facts.get("metric")
                        or one.facts.get("person", "")
                    )
                    at.asked = f"{key} {subject}"

    @staticmethod
    def _first_screen(at: Reading, said: Sequence[Said], entries: Mapping[str, Any]) -> str | None:
        """Check "activity: what moved", whose template is nothing but its facts."""
        if at.line.bullet != entries["label.business"] or not said or said[0].key:
            return None
        if not at.note(said[0].text):
            return None
        return CHECKS["key.business"](
            at, Said("key.business", at.line.text, {"activity": said[0].text})
        )

    @staticmethod
    def _ledger(at: Reading, said: Sequence[Said]) -> str | None:
        state = said[0].key.removeprefix("commitment.") if said else ""
        if (
            at.line.bullet != "-"
            or state not in _STATES
            or not said[0].key.startswith("commitment.")
        ):
            return None
        text = at.line.text.partition("] " if at.line.text.startswith("[") else ": ")[2]
        return promise_line(at, state, text.split(" · ")[0])

    def _claimed(self, sheet: Sheet, at: Reading) -> str | None:
        """Check the head of one of the three activities: of this week, its number improved,
        told once.
        """
        if not _CLAIM.fullmatch(at.line.bullet):
            return None
        note = at.claim
        if note is None or note not in at.truth.here:
            return "no such activity this week"
        if note.counts:
            sure = bool(note.at("after", at.truth.day)) and interval(note.counts)[0] > 0
            return None if sure else "a comparison that is not sure is none of the three"
        moves = [move for move in at.truth.moves if move.note is note]
        if not moves or 1 not in at.truth.ways(moves[0]):
            return "its number did not improve, or not this week"
        kind = " of a month" if at.truth.monthly else ""  # a month tells again what its weeks told
        first = self.told.moves.setdefault((note.id + kind, moves[0].name), sheet.week)
        return None if first == sheet.week else f"told in {first} before"

    def _pair(self, at: Reading, entries: Mapping[str, Any]) -> str | None:
        """Check "learned" and the "applied" below it: one note's own words, first written
        this week.
        """
        learned, applied = f"{entries['learning.learned']}: ", f"{entries['learning.applied']}: "
        if at.line.text.startswith(learned) and not at.line.bullet:
            at.learned = at.line.text.removeprefix(learned)
        elif at.line.bullet == "→" and at.line.text.startswith(applied):
            where = re.sub(r" \[[^\]]*\]$", "", at.line.text.removeprefix(applied))
            return pair_line(at, at.learned, where)
        return None

    def _remember(self, at: Reading) -> None:
        name = at.truth.team.name
        if at.asked:
            key = f"{name} {at.asked}"
            self.told.asked[key] = self.told.asked.get(key, 0) + 1
            self.told.last_asked[name] = (at.asked, at.truth.week, self.told.asked[key])


def _hidden(sheet: Sheet, teams: Sequence[TeamLog], truth: Truth) -> Iterator[Wrong]:
    """Check what may never be printed: a sentence that blames a person, and names where the
    reader sees none.
    """
    flat = " ".join(sheet.text.split())
    rich = " ".join(re.sub(r"<[^>]*>", " ", sheet.html).split())
    mine = teams if sheet.kind == "several" else [truth.team]
    for team in mine:
        for sentence in Truth(team, sheet.week).blaming():
            for where, text in (("text", flat), ("html", rich)):
                if any(_stem(part) in text for part in sentence.split(". ")):
                    yield Wrong(
                        team.name, sheet.week, sheet.kind, sentence, f"blames a person ({where})"
                    )
        if sheet.names == "counts":
            for person in team.data["people"]:
                given = person[1:] if len(person) == 3 else person.split()[0]
                for where, text in (("text", flat), ("html", rich)):
                    if person in text or (
                        len(given) > 1 and re.search(rf"{given}(?:님| 님|이가|이는|한테|\b)", text)
                    ):
                        yield Wrong(
                            team.name,
                            sheet.week,
                            sheet.kind,
                            person,
                            f"a name in a mail without names ({where})",
                        )


def _stem(sentence: str) -> str:
    return sentence.strip().rstrip(".")[:24]


def found_wrong(sheets: Iterable[Sheet], judge: Judge) -> list[Wrong]:
    """Return everything that is wrong on the sheets."""
    return [wrong for sheet in sheets for wrong in judge.judge(sheet)]


__all__ = ["Judge", "found_wrong", "same_start"]
