"""One log read without a configuration: how it was understood, and the page of its latest week.

    address ─► file or service ─► a configuration that is never written ─► sync into a store in a
    temporary folder ─► what was understood, the page ─► the temporary folder is removed

Only the folder with the page stays.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from loopnote.commands.reading.ask_columns import without_year
from loopnote.commands.reading.sync import sync
from loopnote.commands.reporting.report import write_report
from loopnote.config.read import LoadedConfig, config_path, load, parse
from loopnote.config.source_kinds import kind_of
from loopnote.runtime.logging import set_up_logging
from loopnote.runtime.machine import machine_zone
from loopnote.services.reports import ReportFiles
from loopnote.services.wiring import Progress, Wiring
from notes.messages.language_formats import language_formats
from notes.model.errors import ConfigError, SourceError, SourceRefusedError
from notes.model.notes import (
    LANGUAGES,
    PAGE_LANGUAGE,
    WRITTEN_IN,
    Language,
    Note,
    SourceHealth,
    StoredProblem,
)
from notes.model.periods import Week
from notes.store.store import Store
from notes.system.home_folder import with_home
from sync.files.fetch_web_file import export_address, fetch_web_file
from sync.files.find_files import file_like
from sync.pulls.pull import PullResult

from .init_checks import is_absent, wrong_page

MARK = ".loopnote-try"
MAX_MB = 100
"""The largest file that is fetched for a try; judgement: far above any log that people keep."""
NOTION_VARIABLES = ("LOOPNOTE_NOTION_TOKEN", "NOTION_TOKEN", "NOTION_API_KEY")
"""Where a token may stand already: our own name first, then those of Notion's examples and
tools."""


@dataclass(frozen=True, slots=True)
class TryRequest:
    """What somebody wants to try.

    `address` is a path, a pattern of paths or a web address; `language` and `timezone` are "" where
    they shall be found out; `year` is the one of dates that name none; `config` is a configuration
    whose credentials may be used.
    """

    address: str
    out: Path
    language: Language | None = None
    timezone: str = ""
    year: int | None = None
    config: Path | None = None


@dataclass(frozen=True, slots=True)
class TryResult:
    """What came of it.

    `tables` are the readings as the store keeps them; `drawing` is the page that shows the log as
    it was read, None for a service, which would have to be asked again; `week` and `files` are None
    where no note has a day that has come, for then there is no page; `ahead` is the first day then,
    if all lie ahead. `this_year` is the running year in the team's zone, `dated_by_year` whether
    notes had a day if it were told: a tab "11월 2주" names a week of any year.
    """

    name: str
    folder: Path
    pulled: PullResult
    health: SourceHealth
    language: Language
    notes: Mapping[str, int] = field(default_factory=dict)
    tables: Sequence[Mapping[str, Any]] = ()
    problems: Sequence[StoredProblem] = ()
    week: Week | None = None
    files: ReportFiles | None = None
    drawing: Path | None = None
    ahead: date | None = None
    this_year: int = 0
    dated_by_year: bool = False

    @property
    def needs_year(self) -> bool:
        """Return whether there is no page because the dates name no year."""
        found = (stored.problem for stored in self.problems)
        return (
            self.week is None
            and self.ahead is None
            and (self.dated_by_year or bool(without_year(found)))
        )


def try_log(request: TryRequest, *, progress: Progress) -> TryResult:
    """Read a log and make its latest page.

    Raises:
        SourceError: it cannot be read; nothing is left behind.
        ConfigError: the folder for the page is somebody else's, or no credential is at hand.
    """
    folder = request.out.absolute()
    check_own_folder(folder)
    with tempfile.TemporaryDirectory(prefix="loopnote-try-") as scratch, _quiet_store(scratch):
        progress(request.address)
        source, credentials, name = _source(request, Path(scratch))
        if request.year is not None:
            source["year"] = request.year
        wiring = _wiring(request, source, credentials, name=name, scratch=Path(scratch))
        set_up_logging(level="critical")  # the one source's failure is this command's own answer
        (pulled,) = sync(wiring, progress=progress)
        if not pulled.ok:
            raise SourceRefusedError(
                pulled.error, hint=pulled.hint, code=pulled.code, facts=pulled.facts
            )
        with wiring.store() as store:
            language = request.language or language_of_notes(store, name)
        if language != wiring.config.teams[0].language:
            wiring = _wiring(
                request, source, credentials, name=name, scratch=Path(scratch), language=language
            )
        result = _result(wiring, name, folder, pulled=pulled, language=language)
        if result.drawing is None or result.week or not result.notes or request.year:
            return result
        again = Path(scratch) / "again"
        again.mkdir()
        dated = {**source, "year": result.this_year}
        wiring = _wiring(request, dated, credentials, name=name, scratch=again)
        return replace(result, dated_by_year=_has_week(wiring, name, progress=progress))


def _has_week(wiring: Wiring, name: str, *, progress: Progress) -> bool:
    """Return whether a log has notes of a week as these settings read it."""
    (pulled,) = sync(wiring, progress=progress)
    with wiring.store() as store:
        return pulled.ok and latest_week(store, name, _today(wiring, name)) is not None


@contextmanager
def _quiet_store(scratch: str) -> Iterator[None]:
    """Close over the scratch folder's life: on Windows an open SQLite file could not be removed."""
    try:
        yield
    finally:
        for file in Path(scratch).glob("*.db-*"):
            file.unlink(missing_ok=True)


