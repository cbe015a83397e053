"""What a hypothesis expects.

Read from its effect clause, in the metric's own unit, never from its means.
"""

import pytest

from reports.analysis.questions.expectations import Expectation, effect_clause, expectations

LEVEL, CHANGE, SHARE = "level", "change", "share"


@pytest.mark.parametrize(
    ("hypothesis", "unit", "kind", "number"),
    [
        ("당번을 두면 전환율이 20%가 된다", "%", LEVEL, 20),
        ("웨비나에 초대하면 신규 미팅이 10건으로 는다", "건", LEVEL, 10),
        ("짧게 쓰면 답장률이 15%까지 오른다", "%", LEVEL, 15),
        ("5통 이상 보내면 답장률이 20%를 넘는다", "%", LEVEL, 20),
        ("안내를 앞에 두면 문의가 3건 이하로 준다", "건", LEVEL, 3),
        ("날짜를 고르면 반송이 10건 아래로 준다", "건", LEVEL, 10),
        ("시간대를 고르면 대기가 5분 안쪽", "분", LEVEL, 5),
        ("점심에 열면 손님이 40명은 될 것이다", "명", LEVEL, 40),
        ("If we write shorter, replies rise to 20%", "%", LEVEL, 20),
        ("Calling back within a day will bring churn below 4 percent", "%", LEVEL, 4),
        ("A second box makes orders reach 120", "", LEVEL, 120),
        ("제목을 바꾸면 열람률이 3%p 오른다", "%", CHANGE, 3),
        ("순서를 바꾸면 대기가 5분 줄어든다", "분", CHANGE, -5),
        ("전화를 먼저 하면 미팅이 2건 더 늘어난다", "건", CHANGE, 2),
        ("Two reminders lift the show rate by 2 points", "%", CHANGE, 2),
        ("With a checklist we make 3 fewer errors", "", CHANGE, -3),
        ("묶어 팔면 매출이 두 배가 된다", "만원", SHARE, 1.0),
        ("A demo doubles sign-ups", "", SHARE, 1.0),
        ("양식을 없애면 오류가 절반으로 준다", "건", SHARE, -0.5),
        ("한 칸을 줄이면 두 건 더 들어온다", "건", CHANGE, 2),
        ("한 통 더 보내면 두 명이 더 온다", "명", CHANGE, 2),
        ("질문을 하나로 줄이면 답이 세 건 늘어난다", "건", CHANGE, 3),
        ("한 줄로 줄이면 문의가 네 건으로 줄어든다", "건", LEVEL, 4),
        ("상자를 두 개 넣으면 재주문율이 삼십 퍼센트가 된다", "%", LEVEL, 30),
        ("창구를 나누면 배송이 사흘 빨라진다", "일", CHANGE, -3),
        ("사진을 앞에 두면 손님이 열다섯 명 는다", "명", CHANGE, 15),
        ("One field less brings two more points", "%", CHANGE, 2),
        ("A second reminder adds four points", "%", CHANGE, 4),
        ("Add two reminders to lift replies by three points", "%", CHANGE, 3),
        ("Two reminders will bring four more bookings", "", CHANGE, 4),
        ("A status line makes tickets fall to sixty", "", LEVEL, 60),
        ("A FAQ makes tickets drop by a dozen", "", CHANGE, -12),
    ],
)
def test_a_number_of_the_effect_is_a_forecast(
    hypothesis: str, unit: str, kind: str, number: float
) -> None:
    (found,) = expectations(hypothesis, unit)
    assert getattr(found, kind) == number


@pytest.mark.parametrize(
    ("hypothesis", "unit"),
    [
        ("5줄 메일은 제조업에서도 통한다", "%"),
        ("오전 8시 발송이 답장을 늘린다", "%"),
        ("오전 8시에 보내면 답장률이 오른다", "%"),
        ("3번 이상 보내면 답장이 늘어난다", "건"),
        ("20% 할인이면 주문이 는다", "건"),
        ("20% 할인 안내가 재주문율을 올린다", "%"),
        ("2026년 상반기 안에 문의가 늘 것이다", "건"),
        ("10명 모임이 30명 모임보다 낫다", "명"),
        ("절반에게 먼저 보내면 답장이 빨라진다", "%"),
        ("1차 미팅을 2주 안에 잡으면 전환율이 오른다", "%"),
        ("카드 3장으로 나누면 더 읽는다", "%"),
        ("A 5-line mail works for factories too", "%"),
        ("Sending at 8 in the morning raises replies", "%"),
        ("Calling twice a week keeps customers", "%"),
        ("If we send 3 mails a week, replies go up", "%"),
        ("두 건을 늘려 미팅을 잡는다", "건"),
        ("네 이야기를 먼저 들으면 답이 온다", "건"),
        ("두 가지 제목이면 답이 는다", "건"),
        ("Moving to 3 columns lifts replies", ""),
        ("Going from five to three fields lifts sign-ups", ""),
        ("Cut the form to three fields to raise sign-ups", ""),
        ("Two more reminders bring replies", ""),
        ("Three fewer fields cut the drop-off", "%"),
    ],
)
def test_a_number_of_the_means_is_none(hypothesis: str, unit: str) -> None:
    assert expectations(hypothesis, unit) == []


def test_the_effect_follows_the_condition() -> None:
    assert effect_clause("첫 화면을 줄이면 20%가 된다") == "20%가 된다"
    assert effect_clause("Replies reach 40 if we call 3 times") == "Replies reach 40"
    assert expectations("Half the fields doubles completions") == [Expectation(share=1.0)]
    assert expectations("11% → 22%가 될 것", "%") == [Expectation(level=22)]
