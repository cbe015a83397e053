"""The Notion source; the only module that imports notion-client and its HTTP library.

One request function (`_NotionClient.ask`) paces, retries and refuses to write; everything above it
is plain data.
"""

import json
import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, Literal

from notes.model.errors import ServiceRefusedError, SourceError, SourceRefusedError
from notes.model.findings import Finding
from notes.system.clock import Clock, system_clock
from notes.system.url_checks import is_in_clear, is_loopback
from sync.contents.pages import PageSet, PropertySchema
from sync.notion.decoding.property_values import Json, decode_schemas, plain_text
from sync.notion.decoding.query_answers import QueryAnswer
from sync.retry import (
    UNUSABLE_ENVIRONMENT,
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
    unusable_environment,
)
from sync.source import Fetch, FetchOutcome, State

from .address import parse_notion_id
from .fetch import NotionFetch, NotionPlan, read_data_sources
from .memory import from_json, to_json
from .messages import explain_refusal, no_id_error, wrong_kind_error

VERSION = "2025-09-03"
BASE_URL = "https://api.notion.com"
_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
"""Answers that pass by themselves: a later try may succeed. 529 is Notion's "overloaded"."""
_BLOCKED = "public_api_request_blocked"
"""Notion's reason where a workspace is blocked: waiting does not help."""


def notion_rate_limiter() -> RateLimiter:
    """Return the pace of one token.

    180 requests a minute are allowed, and others may use it too.
    """
    return RateLimiter(limit=150)


@dataclass(slots=True, eq=False)
class NotionSource:
    """A Notion database (or one data source of it) as a source of pages.

    `database` is an address or an id in any of today's forms; `token` gives the integration's token
    when it is needed; `rate_limiter` is shared by all sources of one token. `bodies` says whether
    page bodies belong to the log: always, never, or ("auto") where the names of the properties
    leave the log's texts no other place. `wanted` names the columns whose cut values are worth a
    request, by default those that become a part of a note. Every `sweep_every` fetches, and once a
    day, every id is looked at.
    """

    name: str
    team: str
    database: str
    token: Callable[[], str]
    base_url: str = BASE_URL
    rate_limiter: RateLimiter | None = None
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    progress: Progress = ignore_progress
    bodies: bool | Literal["auto"] = "auto"
    wanted: Callable[[PropertySchema], bool] | None = None
    sweep_every: int = 24
    clock: Clock = system_clock
    sleep: Sleep = time.sleep

    def fetch(self, state: State, *, full: bool, known: Callable[[], Collection[str]]) -> Fetch:
        """Read what changed since `state`.

        Everything when `full` or when the state is empty or of another database.

        Raises:
            SourceError: as in the protocol; the same while the contents are read.
        """
        database = self._id()
        client = self._new_client()
        memory = from_json(state, database, str(self.bodies))
        try:
            run = self._run(client, state, full=full, known=known)
            try:
                contents = _changed(run)
            except ServiceRefusedError as error:
                if run.sweeping or error.status != 404:
                    raise
                memory = replace(memory, swept=None)  # the data sources may have moved: look again
                run = self._run(client, to_json(memory), full=full, known=known)
                contents = _changed(run)
        except SourceError as error:
            client.close()
            raise self._explained(error, client) from error
        if contents is None:
            client.close()
        return Fetch(
            contents=() if contents is None else self._read(contents, client),
            outcome=lambda: _outcome(run),
            unchanged=contents is None and not run.gone,
            requests=lambda: client.retry.requests,
        )

    def check(self) -> list[Finding]:
        """Check the access: the token, the database, each of its data sources."""
        subject = f"source {self.name}"
        try:
            database, client = self._id(), self._new_client()
        except SourceError as error:
            return [Finding.of(error, subject)]
        try:
            me = client.ask("GET", "users/me")
            found = read_data_sources(client.ask, database)
        except SourceError as error:
            explained = self._explained(error, client)
            return [Finding.of(explained, subject)]
        finally:
            client.close()
        bot = str(me.get("name") or "the connection")
        return [_readable(subject, bot, answer) for answer in found.values()]

    def _run(
        self,
        client: "_NotionClient",
        state: State,
        *,
        full: bool,
        known: Callable[[], Collection[str]],
    ) -> NotionFetch:
        return NotionFetch(
            ask=client.ask,
            plan=NotionPlan(
                wanted=self._is_wanted, bodies=self._with_bodies, sweep_every=self.sweep_every
            ),
            memory=from_json(state, self._id(), str(self.bodies)),
            ask_known=known,
            now=self.clock(),
            server_time=lambda: client.server_time,
            full=full,
        )

    def _with_bodies(self, schema: tuple[PropertySchema, ...]) -> bool:
        if self.bodies == "auto":
            from .property_names import has_texts_in_bodies

            return has_texts_in_bodies(schema)
        return self.bodies

    def _is_wanted(self, column: PropertySchema) -> bool:
        if self.wanted is None:
            from .property_names import has_meaning

            return has_meaning(column)
        return self.wanted(column)

    def _read(self, contents: Iterator[PageSet], client: "_NotionClient") -> Iterator[PageSet]:
        try:
            yield from contents
        except ServiceRefusedError as error:
            raise self._explained(error, client) from error
        finally:
            client.close()

    def _id(self) -> str:
        found = parse_notion_id(self.database)
        if found is None:
            raise no_id_error(self.database)
        return found

    def _new_client(self) -> "_NotionClient":
        rate_limiter = self.rate_limiter = self.rate_limiter or notion_rate_limiter()
        retry = Retry(f"Notion ({self.name})", self.retry, rate_limiter, self.sleep, self.progress)
        return _NotionClient(token=self.token, base_url=self.base_url, retry=retry)

    def _explained(self, error: SourceError, client: "_NotionClient") -> SourceError:
        """Return the refusal of a page's address as what it is: the wrong kind of address."""
        if not isinstance(error, ServiceRefusedError) or error.status not in (400, 404):
            return error
        try:
            client.ask("GET", f"pages/{self._id()}")
        except SourceError:
            return error
        finally:
            client.close()
        return wrong_kind_error()