def check_own_folder(folder: Path) -> None:
    """Refuse a folder that holds what loopnote did not put there.

    Raises:
        ConfigError: it does.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise ConfigError(
            f"{folder} holds other files and is left as it is",
            hint="name another folder with --out",
        )
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder} is a file", hint="name a folder with --out")


def _source(request: TryRequest, scratch: Path) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Return (the source's settings, the credentials' settings, its name)."""
    address = request.address.strip()
    if wrong := wrong_page(address):
        raise wrong
    if not address.startswith(("http://", "https://")):
        kind = kind_of(address) if is_absent(Path(address)) else "file"
        if kind == "file":
            path = with_home(address).absolute()
            _check_path(path)
            name = re.sub(r"[*?\[\]/\\\x00-\x1f]", " ", path.stem).strip() or path.parent.name
            return {"kind": "file", "path": str(path)}, {}, _name(name)
        address = (
            f"https://docs.google.com/spreadsheets/d/{address}"
            if kind == "google_sheets"
            else address
        )
    if kind_of(address) == "notion" and export_address(address) is None:
        return {"kind": "notion", "database": address}, _notion(request), "Notion"
    return _from_web(address, request, scratch)


def _check_path(path: Path) -> None:
    if not is_absent(path) or any(sign in str(path) for sign in "*?["):
        return
    near = file_like(path)
    raise ConfigError(
        f"no file is at {path}",
        hint=f"did you mean {near}?" if near else "check the path; a name with spaces needs quotes",
    )


def _from_web(
    address: str, request: TryRequest, scratch: Path
) -> tuple[dict[str, Any], dict[str, Any], str]:
    try:
        found = fetch_web_file(address, scratch, max_bytes=MAX_MB << 20)
    except SourceError:
        google = _google(request) if export_address(address) else {}
        if not google:
            raise
        return {"kind": "google_sheets", "spreadsheet": address}, google, "Google Sheets"
    return {"kind": "file", "path": str(found.path)}, {}, _name(found.title)


def _name(text: str) -> str:
    return text[:80].strip() or "log"


def _notion(request: TryRequest) -> dict[str, Any]:
    """Return the settings of a Notion token that is at hand.

    Raises:
        ConfigError: there is none.
    """
    loaded = _at_hand(request)
    if loaded and (loaded.config.notion.token_env or loaded.config.notion.token_file):
        return {"notion": _section(loaded, "notion", "token_file")}
    for variable in NOTION_VARIABLES:
        if os.environ.get(variable):
            return {"notion": {"token_env": variable}}
    raise ConfigError(
        "a Notion database can only be read with a token of a connection",
        hint=f"export {NOTION_VARIABLES[0]}=…, or export the database: ••• → Export → Markdown "
        f"& CSV, "
        "and try the .zip",
    )


def _google(request: TryRequest) -> dict[str, Any]:
    """Return the settings of a Google login that is at hand: a configuration's, or the
    machine's own.
    """
    loaded = _at_hand(request)
    if loaded is not None and loaded.config.google.is_named:
        section = _section(loaded, "google", "service_account_file")
        if section.get("token_file"):
            section["token_file"] = str(loaded.resolve(section["token_file"]))
        return {"google": section}
    usual = with_home("~/.config/gcloud/application_default_credentials.json")
    if os.environ.get("GOOGLE_APPLICATION_CREDENTIALS") or usual.exists():
        return {"google": {"application_default": True}}
    return {}


