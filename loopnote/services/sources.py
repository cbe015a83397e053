"""From the settings of a source to the source itself: which kind, which credential, which pace."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from loopnote.config.model import (
    FileSourceSettings,
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

KEY_HINT = "download it again; see docs/how-to/google-sheets.md"

Progress = Callable[[str], None]


class SourceFactory:
    """Makes the sources of one configuration; those of one service share its pace.

    `redactor` learns every secret that is fetched, `clock` is the one that decides when a sweep is
    due.
    """

    def __init__(self, loaded: LoadedConfig, redactor: Redactor, clock: Clock) -> None:
        self._loaded = loaded
        self._redactor = redactor
        self._clock = clock
        self._google_pace = RateLimiter(loaded.config.google.requests_per_minute)
        self._notion_pace = RateLimiter(loaded.config.notion.requests_per_minute)
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
            credentials=self._google_key,
            sheets_url=google.sheets_url,
            drive_url=google.drive_url,
            rate_limiter=self._google_pace,
            retry=self._retry,
            progress=progress,
            clock=self._clock,
        )

    def notion(self, settings: NotionSourceSettings, progress: Progress) -> Source:
        """Return a Notion database as a source."""
        from sync.notion.source import NotionSource as Pages

        return Pages(
            settings.name,
            settings.team,
            settings.database,
            token=self._notion_token,
            base_url=self._loaded.config.notion.base_url,
            rate_limiter=self._notion_pace,
            retry=self._retry,
            progress=progress,
            bodies=settings.bodies,
            sweep_every=settings.sweep_every,
            clock=self._clock,
        )

    def _google_key(self) -> Mapping[str, Any]:
        google = self._loaded.config.google
        file = (
            self._loaded.resolve(google.service_account_file)
            if google.service_account_file
            else None
        )
        text = read_secret("google.service_account", variable=google.service_account_env, file=file)
        try:
            key = json.loads(text)
        except ValueError as error:
            raise ConfigError(
                "the key of the Google service account is no JSON",
                hint="download it again; docs/how-to/google-sheets.md",
            ) from error
        if not isinstance(key, dict) or not key.get("private_key"):
            raise ConfigError(
                "the key of the Google service account has no private_key", hint=KEY_HINT
            )
        self._redactor.add(str(key["private_key"]))
        return key

    def _notion_token(self) -> str:
        notion = self._loaded.config.notion
        file = self._loaded.resolve(notion.token_file) if notion.token_file else None
        return self._redactor.add(read_secret("notion.token", variable=notion.token_env, file=file))
