"""The reports that were made, one issue a scope and period: which of its editions the archive shows, and its state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from loopnote.mail import ALL_TEAMS, KeptReport
from loopnote.notes import Language
from loopnote.weeks import Period, Week, parse_period
from reports.page.view import Tone

from .site import Site
from .view import Mark

_FULLEST = ("names", "initials", "counts")


@dataclass(frozen=True, slots=True)
class Issue:
    """A report of a scope and period. `editions` are its mails, the one that the archive shows first."""

    scope: str
    period: Period
    editions: tuple[KeptReport, ...]

    @property
    def shown(self) -> KeptReport:
        """The edition that the archive shows."""
        return self.editions[0]

    @property
    def fates(self) -> Mapping[str, int]:
        """How many mailboxes of the latest revision there are of each state, all editions together."""
        latest = max(one.revision for one in self.editions)
        found: dict[str, int] = defaultdict(int)
        for edition in self.editions:
            if edition.revision == latest:
                for state, count in edition.states:
                    found[state] += count
        return found


def issues(kept: Iterable[KeptReport], language: Language) -> dict[tuple[str, Period], Issue]:
    """Return the issues by scope and period, latest period first; previews concern the team alone and stay out.

    Shown is the latest revision that reached somebody (else the latest), of its editions the fullest: the one that
    names people before initials before counts, that speaks of most teams, in the archive's language, made first.
    """
    found: dict[tuple[str, Period], list[KeptReport]] = defaultdict(list)
    for one in kept:
        if one.kind != "preview":
            found[one.scope, parse_period(one.period)].append(one)
    latest_first = sorted(found.items(), key=lambda each: (-each[0][1].last.toordinal(), each[0][0]))
    return {key: Issue(*key, tuple(sorted(each, key=lambda one: _rank(one, language)))) for key, each in latest_first}


def _rank(one: KeptReport, language: Language) -> tuple[bool, bool, int, int, int, bool, int]:
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


def names_of(one: KeptReport) -> str:
    """Return how an edition names people: names, initials or counts."""
    names = one.audience.partition(" ")[0]
    return names if names in _FULLEST else "names"


def edition_name(one: KeptReport) -> str:
    """Return what sets an edition apart from others of its issue, as an address holds it."""
    teams = one.audience.partition(" ")[2]
    digest = f"-{sha256(teams.encode()).hexdigest()[:6]}" if one.scope == ALL_TEAMS else ""
    return f"{one.language}-{names_of(one)}{digest}-r{one.revision}"


def state_of(site: Site, issue: Issue | None, team: str, *, ahead: bool = False) -> Mark:
    """Return what became of a period's report, in words; `ahead` tells that it may yet come."""
    if issue is None:
        return Mark(site.words(f"archive.week.{'ahead' if ahead else 'unsent'}"), "quiet")
    fates, texts = issue.fates, []
    at = min((one.sent_at for one in issue.editions if one.sent_at), default=None)
    if at and fates.get("sent"):
        texts.append(site.words("archive.week.sent", when=site.moment(at, team), n=fates["sent"]))
    texts += [
        site.words(f"archive.week.{state}", n=fates[state]) for state in ("refused", "unknown") if fates.get(state)
    ]
    tone: Tone = "warn" if fates.get("refused") or fates.get("unknown") else "good" if texts else "warn"
    return Mark(" · ".join(texts) or site.words("archive.week.waiting"), tone)


def is_week(period: Period) -> bool:
    """Tell a week from a month."""
    return isinstance(period, Week)
