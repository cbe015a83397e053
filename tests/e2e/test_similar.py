"""`loopnote similar`.

What was tried before, on the terminal and for programs, the same as the archive's pass gives.
"""

import json
from zoneinfo import ZoneInfo

import pytest
from fakes.command import loopnote
from fakes.csv_workspace import one_log

from notes.store.store import Store
from reports.analysis.learnings.similar_notes import HypothesisRecord, find_similar_in_order

pytestmark = pytest.mark.slow
ROWS = """날짜,가설,결과,배운 점,목표,실행
2026-08-03,할인 쿠폰을 금요일에 보내면 주말 예약이 는다,실패,쿠폰보다 빈자리 안내가 먼저다,주말 \
손님,
2026-08-10,숙소 사진을 바꾸면 문의가 준다,성공,,문의 줄이기,
2026-09-07,낭독이 있으면 책을 안 읽은 사람도 들어온다,성공,낭독은 십 분이면 된다,평일 손님,수요일 \
저녁 낭독회 두 번
2026-11-09,주말 예약을 늘리기 위해 금요일에 할인 쿠폰 발송,,,주말 손님,
2026-11-10,영수증에 다음 모임 날짜를 적으면 다시 온다,,,평일 손님,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return one_log(tmp_path_factory.mktemp("similar"), ROWS)


def ids(folder):
    lines = loopnote("notes", "--json", folder=folder).out.splitlines()
    return {one["hypothesis"]: one["id"] for one in map(json.loads, lines)}


def test_a_repeat_is_shown_with_its_outcome_its_reason_and_what_was_learned(folder):
    known = ids(folder)
    ran = loopnote(
        "similar",
        known["주말 예약을 늘리기 위해 금요일에 할인 쿠폰 발송"][:8],
        folder=folder,
        LOOPNOTE_LANG="ko",
    )
    assert ran.code == 0
    assert known["할인 쿠폰을 금요일에 보내면 주말 예약이 는다"][:8] in ran.out
    for said in ("2026-08-03", "실패", "같은 목표", "쿠폰보다 빈자리 안내가 먼저다", "닮은 점"):
        assert said in ran.out


def test_a_new_thought_and_a_note_without_a_past_have_none(folder):
    ran = loopnote("similar", "--text", "전단 대신 라디오 광고", folder=folder)
    assert ran.code == 0
    assert "No earlier note is like this" in ran.out
    first = ids(folder)["할인 쿠폰을 금요일에 보내면 주말 예약이 는다"]
    assert loopnote("similar", first, "--json", folder=folder).out == ""


def test_a_text_that_stands_in_no_log_is_compared_with_all(folder):
    line = loopnote(
        "similar", "--text", "숙소 사진을 새것으로 바꿔서 문의 줄이기", "--json", folder=folder
    ).out
    found = json.loads(line)
    assert found["hypothesis"] == "숙소 사진을 바꾸면 문의가 준다"
    assert set(found["similar"]) == {"score", "beyond", "words", "sure", "same_goal", "same_metric"}


def test_a_text_is_also_known_by_what_was_done_and_each_note_told_once(folder):
    lines = loopnote(
        "similar", "--text", "수요일 저녁에 낭독회를 두 번 열면", "--json", folder=folder
    ).out.splitlines()
    assert [json.loads(line)["execution"] for line in lines] == ["수요일 저녁 낭독회 두 번"]
    both = "숙소 사진을 바꾸면 문의가 준다"
    assert len(loopnote("similar", "--text", both, "--json", folder=folder).out.splitlines()) == 1


def test_places_that_a_sure_likeness_leaves_go_to_the_nearest_with_their_doubt(folder):
    text = "숙소 사진을 바꾸면 수요일 낭독회 문의가 준다"
    lines = loopnote("similar", "--text", text, "--json", folder=folder).out.splitlines()
    found = [json.loads(line) for line in lines]
    assert [one["similar"]["sure"] for one in found] == [True, False]
    assert found[1]["execution"] == "수요일 저녁 낭독회 두 번"
    told = loopnote("similar", "--text", text, folder=folder, LOOPNOTE_LANG="ko").out
    assert "이미 해 본 일 1건" in told
    assert "그 밖에 가까운 1건입니다." in told


def test_the_command_answers_as_one_pass_over_the_whole_log_does(folder):
    with Store.open(f"sqlite:///{folder / 'loopnote.db'}") as store:
        every = dict(
            find_similar_in_order(
                [HypothesisRecord.of(stored, ZoneInfo("Asia/Seoul")) for stored in store.notes()]
            )
        )
    assert any(every.values())
    for note_id, found in every.items():
        told = [
            json.loads(line)
            for line in loopnote("similar", note_id, "--json", folder=folder).out.splitlines()
        ]
        assert [(one["id"], one["similar"]["score"]) for one in told] == [
            (one.id, one.score) for one in found
        ]


@pytest.mark.parametrize("arguments", [(), ("ab", "--text", "x"), ("nosuch",), ("--text", " ")])
def test_a_wrong_question_is_answered_with_a_next_step(folder, arguments):
    ran = loopnote("similar", *arguments, folder=folder)
    assert (ran.code, ran.out) == (2, "")
    assert "→" in ran.err
