"""Reads the configuration file into a `Config`, or reports all its mistakes at once."""

import difflib
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from notes.model.errors import ConfigError
from notes.model.mail_addresses import in_ascii, mailbox
from notes.system.home_folder import with_home

from .model import GOOGLE_WAYS, Config
from .section import Section
from .source_kinds import SOURCE_KINDS, WHERE_OF_KIND, kind_of

NO_TOML = (ValueError, RecursionError)
"""What tomllib raises for a text that is no TOML: it fails on numbers of thousands of digits and on
lists in lists in lists otherwise than by its own exception, which is a ValueError."""

EXAMPLE_HINT = "mend what is listed; every setting is described in config.example.toml"
"""The next step for settings that are wrong."""


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """A configuration and the folder its paths are relative to."""

    config: Config
    path: Path

    def resolve(self, text: str) -> Path:
        """Return a path of the file as an absolute one."""
        return (self.path.parent / with_home(text)).absolute()

    def written_folders(self) -> list[Path]:
        """Return the folders that mails and the archive are written into, where there are any."""
        mail = self.config.mail
        named = [mail.folder if mail.transport == "folder" else "", self.config.archive.folder]
        return [self.resolve(name) for name in named if name]


def config_path(named: Path | None) -> Path:
    """Return the file to read: the one named, `$LOOPNOTE_CONFIG`, or ./config.toml."""
    return with_home(named or os.environ.get("LOOPNOTE_CONFIG") or "config.toml")


def load(path: Path) -> LoadedConfig:
    """Read and check a configuration.

    Raises: ConfigError: the file is not there, is no TOML, or has mistakes; the message names every
        one of them.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        near = _one_like(path)
        raise ConfigError(
            f"there is no configuration at {path}",
            hint=f"name yours: --config {near}; or write one with `loopnote init`"
            if near
            else "write one with `loopnote init`",
        ) from error
    except IsADirectoryError as error:
        raise ConfigError(
            f"{path} is a folder, and no configuration",
            hint=f"name the file in it: --config {path}/config.toml",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path} is not a text file in UTF-8 (byte {error.start + 1} cannot be read)",
            hint="save it again as UTF-8",
        ) from error
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error}", hint="it must be a UTF-8 text file"
        ) from error
    try:
        return LoadedConfig(parse(_data(text, path), path=path), path.absolute())
    except RecursionError as error:
        raise ConfigError(f"{path} is nested deeper than any setting", hint=EXAMPLE_HINT) from error


def _one_like(path: Path) -> Path | None:
    """Return the only other configuration in a folder, such as the config.toml.txt of an editor."""
    found = [one for one in path.parent.glob("*.toml*") if one.is_file()]
    found = [one for one in found if not one.name.startswith((".", "pyproject", "config.example"))]
    return found[0] if len(found) == 1 else None


def _data(text: str, path: Path) -> dict[str, Any]:
    try:
        # A Mac writes 가 as two letters: one team, whichever of its names was typed there.
        return tomllib.loads(unicodedata.normalize("NFC", text))
    except ValueError as error:
        raise ConfigError(
            f"{path} is not valid TOML: {_place_in_toml(text, str(error))}",
            hint=toml_hint(text, str(error)),
        ) from error


def _place_in_toml(text: str, fault: str) -> str:
    """Return where a TOML text cannot be read, with its line; the parser's own words where it names
    no place.

    The line's value is left out: it may be a secret.
    """
    found = re.search(r"\(at line (\d+), column (\d+)\)$", fault)
    if found is None:
        return fault
    line = text.splitlines()[int(found[1]) - 1].partition("=")
    shown = f"{line[0].strip()} = …" if line[1] else line[0].strip()[:40]
    return f"line {found[1]} “{shown}” cannot be read from character {found[2]} on"


_CURLED = "“”‘’„«»"
_BACKSLASH = r"a \ begins a sign of its own: write a path with /, or in 'single quotes'"
_UNCLOSED = "what opens with a quote or [ must be closed"
_TOML_STEPS = (
    ("Unescaped '\\'", _BACKSLASH),
    ("hex value", _BACKSLASH),
    ("overwrite", "it is set a second time: keep one of the two lines"),
    ("twice", "a section stands once; what there may be several of is written in [[two brackets]]"),
    ("Expected '='", 'a setting is written as: name = "value"'),
    ("Expected newline", "one setting a line, and nothing after its value"),
    ("Illegal character", _UNCLOSED),
    ("Expected ", _UNCLOSED),
)
"""The next step by what Python's TOML parser says, the first that fits."""
_TOML_STEP = "compare the line with config.example.toml; texts stand in quotes"
"""The next step for a file that is not TOML: mostly a quote is missing."""


