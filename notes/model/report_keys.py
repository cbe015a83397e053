"""Names under which the ledger keeps reports and their mails: written and read here alone."""

import re
from dataclasses import dataclass, field
from typing import Literal, Self, get_args

Names = Literal["names", "initials", "counts"]
"""Ways of showing people, the fullest first."""
NAMES: tuple[Names, ...] = get_args(Names)
"""Every way of showing names."""


_PERIOD = re.compile(r"\d{4}-(?:W\d\d|\d\d)", re.ASCII)
_KINDS = frozenset({"weekly", "monthly", "preview"})
_REVISION = re.compile(r"r(\d{1,6})", re.ASCII)
"""The parts of a key: kept as they are in the ledger, so never changed."""


def report_label(scope: str, period: str, kind: str) -> str:
    """Return the name under which the ledger knows a report, the same however often it is
    corrected.
    """
    return f"{scope}/{period}/{kind}"


@dataclass(frozen=True, slots=True)
class ReportKey:
    """A report in one revision: "team/2026-W47/weekly/r1". A scope may hold slashes.

    >>> key = ReportKey.parse("판교/팀/2026-W47/weekly/r2")
    >>> key.scope, key.period, key.kind, key.revision, key.label
    ('판교/팀', '2026-W47', 'weekly', 2, '판교/팀/2026-W47/weekly')
    """

    label: str
    revision: int = 1
    scope: str = field(init=False)
    period: str = field(init=False)
    kind: str = field(init=False)

    def __post_init__(self) -> None:
        scope, period, kind = self.label.rsplit("/", 2)
        object.__setattr__(self, "scope", scope)
        object.__setattr__(self, "period", period)
        object.__setattr__(self, "kind", kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as `str` writes it.

        Raises:
            ValueError: it is not the key of a report.
        """
        label, mark, revision = text.rpartition("/r")
        if not mark or not revision.isdecimal() or label.count("/") < 2:
            raise ValueError(f"{text!r} is not the key of a report")
        return cls(label, int(revision))

    @classmethod
    def found_in(cls, text: str) -> Self | None:
        """Read a key with or without its revision, None where a text is none.

        >>> key = ReportKey.found_in("*/2026-11/monthly")
        >>> (key.label, key.revision, key.scope, key.period, key.kind)
        ('*/2026-11/monthly', 1, '*', '2026-11', 'monthly')
        >>> ReportKey.found_in("영업 일지")
        """
        label, _, last = text.rpartition("/")
        revision = _REVISION.fullmatch(last)
        label = label if revision else text
        scope, period, kind = ["", "", *label.rsplit("/", 2)][-3:]
        if not scope or "\n" in scope or kind not in _KINDS or not _PERIOD.fullmatch(period):
            return None
        return cls(label, int(revision[1]) if revision else 1)

    def __str__(self) -> str:
        return f"{self.label}/r{self.revision}"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a mail's bytes are for: how people are shown, and which teams it speaks of.

    `teams` are empty in a mail about one team, which its report names.

    >>> str(Audience("initials", ("영업", "제품"))), Audience.parse("initials 영업+제품").teams
    ('initials 영업+제품', ('영업', '제품'))
    """

    names: Names = "names"
    teams: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an audience as `str` writes it; an unknown way of showing people means names."""
        named, _, teams = text.partition(" ")
        shown = next((one for one in NAMES if one == named), NAMES[0])
        return cls(shown, tuple(teams.split("+")) if teams else ())

    def __str__(self) -> str:
        return f"{self.names} {'+'.join(self.teams)}" if self.teams else self.names
