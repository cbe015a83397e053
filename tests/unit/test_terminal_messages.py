import re
import string

import pytest

from loopnote.cli import hoist_options
from loopnote.cli.command_names import COMMAND_MODULES
from loopnote.runtime.messages.terminal import load_catalogue

EN, KO = load_catalogue("en"), load_catalogue("ko")


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_sentences():
    assert {section: set(EN[section]) for section in EN} == {
        section: set(KO[section]) for section in KO
    }


@pytest.mark.parametrize("section", sorted(EN))
def test_both_languages_fill_in_the_same_facts(section):
    for key in EN[section]:
        if section not in {"help", "option", "init"}:
            assert placeholders(EN[section][key]) == placeholders(KO[section][key]), key


def test_every_command_has_help_in_both_languages():
    for name in COMMAND_MODULES:
        assert EN["help"][name]
        assert re.search("[가-힣]", KO["help"][name])


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (["notes", "--json"], ["--json", "notes"]),
        (["sync", "--config", "a.toml", "--full"], ["--config", "a.toml", "sync", "--full"]),
        (["search", "--", "--json"], ["search", "--", "--json"]),
        (["sync", "--config=a.toml"], ["--config=a.toml", "sync"]),
    ],
)
def test_options_of_loopnote_are_understood_after_the_command(typed, understood):
    assert hoist_options(typed) == understood


def test_the_headings_of_help_are_in_the_language_of_the_reader(monkeypatch, capsys):
    from loopnote.cli import main
    from loopnote.runtime.messages.terminal import language

    for wanted, usage, options in (
        ("ko", "사용법: loopnote sync", "옵션:"),
        ("en", "Usage: loopnote sync", "Options:"),
    ):
        monkeypatch.setenv("LOOPNOTE_LANG", wanted)
        language.cache_clear()
        main(["sync", "--help"])
        told = capsys.readouterr().out
        assert usage in told
        assert options in told
        assert ("Show this message" in told) == (wanted == "en")
    language.cache_clear()
