"""What an earlier build found is taken over where nothing in its past changed, and the
answers are the same.
"""

from datetime import date, timedelta

import reports.archive.last_build.similar_links as met_module
from reports.analysis.learnings.similar_notes import HypothesisRecord, find_similar_in_order
from reports.archive.last_build.similar_links import (
    SimilarNotes,
    find_similar_notes,
    read_similar_notes,
    suggestions,
)
from reports.page.messages.page_sentences import load_messages

FIRST = date(2026, 3, 2)
TEXTS = (
    "할인 쿠폰을 금요일에 보내면 예약이 는다",
    "숙소 사진을 바꾸면 문의가 준다",
    "낭독이 있으면 손님이 들어온다",
)


def log(size: int = 30) -> list[HypothesisRecord]:
    return [
        HypothesisRecord(
            f"n{at:02}", "Team", FIRST + timedelta(days=at), f"{TEXTS[at % 3]} {at % 7}"
        )
        for at in range(size)
    ]


def test_a_second_build_finds_the_same_and_reads_back_what_it_kept():
    first = find_similar_notes(log(), SimilarNotes())
    assert first.answers == {name: found for name, found in find_similar_in_order(log()) if found}
    assert read_similar_notes(first.line()) == first == find_similar_notes(log(), first)


def test_a_changed_day_and_those_after_it_are_looked_for_again(monkeypatch):
    before, asked = find_similar_notes(log(), SimilarNotes()), []

    def counted(attempts, wanted):
        asked.append(sorted(wanted))
        return find_similar_in_order(attempts, wanted)

    monkeypatch.setattr(met_module, "find_similar_in_order", counted)
    changed = [
        *log()[:-2],
        HypothesisRecord("n28", "Team", log()[28].day, "전혀 다른 생각"),
        log()[29],
    ]
    assert find_similar_notes(changed, before) == find_similar_notes(changed, SimilarNotes())
    assert asked[0] == ["n28", "n29"]


def test_what_cannot_be_read_is_no_memory():
    assert (
        read_similar_notes(b"")
        == read_similar_notes(b"{}")
        == read_similar_notes(b'{"days":[],"answers":{"n":[[1]]}}')
        == read_similar_notes(b"[1")
        == SimilarNotes()
    )


def test_the_reasons_are_words():
    met = find_similar_notes(log(10), SimilarNotes())
    (one, *_) = suggestions(load_messages("ko"), met)["n09"]
    assert one.id in {"n00", "n03", "n06"}
    assert one.reason.startswith("같은 말(")
