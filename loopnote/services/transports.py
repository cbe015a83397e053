"""Creates the mail transports that the configuration names, for reports and for the operator."""

from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from loopnote.alerts.ping import ping
from loopnote.config.model import MailTransportSettings
from loopnote.config.read import LoadedConfig
from loopnote.config.secrets import read_secret
from loopnote.runtime.machine import command_from_anywhere
from loopnote.runtime.redaction import Redactor
from notes.model.errors import DeliveryError, LoopnoteError
from reports.delivery.transport import Transport

from .run import OperatorContact


def transport(loaded: LoadedConfig, redactor: Redactor) -> Transport:
    """Return the way out that the configuration names.

    Raises:
        ConfigError: a secret is not where the configuration says.
    """
    settings = loaded.config.mail
    match settings.transport:
        case "folder":
            from reports.delivery.folder import FolderTransport

            return FolderTransport(loaded.resolve(settings.folder))
        case "smtp":
            return _smtp(loaded, settings, redactor)
        case _:  # a value of the setting that nobody made a case for goes nowhere, not by SMTP
            assert_never(settings.transport)


def _smtp(loaded: LoadedConfig, settings: MailTransportSettings, redactor: Redactor) -> Transport:
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


def operator(loaded: LoadedConfig) -> OperatorContact:
    """Return who hears of trouble, and the address to ping."""
    settings, sender = loaded.config.operator, loaded.config.mail.from_
    called = command_from_anywhere(loaded.path)

    def call(ok: bool) -> str:
        return ping(settings.ping_url, ok=ok) if settings.ping_url else ""

    return OperatorContact(
        settings.address or "",
        loaded.config.operator_language,
        sender,
        ping=call,
        called=called,
    )
