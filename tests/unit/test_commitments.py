from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes.stored_notes import action, commitments_of, inputs, log, stored, trial

from notes.model.notes import StoredNote
from reports.analysis.commitments.all_commitments import standing
from reports.analysis.commitments.period_commitments import commitment_ledger
from reports.analysis.records.removed_actions import RemovedAction
from reports.analysis.weekly import weekly_report


def promise(
    row: int, text: str, *, kind=None, title: str = "카드", end: date = date(2026, 11, 12), **more
):
    fields = {"execution": f"{title} 하기", "owners": ("윤슬기",), "goal": "재구독률", **more}
    return stored(row, title=title, end_date=end, next_action=text, next_kind=kind, **fields)


def states(*notes, removed=(), gone=()):
    found = commitment_ledger(log(*notes), gone, removed)
    return [(item.text, item.state, item.sure) for item in found.items]


def state(*notes) -> str:
    """Return the state of the only commitment, also of one that the mail does not list."""
    (one,) = commitments_of(log(*notes))
    return one.state


def test_a_note_with_the_promised_words_keeps_the_promise() -> None:
    done = trial(2, "두 번째 상자에도 카드 넣기", start_date=date(2026, 11, 17))
    assert states(promise(1, "두 번째 상자에도 카드 넣기", kind="start"), done) == [
        ("두 번째 상자에도 카드 넣기", "kept", True)
    ]


def test_a_running_note_of_the_promise_is_in_progress() -> None:
    done = trial(
        2, "둘째", start_date=date(2026, 11, 17), end_date=None, outcome="running", links=("T-1",)
    )
    assert states(promise(1, "둘째 상자", key="T-1"), done) == [("둘째 상자", "running", True)]


def test_a_dropped_note_with_a_reason_answers_the_promise() -> None:
    done = trial(
        2,
        "영상 후기 모으기",
        outcome="dropped",
        start_date=date(2026, 11, 17),
        failure_factors="촬영 동의를 받지 못함",
    )
    found = commitment_ledger(log(promise(1, "영상 후기 모으기"), done)).items[0]
    assert (found.state, found.why) == ("stopped", "촬영 동의를 받지 못함")


def test_an_action_log_answers_a_promise() -> None:
    assert states(
        promise(1, "리뷰 메일 다시 쓰기"),
        action(2, date(2026, 11, 18), "리뷰 메일 다시 쓰기", finished=True),
    ) == [("리뷰 메일 다시 쓰기", "kept", True)]


def test_a_promise_nobody_answers_is_unanswered_and_not_vanished() -> None:
    assert states(promise(1, "상담 문구 줄이기")) == [("상담 문구 줄이기", "unanswered", True)]


def test_a_row_that_vanished_is_a_promise_that_vanished_quietly() -> None:
    left = promise(1, "리뷰 메일 다시 쓰기")
    at = datetime(2026, 11, 18, tzinfo=UTC)
    from dataclasses import replace

    found = commitment_ledger(log(), (replace(left, gone=at),)).items[0]
    assert (found.state, found.gone) == ("vanished", at)


def test_a_text_that_was_erased_since_the_last_report_vanished_quietly() -> None:
    was, now = promise(1, "리뷰 메일 다시 쓰기"), promise(1, "")
    removed = (RemovedAction(was, datetime(2026, 11, 18, tzinfo=UTC)),)
    assert states(now, removed=removed) == [("리뷰 메일 다시 쓰기", "vanished", True)]
    reworded = promise(1, "리뷰 메일을 다시 쓰기로")
    assert states(reworded, removed=removed) == [("리뷰 메일을 다시 쓰기로", "unanswered", True)]


def test_what_was_to_be_stopped_and_is_done_again_came_back() -> None:
    again = trial(2, "주말 문자 이벤트", start_date=date(2026, 11, 18))
    assert (
        states(promise(1, "주말 문자 이벤트 그만하기", kind="stop", title="다른 이름"), again)[0][1]
        == "came_back"
    )
    assert (
        states(promise(1, "효과가 없어 접는다", kind="stop", title="주말 문자 이벤트"), again)[0][1]
        == "came_back"
    )


