"""Notion logs of the corpus.

The same trials as pages, by properties, or under headings of the body.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from bench.corpus.layouts import Built
from bench.corpus.logs import EN, EN_PLAIN, HELD_OUT, KO, KO_PLAIN
from bench.corpus.model import Log, Trial, cell, key_of, trials
from notes.model.notes import Language
from sync.pages import (
    BodySection,
    DateValue,
    Page,
    PageProperty,
    PageSet,
    PropertySchema,
    build_page_set,
)

TYPES = {
    "title": "title", "start": "date", "range": "date", "owner": "people", "people": "multi_select", "tags": "multi_select", "outcome": "status",
    "before": "number", "after": "number",
}  # fmt: skip

NOTION = [
    (Log("수영장_노션", "수영장", "ko", [
        ("title", "이름"), ("outcome", "진행"), ("range", "기간"), ("owner", "맡은 사람"), ("tags", "키워드"), ("goal", "이루려는 것"), ("hypothesis", "생각한 것"), ("execution", "해 본 것"), ("retrospective", "돌아보며"), ("next", "다음 발걸음"),
    ], words=KO), set()),
    (Log("앱_노션_본문", "앱", "ko", [
        ("title", "실험"), ("outcome", "판단"), ("range", "일정"), ("owner", "리드"), ("goal", "🎯 목표"), ("hypothesis", "💭 이렇게 생각했어요"), ("execution", "🛠 이렇게 해봤어요"), ("retrospective", "🔍 해보니"), ("learned", "📌 알게 된 것"), ("next", "➡️ 다음에는"),
    ], words=KO_PLAIN), {"goal", "hypothesis", "execution", "retrospective", "learned", "next"}),
    (Log("charity_notion", "charity", "en", [
        ("title", "Name"), ("outcome", "Stage"), ("range", "Run dates"), ("owner", "Owner"), ("people", "Helpers"), ("goal", "Why"), ("hypothesis", "We believe"), ("execution", "We will"), ("metric_arrow", "Impact"), ("learned", "So we learned"), ("applied", "Also used in"),
    ], words=EN), {"hypothesis", "execution"}),
    (Log("공장_노션", "공장", "ko", [
        ("title", "과제"), ("outcome", "효과"), ("range", "실시 기간"), ("owner", "담당"), ("people", "협조"), ("goal", "달성하려는 상태"), ("hypothesis", "추정 원인과 예상"), ("execution", "조치한 내용"), ("retrospective", "평가"), ("next", "이후 계획"),
    ], words=KO_PLAIN), {"hypothesis", "execution", "retrospective", "next"}),
    (Log("library_notion", "library", "en", [
        ("title", "Trial"), ("outcome", "Where it stands"), ("range", "When"), ("owner", "Who"), ("tags", "Labels"), ("goal", "What for"), ("hypothesis", "Our guess"), ("execution", "What we did"), ("retrospective", "What came of it"), ("learned", "Worth remembering"), ("next", "What next?"),
    ], words=EN_PLAIN), {"goal", "hypothesis", "execution", "retrospective", "learned", "next"}),
    (Log("newsletter_notion", "newsletter", "en", [
        ("title", "Experiment"), ("outcome", "Status"), ("range", "Dates"), ("owner", "Assignee"), ("goal", "Objective"), ("hypothesis", "Hypothesis"), ("execution", "Plan"), ("metric_name", "Metric"), ("before", "Baseline"), ("after", "Final"), ("retrospective", "Retro"), ("applied", "Applied in"), ("next", "Follow-ups"),
    ], words=EN), {"retrospective", "next"}),
]  # fmt: skip


def notion_logs() -> Iterator[tuple[str, bool, Built, PageSet, Language]]:
    """Yield (name, held out, notes, pages, language) of every Notion log."""
    for log, in_body in NOTION:
        built = Built([], [])
        pages = []
        roles = {role for role, _ in log.columns}
        for place, trial in enumerate(trials(log.domain)):
            page = _page(log, trial, place, in_body)
            pages.append(page)
            note = key_of(trial, roles, log)
            built.notes.append(
                {"id": f"{log.name}-{place}", "source_ref": {"page_id": page.id}, **note}
            )
        schema = tuple(
            PropertySchema(
                f"p{n}",
                head,
                TYPES.get(role, "rich_text"),
                tuple(log.words.values()) if role == "outcome" else (),
            )
            for n, (role, head) in enumerate(log.columns)
            if role not in in_body
        )
        yield (
            log.name,
            log.domain in HELD_OUT,
            built,
            build_page_set(f"ds-{log.name}", log.name, schema, pages=pages),
            log.language,
        )


def _page(log: Log, trial: Trial, place: int, in_body: set[str]) -> Page:
    properties = [
        _property(f"p{n}", head, role, trial, log, place)
        for n, (role, head) in enumerate(log.columns)
        if role not in in_body
    ]
    sections = [
        BodySection(head, 2 if place % 2 else 5, str(text))
        for role, head in log.columns
        if role in in_body and (text := cell(trial, role, log, place)) is not None
    ]
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    page_id = str(uuid5(NAMESPACE_URL, f"{log.name}/{place}"))
    return Page(
        page_id,
        f"https://notion.example/{page_id}",
        trial.title,
        tuple(properties),
        tuple(sections),
        edited=moment,
    )


def _property(name: str, head: str, role: str, trial: Trial, log: Log, place: int) -> PageProperty:
    kind = TYPES.get(role, "rich_text")
    if kind == "date":
        text = f"{trial.start} → {trial.end}" if trial.end else f"{trial.start}"
        return PageProperty(name, head, kind, DateValue(trial.start, trial.end), text)
    if kind in ("people", "multi_select"):
        names = tuple({"owner": trial.owners, "people": trial.people, "tags": trial.tags}[role])
        return PageProperty(
            name, head, kind, names, ", ".join(names), people=names if kind == "people" else ()
        )
    value = cell(trial, role, log, place)
    text = "" if value is None else str(value)
    return PageProperty(name, head, kind, value if kind == "number" else text, text)
