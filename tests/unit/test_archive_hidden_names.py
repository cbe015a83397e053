"""An archive without names: texts are masked, what a program reads is not, and a masked tag
is still found.
"""

from reports.archive.archive_view import ArchiveLink, NoteLine, StatusLabel
from reports.archive.privacy.hidden_names import search_entry_hidden, with_names_hidden
from reports.archive.search_data import SearchEntry, SearchLabels, SearchResult, options
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages

HIDE = TextFormatter(
    load_messages("en"),
    PageOptions(names="counts"),
    people=("Dana Whitlock", "Minho Ko", "Jo Good", "Dana", "Ed"),
).masked


def test_a_link_a_language_and_a_tone_are_no_names() -> None:
    link, label = ArchiveLink("Ed called", "../notes/ed/ed12.html"), StatusLabel("Good", "good")
    assert with_names_hidden(NoteLine(link, "Ko", "ko", (label,)), HIDE) == NoteLine(
        ArchiveLink("somebody called", "../notes/ed/ed12.html"),
        "somebody",
        "ko",
        (StatusLabel("somebody", "good"),),
    )


def test_a_search_result_leads_to_the_page_of_its_note_whatever_its_people_are_called() -> None:
    found = SearchResult(
        href="../notes/ed/ed12.html", title="Ed called", facts="", url="", text="Ed\tcalled"
    )
    hidden = with_names_hidden(found, HIDE)
    assert hidden.href == found.href
    assert (hidden.title, hidden.text) == ("somebody called", "somebody\tcalled")


def test_a_tag_that_is_a_name_is_hidden_in_the_marks_too_and_chosen_by_what_is_shown() -> None:
    entry = SearchEntry(
        id="a", team="t", day="", marks="\tkexperiment\tpdana\ttdana\ttads\t",
        people=("Dana",), tags=("Dana", "ads"),
    )  # fmt: skip
    hidden = search_entry_hidden(entry, HIDE)
    assert "dana" not in hidden.marks
    assert hidden.people == ()
    labels = SearchLabels({}, {"experiment": "trial"}, str)
    for kind, letter in (("tag", "t"), ("kind", "k")):
        for value, _ in options([hidden], labels)[kind]:
            assert f"\t{letter}{value}\t" in hidden.marks
    assert options([hidden], labels)["person"] == []
