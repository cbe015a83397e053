"""Every setting once, with its unit, its default and its bounds.

`config.example.toml` lists the same settings; a test holds the two together. A setting without a
user does not belong here. Secrets never stand in the file: a key that ends in `_env` names an
environment variable, one in `_file` a file.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from notes.model.mail_addresses import address_error, in_ascii
from notes.model.notes import PAGE_LANGUAGE, Language
from notes.model.send_times import MonthAt, SendAt
from notes.system.time_zones import is_zone, nearest_zone
from notes.system.url_checks import is_in_clear
from reports.analysis.records.rules import ReportRules
from sync.table_kind import TableKind

from .rule_settings import RulesSettings
from .section import Section

_EVERYWHERE = "Asia/Seoul"
"""A zone of every list of zones; where it is unknown, the list is missing."""


def _zone(name: str) -> str:
    if not is_zone(name):
        if not is_zone(_EVERYWHERE):
            raise ValueError("this machine has no time zone data; pip install tzdata")
        if near := nearest_zone(name):
            raise ValueError(f"no such time zone; did you mean {near}?")
        raise ValueError("no such time zone; write it like Asia/Seoul or Europe/London")
    return name


def _address(text: str) -> str:
    if address_error(text):
        raise ValueError("not a mail address; write it like leader@example.com")
    return text


def _own_address(text: str) -> str:
    """Return an address that every mail of ours names: other letters would stop them all."""
    if not in_ascii(text).isascii():
        raise ValueError(
            "a sender's address has only ASCII before the @; write it like loopnote@example.com"
        )
    return text


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(part in text for part in " \r\n\"'<>\\"):
        raise ValueError("not a web address; it starts with https:// or http://")
    return text.rstrip("/")


def _service_address(text: str) -> str:
    address = _web_address(text)
    if is_in_clear(address):
        raise ValueError(
            "the secret would be sent unencrypted; use https:// (http:// is for this machine only)"
        )
    return address


def _week_time(text: str) -> str:
    return str(SendAt.parse(text))


def _month_time(text: str) -> str:
    return str(MonthAt.parse(text))


Name = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=80, pattern=r"^[^\x00-\x1f/\\]+$", strip_whitespace=True
    ),
]
Zone = Annotated[str, AfterValidator(_zone)]
Address = Annotated[str, AfterValidator(_address)]
OwnAddress = Annotated[Address, AfterValidator(_own_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
ServiceAddress = Annotated[str, AfterValidator(_service_address)]
WeekTime = Annotated[str, AfterValidator(_week_time)]
MonthTime = Annotated[str, AfterValidator(_month_time)]
Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class MetricSettings(Section):
    """What the log does not say about a number of a team."""

    name: Name
    lower_is_better: bool | None = None
    role: Literal["leading", "lagging"] | None = None
    rank: int | None = Field(default=None, ge=1)
    target: float | None = None
    unit: str = ""
    judge_from: date | None = None


class BhagSettings(Section):
    """A big goal as a number, so that the page can compare it with the straight line to it."""

    metric: Name
    start: date
    end: date
    from_: float = Field(alias="from")
    to: float


class TeamSettings(Section):
    """A team that keeps a log."""

    name: Name
    language: Language = PAGE_LANGUAGE
    timezone: Zone = "Asia/Seoul"
    aliases: dict[str, str] = Field(default_factory=dict)
    key_people: dict[str, int] = Field(default_factory=dict)
    metrics: tuple[MetricSettings, ...] = ()
    key_metric: str = ""
    bhag: BhagSettings | None = None
    preview_to: tuple[Address, ...] = ()


class RecipientSettings(Section):
    """Somebody who gets the Monday mail."""

    address: Address
    name: str = ""
    teams: tuple[str, ...] = ("*",)
    language: Language | None = None
    timezone: Zone | None = None
    send_at: WeekTime = "Mon 08:00"
    every: Literal["week", "month"] = "week"
    month_at: MonthTime = "1 08:00"
    names: Literal["names", "initials", "counts"] = "names"


class OperatorSettings(Section):
    """Where alerts go: an address and a ping URL."""

    address: Address | None = None
    language: Language | None = None
    ping_url: WebAddress | None = None


class StoreSettings(Section):
    """Where the notes are kept, and for how long."""

    url: str = "sqlite:///loopnote.db"
    # At least 42: a row that comes back within six weeks is recognised (`KnownRows`).
    keep_gone_days: Annotated[int, Field(ge=42, le=36500)] = 3650
    keep_versions_days: Annotated[int, Field(ge=90, le=36500)] = 3650


class SourceSettings(Section):
    """What all kinds of source have in common.

    The hints are only needed where `loopnote columns` shows a mistake.
    """

    name: Name
    team: str
    columns: dict[str, str] = Field(default_factory=dict)
    tables: dict[str, TableKind] = Field(default_factory=dict)
    header_rows: dict[str, int] = Field(default_factory=dict)
    date_order: Literal["", "mdy", "dmy"] = ""
    decimal: Literal["", ".", ","] = ""
    year: Annotated[int, Field(ge=1990, le=2200)] | None = None
    first_week: Literal["thursday", "monday", "first"] = "thursday"
    stale_after_days: Annotated[int, Field(ge=1, le=365)] = 8  # a week and a day


class GoogleSheetsSourceSettings(SourceSettings):
    """A log in Google Sheets."""

    kind: Literal["google_sheets"]
    spreadsheet: Annotated[str, StringConstraints(min_length=10)]
    account: str = ""
    tabs: tuple[str, ...] = ("*",)


class NotionSourceSettings(SourceSettings):
    """A log in a Notion database."""

    kind: Literal["notion"]
    database: Annotated[str, StringConstraints(min_length=32)]
    account: str = ""
    bodies: bool | Literal["auto"] = "auto"
    complete_values: bool = False
    sweep_every: Annotated[int, Field(ge=1, le=1000)] = 20


class FileSourceSettings(SourceSettings):
    """A log in files: .xlsx, .xlsm, .csv, .tsv, .txt, or a .zip (tables, or a Notion export)."""

    kind: Literal["file"]
    path: Annotated[str, StringConstraints(min_length=1)]
    tabs: tuple[str, ...] = ("*",)
    max_mb: Annotated[int, Field(ge=1, le=2000)] = 100


AnySource = Annotated[
    GoogleSheetsSourceSettings | NotionSourceSettings | FileSourceSettings,
    Field(discriminator="kind"),
]


class GoogleAccountSettings(Section):
    """As whom spreadsheets are read: one of a key, a person's token, or what the machine has.

    `impersonate` is the service account to act as. Accounts of one Cloud `project` share its quota.
    """

    service_account_file: str | None = None
    service_account_env: Variable | None = None
    token_file: str | None = None
    application_default: bool = False
    impersonate: Address | None = None
    project: str = ""

    @property
    def is_named(self) -> bool:
        """Whether there is anything to read with."""
        return any(getattr(self, way) for way in GOOGLE_WAYS)


GOOGLE_WAYS = (
    "service_account_file",
    "service_account_env",
    "token_file",
    "application_default",
)
"""The settings of an account that each give something to read with."""


class GoogleSettings(GoogleAccountSettings):
    """The account that may read the spreadsheets; `accounts` are others, which a source names."""

    client_file: str | None = None
    accounts: dict[str, GoogleAccountSettings] = Field(default_factory=dict)
    sheets_url: ServiceAddress = "https://sheets.googleapis.com"
    drive_url: ServiceAddress = "https://www.googleapis.com"
    iam_url: ServiceAddress = "https://iamcredentials.googleapis.com"
    requests_per_minute: Annotated[int, Field(ge=1, le=6000)] = 50
    project_requests_per_minute: Annotated[int, Field(ge=1, le=60000)] = 270


class NotionAccountSettings(Section):
    """The token of a connection."""

    token_env: Variable | None = None
    token_file: str | None = None


class NotionSettings(NotionAccountSettings):
    """The connection that may read the databases; `accounts` are others, which a source names."""

    accounts: dict[str, NotionAccountSettings] = Field(default_factory=dict)
    base_url: ServiceAddress = "https://api.notion.com"
    requests_per_minute: Annotated[int, Field(ge=1, le=6000)] = 150  # limit: 3 a second on average


class MailTransportSettings(Section):
    """Mail transport: SMTP, or .eml files in a folder."""

    transport: Literal["smtp", "folder"] = "folder"
    folder: str = "outbox"
    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_env: Variable | None = None
    password_file: str | None = None
    token_command: tuple[str, ...] = ()
    from_: OwnAddress = Field(default="loopnote@localhost.localdomain", alias="from")
    from_name: str = "loopnote"
    reply_to: OwnAddress | None = None
    unsubscribe: Address | None = None
    ca_file: str | None = None
    timeout_s: Annotated[int, Field(ge=5, le=900)] = 30
    # RFC 5321 4.5.3.2.6: a server may take 10 minutes to answer the end of the data.
    answer_timeout_s: Annotated[int, Field(ge=5, le=1800)] = 600

    @model_validator(mode="after")
    def _smtp_has_a_host(self) -> Self:
        if self.transport == "smtp" and not self.host:
            raise ValueError('transport = "smtp" needs a host')
        if (
            self.security == "none"
            and self.transport == "smtp"
            and self.host not in {"localhost", "127.0.0.1", "::1"}
        ):
            raise ValueError('security = "none" is only for this very machine (localhost)')
        return self


class ReportSettings(Section):
    """What the page looks like, and the thresholds of the method."""

    templates: str | None = None
    words: str | None = None
    rules: RulesSettings = Field(  # type: ignore[valid-type]  # made from the method's own record
        default_factory=RulesSettings
    )

    def method(self) -> ReportRules:
        """Return the thresholds as the method takes them."""
        return ReportRules(**dict(self.rules))


class ScheduleSettings(Section):
    """When things happen besides the recipients' own times."""

    preview_at: WeekTime = "Fri 15:00"
    preview: bool = True
    holidays: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$")] = ""
    sync_every_minutes: Annotated[int, Field(ge=1, le=10080)] = 60
    send_until_hour: Annotated[int, Field(ge=1, le=24)] = 24


