"""A header says what it names; what only qualifies it, or shares a word with a phrase, hints
at most.
"""

import pytest
from fakes.text_grids import notes, read

from sync.parse_result import ParsedColumn
from sync.parsing.vocabulary.header_phrases import HINTED, header_meanings


def role(header: str) -> str:
    first = header_meanings(header)[:1]
    return first[0].role if first and first[0].score >= HINTED else ""


def columns(log: str) -> dict[str, ParsedColumn]:
    return {column.header: column for table in read(log).tables for column in table.columns}


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("Goal owner", "owners"),
        ("Review status", "status"),
        ("Initial estimate", "target"),
        ("Date raised", "date"),
        ("Date of login", "date"),
        ("Hypothesis statement", "hypothesis"),
        ("Pain we attack", "problem"),
        ("Next bet", "next_action"),
        ("Follow-ups", "next_action"),
        ("What did we learn this week?", "learned"),
        ("Predicted effect", "expected"),
    ],
)
def test_the_thing_named_decides(header: str, named: str) -> None:
    assert role(header) == named


@pytest.mark.parametrize(
    "header",
    ["service", "SERV", "Actual fix time", "Baseline accuracy", "Build sequence", "same sign"],
)
def test_a_shared_word_names_nothing(header: str) -> None:
    assert role(header) in ("", "date")


def test_an_incidents_service_is_no_goal_and_its_estimate_no_change() -> None:
    log = """
| Date | Service | What we did | Estimated hours | Actual fix time |
| 2026-11-02 | Till | Restarted the card reader at noon | 2 | 5 |
| 2026-11-03 | Fridge | Called the plumber for the drain | 1 | 3 |
| 2026-11-04 | Door | Oiled the hinge before opening | 1 | 1 |
"""
    assert [note.goal for note in notes(log)] == [""] * 3
    assert all(note.metric is None or note.metric.after is None for note in notes(log))
    assert columns(log)["Service"].grade == "open"


def test_sentences_of_another_language_agree_on_nothing() -> None:
    for texts in (["床を三回拭いた", "椅子を外に出した"], ["我们把桌子搬到外面", "每天早上擦地板"]):
        log = f"| 日付 | なにか |\n| 2026-11-02 | {texts[0]} |\n| 2026-11-03 | {texts[1]} |"
        assert all(column.field in ("", "date") for column in columns(log).values())


@pytest.mark.parametrize(
    "header",
    [
        "| 日付 | 担当者 | 目標 | 仮説 | 実施内容 | 結果 | 学び | 判定 |",
        "| 日期 | 负责人 | 目标 | 假设 | 执行 | 结果 | 经验教训 | 判定 |",
        "| Data | Responsável | Objetivo | Hipótese | Ação | Resultado | Aprendizado | Veredito |",
        (
            "| Fecha | Responsable | Objetivo | Hipótesis | Acción | Resultado | Aprendizaje | "
            "Veredicto |"
        ),
    ],
)
def test_headers_of_other_languages_are_known(header: str) -> None:
    found = notes(
        f"{header}\n| 2026-11-02 | Ana | Fila de 10 min | Se houver senha | Cinquenta senhas |"
        " A fila caiu | Senha acalma | sucesso |"
    )
    assert [
        (note.owners, note.goal, note.hypothesis, note.execution, note.learned, note.outcome)
        for note in found
    ] == [
        (
            ("Ana",),
            "Fila de 10 min",
            "Se houver senha",
            "Cinquenta senhas",
            "Senha acalma",
            "success",
        )
    ]


def test_a_programs_record_is_no_sentence() -> None:
    log = """
| Date | What we did | payload |
| 2026-11-02 | Cut the form to three fields | {"line": "B", "changed by": "the night shift"} |
| 2026-11-03 | Asked for the address too | {"line": "A", "changed by": "the day shift"} |
"""
    assert [note.execution for note in notes(log)] == [
        "Cut the form to three fields",
        "Asked for the address too",
    ]
    assert columns(log)["payload"].field == ""


def test_a_status_is_no_person_whatever_its_cells_look_like() -> None:
    log = """
| Date | Task | Order state | Status | Owner |
| 2026-11-02 | Cut the form to three fields | Billed | Draft | Ann Lee |
| 2026-11-03 | Asked for the address too | Parked | Maybe | Bo Kim |
| 2026-11-04 | Opened at seven for a week | Billed | Maybe | Ann Lee |
"""
    assert {note.owners for note in notes(log)} == {("Ann Lee",), ("Bo Kim",)}
    without = log.replace(" Owner |", "").replace(" Ann Lee |", "").replace(" Bo Kim |", "")
    assert {note.owners for note in notes(without)} == {()}


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("Part number", "key"),
        ("Incident ID", "key"),
        ("A/C (project)", ""),
        ("Pres.", ""),
    ],
)
def test_a_number_of_something_is_a_key_and_a_letter_nothing(header: str, named: str) -> None:
    found = role(header)
    assert found == named or (not named and found in ("team", "title"))
    assert found not in ("before", "after", "metric", "success_factors", "outcome")


def test_labels_with_their_values_are_no_header() -> None:
    form = """
| PROJECT CHARTER | |
| Project name | Nightly copies of the till with labels |
| Project sponsor | Ann Lee |
| Project manager | Bo Kim |
| Expected start date | 2026-11-02 |
| Estimated cost | Two days of the night shift |
"""
    assert [note.execution for note in notes(form)] in (
        [],
        ["Nightly copies of the till with labels"],
    )


def test_labels_above_a_header_are_no_groups_of_it() -> None:
    log = """
| Project: | | | Date: | |
| No. | What worked well | What didn't work well | Action | Owner |
| 1 | The queue stayed short all day | The sign fell over twice | Screw the sign to the wall | Ann |
| 2 | Guests liked the small cups | We ran out of lids | Order lids on Mondays | Bo |
"""
    assert [(note.next_action, note.owners) for note in notes(log)] == [
        ("Screw the sign to the wall", ("Ann",)),
        ("Order lids on Mondays", ("Bo",)),
    ]
