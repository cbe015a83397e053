from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from fakes.sample_reports import SAMPLES
from fakes.sample_views import sample_view

from notes.model.errors import RenderError
from notes.model.notes import LANGUAGES
from reports.page import view as view_module
from reports.page.messages.page_sentences import load_messages
from reports.page.render import render_mail_html, render_page, render_subject, render_text

DOCS = Path(__file__).parents[2] / "docs" / "how-to"


@pytest.mark.parametrize("document", ["templates.md", "templates.ko.md"])
def test_the_view_model_is_documented_to_the_last_field(document: str) -> None:
    text = (DOCS / document).read_text(encoding="utf-8")
    records = [
        one for one in vars(view_module).values() if isinstance(one, type) and is_dataclass(one)
    ]
    missing = [
        f"{record.__name__}.{field.name}"
        for record in records
        for field in fields(record)
        if f"`{field.name}`" not in text
    ]
    assert not missing


@pytest.mark.parametrize("document", ["templates.md", "templates.ko.md"])
def test_the_id_of_every_section_of_the_page_is_documented(document: str) -> None:
    text = (DOCS / document).read_text(encoding="utf-8")
    views = [sample_view(name, code) for name in SAMPLES for code in LANGUAGES]
    ids = {section.id for view in views for part in view.parts for section in part.sections}
    assert len(ids) > 8
    assert {one for one in ids if f"`{one}`" not in text} == set()


def test_a_team_replaces_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "weekly.subject.j2").write_text(
        "Ours: {{ view.parts[0].team }}\n", encoding="utf-8"
    )
    view = sample_view("empty_en")
    assert render_subject(view, folder=tmp_path) == "Ours: Subscriptions"
    assert render_text(view, folder=tmp_path) == render_text(view)


def test_a_template_that_asks_for_an_unknown_name_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_text("<p>{{ view.headlines }}</p>", encoding="utf-8")
    with pytest.raises(RenderError, match=r"page\.html\.j2.*headlines") as error:
        render_page(sample_view("empty_en"), folder=tmp_path)
    assert "templates.md" in error.value.hint


def test_a_template_cannot_print_an_unsafe_link(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_text(
        "<a href=\"{{ 'javascript:1'|href }}\">x</a>", encoding="utf-8"
    )
    with pytest.raises(RenderError, match="javascript"):
        render_page(sample_view("empty_en"), folder=tmp_path)


def test_a_mail_that_grows_too_long_is_not_made() -> None:
    view = sample_view("full_en")
    part = view.parts[0]
    with pytest.raises(RenderError, match="KB"):
        render_mail_html(replace(view, parts=(replace(part, brief=part.sections * 3),)))


def test_one_file_may_hold_the_sentences_of_both_languages(tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text(
        '[ko.label]\nbusiness = "성과"\n[en.label]\nbusiness = "Sales"\n', encoding="utf-8"
    )
    assert load_messages("ko", own)("label.business") == "성과"
    assert load_messages("en", own)("label.business") == "Sales"


def test_a_missing_file_of_sentences_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"gone\.toml"):
        load_messages("ko", tmp_path / "gone.toml")


@pytest.mark.parametrize(
    "reach",
    [
        "{{ view.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ view.places.append(1) if false else view.__init__.__globals__ }}",
        "{{ drawing.__globals__ }}",
        "{% for number in range(10**10) %}x{% endfor %}",
        "{% import 'weekly.subject.j2' as itself %}{{ itself }}",
    ],
)
def test_a_template_of_ones_own_cannot_reach_behind_the_view(tmp_path, reach):
    (tmp_path / "weekly.subject.j2").write_text(f"Ours: {reach}", encoding="utf-8")
    with pytest.raises(RenderError):
        render_subject(sample_view("empty_en"), folder=tmp_path)


@pytest.mark.parametrize(
    "greedy",
    [
        '{{ "x" * 10000000000 }}',
        "{{ [1] * 10000000000 }}",
        "{{ 10000000000 * ('가',) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '%(a).10000000000f' % {'a': 1} }}",
        "{{ '%*d' % (10000000000, 1) }}",
        "{{ '%10000000000d'|format(1) }}",
        "{{ '{:>10000000000}'.format(1) }}",
        "{{ 'x'.ljust(10000000000) }}",
        "{{ 'x'|center(10000000000) }}",
        "{{ 10 ** (10 ** 10) }}",
        (
            "{% set s = namespace(x='x') %}{% for n in range(99) %}{% set s.x = s.x ~ s.x %}{% "
            "endfor %}{{ s.x }}"
        ),
        (
            "{% set s = namespace(x=9**99) %}{% for n in range(99) %}{% set s.x = s.x * s.x "
            "%}{% endfor %}"
        ),
        "{{ 1 / 0 }}",
        "{{ 'ten'.center('ten') }}",
    ],
)
def test_a_template_of_ones_own_that_wants_more_than_a_page_is_named(tmp_path, greedy):
    (tmp_path / "weekly.subject.j2").write_text(f"Ours: {greedy}", encoding="utf-8")
    with pytest.raises(RenderError, match=r"weekly\.subject\.j2"):
        render_subject(sample_view("empty_en"), folder=tmp_path)


def test_a_template_of_ones_own_that_never_ends_is_given_up(tmp_path, monkeypatch):
    from reports.page import own_templates

    monkeypatch.setattr(own_templates, "_SECONDS", 0.2)
    forever = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (tmp_path / "weekly.subject.j2").write_text(forever, encoding="utf-8")
    with pytest.raises(RenderError, match="TimeoutError"):
        render_subject(sample_view("empty_en"), folder=tmp_path)


@pytest.mark.parametrize(
    ("modest", "gives"),
    [
        ("{{ '-' * 3 }}", "---"),
        ("{{ '%05.1f%%' % 3.14159 }}", "003.1%"),
        ("{{ '%(n)03d건' % {'n': 7} }}", "007건"),
        ("{{ 2 ** 10 * 3 % 7 }}", "6"),
        ("{{ 1.5 * 2 }}", "3.0"),
    ],
)
def test_a_template_of_ones_own_computes_what_a_page_needs(tmp_path, modest, gives):
    (tmp_path / "weekly.subject.j2").write_text(f"[{modest}]", encoding="utf-8")
    assert render_subject(sample_view("empty_en"), folder=tmp_path) == f"[{gives}]"
