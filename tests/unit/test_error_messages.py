"""A refusal keeps a code and facts; every code has a sentence a language that these fill."""

import re
from pathlib import Path

import pytest
from fakes.languages import in_each_other_language

from loopnote.runtime.messages.errors import error_messages, error_texts
from notes.model.errors import RenderError, SourceRefusedError
from notes.model.findings import Finding
from notes.model.notes import WRITTEN_IN, Language
from sync.notion import messages as notion
from sync.retry import RateLimiter, Retry, RetryPolicy, TransientError
from sync.sheets import messages as sheets

ROOT = Path(__file__).parents[2]
DISABLED = {
    "details": [{"reason": "SERVICE_DISABLED"}],
    "message": "x has not been used in project 1",
}
SCOPE = {"details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}
OFFICE = {"message": "The document must not be an Office file."}


def given_up() -> SourceRefusedError:
    def fail() -> None:
        raise TransientError("it answers 503")

    with pytest.raises(Exception, match="503") as told:
        Retry("Google Sheets (trials)", RetryPolicy(attempts=1), RateLimiter(100)).call(fail)
    return told.value  # type: ignore[return-value]


OTHER_CODES = ("drive", "service", "file", "web", "zip")
"""First words of codes that are no name of a package of sync."""
REFUSALS = [
    sheets.explain_refusal(401, {"message": "no"}, api="Sheets", account="a@b.example"),
    sheets.explain_refusal(403, DISABLED, api="Sheets", account="a@b.example"),
    sheets.explain_refusal(403, DISABLED, api="Drive", account="a@b.example"),
    sheets.explain_refusal(403, SCOPE, api="Sheets", account="a@b.example"),
    sheets.explain_refusal(404, {}, api="Drive", account=""),
    sheets.explain_refusal(400, OFFICE, api="Sheets", account=""),
    sheets.explain_refusal(400, {"message": "odd"}, api="Sheets", account=""),
    sheets.explain_refusal(400, {"message": "odd"}, api="Drive", account=""),
    sheets.wrong_type_error("application/pdf"),
    sheets.in_trash_error("2월"),
    sheets.no_id_error("x"),
    sheets.no_tab_error(["3*"], ["2월"]),
    sheets.bad_key_error("it is not complete"),
    notion.explain_refusal(401, {}),
    notion.explain_refusal(403, {}),
    notion.explain_refusal(404, {"message": 'shared with your integration "봇".'}),
    notion.explain_refusal(429, {"code": "rate_limited"}),
    notion.explain_refusal(400, {"message": "odd", "code": "validation_error"}),
    notion.no_data_source_error(),
    notion.wrong_kind_error(),
    notion.no_id_error("x"),
    given_up(),
]


@in_each_other_language
@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_every_refusal_reads_in_the_language_and_says_what_to_do(
    error: SourceRefusedError, language: Language
) -> None:
    said = error_texts(language, error.code, error.facts, message=str(error), hint=error.hint)
    english = error_texts(WRITTEN_IN, error.code, error.facts, message=str(error), hint=error.hint)
    assert all(said)
    assert not set(said) & set(english)
    assert "{" not in "".join(said)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_every_refusal_is_korean_to_its_last_name(error: SourceRefusedError) -> None:
    message, hint = error_texts("ko", error.code, error.facts, message=str(error), hint=error.hint)
    assert re.search("[가-힣]{2}", message)
    assert re.search("[가-힣]{2}", hint)
    assert "the service account" not in message + hint


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_english_stays_as_it_was_made(error: SourceRefusedError) -> None:
    said = error_texts(
        "en", error.code, error.facts, message=str(error), hint=error.hint, called="loopnote"
    )
    assert said == (str(error), error.hint)


@in_each_other_language
def test_every_code_of_the_services_has_a_sentence(language: Language) -> None:
    kinds = [file.parent for file in (ROOT / "sync").glob("*/source.py")]
    text = "\n".join(
        file.read_text(encoding="utf-8") for kind in kinds for file in kind.rglob("*.py")
    )
    named = "|".join([*(kind.name for kind in kinds), *OTHER_CODES])
    codes = set(re.findall(rf'"((?:{named})\.[a-z_]+)"', text))
    worded = {code for code in codes if error_messages(language).has(f"{code}.message")}
    assert codes - worded == {"notion.base_url", "notion.read_only"}


@in_each_other_language
def test_facts_stand_in_sentences_that_the_sources_know(language: Language) -> None:
    known = {name for error in REFUSALS for name in error.facts}
    code = "\n".join(
        file.read_text(encoding="utf-8") for file in sorted((ROOT / "sync").rglob("*.py"))
    )
    known |= set(re.findall(r'"([a-z_]+)":', code)) | set(re.findall(r'facts\["([a-z_]+)"\]', code))
    words = error_messages(language)
    for key in words.entries:
        if not key.startswith("names."):
            assert words.facts_of(key) <= known, key


def test_an_unknown_code_and_a_missing_fact_read_as_they_were_made() -> None:
    assert error_texts("ko", "x.y", {}, message="a", hint="b") == ("a", "b")
    assert error_texts("ko", "sheets.trashed", {}, message="a", hint="b") == ("a", "b")


def test_a_language_without_a_file_is_an_error_and_not_english() -> None:
    with pytest.raises(RenderError, match=r"fr\.toml"):
        error_texts("fr", "sheets.trashed", {}, message="a", hint="b")  # type: ignore[arg-type]


def test_a_finding_keeps_the_code_of_its_error() -> None:
    error = sheets.in_trash_error("2월")
    found = Finding.of(error, "source trials")
    assert (found.id, found.level, found.code, found.facts) == (
        "source.access",
        "error",
        error.code,
        error.facts,
    )
