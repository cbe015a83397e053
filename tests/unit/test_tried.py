"""You tried this before: repeats are found with their reasons, the rest is left alone."""

from datetime import UTC, datetime, timedelta

from loopnote.notes import Metric, Note, Place, RawRow, StoredNote
from reports.tried import Rarity, tried_before

NOW = datetime(2026, 11, 23, tzinfo=UTC)
OLD = (
    "낭독이 있으면 책을 안 읽은 사람도 들어온다",
    "주제를 미리 알리면 준비하고 온다",
    "할인 쿠폰을 금요일에 보내면 주말 예약이 는다",
    "숙소 사진을 바꾸면 문의가 준다",
    "People leave at the first ad, so move it",
    "A recipe card in the box keeps subscribers",
)


def stored(name, hypothesis, *, day=-30, outcome="failure", **more):
    seen = NOW + timedelta(days=day)
    note = Note("experiment", Place(tab="Log", row=2), hypothesis=hypothesis, outcome=outcome, **more)
    return StoredNote(name, "Team", "log", note, RawRow(note.place, ()), 1, seen, seen)


def earlier(each):
    return each.first_seen < NOW


def tried(hypothesis, old=None, **more):
    past = [stored(f"n{at}", text) for at, text in enumerate(OLD)] if old is None else old
    rarity = Rarity(OLD)
    return tried_before(stored("new", hypothesis, day=0, outcome=None, **more), past, rarity, is_earlier=earlier)


def test_a_thought_told_anew_is_found_first_with_the_words_in_common():
    found = tried("금요일에 할인 쿠폰을 다시 보내면 예약이 는다")
    assert found[0].earlier.id == "n2"
    assert set(found[0].words) & {"금요일에", "쿠폰을", "할인"}


def test_an_english_repeat_is_found_in_another_order():
    assert tried("Keep subscribers with recipe cards in the box")[0].earlier.id == "n5"


def test_another_thought_raises_no_alarm():
    assert tried("영수증에 다음 모임 날짜를 적으면 다시 온다") == ()
    assert tried("A map of the farm on the first page") == ()


def test_a_later_note_and_the_note_itself_are_no_past():
    late = [stored("late", OLD[0], day=3), stored("new", OLD[0], day=-3)]
    assert tried(OLD[0], late) == ()


def test_the_same_goal_and_metric_are_named_as_reasons():
    same = {"goal": "평일 손님", "metric": Metric("참석", 4, 11)}
    found = tried(OLD[0], [stored("n0", OLD[0], **same)], **same)
    assert (found[0].same_goal, found[0].same_metric, found[0].score) == (True, True, 1.0)


def test_of_two_equal_ones_the_one_with_an_outcome_comes_first():
    old = [stored("a", OLD[1], outcome=None), stored("b", OLD[1])]
    assert [each.earlier.id for each in tried(OLD[1], old)] == ["b", "a"]


def test_the_order_of_the_candidates_decides_nothing():
    old = [stored(f"n{at}", text) for at, text in enumerate(OLD * 2)]
    assert tried(OLD[3], old) == tried(OLD[3], old[::-1])