def toml_hint(text: str, fault: str) -> str:
    """Return the next step for what a TOML parser says of a text.

    >>> toml_hint("a = “b”", "Invalid value (at line 1, column 5)")
    'write straight quotes " instead of the curled ones'
    """
    found = re.search(r"\(at line (\d+), column (\d+)\)$", fault)
    line = "".join(text.splitlines()[int(found[1]) - 1 : int(found[1])]) if found else ""
    if any(sign in line for sign in _CURLED) and '"' not in line:
        return 'write straight quotes " instead of the curled ones'
    return next((step for words, step in _TOML_STEPS if words in fault), _TOML_STEP)


def parse(data: Mapping[str, Any], *, path: Path) -> Config:
    """Check a configuration that has been read already.

    Raises:
        ConfigError: with one line for each mistake.
    """
    mistakes: list[str] = []
    config: Config | None = None
    try:
        config = Config.model_validate(as_tuples(data))
    except ValidationError as error:
        mistakes = [describe_mistake(detail, data) for detail in error.errors(include_url=False)]
    mistakes += list(find_cross_mistakes(data))
    if mistakes or config is None:
        count = "one mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        lines = "\n".join(f"  {line}" for line in mistakes)
        raise ConfigError(f"{path} has {count}:\n{lines}", hint=EXAMPLE_HINT)
    return config


def as_tuples(value: Any) -> Any:
    """Return TOML data with tuples for lists: a configuration never changes."""
    if isinstance(value, list):
        return tuple(as_tuples(item) for item in value)
    return (
        {key: as_tuples(item) for key, item in value.items()} if isinstance(value, dict) else value
    )