def test_what_was_to_be_stopped_and_is_not_seen_again_is_kept() -> None:
    assert state(promise(1, "주말 문자 이벤트 그만하기", kind="stop"), trial(2, "편지")) == "kept"


def test_likeness_only_suggests_and_is_not_counted() -> None:
    alike = trial(
        2, "두 번째 상자에 카드를 넣어 봄", start_date=date(2026, 11, 17), owners=("윤슬기",),
        goal="재구독률",
        execution="두 번째 상자에 카드 넣어 보기",
    )  # fmt: skip
    found = commitment_ledger(log(promise(1, "두 번째 상자에 카드 넣기"), alike))
    assert [(item.state, item.sure) for item in found.items] == [("kept", False)]
    assert (found.suggested, found.closure, dict(found.counts)["unanswered"]) == (1, 0.0, 0)


@pytest.mark.parametrize(
    ("execution", "owner", "suggested"),
    [
        ("상자에 넣는 카드", "윤슬기", 1),
        ("상자에 넣는 카드", "한지우", 0),
        ("상자를 더 작게 접기", "윤슬기", 0),
    ],
)
def test_where_no_goal_is_written_the_owner_and_most_of_the_words_suggest(
    execution: str, owner: str, suggested: int
) -> None:
    """Nothing else is said: a log without a goal column has answers, too."""
    alike = trial(2, "", start_date=date(2026, 11, 17), owners=(owner,), execution=execution)
    found = commitment_ledger(log(promise(1, "상자에 카드 넣기", goal=""), alike))
    assert found.suggested == suggested


@pytest.mark.parametrize(
    "text",
    [
        "다음 주 다시",
        "한 번 더 해보기",
        "Retry next week",
        "2주 더",
        "Wait two weeks",
        "일주일만 더",
        "Keep it for another two weeks",
    ],
)
def test_doing_it_once_more_is_probably_the_activity_of_the_note_itself(text: str) -> None:
    again = trial(
        2, "", start_date=date(2026, 11, 17), owners=("윤슬기",), goal="재구독률",
        execution="카드 하기 다시",
    )  # fmt: skip
    assert commitment_ledger(log(promise(1, text), again)).suggested == 1
    other = replace(again, note=replace(again.note, execution="문자 보내기"))
    assert commitment_ledger(log(promise(1, text), other)).suggested == 0


def test_a_note_that_began_after_the_day_of_the_ledger_suggests_nothing() -> None:
    alike = trial(
        2, "두 번째 상자에 카드를 넣어 봄", start_date=date(2026, 11, 17), owners=("윤슬기",),
        goal="재구독률",
        execution="두 번째 상자에 카드 넣어 보기",
    )  # fmt: skip
    known = log(promise(1, "두 번째 상자에 카드 넣기"), alike)
    assert [one.state for one in standing(known, until=date(2026, 11, 16))] == ["unanswered"]
    assert [one.state for one in standing(known, until=date(2026, 11, 17))] == ["running"]


def test_each_line_of_a_cell_is_a_promise_with_its_own_kind() -> None:
    cell = promise(1, "계속: 카드 넣기\n그만: 주말 문자\n시작: 전화 3통")
    kinds = {item.text: item.kind for item in commitments_of(log(cell))}
    assert kinds == {"카드 넣기": "keep", "주말 문자": "stop", "전화 3통": "start"}


def test_the_closure_rate_is_the_share_of_due_promises_with_a_sure_answer() -> None:
    done = trial(9, "두 번째 상자에도 카드 넣기", start_date=date(2026, 11, 17))
    report = weekly_report(
        inputs(
            promise(1, "두 번째 상자에도 카드 넣기"),
            promise(2, "상담 문구 줄이기", title="문구"),
            done,
        )
    )
    ledger = report.commitments
    assert (ledger.due, ledger.closure) == (2, 0.5)
    assert sum(count for _, count in ledger.counts) + ledger.suggested == ledger.due