def _changed(run: NotionFetch) -> Iterator[PageSet] | None:
    """Return the sets from the first one with a page on; None when there is none."""
    sets = run.sets()
    if run.full:
        return sets
    for found in sets:
        batches = iter(found.batches)
        first = next(batches, None)
        if first is not None:
            return chain([replace(found, batches=chain([first], batches))], sets)
    return None


def _outcome(run: NotionFetch) -> FetchOutcome:
    memory = run.remember()
    return FetchOutcome(
        state=to_json(memory),
        covers="all" if run.covers_all else "changed",
        gone=tuple(run.gone),
        warnings=tuple(run.warnings),
    )


def _readable(subject: str, bot: str, answer: Json) -> Finding:
    title = plain_text(answer.get("title") or ()) or str(answer.get("id"))
    what = f"“{bot}” can read “{title}” (properties: {len(decode_schemas(answer))})"
    return Finding("source.access", "ok", subject, what)


@dataclass(slots=True)
class _NotionClient:
    """The one way to Notion.

    Made for one reading; `server_time` is Notion's clock as of the last answer.
    """

    token: Callable[[], str]
    base_url: str
    retry: Retry
    server_time: datetime | None = None
    client: Any = None

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[tuple[str, str]] = (),
        body: Json | None = None,
        read: Callable[[bytes], Any] | None = None,
    ) -> Any:
        """Return the answer; see `sync.notion.row_query.Ask`."""
        if method != "GET" and not (method == "POST" and path.endswith("/query")):
            raise SourceRefusedError(
                f"loopnote only reads: it does not send {method} {path}", code="notion.read_only"
            )
        client = self.client or self._open()

        def attempt() -> Any:
            self.retry.requests += 1
            return _read(
                _answer(client, method, path, query=list(query), body=body), read or json.loads
            )

        return self.retry.call(attempt)

    def close(self) -> None:
        """Close the connection; the next request opens a new one."""
        if self.client is not None:
            self.client.close()
            self.client = None

    def _open(self) -> Any:
        import httpx
        import notion_client

        if is_in_clear(self.base_url):
            raise in_clear("Notion", self.base_url)
        try:
            client = httpx.Client(
                trust_env=not is_loopback(self.base_url),
                verify=not self.base_url.startswith(
                    "http://"
                ),  # no certificates to load where none are used
                event_hooks={"response": [self._note_time]},
            )
        except UNUSABLE_ENVIRONMENT as error:
            raise unusable_environment(error) from error
        self.client = notion_client.Client(
            client=client,
            auth=self._secret(),
            base_url=self.base_url.rstrip("/").removesuffix("/v1"),
            notion_version=VERSION,
            retry=False,
            logger=logging.getLogger(__name__),
            log_level=logging.CRITICAL,
        )
        self.client.client.timeout = httpx.Timeout(60, connect=5)
        return self.client

    def _secret(self) -> str:
        token = self.token().strip()
        if not token or not token.isascii() or not token.isprintable():
            raise explain_refusal(401, {})
        return token

    def _note_time(self, response: Any) -> None:
        self.server_time = parse_http_date(response.headers.get("date")) or self.server_time


