"""What is told of people, firms, risks and programs is no trial; what was meant is no deed.

Reading rules 1.3b and 4.
"""

import pytest
from fakes.text_grids import notes


@pytest.mark.parametrize(
    "table",
    [
        """
        | Candidate | Applied for | Interview notes | Result | Next step |
        | Iris Bell | Nurse | Calm with patients and clear | Passed | Send an offer |
        | Sam Poe | Desk | Friendly but came late | Failed | Send a mail |
        """,
        """
        | 성명 | 지원 부서 | 면접 평가 | 합격 여부 | 향후 계획 |
        | 고은별 | 간호 | 차분하고 설명을 잘한다 | 합격 | 처우를 협의한다 |
        | 서이든 | 접수 | 밝지만 늦게 왔다 | 불합격 | 메일을 보낸다 |
        """,
        """
        | 지원일 | 이름 | 지원 분야 | 경력 요약 | 면접 의견 | 결과 | 다음 단계 |
        | 2026-09-03 | 고은별 | 간호 | 병원에서 일했다 | 차분하다 | 합격 | 처우를 협의한다 |
        | 2026-09-05 | 서이든 | 접수 | 카페에서 일했다 | 밝지만 늦게 왔다 | 불합격 | 메일을 보낸다 |
        """,
        """
        | 평가일 | 사원명 | 강점 | 개선점 | 등급 | 면담 결과 |
        | 2026-09-03 | 고은별 | 차분하다 | 보고가 늦다 | A | 목표를 다시 정했다 |
        | 2026-09-05 | 서이든 | 밝다 | 기록이 없다 | B | 한 달 뒤 다시 본다 |
        """,
        """
        | 업체 | 제안 내용 | 장점 | 단점 | 견적 | 결정 |
        | 하늘청소 | 매일 저녁 청소한다 | 싸다 | 늦게 온다 | 120만원 | 보류 |
        | 바다청소 | 이틀에 한 번 온다 | 꼼꼼하다 | 비싸다 | 180만원 | 채택 |
        """,
        """
        | Risk | Cause | Impact | Mitigation | Owner | Status |
        | Key leaves | One person knows | Late release | Write it down | Ines | Open |
        | Server full | Old logs | Outage | Delete old logs | Paul | Closed |
        """,
    ],
)
def test_what_is_thought_of_people_offers_and_risks_makes_no_notes(table: str) -> None:
    assert not notes(table)


@pytest.mark.parametrize(
    "table",
    [
        """
        | ID | Precondition | Steps | Expected result | Actual result | Status |
        | 1 | User exists | Type a wrong password | An error is shown | An error is shown | Pass |
        | 2 | User exists | Leave the name empty | Button stays grey | It can be pressed | Fail |
        """,
        """
        | Test case | Steps | Expected | Actual | Result |
        | Log in | Type a wrong password | An error is shown | An error is shown | Pass |
        | No name | Leave the name empty | Button stays grey | It can be pressed | Fail |
        """,
        """
        | 번호 | 테스트 항목 | 테스트 절차 | 기대 결과 | 실제 결과 | 결과 |
        | 1 | 로그인 | 암호를 잘못 넣는다 | 오류가 나온다 | 오류가 나온다 | 합격 |
        | 2 | 빈 이름 | 이름을 비운다 | 단추가 꺼져 있다 | 눌린다 | 불합격 |
        """,
        """
        | Test case | Tester | Steps | Remarks | Status |
        | Log in | Ada | Type a wrong password | An error is shown | Pass |
        | No name | Bo | Leave the name empty | It can be pressed | Fail |
        """,
    ],
)
def test_tests_of_a_program_make_no_notes(table: str) -> None:
    assert not notes(table)


@pytest.mark.parametrize(
    "log",
    [
        """
        | Date | Hypothesis | What we did | Expected result | Actual result | Tester |
        | 2026-09-01 | Big type sells | Wrote it big | Ten more sold | Two more sold | Ada |
        | 2026-09-02 | Red sells | Put up red labels | Five more sold | Nine more sold | Bo |
        """,
        """
        | Experiment | Tester | Steps | Expected result | Actual result |
        | Big type | Ada | Wrote it big for a week | Ten more sold | Two more sold |
        | Red label | Bo | Put up red for a week | Five more sold | Nine more sold |
        """,
        """
        | 날짜 | 해 본 것 | 기대 결과 | 실제 결과 | 테스터 |
        | 2026-09-01 | 글씨를 크게 썼다 | 열 개 더 팔린다 | 두 개 더 팔렸다 | 이가온 |
        | 2026-09-02 | 빨간 표를 붙였다 | 다섯 개 더 팔린다 | 아홉 개 더 팔렸다 | 정모아 |
        """,
        """
        | 날짜 | 업체 | 해 본 것 | 장점 | 단점 | 다음 |
        | 2026-09-01 | 하늘상회 | 견본을 먼저 보냈다 | 답이 빨랐다 | 돈이 들었다 | 반만 보낸다 |
        | 2026-09-02 | 바다상회 | 전화를 먼저 했다 | 주문을 받았다 | 오래 걸렸다 | 문자로 한다 |
        """,
        """
        | 실험 | 가설 | 리스크 | 대응 | 결과 |
        | 긴 상자 | 길면 덜 접는다 | 찢어진다 | 두 겹으로 한다 | 한 번도 찢어지지 않았다 |
        | 얇은 끈 | 얇으면 빨리 묶는다 | 끊어진다 | 두 번 감는다 | 두 번 끊어졌다 |
        """,
    ],
)
def test_a_trial_is_one_whoever_tested_offered_or_feared_it(log: str) -> None:
    assert len(notes(log)) == 2


@pytest.mark.parametrize(
    "headers",
    [
        "오늘 하려던 것 | 실제로 한 것",
        "하기로 한 일 | 한 일",
        "하려고 했던 것 | 실제로 한 일",
        "What we intended to do | What we actually did",
        "To do today | Done today",
        "What I set out to do | What I ended up doing",
    ],
)
def test_what_was_meant_to_be_done_is_no_deed_and_no_promise(headers: str) -> None:
    first, second = notes(
        f"""
        | Date | {headers} | Next |
        | 2026-11-02 | Compare the colours | Did not get to it | Compare them in the morning |
        | 2026-11-03 | Put on the glaze | Glazed and fired | Let it cool |
        """
    )
    assert (first.hypothesis, first.execution) == ("Compare the colours", "Did not get to it")
    assert second.next_action == "Let it cool"
