"""The Google Sheets source; the only module that imports gspread and google-auth.

    Drive: version ─► as before? nothing to do ─► else the record of the spreadsheet ─► its cells,
        in few requests

Every request is a GET; the token asks for reading alone. gspread and google-auth are used at their
thinnest: their own retries, and google-auth's look-up of a regional boundary (a thread that asks
another host), never start.
"""

import json
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from notes.model.errors import SourceError
from notes.model.findings import Finding
from notes.system.clock import Clock, system_clock
from notes.system.url_checks import is_in_clear
from sync.retry import (
    Progress,
    RateLimiter,
    Retry,
    RetryPolicy,
    Sleep,
    TransientError,
    ignore_progress,
    in_clear,
    parse_http_date,
    parse_retry_after,
)
from sync.source import Fetch, State

from .fetch import SheetsFetch
from .google_login import GoogleLogin, Key, OpenLogin, open_login, trusts_environment
from .json_stream import JsonStream
from .memory import SheetsMemory, from_json, must_read_again
from .messages import (
    bad_key_error,
    explain_refusal,
    is_over_quota,
    no_id_error,
)
from .spreadsheet import Json, parse_spreadsheet_id

SHEETS_URL = "https://sheets.googleapis.com"
DRIVE_URL = "https://www.googleapis.com"
_FILE_FIELDS = "id,name,version,modifiedTime,trashed,mimeType"
_TIMEOUT = (5, 60)
"""Seconds to connect and between two pieces of an answer; Google ends a request of its own after
180 s, judgement otherwise."""
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Answers that pass by themselves: a later try may succeed."""
_PLAIN = ("prettyPrint", "false")
_PIECE = 1 << 16
"""Bytes read from the connection at once, 64 KiB; judgement."""
T = TypeVar("T")


def sheets_rate_limiter() -> RateLimiter:
    """Return the pace of one service account.

    60 reads a minute are allowed, and others may use it too.
    """
    return RateLimiter(limit=50)


@dataclass(slots=True, eq=False)
class SheetsSource:
    """A Google spreadsheet as a source of typed cells.

    `spreadsheet` is an address or an id; `tabs` are titles or patterns; `credentials` is a login,
    or a key as a file or as a function that gives its content when it is needed; `rate_limiter` is
    shared by all sources of one account. After `full_every` fetches, and once a day, the cells are
    read even if Drive says nothing changed: formulas change without it.
    """

    name: str
    team: str
    spreadsheet: str
    tabs: Sequence[str] = ("*",)
    credentials: GoogleLogin | Callable[[], Key] | str | Path = ""
    sheets_url: str = SHEETS_URL
    drive_url: str = DRIVE_URL
    rate_limiter: RateLimiter | None = None
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    progress: Progress = ignore_progress
    full_every: int = 24
    clock: Clock = system_clock
    sleep: Sleep = time.sleep

    def fetch(self, state: State, *, full: bool, known: Callable[[], Collection[str]]) -> Fetch:  # noqa: ARG002
        """Read the spreadsheet when Drive reports a change since `state`, or when a read is due.

        Raises:
            SourceError: as in the protocol; the same while the contents are read.
        """
        client = self._new_client()
        run = SheetsFetch(
            client=client,
            spreadsheet=self._id(),
            patterns=tuple(self.tabs),
            memory=from_json(state, self._id(), self.tabs),
            now=self.clock(),
            progress=self.progress,
        )
        try:
            run.look()
        except SourceError:
            client.close()
            raise
        if not full and not must_read_again(
            run.memory, run.seen, every=self.full_every, now=run.now, time=client.server_time
        ):
            client.close()
            return Fetch((), run.unchanged, unchanged=True, requests=lambda: client.retry.requests)
        return Fetch(run.contents(), run.outcome, requests=lambda: client.retry.requests)

    def check(self) -> list[Finding]:
        """Check the access: the key, the file, its tabs."""
        subject = f"source {self.name}"
        client: _GoogleClient | None = None
        try:
            client = self._new_client()
            run = SheetsFetch(
                client=client,
                spreadsheet=self._id(),
                patterns=tuple(self.tabs),
                memory=SheetsMemory(),
                now=self.clock(),
                progress=self.progress,
            )
            run.look()
            record = run.record()
            tabs = ", ".join(tab.title for tab in run.choose_tabs(record))
            account = client.who() or "your Google login"
        except SourceError as error:
            return [Finding.of(error, subject)]
        finally:
            if client is not None:
                client.close()
        what = f"{account} can read “{record.title}”: {tabs}"
        facts = {"account": account, "title": record.title, "tabs": tabs}
        return [
            Finding("source.access", "ok", subject, what, code="sheets.readable", facts=facts),
            *(Finding("source.access", "warning", subject, warning) for warning in run.warnings),
        ]

    def _id(self) -> str:
        found = parse_spreadsheet_id(self.spreadsheet)
        if found is None:
            raise no_id_error(self.spreadsheet)
        return found

    def _new_client(self) -> "_GoogleClient":
        rate_limiter = self.rate_limiter = self.rate_limiter or sheets_rate_limiter()
        retry = Retry(
            f"Google Sheets ({self.name})", self.retry, rate_limiter, self.sleep, self.progress
        )
        return _GoogleClient(
            _login(self.credentials), self.sheets_url.rstrip("/"), self.drive_url.rstrip("/"), retry
        )


def _login(credentials: GoogleLogin | Callable[[], Key] | str | Path) -> GoogleLogin:
    if isinstance(credentials, GoogleLogin):
        return credentials
    if callable(credentials):
        return GoogleLogin(credentials)
    return GoogleLogin(_key(Path(credentials)))


def _key(path: Path) -> Callable[[], Key]:

    def read() -> Key:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise bad_key_error(f"{path} cannot be read ({error.strerror})") from error
        except ValueError as error:
            raise bad_key_error(f"{path} is not valid JSON") from error
        if not isinstance(found, dict):
            raise bad_key_error(f"{path} is not a service account key")
        return found

    return read


@dataclass(slots=True)
class _GoogleClient:
    """The one way to Google.

    Made for one reading; `server_time` is Google's clock as of the last answer.
    """

    login: GoogleLogin
    sheets_url: str
    drive_url: str
    retry: Retry
    server_time: datetime | None = None
    account: str = ""
    session: Any = None
    opened: OpenLogin | None = None
    sheets: Any = None
    renewed: bool = False

    def file(self, file_id: str) -> Json:
        """Return what Drive knows of a file."""
        params = [("fields", _FILE_FIELDS), ("supportsAllDrives", "true")]
        url = f"{self.drive_url}/drive/v3/files/{file_id}"
        return self.retry.call(
            lambda: self._attempt("Drive", url, params, read=_whole), paced=False
        )

    def spreadsheet(self, file_id: str, params: list[tuple[str, str]]) -> Json:
        """Return a spreadsheet, as far as the parameters ask for it."""
        url = f"{self.sheets_url}/v4/spreadsheets/{file_id}"
        return self.retry.call(lambda: self._attempt("Sheets", url, [*params, _PLAIN], read=_whole))

    def who(self) -> str:
        """Return the address of whoever reads, asked of Drive where the login does not tell;
        "" if it won't.
        """
        if not self.account:
            url = f"{self.drive_url}/drive/v3/about"
            fields = [("fields", "user(emailAddress)")]
            try:
                answer = self.retry.call(
                    lambda: self._attempt("Drive", url, fields, read=_whole), paced=False
                )
            except SourceError:
                return ""
            self.account = str((answer.get("user") or {}).get("emailAddress") or "")
        return self.account

    def streamed(
        self, file_id: str, params: list[tuple[str, str]], take: Callable[[JsonStream], T]
    ) -> T:
        """Return what `take` makes of a spreadsheet's answer while it arrives."""
        url = f"{self.sheets_url}/v4/spreadsheets/{file_id}"

        def read(response: Any) -> T:
            return take(JsonStream(response.iter_content(_PIECE)))

        return self.retry.call(lambda: self._attempt("Sheets", url, [*params, _PLAIN], read=read))

    def close(self) -> None:
        """Close the connections."""
        if self.session is not None:
            self.session.close()

    def _attempt(
        self, api: str, url: str, params: list[tuple[str, str]], *, read: Callable[[Any], T]
    ) -> T:
        import requests

        try:
            response = self._get(api, url, params)
            self.server_time = parse_http_date(response.headers.get("date")) or self.server_time
            if not response.ok:
                raise self._sorted(api, response)
            with response:
                return read(response)
        except requests.RequestException as error:
            raise TransientError(f"the connection failed ({type(error).__name__})") from error
        except (ValueError, AttributeError, TypeError) as error:
            raise TransientError("the answer is not Google's JSON") from error

    def _get(self, api: str, url: str, params: list[tuple[str, str]]) -> Any:
        session = self._authorised()
        self.retry.requests += 1
        if api == "Drive":
            return session.get(url, params=params, timeout=_TIMEOUT)
        from gspread.exceptions import APIError

        try:
            return self._gspread().request("get", url, params=params)
        except APIError as error:
            return error.response

    def _gspread(self) -> Any:
        if self.sheets is None:
            from gspread.http_client import HTTPClient

            self.sheets = HTTPClient(None, self.session)  # type: ignore[arg-type]
            self.sheets.set_timeout(_TIMEOUT)
        return self.sheets

    def _authorised(self) -> Any:
        """Return the session, with a token that is still good."""
        opened = self.opened or self._open()
        if not opened.credentials.token or opened.credentials.expired:
            opened.renew(self.session)
            self.account = self.account or _account_of(opened)
            self.session.headers.update(opened.headers())
        return self.session

    def _open(self) -> OpenLogin:
        import requests

        self.session = requests.Session()
        self.session.max_redirects = 0
        self.session.stream = True
        self.opened = open_login(self.login, self.session)
        for address in filter(None, (self.sheets_url, self.drive_url, self.opened.token_url)):
            if is_in_clear(address):
                raise in_clear("Google", address)
        self.account = self.opened.account
        self.session.trust_env = trusts_environment(self.opened, self.sheets_url, self.drive_url)
        return self.opened

    def _sorted(self, api: str, response: Any) -> TransientError | SourceError:
        """Return whether asking again may help, and after how long."""
        status, error = response.status_code, _detail(response)
        if status == 401 and not self.renewed:
            self.renewed = True
            if self.opened is not None:
                self.opened.credentials.token = None
            return TransientError("the token has expired", retry_after=0.0)
        over = is_over_quota(status, error)
        if over or status in _PASSING or not error:
            wait = parse_retry_after(
                response.headers.get("retry-after"), response.headers.get("date")
            )
            return TransientError(
                "the rate limit is reached" if over else f"it answers {status}",
                retry_after=wait,
                shared=over,
            )
        return explain_refusal(status, error, api=api, account=self.account)


def _account_of(opened: OpenLogin) -> str:
    """Return whose credentials they turn out to be: those of an attached account tell it when
    refreshed.
    """
    found = str(getattr(opened.credentials, "service_account_email", "") or "")
    return "" if found == "default" else found


def _whole(response: Any) -> Json:
    answer = json.loads(response.content)
    if not isinstance(answer, dict) or "error" in answer:
        raise ValueError("it is not Google's")
    return answer


def _detail(response: Any) -> dict[str, Any]:
    try:
        found = json.loads(response.content)
    except ValueError:
        return {}
    error = found.get("error") if isinstance(found, dict) else None
    return error if isinstance(error, dict) else {}
