"""Every command that a message prints is one that there is, and works from where the reader
stands.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopnote.alerts.report_commands import quoted, resend_step, send_step
from loopnote.cli.app import build_app
from loopnote.runtime.machine import command_from_anywhere, remember_config
from loopnote.runtime.messages.errors import error_messages
from loopnote.runtime.messages.sentences import sentence_messages
from loopnote.runtime.messages.terminal import as_called, load_catalogue
from notes.messages.catalogue import shipped_messages
from notes.model.notes import LANGUAGES, WRITTEN_IN, Language

PARSER = build_app()
COMMAND = re.compile(r"(?<![\w/.-])loopnote ((?:--config \S+ )?[a-z]+\b[^`,;()\n]*)")
"""A printed command, up to what ends it in a sentence."""
PROSE = re.compile(
    r"loopnote (keeps|writes|knows|speaks|does|itself|took|reads|copies|completes)\b"
)
HELP = ("help.", "option.", "heading.")


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """Yield every sentence that an operator may read in a language, but for the help, with
    its key.
    """
    catalogues = [
        shipped_messages(f"loopnote.runtime.messages.{name}", language)
        for name in ("terminal", "alerts")
    ]
    catalogues.append(shipped_messages("notes.messages.problems", language))
    if language != WRITTEN_IN:
        catalogues += [error_messages(language), sentence_messages(language)]
    for words in catalogues:
        for key, entry in words.entries.items():
            for text in (entry,) if isinstance(entry, str) else entry.values():
                if not key.startswith(HELP):
                    yield key, text
    if language != WRITTEN_IN:  # the keys are what the code says in English
        yield from ((key, key.partition(".")[2]) for key in sentence_messages(language).entries)


def printed(language: Language) -> list[tuple[str, str]]:
    return [
        (key, found[1].strip(" .'"))
        for key, text in texts(language)
        for found in COMMAND.finditer(PROSE.sub("", text))
        if found[1].split()[0] in PARSER.commands or found[1].startswith("--config")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_command_is_understood_by_the_parser(language: Language) -> None:
    found = printed(language)
    assert len(found) > 30
    for key, line in found:
        words = shlex.split(re.sub(r"\{[^}]*\}", "x", line).replace('\\"', '"'))
        if words[0] == "--config":
            words = words[2:]
        one = PARSER.commands.get(words[0])
        assert one is not None, f"{key}: {line}"
        known = {
            name for option in one.params for name in (*option.opts, *option.secondary_opts)
        } | {"--help", "--json"}
        used = {word.partition("=")[0] for word in words[1:] if word.startswith("--")}
        assert used <= known, f"{key}: {line}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_command_names_the_configuration_that_was_named(language: Language) -> None:
    remember_config(Path("팀 둘/config.toml"))
    try:
        for key, line in printed(language):
            shown = as_called(f"`loopnote {line}`")
            named = "--config" if line.startswith("--config") else "--config '팀 둘/config.toml'"
            assert f"loopnote {named} " in shown, key
            assert shown == as_called(shown), key
    finally:
        remember_config(None)


def test_what_is_no_command_stays_as_it_is() -> None:
    remember_config(Path("x.toml"))
    try:
        for text in (
            "loopnote keeps trying",
            "the store was written by a newer loopnote",
            "/srv/loopnote/.venv/bin/loopnote --config a.toml run",
            "python3 -m loopnote --config a.toml run",
            "loopnote-worker run",
        ):
            assert as_called(text) == text
    finally:
        remember_config(None)


def test_a_mail_names_the_program_and_the_configuration_by_their_whole_paths(tmp_path) -> None:
    called = command_from_anywhere(tmp_path / "config.toml")
    assert as_called("run `loopnote doctor`", called) == f"run `{called} doctor`"
    assert str(tmp_path / "config.toml") in called
    assert Path(shlex.split(called)[0]).is_absolute()


def test_a_report_is_sent_again_by_its_week_and_team_alone() -> None:
    one = resend_step("판교/팀/2026-W47/weekly/r2", "mina@example.org")
    assert one == 'loopnote send --week 2026-W47 --team "판교/팀" --resend mina@example.org'
    assert send_step("*/2026-11/monthly") == "loopnote send --week 2026-11"
    assert resend_step("영업/2026-W47/preview", "a@b.example") == 'loopnote preview --team "영업"'


@pytest.mark.parametrize("name", ["영업 일지", 'say "hi"', "$HOME", "`id`", "it's!"])
def test_a_name_is_one_argument_of_a_shell(name: str) -> None:
    assert shlex.split(quoted(name)) == [name]


def test_the_names_of_the_commands_are_those_of_the_help() -> None:
    named = set(load_catalogue(WRITTEN_IN)["help"]) - {"loopnote", "epilogue"}
    assert named == set(PARSER.commands)
