"""The ledger over a whole log: a promise of any age, and whatever answered it later."""

from datetime import UTC, date, datetime

from fakes.stored_notes import action, commitments_of, log, stored

from reports.analysis.commitments.all_commitments import is_open


def promise(row, text, day, **more):
    return stored(row, title=f"시도 {row}", execution="x", next_action=text, end_date=day, **more)


def later(row, title, day, **more):
    return stored(row, title=title, execution=f"{title} 실행", start_date=day, end_date=day, **more)


def states(*notes, gone=()):
    return {one.text: one.state for one in commitments_of(log(*notes), gone)}


def test_a_promise_kept_two_years_later_is_kept():
    kept = later(2, "보관함을 회사 근처로 옮기기", date(2026, 6, 1))
    found = commitments_of(log(promise(1, "보관함을 회사 근처로 옮기기", date(2024, 3, 1)), kept))
    assert [(one.state, one.made, one.answer and one.answer.note_id) for one in found] == [
        ("kept", "2024-W09", "n002")
    ]
    assert not is_open(found[0])


def test_one_that_nothing_answers_stays_open_and_the_latest_comes_first():
    found = commitments_of(
        log(
            promise(1, "쿠폰 문구 바꾸기", date(2024, 3, 1)),
            promise(2, "전단 없애보기", date(2026, 3, 1)),
        )
    )
    assert [(one.text, one.state) for one in found] == [
        ("전단 없애보기", "unanswered"),
        ("쿠폰 문구 바꾸기", "unanswered"),
    ]
    assert all(map(is_open, found))


def test_what_was_to_stop_and_is_seen_again_came_back():
    stop = promise(1, "할인 문자 그만", date(2026, 3, 1), next_kind="stop")
    assert states(stop) == {"할인 문자 그만": "kept"}
    assert states(stop, later(2, "할인 문자", date(2026, 5, 1))) == {"할인 문자 그만": "came_back"}


def test_an_earlier_note_answers_nothing():
    before = later(2, "쿠폰 문구 바꾸기", date(2026, 2, 1))
    assert states(promise(1, "쿠폰 문구 바꾸기", date(2026, 3, 1)), before) == {
        "쿠폰 문구 바꾸기": "unanswered"
    }


def test_a_note_that_names_the_promises_note_answers_it():
    link = later(2, "이어서", date(2026, 5, 1), links=("T-1",), outcome="running")
    assert states(promise(1, "다른 말로 하기", date(2026, 3, 1), key="T-1"), link) == {
        "다른 말로 하기": "running"
    }


def test_a_line_of_the_action_log_answers_in_the_same_words():
    done = action(2, date(2026, 4, 1), "쿠폰 문구 바꾸기", finished=True)
    assert states(promise(1, "쿠폰 문구 바꾸기", date(2026, 3, 1)), done) == {
        "쿠폰 문구 바꾸기": "kept"
    }


def test_a_row_that_vanished_takes_its_promise_along():
    at = datetime(2026, 4, 1, tzinfo=UTC)
    gone = promise(1, "쿠폰 문구 바꾸기", date(2026, 3, 1), gone=at)
    (one,) = commitments_of(log(), (gone,))
    assert (one.state, one.gone) == ("vanished", at)


def test_likeness_only_suggests():
    near = later(2, "쿠폰 문구를 새로 바꿔 봄", date(2026, 4, 1), goal="재주문", owners=("이준",))
    (one,) = commitments_of(
        log(promise(1, "쿠폰 문구 바꾸기", date(2026, 3, 1), goal="재주문", owners=("이준",)), near)
    )
    assert (one.sure, one.answer and one.answer.note_id) == (False, "n002")
