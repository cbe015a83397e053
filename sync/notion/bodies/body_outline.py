"""Collects the lines of a page body under their headings.

Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sync.contents.pages import BodySection

TOGGLE_LEVEL = 5
"""Below Notion's four heading levels: a toggle opens a section of the heading above it."""
BOLD_LEVEL = 6
"""Below toggles: a bold line is the weakest heading."""
_LONGEST_BOLD_HEADING = 80
"""Characters up to which a bold line is a heading; judgement: longer ones are emphasised
sentences."""


@dataclass(slots=True)
class BodyOutline:
    """Collects lines under the heading that is open; sections come out in reading order."""

    done: list[BodySection] = field(default_factory=list)
    heading: str = ""
    level: int = 0
    lines: list[str] = field(default_factory=list)
    people: dict[str, None] = field(default_factory=dict)
    resumed: bool = False

    def open(self, heading: str, level: int, people: Iterable[str] = ()) -> None:
        """Begin a section."""
        self.close()
        self.heading, self.level, self.resumed = heading.strip(), level, False
        self.people = dict.fromkeys(people)

    def resume(self, heading: str, level: int) -> None:
        """Continue the section that a closed toggle stood in."""
        self.close()
        self.heading, self.level, self.resumed = heading, level, True

    def add(self, line: str, people: Iterable[str] = ()) -> None:
        """Add a line to the open section; blank lines say nothing."""
        if line.strip():
            self.lines.append(line.rstrip())
        self.people.update(dict.fromkeys(people))

    def close(self) -> None:
        """Keep the open section when it has a heading of its own or any line."""
        if self.lines or (self.heading and not self.resumed):
            self.done.append(
                BodySection(self.heading, self.level, "\n".join(self.lines), tuple(self.people))
            )
        self.heading, self.level, self.lines, self.people = "", 0, [], {}

    def sections(self) -> tuple[BodySection, ...]:
        """Return everything collected."""
        self.close()
        return tuple(self.done)


def bold_heading(runs: Sequence[tuple[str, bool]]) -> tuple[str, str] | None:
    """Return the heading and the rest where a paragraph opens with a bold line or a bold label.

    None elsewhere.

    A run is its text and whether it is bold. Bold words at the start of a sentence are no heading.

    >>> bold_heading([("배운 점", True)]), bold_heading([("Learned:", True), (" ask twice", False)])
    (('배운 점', ''), ('Learned', 'ask twice'))
    >>> bold_heading([("We", True), (" asked twice", False)])
    """
    bold, rest = _leading_bold(runs)
    first, line_break, after = bold.partition("\n")
    if line_break:
        bold, rest = first, after + rest
    heading = bold.strip()
    ends = (
        line_break
        or not rest.strip()
        or rest.startswith("\n")
        or rest.lstrip().startswith((":", "："))
    )
    if (
        not heading
        or len(heading) > _LONGEST_BOLD_HEADING
        or not (ends or heading.endswith((":", "：")))
    ):
        return None
    return heading.rstrip(":： "), rest.lstrip(":： \n").rstrip()


def _leading_bold(runs: Sequence[tuple[str, bool]]) -> tuple[str, str]:
    count = 0
    while count < len(runs) and (runs[count][1] or not runs[count][0].strip()):
        count += 1
    if not any(bold for _, bold in runs[:count]):
        count = 0
    return "".join(text for text, _ in runs[:count]), "".join(text for text, _ in runs[count:])
