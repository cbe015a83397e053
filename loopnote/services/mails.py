"""Mail composition: from the configuration to subscriptions, a transport, and the mails that are due.

A recipient of several teams has one subscription for all of them, one of a single team a
subscription for that team.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from loopnote.alerts.ping import ping
from loopnote.config.model import Config, MailTransportSettings, RecipientSettings, TeamSettings
from loopnote.config.read import LoadedConfig
from loopnote.config.secrets import read_secret
from loopnote.delivery.send import BuiltMail, NothingToSend
from loopnote.runtime.redaction import Redactor
from notes.messages.catalogue import language_named
from notes.model.deliveries import ALL_TEAMS, DueMail, Message, MonthAt, SendAt, Subscription
from notes.model.errors import DeliveryError, LoopnoteError
from notes.model.notes import Language
from notes.store.delivery.ledger import Deliveries
from reports.analysis.records.report import WeeklyReport
from reports.delivery.transport import Transport
from reports.page.mail import MailAddress
from reports.page.view import PageView

from .reports import Names, ReportService, ReportVariant
from .run import OperatorContact


def subscriptions(config: Config) -> list[Subscription]:
    """Return every mail that somebody gets again and again.

    Reports first, then the teams' Friday previews.
    """
    found = [
        _report_subscription(config, recipient)
        for recipient in config.recipients
        if config.teams_of(recipient)
    ]
    return found + [preview for team in config.teams for preview in _previews(config, team)]


def _report_subscription(config: Config, recipient: RecipientSettings) -> Subscription:
    teams = config.teams_of(recipient)
    first = teams[0]
    # Who reads other teams gets other bytes; the ledger's key stays the same when the list of teams
    # changes.
    audience = (
        recipient.names
        if len(teams) == 1
        else f"{recipient.names} {'+'.join(team.name for team in teams)}"
    )
    return Subscription(
        kind="monthly" if recipient.every == "month" else "weekly",
        scope=first.name if len(teams) == 1 else ALL_TEAMS,
        address=recipient.address,
        send_at=MonthAt.parse(recipient.month_at)
        if recipient.every == "month"
        else SendAt.parse(recipient.send_at),
        timezone=recipient.timezone or first.timezone,
        team_timezone=_last_to_end(teams),
        country=config.schedule.holidays,
        until_hour=config.schedule.send_until_hour,
        language=recipient.language or first.language,
        audience=audience,
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


def transport(loaded: LoadedConfig, redactor: Redactor) -> Transport:
    """Return the way out that the configuration names.

    Raises:
        ConfigError: a secret is not where the configuration says.
    """
    settings = loaded.config.mail
    if settings.transport == "folder":
        from reports.delivery.folder import FolderTransport

        return FolderTransport(loaded.resolve(settings.folder))
    from reports.delivery.smtp import SmtpTransport
    from reports.delivery.smtp_connection import MailSettings

    return SmtpTransport(
        MailSettings(
            host=settings.host,
            sender=settings.from_,
            port=settings.port,
            security=settings.security,
            user=settings.user,
            password=_password(loaded, settings, redactor),
            token=_token(settings, redactor),
            ca_file=loaded.resolve(settings.ca_file) if settings.ca_file else None,
            command_s=settings.timeout_s,
            body_s=settings.answer_timeout_s,
        )
    )


def _password(
    loaded: LoadedConfig, settings: MailTransportSettings, redactor: Redactor
) -> Callable[[], str] | None:
    if not (settings.password_env or settings.password_file):
        return None
    file = loaded.resolve(settings.password_file) if settings.password_file else None

    def fetch() -> str:
        try:
            return redactor.add(
                read_secret("mail.password", variable=settings.password_env, file=file)
            )
        except LoopnoteError as error:
            raise DeliveryError(str(error), hint=error.hint) from error

    return fetch


def _token(settings: MailTransportSettings, redactor: Redactor) -> Callable[[], str] | None:
    if not settings.token_command:
        return None

    def fetch() -> str:
        import subprocess

        program = Path(settings.token_command[0]).name
        try:
            done = subprocess.run(
                settings.token_command, capture_output=True, text=True, timeout=60, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DeliveryError(
                f"mail.token_command {program} did not run: {type(error).__name__}",
                hint="try it by hand",
            ) from error
        if done.returncode or not done.stdout.strip():
            raise DeliveryError(
                f"mail.token_command {program} gave no token", hint="try it by hand"
            )
        return redactor.add(done.stdout.strip())

    return fetch


class MailBuilder:
    """Makes the mail of whatever is due, with one editor.

    A correction refers to the mail that it corrects.
    """

    def __init__(
        self,
        config: Config,
        report_service: ReportService,
        ledger: Deliveries,
        clock: Callable[[], datetime],
    ) -> None:
        self._config = config
        self._report_service = report_service
        self._ledger = ledger
        self._clock = clock

    def __call__(self, due: DueMail, revision: int) -> BuiltMail | NothingToSend:
        """Return the mail, or why there is none."""
        now = self._clock()
        reports = [self._report_service.report(team, due.period, now) for team in self._teams(due)]
        if all(report.data.all_failed for report in reports):
            return NothingToSend("no source could be read", final=False)
        if due.kind == "preview" and not reports[0].fixes:
            return NothingToSend("nothing is missing")
        mail = self._report_service.mail(
            self._view(due, reports, revision, now),
            reports[0],
            due.kind,
            self._readers(due),
            now,
            scope=due.scope,
            references=self._corrected(due, revision),
        )
        return BuiltMail(
            Message(
                mail.message_id,
                due.language,
                due.audience,
                mail.subject,
                mail.eml,
                now,
                mail.page,
                self._report_service.behind(reports),
            )
        )

    def _teams(self, due: DueMail) -> Sequence[TeamSettings]:
        if due.scope != ALL_TEAMS:
            return [self._config.team(due.scope)]
        return next(
            self._config.teams_of(one)
            for one in self._config.recipients
            if one.address == due.address
            and (one.every == "month") == (due.kind == "monthly")
            and len(self._config.teams_of(one)) > 1
        )

    def _view(
        self, due: DueMail, reports: Sequence[WeeklyReport], revision: int, now: datetime
    ) -> PageView:
        variant = ReportVariant(_language(due.language), _names(due.audience), revision)
        if due.scope == ALL_TEAMS:
            return self._report_service.several(reports, variant, now)
        return (
            self._report_service.preview if due.kind == "preview" else self._report_service.view
        )(reports[0], variant, now)

    def _corrected(self, due: DueMail, revision: int) -> str:
        before = self._ledger.kept(f"{due.report}/r{revision - 1}", due.language, due.audience)
        return before.id if before else ""

    def _readers(self, due: DueMail) -> list[MailAddress]:
        """Return everybody who gets these very bytes.

        The mail shows them all, so that reply-all works.
        """
        same = [
            one
            for one in subscriptions(self._config)
            if (one.kind, one.scope, one.language, one.audience)
            == (due.kind, due.scope, due.language, due.audience)
        ]
        names = {recipient.address: recipient.name for recipient in self._config.recipients}
        return [MailAddress(one.address, names.get(one.address, "")) for one in same]


def _language(text: str) -> Language:
    return language_named(text)


def _names(text: str) -> Names:
    named = text.partition(" ")[0]
    return "initials" if named == "initials" else "counts" if named == "counts" else "names"


def operator(config: Config) -> OperatorContact:
    """Return who hears of trouble, and the address to ping."""
    settings = config.operator

    def call(ok: bool) -> str:
        return ping(settings.ping_url, ok=ok) if settings.ping_url else ""

    return OperatorContact(settings.address or "", settings.language, config.mail.from_, ping=call)
