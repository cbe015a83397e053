"""What an earlier build found is taken over where nothing in its past changed, and the answers are the same."""

from datetime import date, timedelta

import reports.archive.met as met_module
from reports.archive.met import Met, met_again, read_met, suggestions
from reports.page.words.words import load_words
from reports.tried import Attempt, tried_in_order

FIRST = date(2026, 3, 2)
TEXTS = ("할인 쿠폰을 금요일에 보내면 예약이 는다", "숙소 사진을 바꾸면 문의가 준다", "낭독이 있으면 손님이 들어온다")


def log(size: int = 30) -> list[Attempt]:
    return [Attempt(f"n{at:02}", "Team", FIRST + timedelta(days=at), f"{TEXTS[at % 3]} {at % 7}") for at in range(size)]


def test_a_second_build_finds_the_same_and_reads_back_what_it_kept():
    first = met_again(log(), Met())
    assert first.answers == {name: found for name, found in tried_in_order(log()) if found}
    assert read_met(first.text()) == first == met_again(log(), first)


def test_a_changed_day_and_those_after_it_are_looked_for_again(monkeypatch):
    before, asked = met_again(log(), Met()), []

    def counted(attempts, wanted):
        asked.append(sorted(wanted))
        return tried_in_order(attempts, wanted)

    monkeypatch.setattr(met_module, "tried_in_order", counted)
    changed = [*log()[:-2], Attempt("n28", "Team", log()[28].day, "전혀 다른 생각"), log()[29]]
    assert met_again(changed, before) == met_again(changed, Met())
    assert asked[0] == ["n28", "n29"]


def test_what_cannot_be_read_is_no_memory():
    assert read_met("") == read_met("{}") == read_met('{"days":[],"answers":{"n":[[1]]}}') == read_met("[1") == Met()


def test_the_reasons_are_words():
    met = met_again(log(10), Met())
    (one, *_) = suggestions(load_words("ko"), met)["n09"]
    assert one.id in {"n00", "n03", "n06"}
    assert one.reason.startswith("같은 말(")
