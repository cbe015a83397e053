"""The composition root: builds store, sources, report service, transport and clock.

Everything else receives what it needs. Heavy libraries are imported in here where they are first
needed, so that a command pays only for what it uses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from loopnote.config.model import (
    AnySource,
    FileSourceSettings,
    GoogleSheetsSourceSettings,
    NotionSourceSettings,
    TeamSettings,
)
from loopnote.config.read import LoadedConfig, config_path, load
from loopnote.runtime.redaction import Redactor
from notes.model.errors import ConfigError, StoreMissingError
from notes.model.notes import WRITTEN_IN, Language
from notes.model.periods import Week
from notes.system.clock import Clock, clock_from_environment, utc_minute

from .run_memory import RunMemory, read_memory

if TYPE_CHECKING:  # these read logs, open databases and render pages: imported where they are used
    from notes.store.store import Store
    from reports.delivery.transport import Transport
    from sync.parse_result import ParseOptions
    from sync.pulls.child_process import Limits
    from sync.source import Source

    from .archive import ArchiveBuilder
    from .reports import ReportService
    from .sources import SourceFactory

Progress = Callable[[str], None]

ACCEPT_HINT = (
    "put the store or its last backup back; or, if it is meant to begin anew, run "
    "`loopnote run --accept-store`: what was sent is not sent again"
)
"""The next step where the store does not know the run before (ADR 0812)."""


def wire(config_file: Path | None, *, verbose: bool = False, told: bool = False) -> "Wiring":
    """Read the configuration, send the log where it says, and return what it describes.

    `told`: the command itself says what its warnings would say, so that nothing is said twice.

    Raises:
        ConfigError: there is no configuration, or it has mistakes.
    """
    from loopnote.runtime.logging import set_up_logging

    wiring = Wiring(load(config_path(config_file)), told=told)
    log = wiring.config.log
    quiet = told and log.level == "warning"
    level = "info" if verbose else "error" if quiet else log.level
    set_up_logging(form=log.format, level=level, redactor=wiring.redactor)
    return wiring


class Wiring:
    """What a configuration describes, built when asked for.

    `redactor` covers its secrets in every log line. `told`: the command says itself what went
    wrong. `accept_store`: a person said that the store may be another than the last run's;
    `accept_clock`: that the clock is right, however far it is from the last run.
    """

    def __init__(
        self, loaded: LoadedConfig, *, clock: Clock | None = None, told: bool = False
    ) -> None:
        self.told = told
        self.loaded = loaded
        self.config = loaded.config
        self.clock = clock or clock_from_environment()
        self.redactor = Redactor()
        self.accept_store = False
        self.accept_clock = False

    def store_url(self) -> str:
        """Return the store's address with an SQLite path made absolute."""
        url = self.config.store.url
        scheme, mark, path = url.partition("sqlite:///")
        if mark and not scheme and path and path != ":memory:":
            return f"sqlite:///{self.loaded.resolve(path)}"
        return url

    def open_store(self, *, create: bool = True, migrate: bool = True) -> "Store":
        """Return the note store, open; whoever opens it closes it.

        Without `migrate` an older one stays so.

        Raises:
            StoreMissingError: it is not there, and there was one, or `create` does not allow to
                make it.
            StoreError: it cannot be opened.
        """
        from notes.store.store import Store

        url, memory = self.store_url(), self.memory()
        gone = memory.store if memory.knows(url) and not self.accept_store else None
        try:
            return Store.open(url, create=create and gone is None, migrate=migrate)
        except StoreMissingError as error:
            if gone is None:
                raise
            raise StoreMissingError(
                (
                    f"the store {gone.where} is gone, or empty; it was last used on "
                    f"{utc_minute(gone.at)} UTC"
                ),
                hint=ACCEPT_HINT,
            ) from error

    def memory(self) -> RunMemory:
        """Return what the last run left behind outside of the store."""
        return read_memory(self.loaded.path)

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """Open the note store for the length of a block."""
        with self.open_store() as store:
            yield store

    def team(self, name: str) -> TeamSettings:
        """Return a team of the configuration.

        Raises:
            ConfigError: there is none of that name.
        """
        try:
            return self.config.team(name)
        except KeyError as error:
            known = ", ".join(team.name for team in self.config.teams)
            raise ConfigError(f"there is no team {name!r}", hint=f"known are: {known}") from error

    def teams(self, only: str = "") -> list[TeamSettings]:
        """Return the teams, or the one named."""
        return [self.team(only)] if only else list(self.config.teams)

    def language_of(self, team: str) -> Language:
        """Return a team's language; English for one that the configuration no longer has."""
        return next(
            (known.language for known in self.config.teams if known.name == team), WRITTEN_IN
        )

    def last_week(self, team: str) -> Week:
        """Return the last week that is over in a team's time zone."""
        return Week.containing(self.clock().astimezone(self.config.zone(team)).date()).back()

    def sources(self, only: str = "") -> list[AnySource]:
        """Return the settings of the sources, or of the one named.

        Raises:
            ConfigError: there is none of that name.
        """
        found = [source for source in self.config.sources if only in {"", source.name}]
        if only and not found:
            known = ", ".join(source.name for source in self.config.sources) or "none"
            raise ConfigError(f"there is no source {only!r}", hint=f"known are: {known}")
        return found

    def check_names(self, store: "Store", *, team: str = "", source: str = "") -> None:
        """Refuse a team or source that neither the configuration nor the store knows.

        Raises:
            ConfigError: there is none of that name.
        """
        kept = store.health()
        if team and team not in {one.team for one in kept}:
            self.team(team)
        if source and source not in {one.source for one in kept}:
            self.sources(source)

    def source(self, settings: AnySource, progress: Progress) -> "Source":
        """Return the source that the settings describe.

        Raises:
            ConfigError: a credential is not where the configuration says.
        """
        match settings:
            case FileSourceSettings():
                return self._maker.files(settings)
            case GoogleSheetsSourceSettings():
                return self._maker.sheets(settings, progress)
            case NotionSourceSettings():
                return self._maker.notion(settings, progress)

    @cached_property
    def _maker(self) -> "SourceFactory":
        from .sources import SourceFactory

        return SourceFactory(self.loaded, self.redactor, self.clock, store_url=self.store_url())

    def hints(self, settings: AnySource) -> "ParseOptions":
        """Return what the configuration knows about reading a source."""
        from sync.parse_result import ParseOptions

        team = self.config.team(settings.team)
        return ParseOptions(
            language=team.language,
            columns=settings.columns,
            tables=settings.tables,
            header_rows=settings.header_rows,
            aliases=team.aliases,
            date_order=settings.date_order,
            decimal=settings.decimal,
            year=settings.year,
            first_week=settings.first_week,
            zone=team.timezone,
            today=self.clock().astimezone(self.config.zone(team.name)).date(),
        )

    def limits(self) -> "Limits":
        """Return what reading may take."""
        from sync.pulls.child_process import Limits

        settings = self.config.limits
        return Limits(
            seconds=60.0 * settings.source_minutes,
            memory_mb=settings.memory_mb,
            round_seconds=60.0 * settings.round_minutes,
        )

    def reading_fingerprint(self, settings: AnySource) -> dict[str, str]:
        """Return the stamp of all that a source's readings depend on besides the log."""
        from sync.pulls.reading_fingerprint import reading_fingerprint

        team = self.config.team(settings.team)
        told = settings.model_dump(
            mode="json", exclude={"name", "stale_after_days", "sweep_every", "account"}
        )
        return reading_fingerprint({"source": told, "aliases": team.aliases})

    def report_service(self, store: "Store") -> "ReportService":
        """Return a report service over an open store."""
        from .reports import ReportService

        return ReportService(
            self.config,
            store,
            folder=self._own("templates"),
            words=self._own("words") or self._own("templates"),
        )

    def archive_builder(self, store: "Store") -> "ArchiveBuilder":
        """Return the archive builder of an open store."""
        from .archive import ArchiveBuilder

        return ArchiveBuilder(
            self.config,
            store,
            folder=self._own("templates"),
            words=self._own("words") or self._own("templates"),
        )

    def archive_folder(self) -> Path | None:
        """Return the archive's folder; None where the configuration names none."""
        named = self.config.archive.folder
        return self.loaded.resolve(named) if named else None

    def transport(self) -> "Transport":
        """Return the way out for mails."""
        from .transports import transport

        return transport(self.loaded, self.redactor)

    def _own(self, name: str) -> Path | None:
        named = getattr(self.config.report, name)
        return self.loaded.resolve(named) if named else None
