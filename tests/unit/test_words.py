from pathlib import Path

import pytest

from notes.messages.catalogue import MessageCatalogue
from notes.model.errors import RenderError
from reports.page.messages.page_sentences import load_messages

REPORTS = Path(__file__).parents[2] / "reports"


def test_both_languages_have_the_same_sentences() -> None:
    assert set(load_messages("ko").entries) == set(load_messages("en").entries)


def test_a_translation_asks_for_no_fact_that_the_other_never_gets() -> None:
    korean, english = load_messages("ko"), load_messages("en")
    for key in korean.entries:
        assert korean.facts_of(key) == english.facts_of(key), key


def test_a_fact_takes_its_particle_or_its_plural() -> None:
    korean = MessageCatalogue("ko", {"a": "{who:이/가} {n}건, ‘{what}’{what:~을/를}"})
    english = MessageCatalogue("en", {"a": "{n:note/notes} {n:~is/are}", "b": "{name:^} rose"})
    assert korean("a", who="이준", n=3, what="카드") == "이준이 3건, ‘카드’를"
    assert english("a", n=1) == "1 note is"
    assert english("a", n=1200) == "1,200 notes are"
    assert english("b", name="churn") == "Churn rose"


def test_whole_sentences_may_have_two_forms() -> None:
    words = MessageCatalogue("en", {"a": {"one": "one", "other": "{n} of them"}})
    assert [words("a", n=1), words("a", n=2)] == ["one", "2 of them"]


def test_a_team_changes_one_sentence_without_the_others(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "ko.toml").write_text('[label]\nbusiness = "성과"\n', encoding="utf-8")
    words = load_messages("ko", tmp_path)
    assert words("label.business") == "성과"
    assert words("label.learning") == "배움"


def test_an_own_sentence_with_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text('[label]\nbuisness = "Trade"\n', encoding="utf-8")
    with pytest.raises(RenderError) as error:
        load_messages("en", tmp_path)
    assert "label.business" in error.value.hint


def test_a_sentence_that_asks_for_an_unknown_fact_says_which() -> None:
    with pytest.raises(RenderError, match="ghost"):
        MessageCatalogue("en", {"a": "{ghost}"})("a", n=1)
