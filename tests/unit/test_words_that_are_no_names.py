"""Words beside numbers, notes of progress, lists of links: what looks like a field and is none."""

from fakes.text_grids import codes, grid, notes, read


def test_who_won_is_no_name_of_a_metric() -> None:
    english = notes("""
| Test | Change | Result | Next |
| Button | Green button | B won 3.1% vs 3.8% | Ship it |
| Photo | Big photo | No difference 2.1% vs 2.1% | Stop |
""")
    assert [note.metric and (note.metric.name, note.metric.before) for note in english] == [
        ("", 3.1),
        ("", 2.1),
    ]
    (korean,) = notes("""
| 시험 | 바꾼 것 | 결과 | 다음 |
| 제목 | 짧은 제목으로 바꿨다 | A안 승 4.0% vs 3.6% | 그만 |
""")
    assert korean.metric is not None
    assert korean.metric.name == ""


def test_a_thing_that_can_be_lost_keeps_its_name() -> None:
    note, _ = notes("""
| Test | Change | Result |
| Labels | Bigger labels on parcels | Lost parcels 14 → 6 |
| Lamps | A lamp over the shelves | Lost parcels 6 → 5 |
""")
    assert note.metric is not None
    assert note.metric.name == "Lost parcels"


def test_a_note_of_progress_is_not_what_was_done() -> None:
    english = notes("""
| Week ending | Objective | Key activity | Progress note | Plan for next week |
| 2026-09-06 | Open in Lisbon | Interviewed five florists | Two signed letters of intent | Visit \
the site |
| 2026-09-13 | Open in Lisbon | Visited the site | The landlord wants a year upfront | Ask for six \
months |
""")
    assert english[0].execution == "Interviewed five florists"
    assert english[0].retrospective == "Two signed letters of intent"
    korean = notes("""
| 날짜 | 목표 | 핵심 활동 | 진행 메모 | 다음 주 계획 |
| 2026-09-06 | 새 지점 열기 | 꽃집 다섯 곳을 인터뷰했다 | 의향서 두 장을 받았다 | 현장 방문 |
| 2026-09-13 | 새 지점 열기 | 현장을 방문했다 | 건물주가 일 년 선납을 원한다 | 반년 선납 제안 |
""")
    assert korean[0].execution == "꽃집 다섯 곳을 인터뷰했다"
    assert korean[0].retrospective == "의향서 두 장을 받았다"


def test_what_was_achieved_beside_a_deed_is_a_number() -> None:
    (note,) = notes("""
| 팀원 | 핵심 행동 | 실적 | 전주 대비 | 잘한 점 |
| 노을 | 소개 요청 카드를 나눴다 | 12건 | +3건 | 카드를 먼저 꺼냈다 |
""")
    assert note.metric is not None
    assert (note.metric.after, note.metric.before, note.metric.unit) == (12, None, "건")


def test_a_text_among_keep_and_stop_is_the_next_action() -> None:
    first, second = notes("""
| 날짜 | 한 일 | 결과 | 다음 |
| 2026-09-07 | 간판을 문 쪽으로 옮겼다 | 손님이 더 들어왔다 | 유지 |
| 2026-09-14 | 네 시에 시식을 열었다 | 아홉 명이 줄을 섰다 | 매주 반복 |
""")
    assert (first.next_kind, first.next_action) == ("keep", "")
    assert second.next_action == "매주 반복"


def test_links_with_the_reason_to_read_them_are_no_log() -> None:
    for log in (
        """
| Title | Link | Why it is good | Added on |
| How shops plan shelves | https://example.com/a | Clear pictures of shelf heights | 2026-03-02 |
| Pricing for cafes | https://example.com/b | Has a sheet to copy | 2026-03-09 |
""",
        """
| 제목 | 주소 | 추천 이유 | 올린 날 |
| 매대 높이 정리 | https://example.com/a | 사진이 또렷해서 바로 쓸 수 있음 | 2026-03-02 |
| 카페 가격표 | https://example.com/b | 표를 베껴 쓸 수 있음 | 2026-03-09 |
""",
    ):
        assert notes(log) == []
        assert [code for *_, code in codes(read(grid(log)))] == ["not_understood"]


def test_a_hypothesis_beside_a_link_is_a_trial() -> None:
    (note,) = notes("""
| Title | Link | Hypothesis | Owner |
| Short titles | https://example.com/a | Short titles get read | Rae |
""")
    assert note.hypothesis == "Short titles get read"
