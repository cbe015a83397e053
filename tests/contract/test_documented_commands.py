"""Every command and every quoted message in README and the how-tos is one that there is."""

import re
import shlex
from pathlib import Path

import pytest

from loopnote.cli.app import build_app
from loopnote.cli.help.command_names import COMMAND_MODULES
from loopnote.runtime.messages.errors import error_messages
from loopnote.runtime.messages.sentences import sentence_messages

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "README.ko.md",
    *sorted((ROOT / "docs/how-to").glob("*.md")),
]
BLOCK = re.compile(r"^(?: {4,})(?:\$ )?(?:\S+/)?loopnote (.+)$", re.MULTILINE)
INLINE = re.compile(r"`(?:\S+/)?loopnote ([^`\n]+)`")


def commands() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for file in DOCUMENTS:
        text = file.read_text(encoding="utf-8")
        lines = (*BLOCK.findall(text), *INLINE.findall(text))
        found += [(str(file.relative_to(ROOT)), line.split("  ")[0].strip()) for line in lines]
    return sorted(set(found))


ALL = commands()


@pytest.fixture(scope="module")
def parser():
    return build_app()


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_each_command_has_its_row_in_the_readme(readme):
    rows = [line for line in (ROOT / readme).read_text("utf-8").splitlines() if line[:3] == "| `"]
    named = {name for row in rows for name in re.findall(r"`([a-z]+)\b", row.split("|")[1])}
    assert set(COMMAND_MODULES) - named == {"completion"}  # a sentence below the table has it


def test_there_are_commands_in_the_documents():
    assert len(ALL) > 60


@pytest.mark.parametrize(("file", "line"), ALL, ids=[f"{file} {line}" for file, line in ALL])
def test_a_documented_command_is_understood_by_the_parser(parser, file, line):
    words = [
        word for word in shlex.split(line.replace("…", "x")) if word not in {"--json", "--verbose"}
    ]
    while words and words[0] == "--config":
        words = words[2:]
    if words in ([], ["--help"], ["--version"]):
        return
    name, arguments = words[0], words[1:]
    assert name in COMMAND_MODULES, f"{file}: there is no command {name}"
    known = {
        option
        for one in parser.commands[name].params
        for option in (*one.opts, *one.secondary_opts)
    }
    used = [word.partition("=")[0] for word in arguments if word.startswith("-") and word != "-"]
    assert set(used) <= known | {"--help", "-h", "--config"}, f"{file}: {line}"


QUOTED = re.compile(r"^\| “([^”]*[가-힣][^”]*)” \|", re.MULTILINE)


@pytest.mark.parametrize("name", ["troubleshooting", "google-sheets", "notion", "files"])
def test_the_korean_how_tos_quote_what_is_really_printed(name):
    """A message between “ ” in a table of messages stands so, but for its values, in the
    catalogues.
    """
    catalogues = (error_messages("ko"), sentence_messages("ko"))
    texts = [str(text) for words in catalogues for text in words.entries.values()]
    plain = [re.sub(r"\{[^}]*\}", "", text) for text in texts]
    file = ROOT / f"docs/how-to/{name}.ko.md"
    quotes = QUOTED.findall(file.read_text(encoding="utf-8"))
    assert len(quotes) >= 5
    missing = [one for one in quotes if not any(one in text for text in plain)]
    assert not missing
