"""The kinds of jobs, and what a worker is told to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

JobKind = Literal["sync", "report", "deliver"]
KINDS: tuple[JobKind, ...] = get_args(JobKind)

SLOW = " slow"
"""How the key of the sweep of slow sources ends."""

Lane = Literal["sync", "slow", "report", "deliver"]
"""Where jobs stand in line: each lane has slots of its own on every worker."""

UPKEEP = "upkeep"
"""The key of the report job that brings the archive up to date and tidies the store."""

NOW = 20
"""Priority of work for a mail that is due within minutes, or should have left."""

SOON = 10
"""Priority of work for a mail that is due soon; 0 is everything else."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its kind, what it is about, and how many seconds it has to wait at least.

    `key` is a sweep ("google:main", "google:main slow"), a report's label, or the number of a mail
    connection. Jobs of one kind and key never run at the same time.
    """

    kind: JobKind
    key: str
    priority: int = 0
    after_s: float = 0.0

    @property
    def name(self) -> str:
        """What locks and failures call it."""
        return f"{self.kind} {self.key}"

    @property
    def lane(self) -> Lane:
        """Where it stands in line: sweeps that may take hours keep no quick one waiting."""
        return "slow" if self.kind == "sync" and self.key.endswith(SLOW) else self.kind


def lanes_of(kind: JobKind) -> tuple[Lane, ...]:
    """Return the lanes in which jobs of a kind stand.

    >>> lanes_of("sync"), lanes_of("report")
    (('sync', 'slow'), ('report',))
    """
    return ("sync", "slow") if kind == "sync" else (kind,)


Handler = Callable[[str], Iterable[Job]]
"""Does a job of its kind by its key, and returns what is to be done next."""
