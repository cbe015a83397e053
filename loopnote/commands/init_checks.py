"""What may be wrong with an answer of `init`, tried against the world where that is possible."""

import difflib
import glob
import socket
from pathlib import Path
from zoneinfo import available_timezones

from loopnote.config.write import host_and_port, kind_of
from loopnote.runtime.messages.errors import error_texts, sentence_text
from loopnote.runtime.messages.terminal import language, say
from notes.model.errors import SourceError
from notes.model.mail_addresses import address_error
from notes.model.notes import LANGUAGES
from sync.files.source import FileSource

GOOGLE_WAYS_BESIDE_A_KEY = ("login", "adc")


def name_fault(text: str) -> str:
    """Return what is wrong with a name."""
    bad = any(sign in text for sign in "/\\") or not text.isprintable() or len(text) > 80
    return say("init.bad_name") if bad else ""


def language_fault(text: str) -> str:
    """Return what is wrong with a language."""
    return "" if text in LANGUAGES else say("init.bad_language")


def zone_fault(text: str) -> str:
    """Return what is wrong with a time zone, with the nearest one."""
    if text in available_timezones():
        return ""
    near = difflib.get_close_matches(text, available_timezones(), n=1, cutoff=0.5)
    return say("init.bad_zone", zone=text, near=near[0] if near else "Asia/Seoul")


def address_fault(text: str) -> str:
    """Return what is wrong with a mail address."""
    fault = address_error(text)
    if not fault:
        return ""
    return sentence_text(f"{text!r} is no mail address: {fault}", language())


def log_fault(text: str, folder: Path) -> str:
    """Return why a log cannot be read; services are tried when there is a credential."""
    if kind_of(text) != "file":
        return ""
    path = str(folder / Path(text).expanduser())
    if any(sign in text for sign in "*?[") and not glob.glob(path, recursive=True):  # noqa: PTH207
        return ""  # a pattern may well match only later
    wrong = FileSource("log", "", path)
    try:
        found = [one for one in wrong.check() if one.level == "error"]
    except SourceError as error:
        return str(error)
    if not found:
        return ""
    message, hint = error_texts(
        language(), found[0].code, found[0].facts, message=found[0].message, hint=found[0].hint
    )
    return f"{message}. {hint}"


def google_fault(text: str, folder: Path) -> str:
    """Return why a file holds no key of a service account; one that is not there yet may come."""
    path = folder / Path(text).expanduser()
    if text in GOOGLE_WAYS_BESIDE_A_KEY or not path.exists():
        return ""
    from loopnote.config.key_file import account_of

    return "" if account_of(path) else say("init.bad_key_file", path=path)


def team_fault(text: str, known: list[str]) -> str:
    """Return why a text names no team, with the nearest one."""
    if text in known:
        return ""
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    return say("init.bad_team", team=text, teams=", ".join(near or known))


def teams_fault(text: str, known: list[str]) -> str:
    """Return why a list of teams holds one that is none; "*" is all of them."""
    named = [part.strip() for part in text.split(",")]
    faults = [team_fault(one, known) for one in named if one != "*"]
    return next((fault for fault in faults if fault), "")


def new_name_fault(text: str, taken: list[str]) -> str:
    """Return why a name cannot be given to something new."""
    return say("init.name_taken", name=text) if text in taken else name_fault(text)


def host_fault(text: str) -> str:
    """Return why a mail server cannot be reached."""
    host, port = host_and_port(text)
    try:
        with socket.create_connection((host, port), timeout=8):
            return ""
    except OSError as error:
        return say("init.bad_host", host=host, port=port, reason=error.strerror or str(error))
