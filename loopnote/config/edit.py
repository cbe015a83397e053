"""Changes to a configuration that a person wrote: comments, order and spelling stay.

Every change is checked as the whole file would be, and written in one step: a file that is half
written, or no longer valid, is never left behind.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

from notes.model.errors import ConfigError
from notes.system.private_file import replaced_file

from .read import parse

Change = Callable[[Any], None]
"""Changes a tomlkit document in place."""


def edit_config(path: Path, change: Change) -> None:
    """Apply a change to a configuration.

    Raises:
        ConfigError: the file cannot be read or written, or would have mistakes; it is as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        # Names are compared as `load` reads them.
        document = tomlkit.parse(normalize("NFC", path.read_text(encoding="utf-8-sig")))
    except (OSError, TOMLKitError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {error}", hint="it must be a TOML file in UTF-8"
        ) from error
    change(document)
    parse(document.unwrap(), path=path)
    write_whole(path, tomlkit.dumps(document))


def set_values(section: str, values: Mapping[str, Any]) -> Change:
    """Return the change that sets values of a section such as [mail], which is made where
    there is none.
    """

    def change(document: Any) -> None:
        import tomlkit

        if section not in document:
            document[section] = tomlkit.table()
        for key, value in values.items():
            if key in document[section]:
                document[section][key] = value
            else:
                _add_before_trailing_lines(document[section], key, value)

    return change


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step, with the rights that it had, or for its owner alone.

    Raises:
        ConfigError: it cannot be written.
    """
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    write_whole_bytes(path, text.encode(), mode=mode)


def write_whole_bytes(path: Path, content: bytes, *, mode: int) -> None:
    """Write a file in one step.

    Raises:
        ConfigError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced_file(path, mode=mode) as file:
            file.write(content)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written ({error.strerror or error})",
            hint="check the folder's rights and the space on the disk",
        ) from error


def name_columns(source: str, meanings: Mapping[str, str]) -> Change:
    """Return the change that gives columns of a source a meaning."""

    def change(document: Any) -> None:
        import tomlkit

        table = next(one for one in document["sources"] if one["name"] == source)
        if "columns" not in table:
            _add_before_trailing_lines(table, "columns", tomlkit.inline_table())
        for header, meaning in meanings.items():
            table["columns"][header] = meaning

    return change


def name_year(source: str, year: int) -> Change:
    """Return the change that gives the dates of a source their year."""

    def change(document: Any) -> None:
        table = next(one for one in document["sources"] if one["name"] == source)
        if "year" in table:
            table["year"] = year
        else:
            _add_before_trailing_lines(table, "year", year)

    return change


def together(*changes: Change) -> Change:
    """Return the change that is all of these: the file gets every one of them or none."""

    def change(document: Any) -> None:
        for one in changes:
            one(document)

    return change


def _add_before_trailing_lines(table: Any, key: str, item: Any) -> None:
    """Add a setting below the last one of a table: what follows after a blank line belongs to
    the next table.
    """
    body = table.value.body
    trailing = []
    while body and body[-1][0] is None:
        trailing.append(body.pop())
    table[key] = item
    body.extend(reversed(trailing))


def append_tables(parts: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Change:
    """Return the change that adds one table to each list, such as a team, with a comment above it.

    `parts` maps the list ("teams") to (comment, values).
    """

    def change(document: Any) -> None:
        import tomlkit

        for section, (comment, values) in parts.items():
            table = tomlkit.table()
            if comment:
                table.comment(comment)
            for key, value in values.items():
                table[key] = value
            if section not in document:
                document[section] = tomlkit.aot()
            document[section].append(table)

    return change
