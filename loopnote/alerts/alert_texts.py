"""Texts of the alert mail: its subject, and each alert with its cause and its hint.

The sentences stand in loopnote/runtime/messages/alerts/, one file for each language.
"""

from loopnote.runtime.messages.errors import error_texts, with_local_times
from loopnote.runtime.messages.report_names import report_name
from loopnote.runtime.messages.terminal import as_called
from notes.messages.catalogue import MessageCatalogue, shipped_messages
from notes.model.deliveries import Alarm
from notes.model.notes import Language

from .conditions import Alert, AlertChanges
from .report_commands import quoted, resend_step, send_step


def alert_subject(changes: AlertChanges, language: Language) -> str:
    """Return the subject: the first change, and how many more there are; one line."""
    words = _words(language)
    if changes.started:
        text = words("subject.started", first=alert_sentence(changes.started[0], language))
    else:
        text = words("subject.recovered", first=_name(changes.recovered[0], language))
    more = len(changes.started) + len(changes.recovered) - 1
    line = text + (words("subject.more", count=more) if more else "")
    return " ".join(line.split())


def alert_lines(changes: AlertChanges, language: Language, *, called: str = "") -> tuple[str, ...]:
    """Return the mail's lines: each change with its cause and hint, then when mail comes again.

    `called` is how the reader calls loopnote, what works in this folder when left out.
    """
    words = _words(language)
    started = [line for one in changes.started for line in _block(one, language, called)]
    recovered = [words("recovered.line", what=_name(one, language)) for one in changes.recovered]
    foot = "foot.once" if started else "foot.status"  # what was solved is mailed about anew
    return (*started, *recovered, as_called(words(foot), called))


def alert_sentence(alert: Alert, language: Language) -> str:
    """Return the alert as one sentence."""
    return _started(alert, "message", language)


def alert_block(alert: Alert, language: Language, *, called: str = "") -> tuple[str, str]:
    """Return what is wrong with its cause, and the hint; `called` as for `alert_lines`."""
    message, hint = error_texts(
        language, "", {}, message=alert.message, hint=alert.hint, called=called
    )
    cause = f" ({message})" if message else ""
    step = hint or as_called(_started(alert, "hint", language), called)
    return f"{alert_sentence(alert, language)}{cause}", step


def alarm_block(alarm: Alarm, language: Language, *, called: str = "") -> tuple[str, str]:
    """Return an open streak as a sentence, and the next step; `called` as for `alert_lines`.

    The store keeps the streak without the facts of its beginning: what the subject does not give is
    left out of the sentence (`[open]` of the catalogue).
    """
    words = _words(language)
    alert = Alert(alarm.id, alarm.subject, facts=_facts_of(alarm))
    key = f"open.{alarm.id}"
    if words.has(key):
        message = words(key, **_named(alert, language))
    elif words.has(f"started.{alarm.id}.message"):
        message = alert_sentence(alert, language)
    else:  # written by a newer version
        return f"{alarm.subject} [{alarm.id}]", as_called(words("open.unknown"), called)
    return message, as_called(_started(alert, "hint", language), called)


def _facts_of(alarm: Alarm) -> dict[str, str]:
    """Return the facts of a streak's sentence that its subject gives."""
    first, _, second = alarm.subject.partition(" → ")
    if alarm.id in {"delivery.refused", "delivery.unknown"}:
        steps = {"step": resend_step(first, second), "anew": send_step(first)}
        return {"report": first, "address": second, **steps}
    if alarm.id == "report.missed":
        return {"report": first, "address": second, "step": send_step(first)}
    if alarm.id == "report.missed_long":
        first, _, last = alarm.subject.partition(" – ")
        return {"first": first, "last": last}
    return {"report": alarm.subject, "source": quoted(alarm.subject)}


def _block(alert: Alert, language: Language, called: str) -> list[str]:
    sentence, hint = alert_block(alert, language, called=called)
    return [sentence, f"→ {hint}"]


def _started(alert: Alert, part: str, language: Language) -> str:
    words = _words(language)
    text = words(f"started.{alert.id}.{part}", **_named(alert, language))
    return with_local_times(text, language)


def _named(alert: Alert, language: Language) -> dict[str, str]:
    """Return the facts of a sentence, reports by their names."""
    facts = {"subject": report_name(alert.subject, language), **alert.facts}
    if "report" in facts:
        facts["report"] = report_name(facts["report"], language)
    return facts


def _name(alarm: Alarm, language: Language) -> str:
    words = _words(language)
    key = f"recovered.{alarm.id}"
    return (
        words(key, subject=report_name(alarm.subject, language))
        if words.has(key)
        else f"{alarm.id} {alarm.subject}"
    )


def _words(language: Language) -> MessageCatalogue:
    return shipped_messages("loopnote.runtime.messages.alerts", language)
