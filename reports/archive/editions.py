"""Groups sent reports by scope and period: which edition is shown, how open it is, its state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from notes.model.deliveries import ALL_TEAMS, SentReport
from notes.model.notes import Language
from notes.model.periods import Period, Week, parse_period
from notes.model.report_keys import NAMES, Audience
from reports.page.view import Tone

from .archive_view import StatusLabel
from .site import Site


@dataclass(frozen=True, slots=True)
class ReportEditions:
    """The report of a scope and period; `editions` are its mails, the shown one first."""

    scope: str
    period: Period
    editions: tuple[SentReport, ...]

    @property
    def shown(self) -> SentReport:
        """Return the edition that the archive shows."""
        return self.editions[0]

    @property
    def state_counts(self) -> Mapping[str, int]:
        """Return how many deliveries of the latest revision are in each state."""
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
    """Return the reports by scope and period, latest first, without previews (team only).

    Shown is the latest revision that reached somebody (else the latest); of its editions the one
    that names people before initials before counts, has most teams, is in the archive's language,
    and was made first.
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
    audience = Audience.parse(one.audience)
    return (
        not one.page,
        not one.sent,
        -one.revision,
        NAMES.index(audience.names),
        -len(audience.teams),
        one.language != language,
        one.mail,
    )


def only_as_open_as(kept: Iterable[SentReport], names: str) -> list[SentReport]:
    """Return the mails; the pages of those that show more of people than `names` are left out."""
    least = NAMES.index(names)
    return [
        one if NAMES.index(names_of(one)) >= least else replace(one, page="", notes=())
        for one in kept
    ]


def names_of(one: SentReport) -> str:
    """Return how an edition shows people: names, initials or counts."""
    return Audience.parse(one.audience).names


def edition_name(one: SentReport) -> str:
    """Return what distinguishes an edition of a report, in the form of an address."""
    teams = "+".join(Audience.parse(one.audience).teams)
    digest = f"-{sha256(teams.encode()).hexdigest()[:6]}" if one.scope == ALL_TEAMS else ""
    return f"{one.language}-{names_of(one)}{digest}-r{one.revision}"


def state_of(
    site: Site, report: ReportEditions | None, team: str, *, ahead: bool = False
) -> StatusLabel:
    """Return the state of a period's report in words; `ahead`: it may still be made."""
    if report is None:
        return StatusLabel(site.words(f"archive.week.{'ahead' if ahead else 'unsent'}"), "quiet")
    state_counts, texts = report.state_counts, []
    at = min((one.sent_at for one in report.editions if one.sent_at), default=None)
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
    """Return whether a period is a week, not a month."""
    return isinstance(period, Week)