def _answer(
    client: Any, method: str, path: str, *, query: list[tuple[str, str]], body: Json | None
) -> bytes:
    """Return an answer's bytes.

    notion-client itself would make JSON of them, needed or not; and a response that has read them
    keeps them, until the collector finds the ring that it forms with its stream. So they are read
    past it.
    """
    import httpx
    from notion_client.errors import (
        InvalidPathParameterError,
        build_request_error,
        validate_request_path,
    )

    try:
        validate_request_path(path)
        with client.client.stream(method, path, params=query or None, json=body) as answer:
            if answer.is_success:
                return b"".join(answer.iter_bytes())
            answer.read()
    except InvalidPathParameterError as error:
        raise explain_refusal(404, {}) from error
    except httpx.TimeoutException as error:
        raise TransientError("no answer in time") from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise SourceRefusedError(
            f"[notion] base_url is not a valid address: {error}",
            hint="write it as https://…",
            code="notion.base_url",
        ) from error
    except httpx.HTTPError as error:
        raise TransientError(f"the connection failed ({type(error).__name__})") from error
    raise _sorted(build_request_error(answer, answer.text))


def _read(data: bytes, read: Callable[[bytes], Any]) -> Any:
    try:
        return _whole(read(data))
    except ValueError as error:
        raise TransientError("the answer is not valid JSON") from error


def _whole(answer: Any) -> Any:
    if isinstance(answer, QueryAnswer):
        return answer
    if not isinstance(answer, dict) or "object" not in answer:
        raise TransientError("the answer is not Notion's")
    if answer["object"] == "list" and not isinstance(answer.get("results"), list):
        raise TransientError("the answer is cut")
    return answer


def _sorted(error: Any) -> TransientError | SourceError:
    """Return whether asking again may help, and after how long."""
    detail = _detail(error.body)
    extra = detail.get("additional_data") or {}
    if error.status in _PASSING or not detail.get("code"):
        if extra.get("rate_limit_reason") == _BLOCKED:
            return explain_refusal(error.status, detail)
        if error.status == 401:
            return explain_refusal(401, {})
        wait = parse_retry_after(
            error.headers.get("retry-after") or extra.get("retry_after"), error.headers.get("date")
        )
        reason = (
            "the rate limit is reached" if error.status == 429 else f"it answers {error.status}"
        )
        return TransientError(reason, retry_after=wait, shared=error.status in (429, 529))
    return explain_refusal(error.status, detail)


def _detail(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