def test_a_promise_of_this_week_is_not_due_and_an_old_one_is_due_until_it_is_answered() -> None:
    old, new = promise(1, "옛것", end=date(2026, 1, 9)), promise(2, "새것", end=date(2026, 11, 18))
    assert states(old, new) == [("옛것", "unanswered", True)]


def test_what_answers_a_promise_and_ends_later_is_under_way() -> None:
    begun = stored(
        2,
        title="편지 틀 나누기",
        execution="편지 틀 나누기",
        start_date=date(2026, 11, 17),
        end_date=date(2026, 11, 27),
    )
    assert states(promise(1, "편지 틀 나누기"), begun) == [("편지 틀 나누기", "running", True)]


def test_what_was_kept_earlier_stays_kept_and_is_told_no_more() -> None:
    kept = stored(
        2,
        title="사례집 만들기",
        execution="사례집 만들기",
        start_date=date(2026, 11, 3),
        end_date=date(2026, 11, 6),
    )
    found = commitment_ledger(
        log(promise(1, "사례집 만들기", end=date(2026, 10, 30)), kept, trial(3, "전화 20통"))
    )
    assert (found.closure, found.previous_closure, found.items, found.changed_total) == (
        1.0,
        1.0,
        (),
        0,
    )


def test_what_came_back_is_told_in_the_week_in_which_it_came_back() -> None:
    stop = promise(1, "무료 공개", kind="stop", end=date(2026, 4, 10))
    back = stored(
        2,
        title="무료 공개",
        execution="무료 공개",
        start_date=date(2026, 11, 16),
        end_date=date(2026, 11, 20),
    )
    assert states(stop, back) == [("무료 공개", "came_back", True)]
    earlier = stored(
        2,
        title="무료 공개",
        execution="무료 공개",
        start_date=date(2026, 11, 2),
        end_date=date(2026, 11, 6),
    )
    found = commitment_ledger(log(stop, earlier))
    assert (found.items, dict(found.counts)["came_back"]) == ((), 1)


@pytest.mark.parametrize(
    ("done", "stop", "again", "other"),
    [
        (
            "보내는 시각을 밤 9시로",
            "밤 9시 발송 그만하기",
            "보내는 시각을 밤 9시로 다시",
            "보내는 시각을 낮으로",
        ),
        (
            "Offer a free tote bag",
            "Stop the tote bag",
            "Offer a free tote bag at fairs",
            "Offer tea",
        ),
    ],
)
def test_who_begins_the_stopped_activity_again_need_not_be_who_stopped_it(
    done: str, stop: str, again: str, other: str
) -> None:
    ended = promise(1, stop, title="", execution=done)

    def begun(what: str) -> StoredNote:
        day = date(2026, 11, 17)
        return stored(2, title="", execution=what, start_date=day, owners=("민하윤",))

    assert states(ended, begun(again)) == [(stop, "came_back", True)]
    assert states(ended, begun(other)) == []


def test_what_else_a_note_stops_did_not_come_back_with_the_note() -> None:
    ended = promise(1, "이모지 넣기 그만", title="", execution="질문형 제목으로 바꾸기")
    again = stored(2, execution="질문형 제목으로 바꾸기 2차", start_date=date(2026, 11, 17))
    assert states(ended, again) == []


def test_the_question_names_what_was_stopped_and_not_the_row_that_began_again() -> None:
    ended = promise(1, "맛보기 칸 그만하기", kind="stop", title="맛보기")
    again = trial(2, "큰 맛보기 칸 넣기", start_date=date(2026, 11, 18))
    leader = weekly_report(inputs(ended, again)).leader
    assert leader.decision is not None
    assert (leader.decision.kind, leader.decision.subject) == ("came_back", "맛보기 칸")
    assert leader.change is not None
    assert (leader.change.kind, leader.change.text) == ("came_back", "맛보기 칸")


