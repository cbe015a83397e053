"""Creates sources from their settings, with credentials and rate limits."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from loopnote.config.model import (
    FileSourceSettings,
    GoogleAccountSettings,
    GoogleSheetsSourceSettings,
    NotionSourceSettings,
)
from loopnote.config.read import LoadedConfig
from loopnote.config.secrets import read_secret
from loopnote.runtime.redaction import Redactor
from notes.model.errors import ConfigError
from notes.system.clock import Clock
from sync.retry import RateLimiter, RetryPolicy
from sync.source import Source

if TYPE_CHECKING:  # what reads a service is imported where one is read
    from sync.contents.pages import PropertySchema
    from sync.sheets.google_login import GoogleLogin

KEY_HINT = "download it again; see docs/how-to/google-sheets.md"

_QUOTES = "'\"“”‘’"
"""What no token has, and is pasted with one: from a shell, a chat, a line of a configuration."""

Progress = Callable[[str], None]


class SourceFactory:
    """Makes the sources of one configuration; those of one account of a service share its pace.

    `redactor` learns every secret that is fetched, `clock` is the one that decides when a sweep is
    due. `store_url` is where hosts may share a pace.
    """

    def __init__(
        self, loaded: LoadedConfig, redactor: Redactor, clock: Clock, *, store_url: str = ""
    ) -> None:
        self._loaded = loaded
        self._redactor = redactor
        self._clock = clock
        self._store_url = store_url
        self._paces: dict[tuple[str, str], RateLimiter] = {}
        self._retry = RetryPolicy(request_s=loaded.config.limits.request_seconds)

    def files(self, settings: FileSourceSettings) -> Source:
        """Return a source of files."""
        from sync.files.source import FileSource as Files

        path = str(self._loaded.resolve(settings.path))
        return Files(
            settings.name, settings.team, path, tabs=settings.tabs, max_bytes=settings.max_mb << 20
        )

    def sheets(self, settings: GoogleSheetsSourceSettings, progress: Progress) -> Source:
        """Return a Google spreadsheet as a source."""
        from sync.sheets.source import SheetsSource

        google = self._loaded.config.google
        return SheetsSource(
            settings.name,
            settings.team,
            settings.spreadsheet,
            tabs=settings.tabs,
            credentials=self.google_login(settings.account),
            sheets_url=google.sheets_url,
            drive_url=google.drive_url,
            rate_limiter=self._pace("google", settings.account, google.requests_per_minute),
            retry=self._retry,
            progress=progress,
            clock=self._clock,
        )

    def notion(self, settings: NotionSourceSettings, progress: Progress) -> Source:
        """Return a Notion database as a source."""
        from sync.notion.source import NotionSource as Pages

        notion = self._loaded.config.notion
        return Pages(
            settings.name,
            settings.team,
            settings.database,
            token=lambda: self._notion_token(settings.account),
            base_url=notion.base_url,
            rate_limiter=self._pace("notion", settings.account, notion.requests_per_minute),
            retry=self._retry,
            progress=progress,
            bodies=settings.bodies,
            wanted=partial(_is_wanted, settings),
            sweep_every=settings.sweep_every,
            clock=self._clock,
        )

    def _pace(self, service: str, account: str, per_minute: int) -> RateLimiter:
        key = (service, account)
        if key not in self._paces:
            self._paces[key] = self._new_pace(service, account, per_minute)
        return self._paces[key]

    def _new_pace(self, service: str, account: str, per_minute: int) -> RateLimiter:
        if not self._store_url.startswith("postgres"):
            return RateLimiter(per_minute)
        from .shared_pace import shared_pace

        return shared_pace(self._loaded.config, self._store_url, service, account=account)

    def google_login(self, account: str) -> "GoogleLogin":
        """Return as whom an account of [google] reads; "" is the one of [google] itself."""
        from sync.sheets.google_login import GoogleLogin

        google = self._loaded.config.google
        settings = google.accounts[account] if account else google
        key = None if settings.application_default else (lambda: self._google_key(settings))
        return GoogleLogin(key, act_as=settings.impersonate or "", iam_url=google.iam_url)

    def _google_key(self, settings: GoogleAccountSettings) -> Mapping[str, Any]:
        named = settings.token_file or settings.service_account_file
        file = self._loaded.resolve(named) if named else None
        variable = None if settings.token_file else settings.service_account_env
        what = "google.token_file" if settings.token_file else "google.service_account"
        text = read_secret(what, variable=variable, file=file)
        try:
            key = json.loads(text)
        except ValueError as error:
            raise ConfigError(
                "the key of the Google service account is no JSON",
                hint="download it again; docs/how-to/google-sheets.md",
            ) from error
        if isinstance(key, dict) and ("installed" in key or "web" in key):
            raise ConfigError(
                (
                    f"{file or settings.service_account_env} is the file of an OAuth client, "
                    f"and no key"
                ),
                hint="name it in google.client_file, and sign in: loopnote login google",
            )
        if settings.token_file and isinstance(key, dict):
            return self._persons_token(key)
        secrets = ("private_key", "refresh_token", "client_secret")
        found = [name for name in secrets if isinstance(key, dict) and key.get(name)]
        if not found:
            raise ConfigError(
                "the key of the Google service account has no private_key", hint=KEY_HINT
            )
        for name in found:
            self._redactor.add(str(key[name]))
        return dict(key)

    def _persons_token(self, token: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a person's token; what it lacks is said where it is opened, with how to sign
        in again.
        """
        for name in ("refresh_token", "client_secret"):
            if token.get(name):
                self._redactor.add(str(token[name]))
        return dict(token)

    def _notion_token(self, account: str) -> str:
        notion = self._loaded.config.notion
        settings = notion.accounts[account] if account else notion
        file = self._loaded.resolve(settings.token_file) if settings.token_file else None
        read = read_secret("notion.token", variable=settings.token_env, file=file)
        token = self._redactor.add(read).strip(_QUOTES)
        if not (token.isascii() and token.isprintable()) or " " in token:
            raise ConfigError(
                f"notion.token: {file or settings.token_env} holds more than a token",
                hint="put the secret into it, and nothing else",
            )
        return self._redactor.add(token)


def _is_wanted(settings: NotionSourceSettings, column: "PropertySchema") -> bool:
    """Return whether the rest of a cut value is worth a request.

    It is where the property becomes a part of a note, by its name or by the configuration's word.
    """
    if settings.complete_values:
        return True
    from sync.notion.property_names import has_meaning, is_named

    return has_meaning(column) or is_named(column, settings.columns)
