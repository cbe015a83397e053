"""What this machine tells: the user's time zone, and how loopnote is called here."""

import os
import re
import shlex
import shutil
import sys
from contextvars import ContextVar
from pathlib import Path
from zoneinfo import available_timezones

from notes.messages.language_formats import language_formats
from notes.model.notes import Language


def machine_zone(language: Language) -> str:
    """Return the machine's time zone by its name; where it has none of a place, the usual one
    of a language.
    """
    named = os.environ.get("TZ", "").removeprefix(":")
    link = Path("/etc/localtime")
    if not named and link.is_symlink():
        named = str(link.readlink()).partition("zoneinfo/")[2]
    if "/" in named and not named.startswith("Etc/") and named in available_timezones():
        return named
    return str(language_formats(language)["timezone"])


def program() -> Path:
    """Return the script that starts this very loopnote, as an absolute path; Python itself
    where there is none.
    """
    ending = ".exe" if sys.platform == "win32" else ""
    beside = Path(sys.executable).with_name(f"loopnote{ending}")
    return beside if beside.exists() else Path(sys.executable)


def command_words() -> tuple[str, ...]:
    """Return the words that call this loopnote from anywhere: a script, or Python with its
    module.
    """
    script = program()
    return (str(script),) if script.stem == "loopnote" else (str(script), "-m", "loopnote")


_NAMED: ContextVar[str] = ContextVar("configuration named on the command line", default="")
"""Kept for the printed commands: they name the same configuration."""


def remember_config(named: Path | None) -> None:
    """Keep the configuration that the command line named: the commands that are printed name
    it too.
    """
    _NAMED.set("" if named is None else str(named))


def command() -> str:
    """Return how a person calls this loopnote from here, with the configuration they named.

    What is printed works as it is printed.
    """
    named = _NAMED.get()
    return f"{program_call()} --config {shlex.quote(named)}" if named else program_call()


def command_from_anywhere(config: Path) -> str:
    """Return how this loopnote is called from any folder, as whoever reads a mail needs it."""
    return shlex.join([*command_words(), "--config", str(config.absolute())])


def program_call() -> str:
    """Return how a person calls this loopnote from here, without options."""
    script = program()
    found = shutil.which("loopnote")
    if found and Path(found).absolute() == script:
        return "loopnote"
    _, *arguments = command_words()
    here = script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script
    return shlex.join([str(here), *arguments])


_SHIPPED = re.compile(
    r"(?<![\w/.])(docs/how-to/[\w.-]+\.md|config\.example(?:\.[a-z]{2})?\.toml|examples/)"
)
"""Files that are named in messages and ship with the package: shown with the place where they
really lie."""


def with_real_paths(text: str) -> str:
    """Return a sentence with the real places of the files that come with loopnote.

    In its own folder they are where the sentence says; elsewhere they are beside the code.
    """
    return _SHIPPED.sub(lambda found: _real(found[1]), text)


def _real(name: str) -> str:
    return name if Path(name).exists() else shipped_file(name)


def shipped_file(name: str) -> str:
    """Return where a file that comes with loopnote is: beside the code of an installed one,
    else in the checkout.
    """
    package = Path(__file__).parents[1]
    for place in (package / "share", package.parent):
        if (place / name).exists():
            return str(place / name)
    return name