def describe_mistake(detail: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Return one mistake as `where: what is wrong`."""
    location = [part for part in detail["loc"] if part not in SOURCE_KINDS or part in data]
    where = place(location, data)
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return (
            f"{where}: no such "
            f"setting{suggest_key(str(location[-1]), known_keys(location[:-1], data))}"
        )
    if kind == "missing":
        return f"{where}: is missing"
    if kind in {"literal_error", "union_tag_invalid"}:
        expected = context.get("expected") or context.get("expected_tags", "")
        given = context.get("tag", detail.get("input"))
        return (
            f"{where}: {given!r} is not one of "
            f"{expected}{suggest_key(str(given), words(str(expected)))}"
        )
    if kind == "union_tag_not_found":
        kinds = ", ".join(f'"{one}"' for one in SOURCE_KINDS)
        return f"{where}.kind: is missing; one of {kinds}"
    if kind == "tuple_type" and isinstance(detail.get("input"), dict):
        return f"{where}: there may be several, so it is written [[{location[-1]}]]"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{where}: {message} (it is {shorten_value(detail.get('input'))})"


def place(location: Iterable[int | str], data: Mapping[str, Any]) -> str:
    """Return a location as `sources[2] (trials).path`, lists counted from 1."""
    text, node = "", data
    for part in location:
        node = step(node, part)
        if isinstance(part, int):
            name = node.get("name") or node.get("address") if isinstance(node, Mapping) else None
            text += f"[{part + 1}]" + (f" ({name})" if name else "")
        else:
            text += f".{part}" if text else part
    return text


def step(node: Any, part: int | str) -> Any:
    """Return what a location's part leads to, or None."""
    try:
        return node[part]
    except (KeyError, IndexError, TypeError):
        return None


def known_keys(location: list[int | str], data: Mapping[str, Any]) -> list[str]:
    """Return the settings that the section at a location knows."""
    model: Any = Config
    node: Any = data
    for part in location:
        node = step(node, part)
        if isinstance(part, str):
            field = model.model_fields.get(part)
            candidates = (
                [kind for kind in flatten_types(field.annotation) if is_section(kind)]
                if field
                else []
            )
            model = candidates[0] if len(candidates) == 1 else matching_section(candidates, node)
        elif isinstance(model, list):
            model = matching_section(model, node)
    if isinstance(model, list):
        model = matching_section(model, node)
    return (
        [field.alias or name for name, field in model.model_fields.items()]
        if is_section(model)
        else []
    )


def flatten_types(annotation: Any) -> list[Any]:
    """Return all types inside an annotation."""
    inner = get_args(annotation)
    return [annotation] if not inner else [kind for part in inner for kind in flatten_types(part)]


def is_section(kind: Any) -> bool:
    """Return whether a type is a section of the configuration."""
    return isinstance(kind, type) and issubclass(kind, BaseModel) and issubclass(kind, Section)


def matching_section(candidates: Any, node: Any) -> Any:
    """Return the one of several kinds of section that a value says it is.

    The list itself when it is still open.
    """
    if not isinstance(node, Mapping):
        return candidates
    for kind in candidates:
        field = kind.model_fields.get("kind")
        if field and node.get("kind") in get_args(field.annotation):
            return kind
    return None


def words(expected: str) -> list[str]:
    """Return the words of `'ko' or 'en'`."""
    return [part.strip(" '\"") for part in expected.replace(" or ", ",").split(",")]


def suggest_key(given: str, known: list[str]) -> str:
    """Return `; did you mean X?`, or the known words where none is near."""
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.6)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; known are: {', '.join(known)}" if known else ""


