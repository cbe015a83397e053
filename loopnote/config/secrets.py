"""Reads secrets from the environment variables and files that the configuration names."""

import os
from pathlib import Path

from notes.model.errors import ConfigError

from .file_text import file_text


def read_secret(what: str, *, variable: str | None, file: Path | None) -> str:
    """Return a secret from an environment variable or a file, stripped; "" when neither is named.

    Args:
        what: what it is for, for the message ("mail.password").
        variable: the name of an environment variable.
        file: a file that holds the secret and nothing else.

    Raises:
        ConfigError: what is named is not there, or empty.
    """
    if variable:
        value = os.environ.get(variable, "").strip()
        if not value:
            raise ConfigError(
                f"{what}: the environment variable {variable} is not set",
                hint=f"export {variable}=…",
            )
        return value
    if file is None:
        return ""
    try:
        value = file_text(file.read_bytes()).strip()
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{what}: {file} is not a text file in UTF-8",
            hint="put the secret into it, and nothing else",
        ) from error
    except OSError as error:
        raise ConfigError(
            f"{what}: {file} cannot be read ({error.strerror})",
            hint="check the path and who may read it",
        ) from error
    if not value:
        raise ConfigError(
            f"{what}: {file} is empty", hint="put the secret into it, and nothing else"
        )
    return value