def _at_hand(request: TryRequest) -> LoadedConfig | None:
    path = config_path(request.config)
    return load(path) if request.config or path.exists() else None


def _limits(request: TryRequest) -> dict[str, Any]:
    """Return what reading may take, by a configuration at hand; one that cannot be read has
    no say here.
    """
    try:
        loaded = _at_hand(request)
    except ConfigError:
        if request.config:
            raise
        return {}
    return loaded.config.limits.model_dump() if loaded else {}


def _section(loaded: LoadedConfig, name: str, file: str) -> dict[str, Any]:
    """Return a section of a configuration with its file as an absolute path."""
    section: dict[str, Any] = getattr(loaded.config, name).model_dump(exclude_none=True)
    if section.get(file):
        section[file] = str(loaded.resolve(section[file]))
    return section


def _wiring(
    request: TryRequest,
    source: Mapping[str, Any],
    credentials: Mapping[str, Any],
    *,
    name: str,
    scratch: Path,
    language: Language = PAGE_LANGUAGE,
) -> Wiring:
    language = request.language or language
    data = {
        "teams": [
            {
                "name": name,
                "language": language,
                "timezone": request.timezone or machine_zone(language),
            }
        ],
        "sources": [{"name": name, "team": name, **source}],
        "limits": _limits(request),
        **credentials,
    }
    path = scratch / "config.toml"
    return Wiring(LoadedConfig(parse(data, path=path), path))


def language_of_notes(store: Store, source: str) -> Language:
    """Return the language that most of a source's texts are in, by their letters."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for stored in store.notes(source=source):
        for text in _texts(stored.note):
            spoken = language_of_text(text)
            if spoken is not None:
                counts[spoken] += 1
    return max(LANGUAGES, key=counts.__getitem__)


def language_of_text(text: str) -> Language | None:
    """Return the language whose letters a text has, None for one without letters.

    English only where it has those of no other: texts of all languages hold English words, hardly
    ever the other way round.
    """
    others_first = sorted(LANGUAGES, key=lambda one: one == WRITTEN_IN)
    return next((one for one in others_first if _letters(one).search(text)), None)


@cache
def _letters(language: Language) -> re.Pattern[str]:
    return re.compile(language_formats(language)["letters"])


def _texts(note: Note) -> Iterator[str]:
    yield from filter(
        None, (note.title, note.goal, note.hypothesis, note.execution, note.retrospective)
    )


def latest_week(store: Store, source: str, today: date) -> Week | None:
    """Return the last week in which a note has a day of its own, not after today; None where
    none has.
    """
    days = [day for day in _own_days(store, source) if day <= today]
    return Week.containing(max(days)) if days else None


def _own_days(store: Store, source: str) -> Iterator[date]:
    from reports.analysis.data.period_membership import own_days

    for stored in store.notes(source=source):
        yield from own_days(stored.note)


def _result(
    wiring: Wiring, name: str, folder: Path, *, pulled: PullResult, language: Language
) -> TryResult:
    today = _today(wiring, name)
    with wiring.store() as store:
        notes: dict[str, int] = {}
        for stored in store.notes(source=name):
            notes[stored.note.kind] = notes.get(stored.note.kind, 0) + 1
        (health,) = store.health([(name, name)])
        tables, problems = store.readings(name), store.problems(source=name)
        week = latest_week(store, name, today)
        ahead = min(_own_days(store, name), default=None) if week is None else None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARK).touch()
    files = None
    if week is not None:
        files = write_report(wiring, name, week, out=folder, language=language)
    return TryResult(
        name=name,
        folder=folder,
        pulled=pulled,
        health=health,
        language=language,
        notes=notes,
        tables=tables,
        problems=problems,
        week=week,
        files=files,
        drawing=_draw(wiring, name, folder),
        ahead=ahead,
        this_year=today.year,
    )


def _today(wiring: Wiring, name: str) -> date:
    return wiring.clock().astimezone(wiring.config.zone(name)).date()


def _draw(wiring: Wiring, name: str, folder: Path) -> Path | None:
    from loopnote.commands.reading.columns_page import draw_sources, drawing_words

    if wiring.sources(name)[0].kind != "file":
        return None
    drawn = draw_sources(
        wiring, only=name, out=folder, wording=drawing_words(), progress=lambda _: None
    )
    return next((path for _, path in drawn if isinstance(path, Path)), None)
