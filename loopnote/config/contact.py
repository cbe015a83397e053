"""Whom to tell when the configuration itself is the trouble: what can still be read of [operator]
and [mail].

the whole file as TOML, else each of its tables by itself ─► [operator], [mail] ─► a Config that
holds nothing else but the language of the first team
"""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from notes.model.errors import ConfigError
from notes.model.notes import LANGUAGES

from .file_text import file_text
from .model import Config
from .read import NO_TOML, LoadedConfig, parse

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
"""A line that begins a TOML table: each is read alone where the file as a whole is broken."""
_WANTED = ("operator", "mail")
"""The sections that say whom to tell and how; nothing else is read of a broken configuration."""


def read_contact(path: Path) -> LoadedConfig | None:
    """Return what a broken file still says of operator and mail; None where it names nobody
    who could be told.
    """
    try:
        text = file_text(path.read_bytes(), "replace")
    except OSError:
        return None
    return contact_of(_tables(text.replace("\r\n", "\n")), path)


def contact_of(tables: Mapping[str, Any], path: Path) -> LoadedConfig | None:
    """Return a configuration of these tables alone; without [mail] where that one makes no sense.

    None where nobody could be told.
    """
    chosen = {name: tables[name] for name in _WANTED if isinstance(tables.get(name), Mapping)}
    operator = {key: value for key, value in chosen.get("operator", {}).items() if value}
    tries: list[dict[str, Any]] = [
        {**chosen, "operator": operator},
        {"operator": operator},
        {"operator": {"ping_url": operator.get("ping_url", "")}},
    ]
    for one in tries:
        with suppress(ConfigError):
            config = parse({"teams": [{"name": "-", **_language(tables)}], **one}, path=path)
            if config.operator.address or config.operator.ping_url:
                return LoadedConfig(config, path.absolute())
    return None


def contact_tables(config: Config) -> dict[str, Any]:
    """Return operator and mail as a file would write them, to be remembered; secrets only by
    their names.
    """
    told = {
        name: getattr(config, name).model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for name in _WANTED
    }
    return {**told, "operator": {**told["operator"], "language": config.operator_language}}


def _language(tables: Mapping[str, Any]) -> dict[str, str]:
    """Return the language of the first team, where its table can be read and names one."""
    teams = tables.get("teams")
    first = teams[0] if isinstance(teams, list) and teams else {}
    spoken = first.get("language") if isinstance(first, Mapping) else None
    return {"language": spoken} if spoken in LANGUAGES else {}


def _tables(text: str) -> dict[str, Any]:
    with suppress(*NO_TOML):
        return tomllib.loads(text)
    starts = [found.start() for found in _TABLE.finditer(text)]
    found: dict[str, Any] = {}
    for start, end in pairwise([*starts, len(text)]):
        with suppress(*NO_TOML):
            found = tomllib.loads(text[start:end]) | found
    return found
