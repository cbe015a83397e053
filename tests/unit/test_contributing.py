"""CONTRIBUTING names every file to touch, and each file that it names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LANGUAGE = "a language of pages, mails, alerts and the terminal"
TASKS = (
    "a CLI command",
    "a setting",
    "a section of the page",
    "a source kind",
    "a file format",
    LANGUAGE,
    "a delivery channel",
)
NAMED = sorted(
    {
        name
        for name in re.findall(r"`([^`\s]+)`", TEXT)
        if "<" not in name
        and ("/" in name or re.match(r"(README|CHANGELOG|config|pyproject|\.importlinter)", name))
    }
)
"""What looks like a path of the repository; `<name>` stands for a path that is yet to be made."""


@pytest.mark.parametrize("name", NAMED)
def test_each_named_path_exists(name: str) -> None:
    assert list(ROOT.glob(name.rstrip("/"))), name


def test_it_names_enough_paths_to_be_worth_checking() -> None:
    assert len(NAMED) > 60


@pytest.mark.parametrize("task", TASKS)
def test_each_task_has_its_steps(task: str) -> None:
    _, _, after = TEXT.partition(f"\n**{task}**\n")
    steps = [line for line in after.partition("\n\n")[0].splitlines() if re.match(r"\d\. ", line)]
    assert len(steps) >= 4, task


def test_the_steps_of_a_language_are_its_catalogues() -> None:
    folders = {
        file.parent.relative_to(ROOT).as_posix()
        for room in ("templates", "notes", "loopnote")
        for file in (ROOT / room).rglob("ko.toml")
    }
    _, _, after = TEXT.partition(f"\n**{LANGUAGE}**\n")
    steps = after.partition("\n\n")[0]
    assert {folder for folder in folders if f"`{folder}/`" not in steps} == set()


def test_the_steps_of_a_command_name_the_list_of_commands() -> None:
    from loopnote.cli.help.command_names import COMMAND_MODULES

    cli = ROOT / "loopnote" / "cli"
    assert all(
        (cli / f"{module.replace('.', '/')}.py").is_file() for module in COMMAND_MODULES.values()
    )
    assert "`loopnote/cli/help/command_names.py`" in TEXT


def test_the_rule_book_is_cited_by_its_place_in_the_repository() -> None:
    folders = ("docs", "loopnote", "notes", "sync", "reports")
    files = [
        one for name in folders for one in (ROOT / name).rglob("*") if one.suffix in {".md", ".py"}
    ]
    outside = re.compile(r"\b(METHOD|RULES)\.md\b|\.\./shared")
    assert [one for one in files if outside.search(one.read_text(encoding="utf-8"))] == []
