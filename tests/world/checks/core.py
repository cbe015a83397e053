"""A check for every kind of sentence: what a page says is compared with what may be said.

`LABELS` are headings, buttons and names of things, which state nothing. Everything else needs a
check; a kind that is in neither fails the test (`uncovered`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..lines import SheetLine
from ..logs import TypedNote
from ..sentences import Said
from ..truth import Truth, points, same_start

LABELS = re.compile(
    r"""label\..*|place\..*|(?:list|data)\.more|page\.(?!eyebrow|title).*|page_label\..*|name\..*|note\.(?!missing|asked).*|field\..*
    |version\..*|outcome\..*|move\.(none|unnamed|other_side|target|sides)|grade\.reason\..*
    |decision\.(label|deadline|talk|mail_.*)|decision\.(yes|no)\..*|subject\.(head|ask|correction)
    |business\.(eyebrow|title|signs|wrong_way|stop|stop_checks.*|goals|unsure|contrary|disputed_title|series|shared)
    |forecast\.(title|caption|head_.*|by|hit|miss|wrong_way|unexpected|none)|agreed\..*|kind\..*
    |learning\.(eyebrow|title|subtitle|meter|learned|applied|failure.*|waiting_note|planned|before|maybe)
    |learning\.(is|state)\..*|playbook\..*|people\.(eyebrow|title|who|nobody|give|speed_title|for_goal|subtitle.*)
    |signals\.(title|label|bottleneck|without_cause)|traps\.label
    |commitment\.(title|closure|kept|running|stopped|vanished|came_back|unanswered|why)
    |rhythm\.(title|execution|big3|big3_items|key_result|structure_label|of_target)
    |behaviour\.(title|times|self_reported|met|not_met)|funnel\.(title|head_.*|too_few|no_baseline|no_rate|below|above)
    |next\.(title.*|key_result|lever_(?!many).*|risks|risk|plan)|leader\.(title|.*_label.*|change\..*)
    |milestone\.title|action\..*|data\.(title|more|none|source_never|skipped|mend|next_.*|unclassified|unsure)|footer\.(?!rules|made|edition).*
    |several\.(?!lead|title).*|preview\.(?!fix\.|lead|subject|title).*|tried\..*|suggestion|number\.(role\..*|named_.*|later|sum|mean|last|target)
    |brief\.(wrong_way|stop|execution|big3|risk|left_out)|key\.grade\..*|headline\.(?!too_few|nothing_moved).*_moved|headline\.nothing_moved_moved|stop\.why|stop\.days
    |goal\.(moving|stalled|undecidable|against)""".replace("\n    ", ""),
)

Check = Callable[["Reading", Said], str | None]
CHECKS: dict[str, Check] = {}


@dataclass(frozen=True)
class Wrong:
    """A sentence that the truth does not bear out."""

    team: str
    week: str
    kind: str
    line: str
    why: str


@dataclass
class Told:
    """What earlier pages told, so that nothing is told twice."""

    moves: dict[tuple[str, str], str] = field(default_factory=dict)
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    last_asked: dict[str, tuple[str, str, int]] = field(default_factory=dict)


@dataclass
class Reading:
    """The state of checking one sheet: its truth, the line, and what the lines before it
    spoke of.
    """

    truth: Truth
    kind: str
    told: Told
    line: SheetLine
    claim: TypedNote | None = None
    metric: str = ""
    asked: str = ""
    learned: str = ""
    archive: bool = True
    all: tuple[Truth, ...] = ()

    def note(self, text: str) -> list[TypedNote]:
        """Return the notes of the log that a text quotes."""
        return self._notes(text, ("done",)) or self._notes(
            text, ("hypothesis", "learned", "applied", "next", "look", "goal")
        )

    def _notes(self, text: str, names: tuple[str, ...]) -> list[TypedNote]:
        return [
            note
            for note in self.truth.team.notes
            if min(note.typed.values()) <= self.truth.last
            and any(
                same_start(one, text) or same_start(note.at(name, self.truth.day), text)
                for name in names
                for one in (note.fields.get(name, ""), *(t for _, f, t in note.fixes if f == name))
            )
        ]


def check(*keys: str) -> Callable[[Check], Check]:
    """Register a check for kinds of sentence."""

    def register(function: Check) -> Check:
        for key in keys:
            assert key not in CHECKS, key
            CHECKS[key] = function
        return function

    return register


def uncovered(keys: Iterable[str]) -> list[str]:
    """Return the kinds of sentence that have no check and are no labels."""
    return sorted(
        key
        for key in keys
        if key not in CHECKS and not LABELS.fullmatch(key) and not key.endswith("_month")
    )


def whole(said: Said, name: str) -> float:
    """Return a fact as a number."""
    return points(said.facts.get(name, ""))


def differs(said: Said, name: str, fair: Iterable[float], what: str) -> str | None:
    """Say that a printed count is none of the fair ones."""
    value, fair = whole(said, name), sorted(set(fair))
    return (
        None
        if value in fair
        else f"{what}: {value:g}, in truth {' or '.join(f'{one:g}' for one in fair)}"
    )
