"""The language of a log is told by its letters, in whatever order the languages stand."""

import pytest

from loopnote.commands.setup import try_log
from loopnote.commands.setup.try_log import language_of_text
from notes.model.notes import LANGUAGES, Language


@pytest.mark.parametrize("order", [LANGUAGES, LANGUAGES[::-1]], ids=["as listed", "reversed"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Try a shorter subject line", "en"),
        ("CTA 버튼을 A/B test로 비교", "ko"),
        ("리뷰 이벤트", "ko"),
        ("12 → 15%", None),
    ],
)
def test_english_words_in_a_text_of_another_language_do_not_make_it_english(
    text: str, language: Language | None, order: tuple[Language, ...], monkeypatch
) -> None:
    monkeypatch.setattr(try_log, "LANGUAGES", order)
    assert language_of_text(text) == language
