"""Checks each answer of `init`, with a real attempt where that is possible."""

import difflib
import glob
import re
import socket
from collections.abc import Mapping
from pathlib import Path

from loopnote.config.first_config_text import OF_THE_MACHINE, SIGN_IN, host_and_port
from loopnote.config.source_kinds import kind_of
from loopnote.runtime.messages.errors import error_texts, sentence_text
from loopnote.runtime.messages.terminal import language, say
from notes.model.errors import ConfigError, SourceError
from notes.model.mail_addresses import address_error
from notes.model.notes import LANGUAGES
from notes.system.home_folder import with_home
from notes.system.time_zones import is_zone, nearest_zone
from sync.files.find_files import file_like
from sync.files.source import FileSource

_LAST_PORT = 65_535
"""The highest port of TCP (16 bits)."""


def name_fault(text: str) -> str:
    """Return what is wrong with a name."""
    bad = any(sign in text for sign in "/\\") or not text.isprintable() or len(text) > 80
    return say("init.bad_name") if bad else ""


def language_fault(text: str) -> str:
    """Return what is wrong with a language."""
    return "" if text in LANGUAGES else say("init.bad_language")


def zone_fault(text: str) -> str:
    """Return what is wrong with a time zone, with the nearest one."""
    return (
        ""
        if is_zone(text)
        else say("init.bad_zone", zone=text, near=nearest_zone(text) or "Asia/Seoul")
    )


def address_fault(text: str) -> str:
    """Return what is wrong with a mail address."""
    fault = address_error(text)
    if not fault:
        return ""
    return sentence_text(f"{text!r} is no mail address: {fault}", language())


_OPEN_SHEET = (
    "open the sheet itself and copy its address: https://docs.google.com/spreadsheets/d/…/edit"
)
_DOWNLOAD = "download the file (.xlsx), and name that"
_OTHER_PAGES = (
    (
        re.compile(r"docs\.google\.com/(?:document|presentation|forms|drawings)/"),
        "the address names a Google Doc, form or slides, and no sheet",
        _OPEN_SHEET,
    ),
    (
        re.compile(r"drive\.google\.com/drive/"),
        "the address names a folder of Google Drive, and no sheet",
        _OPEN_SHEET,
    ),
    (
        re.compile(r"drive\.google\.com/(?:file/|open)"),
        "the address names a file in Google Drive, and no sheet",
        _DOWNLOAD,
    ),
    (
        re.compile(r"docs\.google\.com/spreadsheets(?:/u/\d{1,2})?/?$"),
        "the address names the list of all sheets, and no sheet",
        _OPEN_SHEET,
    ),
    (
        re.compile(r"(?:onedrive\.live\.com|1drv\.ms|sharepoint\.com)/"),
        "the address names a page of OneDrive or SharePoint, and no sheet",
        _DOWNLOAD,
    ),
)
"""Addresses that people copy for that of their sheet: (where, what it is, the next step)."""


def wrong_page(address: str) -> ConfigError | None:
    """Return why an address names no log, with the next step; None where it may name one."""
    return next(
        (
            ConfigError(what, hint=step)
            for where, what, step in _OTHER_PAGES
            if where.search(address)
        ),
        None,
    )


def log_fault(text: str, folder: Path) -> str:
    """Return why a log cannot be read; services are tried when there is a credential."""
    if wrong := wrong_page(text):
        return _sentence("", {}, message=str(wrong), hint=wrong.hint)
    if kind_of(text) != "file":
        return ""
    path = folder / with_home(text)
    is_pattern = any(sign in text for sign in "*?[")
    if is_pattern and not glob.glob(str(path), recursive=True):  # noqa: PTH207
        return ""  # a pattern may well match only later
    if not is_pattern and is_absent(path):
        near = file_like(path)
        return (
            say("init.no_file_but", path=path, near=near)
            if near
            else say("init.no_file", path=path)
        )
    try:
        found = [one for one in FileSource("log", "", str(path)).check() if one.level == "error"]
    except SourceError as error:
        return _sentence(error.code, error.facts, message=str(error), hint=error.hint)
    return (
        _sentence(found[0].code, found[0].facts, message=found[0].message, hint=found[0].hint)
        if found
        else ""
    )


def _sentence(code: str, facts: Mapping[str, str], *, message: str, hint: str) -> str:
    texts = error_texts(language(), code, facts, message=message, hint=hint)
    return " → ".join(part.rstrip(".") for part in texts if part)


def is_absent(path: Path) -> bool:
    """Return whether nothing is there; where its folder may not be read, opening it says so."""
    try:
        return not path.exists()
    except OSError:
        return False


def google_fault(text: str, folder: Path) -> str:
    """Return why a file holds no key of a service account; one that is not there yet may come."""
    path = folder / with_home(text)
    if text in (SIGN_IN, OF_THE_MACHINE) or not path.exists():
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
    if not 0 < port <= _LAST_PORT:
        return say("init.bad_port", port=port)
    try:
        with socket.create_connection((host, port), timeout=8):
            return ""
    except OSError as error:
        reason = sentence_text(error.strerror or str(error), language())
        return say("init.bad_host", host=host, port=port, reason=reason)
    except UnicodeError:  # a host's name that no DNS could hold
        return say("init.no_host", host=host)
