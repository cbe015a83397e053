"""Quotes a team's words on pages of the archive: whole, without sentences that blame a person."""

from reports.analysis.text.quoting import KnownPeople, may_blame, sentences
from reports.page.safe import clean


class Quotes:
    """Quotes texts of one note; `left_out`: at least one sentence was left out."""

    def __init__(self, people: KnownPeople) -> None:
        self._people = people
        self._known: dict[str, tuple[str, ...]] = {}
        self.left_out = False

    def lines(self, text: str) -> tuple[str, ...]:
        """Return the text's lines, cleaned, empty ones left out."""
        if text not in self._known:
            found = (self._line(clean(line)) for line in text.splitlines())
            self._known[text] = tuple(line for line in found if line)
        return self._known[text]

    def one(self, text: str) -> str:
        """Return the text on one line."""
        return " ".join(self.lines(text))

    def _line(self, line: str) -> str:
        if not may_blame(line):
            return line
        parts = sentences(line)
        kept = [part for part in parts if not self._people.blames(part)]
        if len(kept) == len(parts):
            return line
        self.left_out = True
        return " ".join(kept)
