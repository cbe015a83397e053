"""The operator's mail as bytes: what is wrong, its cause and its next step; same in same out."""

from datetime import datetime
from hashlib import sha256

from reports.page.mail import Envelope, Person, build_operator_mail, message_id

from .notes import Language
from .watch import News
from .watch_words import lines_of, subject_of


def operator_mail(told: News, *, sender: str, to: str, language: Language, now: datetime) -> bytes:
    """Return the mail that tells these news, ready for a mail server.

    Raises:
        RenderError: a template fails.
    """
    keys = [f"+{one.id} {one.subject}" for one in told.started] + [f"-{one.id} {one.subject}" for one in told.recovered]
    digest = sha256("\n".join([now.isoformat(), *keys]).encode()).hexdigest()
    envelope = Envelope(
        sender=Person(sender, "loopnote"),
        to=(Person(to),),
        message_id=message_id(digest, kind="operator", period=f"{now:%Y-%m-%d}", domain=sender.rpartition("@")[2]),
        date=now,
    )
    title, lines = subject_of(told, language), lines_of(told, language)
    return build_operator_mail(title, lines, envelope, language=language).eml
