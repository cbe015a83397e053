"""Notion's Markdown gives the sections that its blocks would give."""

import pytest

from sync.contents.pages import BodySection
from sync.notion.address import parse_notion_id
from sync.notion.bodies.markdown_body import MarkdownBody, read_markdown

ADA = "7775f3a3-893f-43fa-b625-460c61094c78"


def sections(markdown: str, **names: str) -> tuple[BodySection, ...]:
    return read_markdown(markdown, names).sections


def test_headings_lists_and_boxes() -> None:
    text = (
        '## 🔍 가설 {color="blue"}\n하루가 길다\n### 실행\n- 하나\n\t1. 둘\n- [ ] 셋\n- [x] '
        "넷\n---\n> 인용<br>둘째 줄"
    )
    assert sections(text) == (
        BodySection("🔍 가설", 2, "하루가 길다"),
        BodySection("실행", 3, "- 하나\n  - 둘\n[ ] 셋\n[x] 넷\n인용\n둘째 줄"),
    )


def test_what_follows_a_toggle_belongs_to_what_the_toggle_stood_in() -> None:
    text = "# Learned\n<details>\n<summary>Aside</summary>\n\tinside\n\t- item\n</details>\nafter"
    assert sections(text) == (
        BodySection("Learned", 1, ""),
        BodySection("Aside", 5, "inside\n- item"),
        BodySection("Learned", 1, "after"),
    )


def test_toggles_nest() -> None:
    text = (
        "<details>\n<summary>A</summary>\n\t<details>\n\t<summary>B</summary>\n\t\tb\n"
        "\t</details>\n\ta\n</details>\nx"
    )
    assert sections(text) == (
        BodySection("A", 5, ""),
        BodySection("B", 5, "b"),
        BodySection("A", 5, "a"),
        BodySection("", 0, "x"),
    )


def test_tables_keep_rows_and_cells() -> None:
    rows = "<tr>\n<td>a</td>\n<td>**b**</td>\n</tr>\n<tr><td>c</td><td>d</td></tr>"
    tagged = f'<table header-row="true">\n{rows}\n</table>\nend'
    assert sections(tagged) == (BodySection("", 0, "a\tb\nc\td\nend"),)
    assert sections("| a | b |\n|---|---|\n| c | d |") == (BodySection("", 0, "a\tb\nc\td"),)


def test_boxes_and_columns_leave_only_their_text() -> None:
    box = '<callout icon="💡">\n\tone\n</callout>'
    text = f"{box}\n<columns>\n\t<column>\n\t\t- two\n\t</column>\n</columns>\n<empty-block/>"
    assert sections(text) == (BodySection("", 0, "one\n- two"),)


def test_inline_marks_go_and_escapes_stay() -> None:
    text = (
        r"2\*3 = **six** and *so* ~~no~~ `a*b` [here](https://x.example) <span "
        r'color="red">red</span> 1 < 2 $x^2$ $5'
    )
    assert sections(text) == (BodySection("", 0, "2*3 = six and so no a*b here red 1 < 2 x^2 $5"),)


def test_code_is_literal() -> None:
    assert sections("```python\n# no heading\n\tx = 1\n```") == (
        BodySection("", 0, "# no heading\nx = 1"),
    )


def test_bold_lines_are_headings() -> None:
    assert sections("**Hypothesis**\nWe **really** hope\n**Learned:** ask twice") == (
        BodySection("Hypothesis", 6, "We really hope"),
        BodySection("Learned", 6, "ask twice"),
    )


def test_people_are_named_or_known_as_strangers() -> None:
    text = f'ask <mention-user url="user://{ADA}"/> and <mention-user url="user://x">Ben</mention-user>'
    assert read_markdown(text, {ADA: "Ada"}).sections == (
        BodySection("", 0, "ask @Ada and @Ben", ("Ada", "Ben")),
    )
    assert read_markdown(text, {}).strangers == (ADA,)


def test_dates_and_pages_are_mentioned_as_text() -> None:
    text = (
        '<mention-date start="2026-05-01" end="2026-05-03"/> in <mention-page '
        'url="https://n">The plan</mention-page>'
    )
    assert sections(text) == (BodySection("", 0, "2026-05-01 → 2026-05-03 in The plan"),)


def test_signed_addresses_of_pictures_are_dropped() -> None:
    assert sections(
        '![the desk](https://signed.example/a?b=c)\n<file src="https://s">plan.pdf</file>'
    ) == (BodySection("", 0, "the desk\nplan.pdf"),)


def test_a_block_that_notion_left_out_makes_the_body_incomplete() -> None:
    assert read_markdown('<unknown url="https://n" alt="button"/>\nrest', {}) == MarkdownBody(
        (BodySection("", 0, "rest"),), complete=False, strangers=()
    )


DATABASE = "af0d49d1-376b-458d-8307-0aa0c1d2d33a"
BARE = DATABASE.replace("-", "")
VIEW = "11f014912b684ed38e4c3b0035c9a9d4"


@pytest.mark.parametrize(
    "address",
    [
        DATABASE,
        BARE,
        BARE.upper(),
        f" {DATABASE}\n",
        f"https://www.notion.so/{BARE}?v={VIEW}",
        f"https://www.notion.so/team/{BARE}?v={VIEW}&pvs=4",
        f"https://www.notion.so/Trials-{BARE}?pvs=4#{VIEW}",
        f"https://app.notion.com/p/Trials-of-2026-{BARE}",
        f"https://app.notion.com/p/team/Trials-{BARE}?v={VIEW}",
        f"https://team.notion.site/%ED%95%B4%EB%B3%B4%EA%B8%B0-{BARE}",
        f"https://www.notion.so/team/{BARE}?v={VIEW}&p={VIEW}&pm=s",
        f"notion://www.notion.so/team/{BARE}",
        f"www.notion.so/team/{BARE}",
        f"collection://{DATABASE}",
        f"https://www.notion.so/Trials-{DATABASE}",
    ],
)
def test_every_form_of_address_names_the_database(address: str) -> None:
    assert parse_notion_id(address) == DATABASE


@pytest.mark.parametrize(
    "address", ["", "Trials", "https://www.notion.so/", f"https://www.notion.so/team?v={VIEW}"]
)
def test_no_id_is_no_id(address: str) -> None:
    assert parse_notion_id(address) is None
