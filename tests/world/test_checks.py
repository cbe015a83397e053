"""The world's own tests: its truth is right, its recognition is exhaustive, its checks can fail."""

import re
import string

import pytest

from world.checks import CHECKS, LABELS, interval, uncovered
from world.judge import Judge
from world.logs import load_team, load_world
from world.play import ROOT, Sheet
from world.sentences import Reader, catalogue
from world.truth import Truth, near, points, same_start

WORDS = ROOT / "templates" / "words"


def said(language: str, key: str, **facts: object) -> str:
    """Return a sentence of the catalogue with its facts; either particle will do."""
    entry = catalogue(WORDS, language)[key]
    template = entry if isinstance(entry, str) else entry["other"]
    text = []
    for literal, name, spec, _ in string.Formatter().parse(template):
        text.append(literal)
        if name is not None:
            form = (spec or "").lstrip("~#").split("/")[-1] if "/" in (spec or "") else ""
            shown = "" if (spec or "").startswith(("~", "#")) else str(facts[name])
            text.append(f"{shown} {form}" if language == "en" and form and shown else shown + form)
    return "".join(text)


def wrong_on(team: str, week: str, *lines: str, names: str = "names") -> list[str]:
    """Return what is wrong with the lines as a mail of a team."""
    teams = load_world([team])
    sheet = Sheet("mail", teams[0].name, week, "", "\n".join(lines), teams[0].language, names, "")
    return [one.why for one in Judge(teams, WORDS).judge(sheet)]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_of_sentence_has_its_check_or_states_nothing(language):
    assert uncovered(catalogue(WORDS, language)) == []


def test_the_languages_have_the_same_kinds_of_sentence():
    assert set(catalogue(WORDS, "ko")) == set(catalogue(WORDS, "en"))


def test_a_sentence_that_the_catalogue_does_not_know_is_unknown():
    assert wrong_on("shop", "2026-W41", "이번 주는 전체적으로 아주 좋았습니다.") == [
        "unknown sentence"
    ]


def test_words_of_the_log_are_recognised_only_whole_or_cut():
    reader = Reader(WORDS, "ko", ["계단 집을 먼저 돈 순서가 통했다"])
    assert reader.quoted("계단 집을 먼저 돈 순서가 통했다")
    assert reader.quoted("계단 집을 먼저 돈…")
    assert not reader.quoted("먼저 돈 순서가 통했다")


def test_a_number_that_the_series_has_not_is_found():
    right = said("ko", "headline.number_up", metric="주문", far="2건", value="160건")
    false = said("ko", "headline.number_up", metric="주문", far="2건", value="161건")
    assert wrong_on("shop", "2026-W41", right) == []
    assert wrong_on("shop", "2026-W41", false) == ["the series of 주문 has 160 this week"]


def test_a_change_that_was_another_is_found():
    false = said("ko", "headline.number_up", metric="주문", far="5건", value="160건")
    assert wrong_on("shop", "2026-W41", false) == ["the change is 2"]


def test_the_number_of_another_week_is_found():
    move = {"metric": "배송 지연", "before": "14건", "after": "9건", "change": "▼ 5건"}
    assert wrong_on("shop", "2026-W41", said("ko", "move.moved", **move)) == []
    assert wrong_on("shop", "2026-W43", said("ko", "move.moved", **move)) == [
        "the number of another week, told again"
    ]


def test_a_comparison_told_as_a_change_is_found():
    move = {"metric": "재주문율", "before": "14.8%", "after": "54.8%", "change": "▲ 40%p"}
    assert wrong_on("shop", "2026-W43", said("ko", "move.moved", **move)) == [
        "a comparison of two sides is told as a change in time"
    ]


def test_none_about_a_week_that_nobody_could_read_is_found():
    wrong = wrong_on("shop", "2026-W46", said("ko", "learning.empty"))
    assert wrong == ["nobody could read that week: unknown is not none"]


def test_a_sentence_that_blames_is_found_wherever_it_stands():
    wrong = wrong_on("sales", "2026-W42", "하늘님이 주소를 꼼꼼히 확인하지 않았다")
    assert "blames a person (text)" in wrong


def test_a_name_in_a_mail_without_names_is_found():
    wrong = wrong_on("shop", "2026-W41", "강도현", names="counts")
    assert any("without names" in why for why in wrong)


def test_a_promise_in_another_state_is_found():
    line = said("ko", "commitment.count.unanswered", n=4)
    assert wrong_on("sales", "2026-W41", line)


