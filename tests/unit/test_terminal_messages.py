import re
import string

import pytest

from loopnote.cli import hoist_options
from loopnote.cli.help.command_names import COMMAND_MODULES
from loopnote.runtime.messages.terminal import load_catalogue
from notes.model.notes import LANGUAGES, WRITTEN_IN

EN = load_catalogue(WRITTEN_IN)
OTHERS = [load_catalogue(one) for one in LANGUAGES if one != WRITTEN_IN]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("other", OTHERS)
def test_all_languages_have_the_same_sentences(other):
    assert {section: set(EN[section]) for section in EN} == {
        section: set(other[section]) for section in other
    }


@pytest.mark.parametrize("section", sorted(EN))
def test_all_languages_fill_in_the_same_facts(section):
    for key in EN[section]:
        if section not in {"help", "option", "init"}:
            facts = placeholders(EN[section][key])
            assert all(placeholders(other[section][key]) == facts for other in OTHERS), key


def test_every_command_has_help_in_all_languages():
    korean = load_catalogue("ko")
    for name in COMMAND_MODULES:
        assert EN["help"][name]
        assert all(other["help"][name] for other in OTHERS)
        assert re.search("[가-힣]", korean["help"][name])


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
