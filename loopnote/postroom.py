"""The postroom: from the configuration to appointments, a way out, and the mails that are due.

A recipient of several teams has one appointment for all of them, one of a single team an appointment for that team.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from loopnote.config.model import Config, Mail, Recipient, Team
from loopnote.config.read import Loaded
from loopnote.config.secrets import secret
from loopnote.editor import Edition, Editor, Names
from loopnote.errors import DeliveryError, LoopnoteError
from loopnote.logs import Veil
from loopnote.mail import ALL_TEAMS, Appointment, Due, Message, MonthAt, SendAt
from loopnote.notes import Language
from loopnote.ping import ping
from loopnote.reporting import Made, Nothing
from loopnote.rounds import Operator
from reports.mail import Person
from reports.transport import Transport


def appointments(config: Config) -> list[Appointment]:
    """Return every mail that somebody gets again and again: reports first, then the teams' Friday previews."""
    found = [_report_appointment(config, recipient) for recipient in config.recipients if config.teams_of(recipient)]
    return found + [preview for team in config.teams for preview in _previews(config, team)]


def _report_appointment(config: Config, recipient: Recipient) -> Appointment:
    teams = config.teams_of(recipient)
    first = teams[0]
    return Appointment(
        kind="monthly" if recipient.every == "month" else "weekly",
        scope=first.name if len(teams) == 1 else ALL_TEAMS,
        address=recipient.address,
        send_at=MonthAt.parse(recipient.month_at) if recipient.every == "month" else SendAt.parse(recipient.send_at),
        timezone=recipient.timezone or first.timezone,
        team_timezone=first.timezone,
        country=config.schedule.holidays,
        until_hour=config.schedule.send_until_hour,
        language=recipient.language or first.language,
        audience=recipient.names,
    )


def _previews(config: Config, team: Team) -> Iterable[Appointment]:
    if not config.schedule.preview:
        return
    for address in team.preview_to:
        yield Appointment(
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


def transport(loaded: Loaded, veil: Veil) -> Transport:
    """Return the way out that the configuration names.

    Raises:
        ConfigError: a secret is not where the configuration says.
    """
    settings = loaded.config.mail
    if settings.transport == "folder":
        from reports.outbox import Outbox

        return Outbox(loaded.resolve(settings.folder))
    from reports.smtp import MailServer
    from reports.smtp_line import MailSettings

    return MailServer(
        MailSettings(
            host=settings.host,
            sender=settings.from_,
            port=settings.port,
            security=settings.security,
            user=settings.user,
            password=_password(loaded, settings, veil),
            token=_token(settings, veil),
            ca_file=loaded.resolve(settings.ca_file) if settings.ca_file else None,
            command_s=settings.timeout_s,
            body_s=settings.answer_timeout_s,
        )
    )


def _password(loaded: Loaded, settings: Mail, veil: Veil) -> Callable[[], str] | None:
    if not (settings.password_env or settings.password_file):
        return None
    file = loaded.resolve(settings.password_file) if settings.password_file else None

    def fetch() -> str:
        try:
            return veil.add(secret("mail.password", variable=settings.password_env, file=file))
        except LoopnoteError as error:
            raise DeliveryError(str(error), hint=error.hint) from error

    return fetch


def _token(settings: Mail, veil: Veil) -> Callable[[], str] | None:
    if not settings.token_command:
        return None

    def fetch() -> str:
        import subprocess

        program = Path(settings.token_command[0]).name
        try:
            done = subprocess.run(settings.token_command, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DeliveryError(
                f"mail.token_command {program} did not run: {type(error).__name__}", hint="try it by hand"
            ) from error
        if done.returncode or not done.stdout.strip():
            raise DeliveryError(f"mail.token_command {program} gave no token", hint="try it by hand")
        return veil.add(done.stdout.strip())

    return fetch


class Maker:
    """Makes the mail of whatever is due, with one editor."""

    def __init__(self, config: Config, editor: Editor, clock: Callable[[], datetime]) -> None:
        self._config = config
        self._editor = editor
        self._clock = clock

    def __call__(self, due: Due, revision: int) -> Made | Nothing:
        """Return the mail, or why there is none."""
        now = self._clock()
        edition = Edition(_language(due.language), _names(due.audience), revision)
        report = self._editor.report(self._config.team(due.scope), due.period, now)
        if report.data.all_failed:
            return Nothing("no source could be read", final=False)
        view = self._editor.view(report, edition, now)
        mail = self._editor.mail(view, report, due.kind, self._readers(due), now)
        return Made(Message(mail.message_id, edition.language, edition.names, mail.subject, mail.eml, now))

    def _readers(self, due: Due) -> list[Person]:
        """Return everybody who gets these very bytes: the mail shows them all, so that reply-all works."""
        same = [
            one
            for one in appointments(self._config)
            if (one.kind, one.scope, one.language, one.audience) == (due.kind, due.scope, due.language, due.audience)
        ]
        names = {recipient.address: recipient.name for recipient in self._config.recipients}
        return [Person(one.address, names.get(one.address, "")) for one in same]


def _language(text: str) -> Language:
    return "ko" if text == "ko" else "en"


def _names(text: str) -> Names:
    return "initials" if text == "initials" else "counts" if text == "counts" else "names"


def operator(config: Config) -> Operator:
    """Return who hears of trouble, and the address to ping."""
    settings = config.operator

    def call(ok: bool) -> str:
        return ping(settings.ping_url, ok=ok) if settings.ping_url else ""

    return Operator(settings.address or "", settings.language, config.mail.from_, ping=call)
