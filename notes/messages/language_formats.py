"""Formats of each language: date patterns, hours, periods, units, and how words agree.

They stand in formats/<language>.toml, so that no code asks which language it writes.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from notes.model.errors import RenderError
from notes.model.notes import Language


def read_message_file(file: Traversable) -> Mapping[str, Any]:
    """Return one TOML file of sentences or formats.

    Raises: RenderError: it is missing, not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RenderError(f"{file.name} cannot be read: {error}", hint=f"mend {file}") from error


@cache
def language_formats(language: Language) -> Mapping[str, Any]:
    """Return the formats of a language as its file has them.

    Raises: RenderError: loopnote does not speak that language.
    """
    return read_message_file(files(__package__) / "formats" / f"{language}.toml")
