"""Sentences that once said more than the log: asking is no giving, handwriting no name."""

from fakes.stored_notes import stored

from reports.analysis.data.person_spellings import names_in
from reports.analysis.questions.people import _without_asking
from reports.analysis.text.vocabulary import contains_term


def test_an_introduction_that_is_asked_for_is_not_given() -> None:
    assert not contains_term("give", _without_asking("고객에게 소개 부탁 열 곳"))
    assert not contains_term("give", _without_asking("협력사에 자료 제공을 요청했다"))
    assert not contains_term("give", _without_asking("Asked two customers for an introduction"))
    assert contains_term("give", _without_asking("사례집을 공유하고 다음 미팅을 부탁했다"))


def test_handwriting_is_nobody() -> None:
    assert names_in([stored(2, execution="손글씨 쪽지 60장")]) == ()
    assert names_in([stored(2, execution="손지민 씨에게 쪽지")]) == ("손지민",)
