"""Whatever a team types, a page keeps its shape.

No tag, attribute or link that the templates did not write.
"""

import re
from html.parser import HTMLParser

from fakes.sample_reports import _KO, _full
from fakes.sample_views import SETTING
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.messages.particles import particle
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages
from reports.page.render import render_mail_html, render_page, render_subject, render_text
from reports.page.safe import inert, safe_url, shortened, soft_breaks

WORDS = load_messages("ko")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "</td></tr></table>",
        '" onmouseover="alert(1)',
        "{{ view.title }}",
        "<!--[if mso]>",
        "]]><style>*{display:none}",
        "&#x3c;script&#x3e;",
        "\u202e가나다\u2066",
        "javascript:alert(1)",
        "https://example.org/" + "a" * 200,
        "\r\nBcc: a@example.org",
        "NaN undefined {% raw %} &nbsp;",
        "가" * 300,
    ]
)


class Shape(HTMLParser):
    """Collects tags, attribute names and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def _made(texts: dict[str, str]) -> tuple[str, str, str, str]:
    view = page_view(_full(texts), WORDS, setting=SETTING)
    return render_mail_html(view), render_page(view), render_text(view), render_subject(view)


MAIL, PAGE = (Shape(html) for html in _made(_KO)[:2])


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=5, max_size=5))
def test_no_text_changes_the_shape_of_mail_or_page(typed: list[str]) -> None:
    texts = {
        name: f"<b onclick=x>{typed[at % 5]} {text}" for at, (name, text) in enumerate(_KO.items())
    }
    mail, page, text, subject = _made(texts)
    for html, shape in ((mail, MAIL), (page, PAGE)):
        found = Shape(html)
        assert found.tags <= shape.tags
        assert found.attributes <= shape.attributes
        assert "onclick" not in found.attributes
        assert all(re.match(r"https?://|mailto:|#", link) for link in found.links)
    assert "\n" not in subject
    assert len(subject) <= 90
    assert "{{" not in mail + text
    assert not re.search(r"</?(?:td|div|script)\b", text)


@given(TEXTS, st.sampled_from(["은/는", "이/가", "을/를", "과/와", "으로/로", "이라/라"]))
def test_a_particle_is_found_for_every_text(word: str, pair: str) -> None:
    first, second = pair.split("/")
    both = {"으로/로": "(으)로", "이라/라": "(이)라"}.get(pair, f"{first}({second})")
    assert particle(word, pair) in {first, second, both}


@given(TEXTS, st.integers(4, 60))
def test_a_shortened_text_fits_and_stays_one_line(text: str, width: int) -> None:
    cut = shortened(text, width)
    assert len(cut.splitlines()) <= 1
    assert shortened(cut, width) == cut


@given(TEXTS)
def test_breaks_are_the_only_change_to_a_text(text: str) -> None:
    assert inert(soft_breaks(text)).replace("\u200b", "") == text.replace("\u200b", "")


@given(TEXTS)
def test_a_link_that_is_kept_is_plain(text: str) -> None:
    kept = safe_url(text)
    assert kept == "" or re.fullmatch(r"(?:https?|mailto):[!-~]+", kept)
    assert safe_url(kept) == kept
