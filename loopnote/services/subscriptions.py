"""Who gets what again and again, from the configuration.

A recipient of several teams has one subscription for all of them, one of a single team a
subscription for that team.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loopnote.config.model import Config, RecipientSettings, TeamSettings
from notes.model.deliveries import ALL_TEAMS, Subscription
from notes.model.report_keys import Audience
from notes.model.send_times import MonthAt, SendAt


def subscriptions(config: Config, *, scopes: Collection[str] | None = None) -> list[Subscription]:
    """Return every mail that somebody gets again and again, of some scopes only where these are
    named.

    Reports first, then the teams' Friday previews.
    """
    found = [
        _report_subscription(config, recipient, teams)
        for recipient in config.recipients
        if (teams := config.teams_of(recipient)) and (scopes is None or _scope(teams) in scopes)
    ]
    wanted = [team for team in config.teams if scopes is None or team.name in scopes]
    return found + [preview for team in wanted for preview in _previews(config, team)]


def _scope(teams: Sequence[TeamSettings]) -> str:
    return teams[0].name if len(teams) == 1 else ALL_TEAMS


def _report_subscription(
    config: Config, recipient: RecipientSettings, teams: Sequence[TeamSettings]
) -> Subscription:
    first = teams[0]
    # Who reads other teams gets other bytes; the ledger's key stays the same when the list of teams
    # changes.
    others = tuple(team.name for team in teams) if len(teams) > 1 else ()
    return Subscription(
        kind="monthly" if recipient.every == "month" else "weekly",
        scope=_scope(teams),
        address=recipient.address,
        send_at=MonthAt.parse(recipient.month_at)
        if recipient.every == "month"
        else SendAt.parse(recipient.send_at),
        timezone=recipient.timezone or first.timezone,
        team_timezone=_last_to_end(teams),
        country=config.schedule.holidays,
        until_hour=config.schedule.send_until_hour,
        language=recipient.language or first.language,
        audience=str(Audience(recipient.names, others)),
    )


def _last_to_end(teams: Sequence[TeamSettings]) -> str:
    """Return the zone in which the week is over last, the westernmost."""
    summer = datetime(2026, 7, 1)  # noqa: DTZ001  a zone turns it into an instant
    return min(
        (team.timezone for team in teams),
        key=lambda zone: ZoneInfo(zone).utcoffset(summer) or timedelta(0),
    )


def _previews(config: Config, team: TeamSettings) -> Iterable[Subscription]:
    if not config.schedule.preview:
        return
    for address in team.preview_to:
        yield Subscription(
            kind="preview",
            scope=team.name,
            address=address,
            send_at=SendAt.parse(config.schedule.preview_at),
            timezone=team.timezone,
            team_timezone=team.timezone,
            country=config.schedule.holidays,
            until_hour=config.schedule.send_until_hour,
            language=team.language,
        )