def test_a_promise_that_says_stop_in_its_words_is_a_stop() -> None:
    again = trial(2, "맛보기 칸 넣기", start_date=date(2026, 11, 18))
    assert states(promise(1, "맛보기 칸 그만", title="맛보기"), again)[0][1] == "came_back"
    assert state(promise(1, "stop weekend texts", title="texts")) == "kept"
    assert state(promise(1, "그만둔 손님에게 전화")) == "unanswered"


def test_a_suggested_answer_stays_due_and_does_not_raise_the_rate() -> None:
    alike = trial(
        3,
        "카드를 두 번째 상자에 넣음",
        start_date=date(2026, 11, 17),
        owners=("윤슬기",),
        goal="재구독률",
        execution="넣어 봄",
    )
    done = trial(4, "상담 문구 줄이기", start_date=date(2026, 11, 17))
    found = commitment_ledger(
        log(promise(1, "두 번째 상자 카드"), promise(2, "상담 문구 줄이기"), alike, done)
    )
    assert (found.due, found.suggested, found.closure) == (2, 1, 0.5)


@pytest.mark.parametrize(
    "text",
    ["국어에도 적용함(11/9)", "안내문 교체 완료", "Applied to the welcome mail (Nov 9)", "Done"],
)
def test_a_next_action_that_says_that_it_is_done_is_kept(text: str) -> None:
    assert state(promise(1, text)) == "kept"


@pytest.mark.parametrize(
    "text",
    ["11월까지 교체 완료", "적용 완료하기", "적용 예정", "Apply to the welcome mail", "To be done"],
)
def test_what_is_to_be_done_is_not_done(text: str) -> None:
    assert state(promise(1, text)) == "unanswered"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("계속", "카드: 계속"),
        ("keep going", "카드: keep going"),
        ("그대로 두기", "카드: 그대로 두기"),
    ],
)
def test_a_promise_that_only_says_go_on_is_told_with_its_activity(text: str, told: str) -> None:
    assert states(promise(1, text)) == [(told, "unanswered", True)]


@pytest.mark.parametrize(
    ("text", "hypothesis", "execution", "unclear"),
    [
        ("연남 전파", "망원 방식", "오후 이름 부르기", 1),  # another does it there
        ("오후에만", "오후에만 부르면 온다", "이름 부르기", 1),
        ("연남 전파", "빵 냄새", "일찍 굽기", 0),
        ("메뉴판 바꾸기", "망원 방식", "오후 이름 부르기", 0),
    ],
)
def test_what_another_of_the_goal_may_have_answered_is_not_called_unanswered(
    text: str, hypothesis: str, execution: str, unclear: int
) -> None:
    past = promise(1, text, execution="오후 2~5시 이름 부르기", title="", goal="단골 만들기")
    after = trial(
        2,
        "",
        start_date=date(2026, 11, 17),
        owners=("도현",),
        goal="단골 만들기",
        hypothesis=hypothesis,
        execution=execution,
    )
    found = commitment_ledger(log(past, after))
    assert (found.unclear, dict(found.counts)["unanswered"]) == (unclear, 1 - unclear)


def test_what_its_owner_supposed_next_may_answer_in_a_log_without_goals() -> None:
    past = promise(1, "합격자 안내에도", execution="카톡 41건", title="", goal="")
    after = trial(
        2,
        "",
        start_date=date(2026, 11, 17),
        owners=past.note.owners,
        hypothesis="합격자도 카톡으로 안내",
        execution="카톡 12건",
    )
    found = commitment_ledger(log(past, after))
    assert (found.unclear, dict(found.counts)["unanswered"]) == (1, 0)


def test_a_deed_of_its_owner_for_another_goal_may_answer_and_nothing_is_due_then() -> None:
    past = promise(1, "메뉴판 바꾸기", goal="단골 만들기")
    other: dict[str, Any] = {"start_date": date(2026, 11, 17), "goal": "주문 늘리기"}
    for owners, due in ((past.note.owners, []), (("도현",), [("unanswered", True)])):
        found = commitment_ledger(
            log(past, trial(2, "", owners=owners, execution="메뉴판 인쇄", **other))
        )
        assert [(one.state, one.due) for one in found.items] == due
