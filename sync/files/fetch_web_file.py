"""Fetches a spreadsheet, text table or archive behind a web address into a folder, without any
credential.

A Google Sheet that anybody with the link may read has such an address: its export as .xlsx.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from notes.model.errors import SourceError, SourceRefusedError, SourceUnavailableError
from notes.system.url_checks import is_in_clear, is_loopback
from sync.retry import UNUSABLE_ENVIRONMENT, unusable_environment
from sync.sheets.spreadsheet import parse_spreadsheet_id

_MOST_REDIRECTS = 6
"""Shared links of Google and Microsoft take two or three; whoever needs more leads in a circle."""
_TIMEOUT_S = 60.0
"""Seconds without a byte after which a server counts as silent; judgement."""
_PIECE = 1 << 16
"""Bytes read from the connection at once, 64 KiB; judgement."""
_LOGIN_HOSTS = ("accounts.google.com", "login.microsoftonline.com", "login.live.com")
"""A redirect to one of these means that the file is not open to everybody."""
_NAMED = re.compile(r"filename\*=UTF-8''([^;]+)|filename=\"?([^\";]+)", re.IGNORECASE)
"""The file's name in a Content-Disposition header (RFC 6266), the UTF-8 form first."""


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file that was fetched: where it lies, and what it is called there, without its ending."""

    path: Path
    title: str


def export_address(address: str) -> str | None:
    """Return the address under which a Google Sheet can be had as .xlsx; None for other addresses.

    >>> export_address("https://docs.google.com/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4/edit#gid=0")
    'https://docs.google.com/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4/export?format=xlsx'
    """
    parts = urlsplit(address)
    found = parse_spreadsheet_id(address) if "/spreadsheets/" in parts.path else None
    if not parts.scheme.startswith("http") or found is None:
        return None
    return f"{parts.scheme}://{parts.netloc}/spreadsheets/d/{found}/export?format=xlsx"


def fetch_web_file(address: str, folder: Path, *, max_bytes: int) -> WebFile:
    """Fetch what is behind an address into a folder.

    Raises:
        SourceRefusedError: nobody may read it without signing in, it is not there, or it is a web
            page.
        SourceUnavailableError: the server does not answer as it should.
    """
    import httpx

    try:
        with _client(address) as client, _answer(client, export_address(address) or address) as got:
            return _keep(got, folder, max_bytes)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceUnavailableError(
            f"{urlsplit(address).netloc or address} does not answer ({type(error).__name__})",
            hint="check the address and the network",
            code="web.no_answer",
            facts={"host": urlsplit(address).netloc or address, "reason": type(error).__name__},
        ) from error


def _client(address: str) -> Any:
    import httpx

    try:
        return httpx.Client(
            trust_env=not is_loopback(address), timeout=_TIMEOUT_S, follow_redirects=False
        )
    except UNUSABLE_ENVIRONMENT as error:
        raise unusable_environment(error) from error


@contextmanager
def _answer(client: Any, address: str) -> Iterator[Any]:
    """Give the answer to a request, after its redirects; one to a page for signing in is a
    refusal.
    """
    begun_here = is_loopback(address)
    for _ in range(_MOST_REDIRECTS):
        with client.stream("GET", address) as response:
            if response.status_code not in (301, 302, 303, 307, 308):
                _refuse(response)
                yield response
                return
            address = urljoin(address, response.headers.get("location", ""))
        if urlsplit(address).hostname in _LOGIN_HOSTS or "ServiceLogin" in address:
            raise _not_public_error(302)
        # Nobody else's server makes this machine ask itself.
        if is_in_clear(address) or (is_loopback(address) and not begun_here):
            raise _not_public_error(302)
    raise _not_public_error(302)


def _refuse(response: Any) -> None:
    status = response.status_code
    if status in (401, 403, 404, 410):
        raise _not_public_error(status)
    if status != 200:
        raise SourceUnavailableError(
            f"{response.url.host} answers {status}",
            hint="try again in a minute",
            code="web.status",
            facts={"host": response.url.host, "status": str(status)},
        )


def _keep(response: Any, folder: Path, max_bytes: int) -> WebFile:
    title = _title(response)
    path = folder / "download"
    size = 0
    with path.open("wb") as stream:
        for piece in response.iter_bytes(_PIECE):
            size += len(piece)
            if size > max_bytes:
                raise SourceRefusedError(
                    f"the file has more than the {max_bytes / 1e6:.0f} MB that are read",
                    hint="move old rows to another file",
                    code="web.too_large",
                    facts={"limit": f"{max_bytes / 1e6:.0f}"},
                )
            stream.write(piece)
    ending = _ending(path, response)
    named = path.with_name((re.sub(r"[/\\\x00-\x1f]", " ", title)[:60].strip() or "log") + ending)
    return WebFile(path.rename(named), named.stem)


def _title(response: Any) -> str:
    found = _NAMED.search(response.headers.get("content-disposition", ""))
    name = unquote(found[1]) if found and found[1] else found[2] if found else ""
    name = name or unquote(urlsplit(str(response.url)).path.rpartition("/")[2])
    return Path(name).stem


def _ending(path: Path, response: Any) -> str:
    """Return the ending that fits the content, whatever it is called."""
    import zipfile

    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"PK"):
        try:
            with zipfile.ZipFile(path) as archive:
                return ".xlsx" if "[Content_Types].xml" in archive.namelist() else ".zip"
        except zipfile.BadZipFile:
            return ".zip"
    kind = response.headers.get("content-type", "")
    if "html" in kind or head.lstrip().lower().startswith((b"<!doctype", b"<html")):
        raise SourceRefusedError(
            "the address leads to a web page, not to a file",
            hint=(
                "open it in a browser without signing in: does it show the log? else download "
                "the file"
            ),
            code="web.page",
        )
    return ".csv"


def _not_public_error(status: int) -> SourceError:
    return SourceRefusedError(
        f"nobody can read it by its link alone ({status})",
        hint=(
            "share it for everybody with the link as Viewer, or download it as .xlsx and name "
            "the file"
        ),
        code="web.not_public",
        facts={"status": str(status)},
    )
