"""Pages for a wiki: whatever a log says stands there as text."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from notes.export_formats.markdown_pages import day_of, index, is_ours, month_of, page, section

_WORDS = {
    "goal": "목표",
    "outcome": "결과",
    "outcome.success": "성공",
    "metric": "지표",
    "target": "목표치",
}


def words(name: str) -> str:
    return _WORDS.get(name, name)


def note(**fields):
    return {
        "id": "0123456789ab", "team": "T", "source": "시도 기록", "kind": "experiment",
        "url": fields.pop("url", ""),
        "place": {"tab": "2월", "row": 3}, "gone": fields.pop("gone", None),
        "fields": {"kind": "experiment", **fields},
    }  # fmt: skip


def test_a_note_is_a_section():
    text = section(
        note(goal="재방문\n늘리기", outcome="success", start_date="2026-11-02", url="https://x.example/a?b=1&c=2",
             metric={"name": "율", "before": 11.0, "after": 22.5, "target": 30.0, "unit": "%"}),
        words,
    )  # fmt: skip
    assert text == (
        "## 2026-11-02 · 재방문 늘리기\n\n"
        "- **결과** 성공\n"
        "- **목표** 재방문\\\n  늘리기\n"
        "- **지표** 율 11% → 22.5% (목표치 30%)\n\n"
        "[시도 기록 · 2월 3](https://x.example/a?b=1&amp;c=2) · `0123456789ab`\n"
    )


_MARKDOWN = MarkdownIt("commonmark")
_ALLOWED = {
    "text",
    "hardbreak",
    "softbreak",
    "strong_open",
    "strong_close",
    "link_open",
    "link_close",
}


@given(st.text(alphabet="#*_`[]()<>!&~|\\+-=.1: \n\thttps/jav\"'{}가$^", max_size=30))
@example("<script>alert(1)</script>")
@example("[a](javascript:x)")
@example("# a\n- b\n1. c\n> d\n---\n```\ne")
@example("https://a.example/_x_)*y*")
def test_no_text_of_a_log_is_taken_for_markdown(text):
    text = text if text.strip() else "x"
    (item,) = [
        token
        for token in _MARKDOWN.parse(section(note(goal=text), words))
        if token.type == "inline"
    ][1:2]
    kinds = {child.type for child in item.children}
    links = [child.attrs["href"] for child in item.children if child.type == "link_open"]

    assert kinds <= _ALLOWED
    assert all(link.startswith(("http://", "https://")) for link in links)
    shown = "".join(
        child.content if child.type == "text" else "\n" if "break" in child.type else ""
        for child in item.children
    )
    assert shown.split()[1:] == text.split()


def test_a_link_leads_to_a_web_page_or_nowhere():
    assert "javascript" not in section(note(url="javascript:alert(1)"), words)
    assert "](" not in section(note(url="https://x.example/) [y](z"), words)


def test_a_note_stands_under_its_day():
    assert day_of(note(end_date="2026-11-05")) == "2026-11-05"
    assert day_of(note(week="2026-W47")) == "2026-11-16"
    assert month_of(note(week="언젠가")) == "undated"


def test_a_page_and_the_index_are_known_again():
    made = page('Team "A"', "2026-11", ["## x\n"])
    assert is_ours(made.encode())
    assert 'team: "Team \\"A\\""' in made
    assert is_ours(index([("T", "2026-11", 3, "T-2026-11.md")]).encode())
    assert not is_ours(b"# my own notes")
