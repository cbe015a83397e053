"""The source protocol and what a fetch returns."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from notes.model.findings import Finding
from sync.contents.pages import PageSet
from sync.contents.workbook import Workbook

State = Mapping[str, Any]
"""What a source wants to remember until the next fetch: JSON values only; saved with the data,
in one transaction."""

Content = Workbook | PageSet


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What a fetch turns out to have covered, known when its content has been read to the end.

    `covers` is "all" when a row that was not in the content is gone, "changed" when only what
    changed was asked for; `gone` are the native ids known to be trashed, deleted or no longer
    shared. `warnings` are one-line remarks.
    """

    state: State
    covers: Literal["all", "changed"] = "all"
    gone: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Fetch:
    """One reading of a source.

    `contents` is lazy and read once; it raises SourceError when the service fails half-way, and
    then nothing of this fetch may be kept. `outcome` is called after it. `unchanged`: the service
    says nothing changed; contents is empty.
    """

    contents: Iterable[Content]
    outcome: Callable[[], FetchOutcome]
    unchanged: bool = False
    requests: Callable[[], int] = field(default=lambda: 0)


class Source(Protocol):
    """A place where a team keeps its log. Read-only, always.

    Any method can raise SourceError (and only that); `progress` messages are for people.
    """

    @property
    def name(self) -> str:
        """Return the source's name in the configuration."""
        ...

    @property
    def team(self) -> str:
        """Return the team whose log it is."""
        ...

    def fetch(self, state: State, *, full: bool, known: Callable[[], Collection[str]]) -> Fetch:
        """Read what changed since `state` (everything when `full` or when the state is empty).

        `known` gives the native ids that the store believes alive; a source that sweeps for
        deletions asks it.
        """
        ...

    def check(self) -> list[Finding]:
        """Check the access without reading the log; return what `doctor` should say."""
        ...
