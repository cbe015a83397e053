from datetime import date

import pytest
from fakes.stored_notes import stored, trial

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


LOG = {
    "안부 전화를 오후 4시로 옮김": "오후 4시 전화가 더 잘 받는다",
    "첫 주문 집 절반에게 두 번째 상자 반값 안내": "두 번째 상자 반값이면 재주문이 앞당겨진다",
    "추천 쿠폰 3천 원 양쪽 지급": "전단보다 이웃 추천이 싸다",
    "대표 사진 12장 교체": "사진을 바꾸면 상세 페이지에서 더 담는다",
    "층수별 배송 순서표로 2주 운영": "순서표를 층수로 나누면 8시 약속을 지킨다",
    "단체 주문 안내 메일 30곳": "연말 선물 상자는 회사가 산다",
    "질문 답변 당번 정하기": "질문에 하루 안에 답하면 다시 주문한다",
    "Text on the day it is done": "A text when the bike is ready clears the floor",
    "Promise card on six bikes": "Selling serviced bikes with a 90-day promise beats a discount",
    "Parts reserved at booking": "Booking a part with the appointment saves the wait",
    "Quotes by photo for all brakes": "A quote by photo saves the second visit",
    "Bin with price stickers": "A used-parts bin at the door sells",
}
ROWS = [
    stored(50 + at, title="", execution=done, hypothesis=hoped, end_date=date(2026, 10, at + 1))
    for at, (done, hoped) in enumerate(LOG.items())
]
NAMED = {one.id: one.note.execution for one in ROWS}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("전화는 몇 시에 걸어야 잘 받을까", "안부 전화를 오후 4시로 옮김"),
        ("할인하면 다시 주문할까", "첫 주문 집 절반에게 두 번째 상자 반값 안내"),
        ("사진을 바꿔 보면 어떨까", "대표 사진 12장 교체"),
        ("이벤트 쿠폰 뿌리기", "추천 쿠폰 3천 원 양쪽 지급"),
        ("배달이 늦는 문제", "층수별 배송 순서표로 2주 운영"),
        ("편지를 보내 볼까", "단체 주문 안내 메일 30곳"),
        ("문의에 빨리 답하는 방법", "질문 답변 당번 정하기"),
        ("ready message to customers", "Text on the day it is done"),
        ("what about a warranty", "Promise card on six bikes"),
        ("reserve the parts early", "Parts reserved at booking"),
        ("should we ask for pictures first", "Quotes by photo for all brakes"),
        ("sell second-hand parts", "Bin with price stickers"),
        ("전단지 효과 있었나", "추천 쿠폰 3천 원 양쪽 지급"),
        ("대표 이미지 교체해 봤나", "대표 사진 12장 교체"),
        ("labels on a box", "Bin with price stickers"),
    ],
)
def test_a_question_in_a_persons_own_words_finds_the_row_that_it_means(
    asked: str, meant: str
) -> None:
    assert meant in [NAMED[one.id] for one in nearest(asked, ROWS)]


@pytest.mark.parametrize(
    "asked", ["주차장 넓히기", "로봇 청소기 들이기", "어떻게 하면 좋을까", "hire a cook"]
)
def test_a_question_about_something_else_has_no_nearest(asked: str) -> None:
    assert nearest(asked, ROWS) == ()


def test_a_word_under_another_name_counts_for_less_than_the_word_itself() -> None:
    (own,) = nearest("반값 안내", ROWS, most=1)
    (other,) = nearest("세일 안내", ROWS, most=1)
    assert (own.id, own.share, other.id) == (other.id, 1.0, own.id)
    assert other.share < 1


def test_what_is_done_tells_less_than_the_thing_it_is_done_to() -> None:
    proposal = trial(1, "제안서를 한 장으로")
    mail = trial(2, "전화를 줄이고 메일만 보내기", day=20)
    assert nearest("제안서 분량 줄이기", (mail, proposal))[0].id == proposal.id