def shorten_value(value: object) -> str:
    """Return a value as it would be shown in a message."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def find_cross_mistakes(data: Mapping[str, Any]) -> Iterable[str]:
    """Find what only several sections together show.

    Unknown teams, double names, missing credentials.
    """
    teams = names_of(data, "teams")
    if "teams" in data and not sections(data, "teams"):
        yield "teams: there is none; add a [[teams]] table with a name"
    yield from find_duplicates(teams, "teams")
    yield from find_duplicates(names_of(data, "sources"), "sources")
    for index, source in enumerate(sections(data, "sources"), 1):
        team = source.get("team")
        if isinstance(team, str) and team not in teams:
            where = f"sources[{index}] ({source.get('name', '?')}).team"
            yield f"{where}: there is no team {team!r}{suggest_key(team, teams)}"
    for index, recipient in enumerate(sections(data, "recipients"), 1):
        for team in _teams(recipient):
            if isinstance(team, str) and team != "*" and team not in teams:
                where = f"recipients[{index}] ({recipient.get('address', '?')}).teams"
                yield f"{where}: there is no team {team!r}{suggest_key(team, teams)}"
    yield from wrong_kinds(data)
    yield from unknown_meanings(data)
    yield from find_double_recipients(data)
    yield from missing_credentials(data)


def _teams(recipient: Mapping[str, Any]) -> list[Any]:
    """Return the teams that a recipient names; none where it is no list, which is a mistake
    by itself.
    """
    teams = recipient.get("teams")
    return teams if isinstance(teams, list) else []


def wrong_kinds(data: Mapping[str, Any]) -> Iterable[str]:
    """Find web addresses under another kind of source than theirs."""
    for index, source in enumerate(sections(data, "sources"), 1):
        kind = source.get("kind")
        key = WHERE_OF_KIND.get(kind) if isinstance(kind, str) else None  # type: ignore[call-overload]
        address = source.get(key) if key else None
        if not isinstance(address, str) or not address.startswith(("https://", "http://")):
            continue
        other = kind_of(address)
        where = f"sources[{index}] ({source.get('name', '?')}).{key}"
        if other not in (kind, "file"):
            yield (
                f'{where}: is an address of another kind: write kind = "{other}" and '
                f"{WHERE_OF_KIND[other]} = …"
            )
        elif kind == "file":
            yield (
                f"{where}: is a web address: download the file, or name a Google Sheet or "
                f"Notion database"
            )


def unknown_meanings(data: Mapping[str, Any]) -> Iterable[str]:
    """Find columns that are given a meaning that there is not."""
    named = [
        (f"sources[{index}] ({source.get('name', '?')}).columns.{header}", meaning)
        for index, source in enumerate(sections(data, "sources"), 1)
        if isinstance(source.get("columns"), Mapping)
        for header, meaning in source["columns"].items()
        if isinstance(meaning, str)
    ]
    if not named:
        return
    from sync.parsing.columns.roles import OVERRIDES  # much to load for a file that has none

    for where, meaning in named:
        if meaning not in OVERRIDES:
            yield f"{where}: there is no meaning {meaning!r}{suggest_key(meaning, list(OVERRIDES))}"


def find_double_recipients(data: Mapping[str, Any]) -> Iterable[str]:
    """Find addresses that would get one report twice: by two entries of the same rhythm and
    scope.
    """
    count = len(names_of(data, "teams"))
    found: dict[tuple[str, str, str], int] = {}
    for index, one in enumerate(sections(data, "recipients"), 1):
        teams = _teams(one) or ["*"]
        alone = teams[0] if len(teams) == 1 and (teams != ["*"] or count == 1) else "*"
        scope = "*" if count == 1 else str(alone)
        key = mailbox(in_ascii(str(one.get("address", "")))), str(one.get("every", "week")), scope
        if key in found:
            yield (
                f"recipients[{index}] ({one.get('address')}): has the same report as"
                f" recipients[{found[key]}]; keep one of the two, with all its teams"
            )
        found.setdefault(key, index)


def missing_credentials(data: Mapping[str, Any]) -> Iterable[str]:
    """Find sources whose service has no credential, and those that name an account that there
    is not.
    """
    kinds = {
        str(source.get("kind")) for source in sections(data, "sources") if not source.get("account")
    }
    google, notion = _table(data, "google"), _table(data, "notion")
    if "google_sheets" in kinds and not any(google.get(name) for name in GOOGLE_WAYS):
        yield (
            f"google.{GOOGLE_WAYS[0]}: is missing, and a source is a Google Sheet "
            f"(or {', '.join(GOOGLE_WAYS[1:])})"
        )
    if "notion" in kinds and not (notion.get("token_env") or notion.get("token_file")):
        yield "notion.token_env: is missing, and a source is a Notion database (or token_file)"
    for index, source in enumerate(sections(data, "sources"), 1):
        service = {"google_sheets": google, "notion": notion}.get(str(source.get("kind")), {})
        accounts = list(_table(service, "accounts"))
        named = source.get("account")
        if named and named not in accounts:
            where = f"sources[{index}] ({source.get('name', '?')}).account"
            yield f"{where}: there is no account {named!r}{suggest_key(str(named), accounts)}"


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}


def sections(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the tables of a list that are tables."""
    value = data.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def names_of(data: Mapping[str, Any], key: str) -> list[str]:
    """Return the names in a list of tables."""
    return [name for item in sections(data, key) if isinstance(name := item.get("name"), str)]


def find_duplicates(names: list[str], key: str) -> Iterable[str]:
    """Find names that stand twice."""
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"{key}: the name {name!r} stands {names.count(name)} times; names must differ"
