"""The catalogues of problems and alerts: both languages, every code, particles and plurals."""

import re
from pathlib import Path

import pytest

from loopnote.alerts.alert_texts import alert_sentence
from loopnote.alerts.conditions import EVENTS, Alert
from loopnote.runtime.messages.terminal import language
from notes.messages.catalogue import language_named, shipped_messages
from notes.messages.problems import reason_of, skipped_words
from notes.model.errors import ConfigError, RenderError
from notes.model.notes import LANGUAGES, Place, Problem

ROOT = Path(__file__).parents[2]
PACKAGES = ["notes.messages.problems", "loopnote.runtime.messages.alerts"]


def problem(code: str, value: str = "", **facts: str) -> Problem:
    return Problem(Place(tab="3월", row=4), code, value, tuple(facts.items()))


@pytest.mark.parametrize("package", PACKAGES)
def test_all_languages_have_the_same_sentences_with_the_same_facts(package: str) -> None:
    every = [shipped_messages(package, one) for one in LANGUAGES]
    facts = [{key: words.facts_of(key) for key in words.entries} for words in every]
    assert all(one == facts[0] for one in facts)


def test_every_sentence_of_a_problem_belongs_to_a_code_that_the_code_base_knows() -> None:
    files = [file for room in ("sync", "notes") for file in (ROOT / room).rglob("*.py")]
    known = set(re.findall(r'"([a-z_]+)"', "\n".join(one.read_text("utf-8") for one in files)))
    keys = shipped_messages("notes.messages.problems", "en").under("problem")
    codes = {key.removesuffix("_guide").removesuffix("_headless") for key in keys}
    assert codes - known == set()


def test_a_problem_takes_its_particle_in_korean() -> None:
    assert reason_of(problem("unreadable_date", "내일"), "ko").startswith("‘내일’을 ")
    assert reason_of(problem("unreadable_date", "모레쯤에"), "ko").startswith("‘모레쯤에’를 ")
    assert "CP949로" in reason_of(problem("guessed_encoding", "CP949로"[:5]), "ko")


def test_a_problem_takes_its_plural_in_english() -> None:
    one, two = (problem("log_lost", "Log", notes=count) for count in ("1", "2"))
    assert reason_of(one, "en").startswith("1 note of “Log”")
    assert reason_of(two, "en").startswith("2 notes of “Log”")
    assert reason_of(problem("unreadable_number", "x", count="2"), "en").endswith(
        "(and 1 more cell of this column)"
    )


def test_a_problem_that_counts_its_cells_does_not_count_them_twice() -> None:
    stray = problem("stray_cells", "", count="3", cell="AZ900")
    hidden = problem("hidden_columns", "C:E", count="2")
    assert reason_of(stray, "en").startswith("3 cells far from the table were not read")
    outside = problem("rows_outside", "Moved the till", count="2")
    assert "row is missing above them" in reason_of(outside, "en")
    for one in (stray, hidden, outside, problem("cut_columns", "", count="7", most="200")):
        assert "more cells" not in reason_of(one, "en")
        assert "다른 칸" not in reason_of(one, "ko")


def test_no_catalogue_offers_two_particles_to_the_reader() -> None:
    offered = re.compile(r"(은|이|을|과)\((는|가|를|와)\)|\((으|이)\)(로|라)")
    for file in sorted(ROOT.glob("*/**/ko.toml")):
        if not any(part.startswith((".", "tests")) for part in file.relative_to(ROOT).parts):
            lines = file.read_text(encoding="utf-8").splitlines()
            assert not [one for one in lines if offered.search(one) and one[:1] != "#"], file


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_of_every_state_that_is_told_has_words_of_its_own(language) -> None:
    words = shipped_messages("loopnote.runtime.messages.alerts", language)
    started = {key.removesuffix(".message").removesuffix(".hint") for key in words.under("started")}
    assert len(started) > 10
    assert {one for one in started - EVENTS if not words.has(f"recovered.{one}")} == set()


def test_an_alert_takes_its_particle_and_its_plural() -> None:
    stale = Alert("source.stale", "실험 기록", facts={"days": "1"})
    assert alert_sentence(stale, "ko").startswith("기록 ‘실험 기록’을 1일째")
    assert alert_sentence(stale, "en").endswith("1 day ago")


def test_an_unknown_code_reads_as_itself() -> None:
    assert reason_of(problem("new_code", "x"), "ko") == "new_code: x"
    assert skipped_words("new_code", "en") == "new_code"


def test_a_weekday_reads_in_the_language_of_the_reader() -> None:
    tuesday = problem("weekday_mismatch", "11/16(월)", weekday="Tue")
    assert reason_of(tuesday, "ko").endswith("그날은 화요일입니다")
    assert reason_of(tuesday, "en").endswith("that day is a Tuesday")


def test_an_unknown_language_is_an_error_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RenderError):
        skipped_words("blank", "fr")  # type: ignore[arg-type]
    with pytest.raises(ConfigError):
        language_named("fr")
    monkeypatch.setenv("LOOPNOTE_LANG", "fr")
    language.cache_clear()
    with pytest.raises(ConfigError, match="'fr'"):
        language()
    language.cache_clear()