class ArchiveSettings(Section):
    """The browsable site of all reports and notes."""

    folder: str | None = None
    base_url: WebAddress | None = None
    language: Language | None = None
    names: Literal["names", "initials", "counts"] = "names"
    access: Literal["owner", "group", "everyone"] = "owner"


class LogSettings(Section):
    """The log on stderr."""

    format: Literal["text", "json"] = "text"
    level: Literal["debug", "info", "warning", "error"] = "warning"


class LimitSettings(Section):
    """Limits on reading a source, so that one bad file or slow server does not stop the others."""

    memory_mb: Annotated[int, Field(ge=200, le=100_000)] = 2000
    request_seconds: Annotated[int, Field(ge=5, le=3600)] = 300
    source_minutes: Annotated[int, Field(ge=1, le=1440)] = 240
    round_minutes: Annotated[int, Field(ge=1, le=2880)] = 480
    run_minutes: Annotated[int, Field(ge=1, le=2880)] = 600
    busy_minutes: Annotated[int, Field(ge=1, le=2880)] = 120


class WorkerSettings(Section):
    """What `loopnote worker` shares among hosts, on PostgreSQL."""

    mail_connections: Annotated[int, Field(ge=1, le=100)] = 4
    mails_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 600
    prepare_minutes: Annotated[int, Field(ge=0, le=600)] = 20
    silent_minutes: Annotated[int, Field(ge=2, le=1440)] = 10
    listen: bool = True