def test_the_truth_counts_a_week_by_the_dates_of_its_notes():
    truth = Truth(load_team("sales"), "2026-W42")
    assert [note.id for note in truth.here] == ["s04", "s05"]
    assert [move.note.id for move in truth.moves] == ["s04", "s05"]


def test_the_truth_forgets_what_was_typed_later():
    assert not Truth(load_team("sales"), "2026-W41").applied()
    assert [n.id for n in Truth(load_team("sales"), "2026-W43").applied_now] == ["s03"]


def test_a_stop_is_kept_until_the_activity_comes_back():
    def state(week):
        return Truth(load_team("sales"), week).promise("오전 전화").states

    assert state("2026-W46") == {"kept"}
    assert state("2026-W47") == {"came_back"}


def test_the_truth_reads_no_further_than_the_file():
    assert Truth(load_team("shop"), "2026-W46").unread
    assert not Truth(load_team("shop"), "2026-W47").unread


@pytest.mark.parametrize(
    ("counts", "low", "high"), [((70, 600, 80, 600), -2.1, 5.4), ((72, 200, 82, 200), -4.5, 14.4)]
)
def test_the_interval_of_a_difference_is_newcombes(counts, low, high):
    assert [round(end, 1) for end in interval(counts)] == [low, high]


def test_printed_numbers_are_read_as_a_person_reads_them():
    assert points("▼ 1,200만원") == 1200
    assert points("−2.1%p") == -2.1
    assert near("41.5%", 41.5)
    assert not near("41.5%", 41.6)
    assert same_start("첫 주문 집 절반에 반값 안내", "첫 주문 집…")


def test_no_kind_is_both_a_label_and_a_statement():
    both = [key for key in CHECKS if LABELS.fullmatch(key)]
    assert both == []


def test_dates_are_typed_as_the_team_types_them():
    note = load_team("newsletter").notes[2]
    assert note.fields["period"] == "10/7(수)~10/9(금)"
    assert re.fullmatch(r"2026\.10\.5~10\.9", load_team("shop").notes[2].fields["period"])


def test_no_missing_help_beside_a_running_trial_without_a_helper_is_found():
    wrong = wrong_on("product", "2027-W02", said("en", "key.people_empty"))
    assert wrong == ["running without a helper: ['p12']"]


def test_no_overdue_contact_where_no_contact_is_written_is_found():
    assert wrong_on("allotment", "2026-W45", said("en", "key.people_empty")) == [
        "nothing is written about contacts"
    ]
    assert wrong_on("allotment", "2026-W45", said("en", "key.people_empty_help")) == []


def test_a_number_of_another_series_with_the_same_end_is_not_taken_for_it():
    line = "누적 주문 868건 (▲ 23건)"
    assert wrong_on("workshop", "2026-W43", line) == []
    assert wrong_on("workshop", "2026-W43", line.replace("868", "869")) != []


def test_nothing_to_decide_is_wrong_in_the_week_in_which_a_stopped_activity_came_back():
    wrong = wrong_on("workshop", "2026-W46", said("ko", "decision.none"))
    assert wrong == ["stopped and back this week: ['w02']"]


def test_a_stop_asked_for_a_reason_that_is_not_written_is_found():
    done = "시장 매대 이틀"
    right = said("ko", "decision.text.stop_failed", subject=done)
    false = said("ko", "decision.text.stop_wrong_way", subject=done)
    assert wrong_on("workshop", "2026-W43", right) == []
    assert wrong_on("workshop", "2026-W43", false)


def test_a_log_is_called_not_understood_or_not_read_in_its_own_week_only():
    lost = said("en", "headline.not_understood")
    assert wrong_on("allotment", "2026-W49", lost) == []
    assert wrong_on("allotment", "2026-W47", lost) == ["the log can be understood"]
    unread = said("en", "headline.unread")
    assert wrong_on("allotment", "2026-W47", unread) == []
    assert wrong_on("allotment", "2026-W49", unread) == ["the log was read"]


def test_no_failure_in_a_week_that_nobody_could_read_is_wrong():
    none = said("en", "signals.no_failures", n=3)
    assert wrong_on("allotment", "2026-W46", none) == []
    assert wrong_on("allotment", "2026-W47", none)


def test_a_number_of_two_activities_needs_two_that_claim_it():
    facts = {"activity": "Winter box with squash and leeks", "moved": "Boxes sold 48 → 53"}
    line = said("en", "key.business_shared", with_what="Open the shed until eight", **facts)
    assert wrong_on("allotment", "2026-W45", line)
