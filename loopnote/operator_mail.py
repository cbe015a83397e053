"""The operator's mail as bytes: plain text, same in same out."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from .notes import Language
from .watch import News
from .watch_words import subject_of, text_of


def operator_mail(told: News, *, sender: str, to: str, language: Language, now: datetime) -> bytes:
    """Return the mail that tells these news, ready for a mail server."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject_of(told, language)
    mail["From"] = Address("loopnote", addr_spec=sender) if sender.isascii() else sender
    mail["To"] = to
    mail["Date"] = now
    keys = "\n".join(
        [f"+{one.id} {one.subject}" for one in told.started] + [f"-{one.id} {one.subject}" for one in told.recovered]
    )
    digest = sha256(f"{now.isoformat()}\n{keys}".encode()).hexdigest()[:24]
    mail["Message-ID"] = f"<operator.{digest}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, DR, RN, NRN, AutoReply"
    mail["Content-Language"] = language
    mail.set_content(text_of(told, language), cte="base64")
    return mail.as_bytes()
