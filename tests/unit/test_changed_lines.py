"""What a report would say now against what was sent: only statements count."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reports.analysis.text.changed_lines import (
    ChangedLine,
    IgnoredText,
    changed_lines,
    mark_differences,
)

SENT = """Bookshop weekly report
Week 47

Visits rose 3 to 14.

Business  Coupon: visits ▲ 3
Learning  Nothing was applied.


──────────────────────────────
Question 1 · Business
What moved the number?
- Coupon: visits 11 → 14 (“Feb” row 12)
- Poster: nothing (“Feb” row 13)


──────────────────────────────
State of the data
- [trials] read 23 November, 08:05 · 7 of 8 rows used.

--
Made 23 November 2026, 08:05
"""
QUIET = IgnoredText(frozenset({"State of the data"}), re.compile(r"“.+?” row \d+"))


def test_the_same_text_says_nothing_changed():
    assert changed_lines(SENT, SENT, QUIET) == ()
    assert changed_lines(SENT.replace("\n", "\r\n"), SENT, QUIET) == ()


def test_what_is_of_the_day_does_not_count():
    now = SENT.replace("08:05", "19:40").replace("7 of 8", "9 of 9").replace("row 12", "row 15")
    assert now != SENT
    assert changed_lines(SENT, now, QUIET) == ()


def test_a_changed_line_stands_beside_what_it_said_under_its_section():
    now = SENT.replace("11 → 14", "11 → 15").replace("- Poster: nothing (“Feb” row 13)\n", "")
    assert changed_lines(SENT, now, QUIET) == (
        ChangedLine(
            "Question 1 · Business",
            "- Coupon: visits 11 → 14 (“Feb” row 12)",
            "- Coupon: visits 11 → 15 (“Feb” row 12)",
        ),
        ChangedLine("Question 1 · Business", "- Poster: nothing (“Feb” row 13)", ""),
    )


def test_a_new_line_stands_where_it_will_be_read():
    now = SENT.replace("Business  Coupon", "! trials: data up to 12 Nov.\n\nBusiness  Coupon")
    assert changed_lines(SENT, now, QUIET) == (ChangedLine("", "", "! trials: data up to 12 Nov."),)


def test_each_team_of_a_mail_for_several_is_named():
    heavy, light = "═" * 30, "─" * 30
    one = (
        f"Two teams\n\n{heavy}\nBookshop\nA\n{light}\nBusiness\nx\n\n{heavy}\nWorkshop\nB\n"
        f"{light}\nBusiness\ny\n"
    )
    now = one.replace("\ny\n", "\nzzz\n").replace("\nB\n", "\nBB\n")
    assert changed_lines(one, now, IgnoredText()) == (
        ChangedLine("Workshop", "B", "BB"),
        ChangedLine("Workshop · Business", "y", ""),
        ChangedLine("Workshop · Business", "", "zzz"),
    )


def test_words_that_differ_are_marked():
    old, new = mark_differences(
        "Learning  1 of 2 put to use", "Learning  2 of 2 put to use at last"
    )
    assert [piece.text for piece in old if piece.differs] == ["1"]
    assert [piece.text for piece in new if piece.differs] == ["2", " at last"]


_TEXTS = st.lists(
    st.sampled_from(["a b", "a c", "x", "", "──", "══", "--", "State of the data", "  d"]),
    max_size=12,
)


@given(_TEXTS, _TEXTS)
def test_every_line_that_counts_is_there_once(sent, now):
    found = changed_lines("\n".join(sent), "\n".join(now), QUIET)
    both = [(line.before, line.after) for line in found]
    assert all(before != after for before, after in both if before.strip() or after.strip())
    assert bool(found) == bool(changed_lines("\n".join(now), "\n".join(sent), QUIET))


@given(st.text(alphabet="ab \t", max_size=12), st.text(alphabet="ab \t", max_size=12))
def test_pieces_make_the_line_again(before, after):
    old, new = mark_differences(before, after)
    assert ("".join(piece.text for piece in old), "".join(piece.text for piece in new)) == (
        before,
        after,
    )
