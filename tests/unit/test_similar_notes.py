"""You tried this before: repeats are found with their reasons, the rest is left alone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import Metric, Note, Place, RawRow, StoredNote
from reports.analysis.learnings import similar_notes
from reports.analysis.learnings.similar_notes import HypothesisRecord, find_similar_in_order
from reports.analysis.text.tokens import tokens_by_part, weighted_tokens

TODAY = date(2026, 11, 23)
OLD = (
    "낭독이 있으면 책을 안 읽은 사람도 들어온다",
    "주제를 미리 알리면 준비하고 온다",
    "할인 쿠폰을 금요일에 보내면 주말 예약이 는다",
    "숙소 사진을 바꾸면 문의가 준다",
    "People leave at the first ad, so move it",
    "A recipe card in the box keeps subscribers",
)


def attempt(name, text, *, day=-30, **more):
    return HypothesisRecord(
        name, more.pop("team", "Team"), TODAY + timedelta(days=day), text, **more
    )


def tried(text, old=None, **more):
    past = [attempt(f"n{at}", each) for at, each in enumerate(OLD)] if old is None else old
    return dict(find_similar_in_order([*past, attempt("new", text, day=0, **more)]))["new"]


def test_a_thought_told_anew_is_found_first_with_the_words_in_common():
    found = tried("금요일에 할인 쿠폰을 다시 보내면 예약이 는다")
    assert found[0].id == "n2"
    assert set(found[0].words) & {"금요일에", "쿠폰을", "할인"}


def test_an_english_repeat_is_found_in_another_order():
    assert tried("Keep subscribers with recipe cards in the box")[0].id == "n5"


def test_another_thought_raises_no_alarm():
    assert tried("영수증에 다음 모임 날짜를 적으면 다시 온다") == ()
    assert tried("A map of the farm on the first page") == ()


def test_a_later_note_one_of_the_same_day_and_the_note_itself_are_no_past():
    late = [
        attempt("late", OLD[0], day=3),
        attempt("beside", OLD[0], day=0),
        attempt("new", OLD[0], day=-3),
    ]
    assert tried(OLD[0], late) == ()


def test_the_same_goal_and_metric_are_named_as_reasons():
    same = {"goal": "평일손님", "metric": "참석"}
    (found,) = tried(OLD[0], [attempt("n0", OLD[0], **same)], **same)
    assert (found.same_goal, found.same_metric) == (True, True)
    (other,) = tried(OLD[0], [attempt("n0", OLD[0])])
    assert (other.same_goal, other.same_metric) == (False, False)
    assert other.score < found.score <= 1.0


def test_of_equal_ones_the_decided_comes_first_then_the_own_teams_then_the_latest():
    old = [
        attempt("open", OLD[1], day=-1),
        attempt("theirs", OLD[1], day=-2, team="Other", decided=True),
        attempt("older", OLD[1], day=-4, decided=True),
        attempt("ours", OLD[1], day=-3, decided=True),
    ]
    assert [each.id for each in tried(OLD[1], old)] == ["ours", "older", "theirs"]


def test_what_a_note_expected_its_day_and_whether_it_is_decided_make_the_attempt():
    note = Note(
        "experiment", Place(tab="Log", row=2), title="낭독", start_date=TODAY, outcome="failure"
    )
    seen = datetime(2026, 11, 23, tzinfo=UTC)
    stored = StoredNote("n", "Team", "log", note, RawRow(note.place, ()), 1, seen, seen)
    assert HypothesisRecord.of(stored, ZoneInfo("Asia/Seoul")) == HypothesisRecord(
        "n", "Team", TODAY, "낭독", decided=True
    )


def test_metrics_are_compared_by_their_letters():
    note = Note("experiment", Place(), hypothesis="낭독", metric=Metric("참석 률", 1, 2))
    seen = datetime(2026, 11, 22, 20, tzinfo=UTC)
    stored = StoredNote("n", "Team", "log", note, RawRow(note.place, ()), 1, seen, seen)
    made = HypothesisRecord.of(stored, ZoneInfo("Asia/Seoul"))
    assert (made.metric, made.day, made.decided) == ("참석률", TODAY, False)


PIECES = "쿠폰을 예약이 사진을 보내면 바꾸면 는다 준다 coupon first 15"
texts = st.lists(st.sampled_from(PIECES.split()), max_size=6)


@settings(max_examples=examples(40))
@given(
    st.lists(st.tuples(texts, st.integers(0, 9)), max_size=12), st.randoms(use_true_random=False)
)
def test_neither_the_order_of_arrival_nor_a_later_note_changes_an_answer(made, chance):
    attempts = [attempt(f"n{at}", " ".join(words), day=day) for at, (words, day) in enumerate(made)]
    answers = dict(find_similar_in_order(attempts))
    shuffled = attempts[:]
    chance.shuffle(shuffled)
    assert dict(find_similar_in_order(shuffled)) == answers
    sooner = [each for each in attempts if each.day <= TODAY + timedelta(days=5)]
    assert all(answers[name] == found for name, found in find_similar_in_order(sooner))


def test_only_the_wanted_are_asked_about_and_their_answers_are_the_same():
    attempts = [attempt(f"n{at}", OLD[at % len(OLD)], day=at) for at in range(20)]
    every = dict(find_similar_in_order(attempts))
    assert dict(find_similar_in_order(attempts, {"n13"})) == {"n13": every["n13"]}


@settings(max_examples=examples(40))
@given(st.lists(st.tuples(texts, st.integers(0, 9)), min_size=1, max_size=12), st.integers(0, 11))
def test_whoever_is_asked_about_alone_has_the_answer_that_all_have(made, number):
    attempts = [attempt(f"n{at}", " ".join(words), day=day) for at, (words, day) in enumerate(made)]
    every = dict(find_similar_in_order(attempts, least=0))
    some = {f"n{number}", f"n{number // 2}"}
    assert dict(find_similar_in_order(attempts, some, least=0)) == {
        name: every[name] for name in some & every.keys()
    }


def test_nothing_is_read_that_began_later_than_who_is_asked_about(monkeypatch):
    read: list[str] = []

    def counted(text: str) -> tuple[list[str], list[str]]:
        read.append(text)
        return tokens_by_part(text)

    monkeypatch.setattr(similar_notes, "tokens_by_part", counted)
    attempts = [attempt(f"n{at}", f"전단을 {at}번 붙인다", day=at) for at in range(20)]
    assert [name for name, _ in find_similar_in_order(attempts, {"n3"})] == ["n3"]
    assert read == [one.text for one in attempts[:4]]


@given(
    st.lists(
        st.sampled_from(("쿠폰을", "보내면", "예약이", "늘도록", "if", "send", "이메일", "면"))
    )
)
def test_the_tokens_of_both_parts_stand_as_their_weights_do(words):
    text = " ".join(words)
    weighted = weighted_tokens(text)
    done, hoped = tokens_by_part(text)
    assert done == [piece for piece, weight in weighted.items() if weight == 1]
    assert hoped == [piece for piece, weight in weighted.items() if weight < 1]


def test_a_candidate_chosen_for_its_words_does_not_make_them_common():
    others = [attempt(f"o{at}", f"다른 실험 {at} 전단을 붙이면 손님이 온다") for at in range(40)]
    chosen = [attempt(f"c{at}", f"금요일에 할인 쿠폰을 {at}번 보낸다", day=-40) for at in range(30)]
    asked = attempt("new", "할인 쿠폰을 금요일에 보낸다", day=0)

    def scored(**more):
        ((_, found),) = find_similar_in_order([*others, *chosen, asked], {"new"}, least=0, **more)
        return found[0]

    assert scored(chosen={one.id for one in chosen}).score > scored().score
    assert scored(chosen={one.id for one in chosen}).id.startswith("c")
