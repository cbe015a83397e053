from datetime import date

import pytest
from fakes.stored_notes import stored

from reports.analysis.learnings.nearest_notes import nearest

DONE = {
    "첫 메일 40통을 짧게 고쳐 보냄": "짧으면 읽는다",
    "콜드메일을 다섯 줄로 줄이기": "첫 줄이 보이면 답장이 는다",
    "감사 카드 30장": "카드면 남는다",
    "임원 조찬 모임": "조찬이면 남는다",
    "대표 사진을 밝게 바꾸기": "사진이 밝으면 담는다",
    "가격표를 첫 화면에 올리기": "가격이 보이면 문의한다",
    "안부 전화를 오후 4시로": "한가하면 받는다",
    "쿠폰 200장 돌리기": "쿠폰이면 온다",
    "Shorten the first mail to five lines": "short mails are read",
    "Call at four in the afternoon": "people have time then",
}
NOTES = [
    stored(at, title="", execution=done, hypothesis=hoped, end_date=date(2026, 10, at + 1))
    for at, (done, hoped) in enumerate(DONE.items())
]
CALLED = {one.id: one.note.execution for one in NOTES}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("첫 메일을 짧게 줄이면", "콜드메일을 다섯 줄로 줄이기"),
        ("첫 메일을 짧게 줄이면", "첫 메일 40통을 짧게 고쳐 보냄"),
        ("메일 길이를 줄이면 답장이 늘까", "콜드메일을 다섯 줄로 줄이기"),
        ("이메일 짧게 쓰기", "첫 메일 40통을 짧게 고쳐 보냄"),
        ("처음 보내는 메일을 다섯 줄로", "콜드메일을 다섯 줄로 줄이기"),
        ("콜드 메일 줄이기", "콜드메일을 다섯 줄로 줄이기"),
        ("가격을 먼저 보여주면", "가격표를 첫 화면에 올리기"),
        ("할인 쿠폰", "쿠폰 200장 돌리기"),
        ("사진 교체", "대표 사진을 밝게 바꾸기"),
        ("a shorter first mail", "Shorten the first mail to five lines"),
        ("phone calls in the afternoon", "Call at four in the afternoon"),
    ],
)
def test_what_a_person_means_is_among_the_nearest(asked: str, meant: str) -> None:
    assert meant in [CALLED[one.id] for one in nearest(asked, NOTES)]


def test_what_shares_no_telling_word_has_no_nearest() -> None:
    assert nearest("전단 대신 라디오 광고", NOTES) == ()
    assert nearest("", NOTES) == ()


def test_the_nearest_says_how_much_of_the_question_it_holds_and_by_which_words() -> None:
    (one,) = nearest("콜드 메일 줄이기", NOTES, most=1)
    assert (one.share, one.words) == (1.0, ("콜드", "메일", "줄이기"))
