"""People, statuses, legends and labels of single cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.parsing.cells.labels import reflect, role_of_label, split_labels
from sync.parsing.cells.named_people import mentions, people_names, read_people, same_person
from sync.parsing.cells.outcomes import (
    leading_next_kind,
    outcome_of,
    parse_legend,
    read_next_kind,
    read_status,
    read_verdict,
    read_winner,
)
from sync.parsing.cells.text import clean, is_placeholder


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("김하늘 팀장님", ["김하늘"]),
        ("@하늘 @서준", ["하늘", "서준"]),
        ("Kim (CS)", ["Kim"]),
        ("박서준, 이민 / Lee", ["박서준", "이민", "Lee"]),
        ("A & B", ["A", "B"]),
        ("김하늘과 박서준", ["김하늘", "박서준"]),
        ("김하늘 박서준", ["김하늘", "박서준"]),
        ("김 하늘", ["김 하늘"]),
        ("마케팅 팀", ["마케팅 팀"]),
        ("CS팀 김하늘", ["김하늘"]),
        ("김하늘 외 2명", ["김하늘"]),
        ("Dr. Kim and Mina", ["Kim", "Mina"]),
        ("Kim Ha <kim@example.org>", ["Kim Ha"]),
        ("kim@example.org", ["kim@example.org"]),
        ("송주원 (개발/QA)\n마리", ["송주원", "마리"]),
        ("미정", []),
        ("이사라", ["이사라"]),
    ],
)
def test_an_owner_cell_names_its_people(text, names):
    assert [person.name for person in read_people(text)] == names


def test_aliases_and_titles_make_one_person_of_several_spellings():
    assert people_names(
        "haneul@example.org, @하늘", {"haneul@example.org": "김하늘", "하늘": "김하늘"}
    ) == ("김하늘",)
    assert same_person("김하늘 팀장님", "@김 하늘")
    assert not same_person("하늘", "김하늘")


def test_mentions_lose_their_particles_but_names_keep_their_last_syllable():
    assert mentions("@하늘님께 공유, @Mina helped (a@b.example) @서준이 봄, @이지은") == (
        "하늘",
        "Mina",
        "서준",
        "이지은",
    )


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("✅ 성공", "success"),
        ("완료(성공)", "success"),
        ("효과가 있었다", "success"),
        ("○", "success"),
        ("Shipped", "success"),
        ("효과 없었음", "failure"),
        ("Not supported", "failure"),
        ("목표 달성 실패", "failure"),
        ("성공하지 못함", "failure"),
        ("X", "failure"),
        ("부분 성공", "inconclusive"),
        ("성공(부분)", "inconclusive"),
        ("Too early to say", "inconclusive"),
        ("1. 진행중", "running"),
        ("🟢", "running"),
        ("Not started", "planned"),
        ("Won't do", "dropped"),
        ("보류", "hold"),
        ("완료", "done"),
    ],
)
def test_a_status_has_a_sense(text, sense):
    verdict = read_verdict(text)
    assert verdict is not None
    assert verdict.sense == sense


@pytest.mark.parametrize(
    "text",
    [
        "파란색",
        "Yes",
        "70%",
        "",
        "다음 주에 다시 이야기해 보기로 하고 일단 모두에게 물어보는 중입니다 결과는 모름",
    ],
)
def test_an_unknown_status_is_none(text):
    assert read_verdict(text) is None


def test_holding_and_done_depend_on_the_rest_of_the_row():
    assert outcome_of(read_verdict("On hold"), reflected=True) == "inconclusive"
    assert outcome_of(read_verdict("On hold"), reflected=False) == "planned"
    assert outcome_of(read_verdict("Done"), reflected=True) is None


def test_a_question_is_answered_with_yes_or_no():
    assert read_verdict("예", question=True).sense == "success"
    assert read_verdict("No", question=True).sense == "failure"


def test_the_legend_goes_before_any_convention():
    legend = parse_legend("범례: 🟡 = 진행중, ✅ = 접음 / ★ = 성공")
    assert legend == {"🟡": "진행중", "✅": "접음", "★": "성공"}
    assert read_verdict("✅", legend).sense == "dropped"
    assert parse_legend("🟢 성공 🔴 실패 ⚪ 예정") == {"🟢": "성공", "🔴": "실패", "⚪": "예정"}
    assert parse_legend("회의: 월요일 - 진행") == {}


def test_the_winner_of_an_ab_log_is_a_verdict():
    assert [read_winner(text) for text in ("B안", "Control", "tie", "C (짧은 제목)", "노랑")] == [
        "success",
        "failure",
        "inconclusive",
        "success",
        None,
    ]


def test_a_variation_is_the_variant_of_an_ab_log():
    texts = ("Variation", "Variation B", "Variation A")
    assert [read_winner(text) for text in texts] == ["success", "success", "failure"]


@pytest.mark.parametrize(
    "text", ["Control won", "the control lost", "control is better", "control beat us"]
)
def test_how_the_control_did_is_no_verdict_on_the_trial(text: str):
    assert (read_winner(text), read_status(text)) == (None, None)


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("beat the control", "success"),
        ("better than control", "success"),
        ("won against the control", "success"),
        ("lost to control", "failure"),
        ("Variant won", "success"),
    ],
)
def test_a_verdict_may_say_that_it_is_set_against_the_control(text: str, sense: str):
    found = read_status(text)
    assert found is not None
    assert found.sense == sense


def test_keep_stop_and_start_are_read_only_where_they_stand_alone_or_lead():
    assert [
        read_next_kind(text) for text in ("확대 적용", "Roll back", "시작", "쪽지를 두 줄로")
    ] == [
        "keep",
        "stop",
        "start",
        None,
    ]
    assert leading_next_kind("[중단] 쿠폰 배포") == ("stop", "쿠폰 배포")
    assert leading_next_kind("쿠폰: 중단") == (None, "쿠폰: 중단")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("K) 문구를 짧게 P) 시간이 부족 T) 예약 발송", ["good", "bad", "try"]),
        ("Liked: a\nLearned: b\nLacked: c\nLonged for: d", ["good", "learned", "bad", "next"]),
        ("Start: X / Stop: Y / Continue: Z", ["start", "stop", "keep"]),
        ("[잘된 점] 빨랐다 [아쉬운 점] 비쌌다 [다음] 묶음", ["good", "bad", "next"]),
        ("**Keep**\n- a\n**Try**\n- b", ["good", "try"]),
        ("포스터는 소용없었다. 적용: 여름 전단", ["", "applied"]),
        ("비율이 1:2 였다", [""]),
        ("Behind the next: a door", [""]),
        ("P: 혼자 있는 글자", [""]),
        ("", []),
    ],
)
def test_a_cell_is_split_at_its_labels(text, roles):
    assert [part.role for part in split_labels(text)] == roles


def test_parts_fill_the_fields_of_a_reflection():
    found = reflect(
        split_labels(
            "Keep: 알림\nProblem: 늦음\nTry: 자동화\n배운 점: 짧을수록 낫다\n적용: 여름 전단"
        )
    )
    assert (found.good, found.bad, found.next_action, found.next_kind) == (
        "알림",
        "늦음",
        "자동화",
        "start",
    )
    assert (found.learned, found.applied_to) == ("짧을수록 낫다", "여름 전단")
    assert reflect(split_labels("Stop: 전단 배포")).next_kind == "stop"
    assert role_of_label("배운 점?") == "learned"


def test_unseen_characters_go_and_typed_ones_stay():
    assert (
        clean("가설\u200b\u00a0: １２개 \r\n👨\u200d👩\u200d👧 ")
        == "가설 : １２개 \n👨\u200d👩\u200d👧"
    )
    assert clean("\u1100\u1161\u1109\u1165\u11af") == "가설"
    assert [is_placeholder(text) for text in ("–", "해당 없음", "TBD.", "추후", "없앴다", "O")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]


@given(st.text(max_size=80))
def test_no_text_crashes_a_grammar(text):
    read_people(text)
    mentions("@" + text)
    read_verdict(text, parse_legend(text), question=True)
    read_winner(text)
    read_next_kind(text)
    leading_next_kind(text)
    reflect(split_labels(text))