class Config(Section):
    """The whole file."""

    teams: tuple[TeamSettings, ...]
    recipients: tuple[RecipientSettings, ...] = ()
    sources: tuple[AnySource, ...] = ()
    operator: OperatorSettings = Field(default_factory=OperatorSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    google: GoogleSettings = Field(default_factory=GoogleSettings)
    notion: NotionSettings = Field(default_factory=NotionSettings)
    mail: MailTransportSettings = Field(default_factory=MailTransportSettings)
    report: ReportSettings = Field(default_factory=ReportSettings)
    schedule: ScheduleSettings = Field(default_factory=ScheduleSettings)
    archive: ArchiveSettings = Field(default_factory=ArchiveSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)
    worker: WorkerSettings = Field(default_factory=WorkerSettings)

    def team(self, name: str) -> TeamSettings:
        """Return a team by its name.

        Raises:
            KeyError: there is no such team.
        """
        return self.teams[self._places[name]]

    @property
    def operator_language(self) -> Language:
        """Return the language of mails to the operator: the first team's where none is set."""
        return self.operator.language or self.teams[0].language

    def zone(self, team: str) -> ZoneInfo:
        """Return a team's time zone."""
        return ZoneInfo(self.team(team).timezone)

    def teams_of(self, recipient: RecipientSettings) -> tuple[TeamSettings, ...]:
        """Return the teams whose mail a recipient gets, in the order of the file."""
        if "*" in recipient.teams:
            return self.teams
        known = {self._places[name] for name in recipient.teams if name in self._places}
        return tuple(self.teams[place] for place in sorted(known))

    @cached_property
    def sources_by_team(self) -> Mapping[str, Sequence[AnySource]]:
        """Each team's sources, in the order of the file; nothing for a team without any."""
        found: dict[str, list[AnySource]] = {}
        for source in self.sources:
            found.setdefault(source.team, []).append(source)
        return found

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each team in the file: a thousand of them are asked for by name all
        the time.
        """
        return {team.name: place for place, team in enumerate(self.teams)}
