"""The reports that were made, one issue a scope and period.

Which of its editions the archive shows, and its state.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from notes.model.deliveries import ALL_TEAMS, SentReport
from notes.model.notes import Language
from notes.model.periods import Period, Week, parse_period
from reports.page.view import Tone

from .site import Site
from .view import StatusLabel

_FULLEST = ("names", "initials", "counts")


@dataclass(frozen=True, slots=True)
class ReportEditions:
    """A report of a scope and period.

    `editions` are its mails, the one that the archive shows first.
    """

    scope: str
    period: Period
    editions: tuple[SentReport, ...]

    @property
    def shown(self) -> SentReport:
        """The edition that the archive shows."""
        return self.editions[0]

    @property
    def state_counts(self) -> Mapping[str, int]:
        """How many mailboxes of the latest revision there are of each state, all editions together."""
        latest = max(one.revision for one in self.editions)
        found: dict[str, int] = defaultdict(int)
        for edition in self.editions:
            if edition.revision == latest:
                for state, count in edition.states:
                    found[state] += count
        return found


def group_editions(
    kept: Iterable[SentReport], language: Language
) -> dict[tuple[str, Period], ReportEditions]:
    """Return the issues by scope and period, latest period first; previews concern the team alone and stay out.

    Shown is the latest revision that reached somebody (else the latest), of its editions the
    fullest: the one that names people before initials before counts, that speaks of most teams, in
    the archive's language, made first.
    """
    found: dict[tuple[str, Period], list[SentReport]] = defaultdict(list)
    for one in kept:
        if one.kind != "preview":
            found[one.scope, parse_period(one.period)].append(one)
    latest_first = sorted(
        found.items(), key=lambda each: (-each[0][1].last.toordinal(), each[0][0])
    )
    return {
        key: ReportEditions(*key, tuple(sorted(each, key=lambda one: _rank(one, language))))
        for key, each in latest_first
    }


def _rank(one: SentReport, language: Language) -> tuple[bool, bool, int, int, int, bool, int]:
    names, teams = names_of(one), one.audience.partition(" ")[2].count("+")
    return (
        not one.page,
        not one.sent,
        -one.revision,
        _FULLEST.index(names),
        -teams,
        one.language != language,
        one.mail,
    )


def names_of(one: SentReport) -> str:
    """Return how an edition names people: names, initials or counts."""
    names = one.audience.partition(" ")[0]
    return names if names in _FULLEST else "names"


def edition_name(one: SentReport) -> str:
    """Return what sets an edition apart from others of its issue, as an address holds it."""
    teams = one.audience.partition(" ")[2]
    digest = f"-{sha256(teams.encode()).hexdigest()[:6]}" if one.scope == ALL_TEAMS else ""
    return f"{one.language}-{names_of(one)}{digest}-r{one.revision}"


def state_of(
    site: Site, issue: ReportEditions | None, team: str, *, ahead: bool = False
) -> StatusLabel:
    """Return what became of a period's report, in words; `ahead` tells that it may yet come."""
    if issue is None:
        return StatusLabel(site.words(f"archive.week.{'ahead' if ahead else 'unsent'}"), "quiet")
    state_counts, texts = issue.state_counts, []
    at = min((one.sent_at for one in issue.editions if one.sent_at), default=None)
    if at and state_counts.get("sent"):
        texts.append(
            site.words("archive.week.sent", when=site.moment(at, team), n=state_counts["sent"])
        )
    texts += [
        site.words(f"archive.week.{state}", n=state_counts[state])
        for state in ("refused", "unknown")
        if state_counts.get(state)
    ]
    tone: Tone = (
        "warn"
        if state_counts.get("refused") or state_counts.get("unknown")
        else "good"
        if texts
        else "warn"
    )
    return StatusLabel(" · ".join(texts) or site.words("archive.week.waiting"), tone)


def is_week(period: Period) -> bool:
    """Return a week from a month."""
    return isinstance(period, Week)
