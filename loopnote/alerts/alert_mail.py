"""Builds the alert mail to the operator; the same input gives the same bytes."""

from datetime import datetime
from hashlib import sha256

from notes.model.notes import Language
from reports.page.mail import Envelope, MailAddress, build_operator_mail, message_id

from .alert_texts import alert_lines, alert_subject
from .conditions import AlertChanges


def operator_mail(
    told: AlertChanges,
    *,
    sender: str,
    to: str,
    language: Language,
    now: datetime,
    called: str = "loopnote",
) -> bytes:
    """Return the mail about these changes, ready for a mail server.

    `called` is how loopnote is called from any folder, with its configuration.

    Raises:
        RenderError: a template fails.
    """
    keys = [f"+{one.id} {one.subject}" for one in told.started] + [
        f"-{one.id} {one.subject}" for one in told.recovered
    ]
    digest = sha256("\n".join([now.isoformat(), *keys]).encode()).hexdigest()
    envelope = Envelope(
        sender=MailAddress(sender, "loopnote"),
        to=(MailAddress(to),),
        message_id=message_id(
            digest, kind="operator", period=f"{now:%Y-%m-%d}", domain=sender.rpartition("@")[2]
        ),
        date=now,
    )
    title, lines = alert_subject(told, language), alert_lines(told, language, called=called)
    return build_operator_mail(title, lines, envelope, language=language).eml
