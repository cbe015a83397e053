"""The how-to about `--json` names every command, and what it answers, in both languages."""

import re
from pathlib import Path

import pytest

from loopnote.cli.help.command_names import COMMAND_MODULES

HOW_TOS = Path(__file__).parents[2] / "docs" / "how-to"


def rows(name: str) -> dict[str, str]:
    """Return the fields of each command by its name."""
    found: dict[str, str] = {}
    for line in (HOW_TOS / name).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 3:
            found |= dict.fromkeys(re.findall(r"`(\w+)`", cells[0]), cells[2])
    return found


@pytest.mark.parametrize("name", ["json.md", "json.ko.md"])
def test_every_command_is_named_with_its_fields(name: str) -> None:
    assert set(COMMAND_MODULES) - set(rows(name)) == set()
    assert all("`" in fields for fields in rows(name).values())


def test_both_languages_name_the_same_fields() -> None:
    english, korean = rows("json.md"), rows("json.ko.md")
    names = {command: set(re.findall(r"\w{2,}", "".join(text.split("`")[1::2])))
             for command, text in english.items()}  # fmt: skip
    for command, told in names.items():
        quoted = set(re.findall(r"\w{2,}", "".join(korean[command].split("`")[1::2])))
        assert told ^ quoted <= {"run", "notes"}, command
