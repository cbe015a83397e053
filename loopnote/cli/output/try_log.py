"""What `loopnote try` says: on one screen how the log was understood, where the page is, what
comes next.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from loopnote.commands.setup.try_log import TryRequest, TryResult
from loopnote.config.read import config_path
from loopnote.runtime.machine import command
from loopnote.runtime.messages.terminal import field_label, language, reason_text, say
from notes.messages.problems import reason_of, skipped_words

from .console import print_line
from .place_text import place_text

# One screen has some 40 lines; these leave room for the page's path and the next step.
TABLES = 6
COLUMNS = 12
PROBLEMS = 3
"""What one screen shows of each; the number of the others is told. Judgement."""
_LEFT_OUT = ("guide", "summary", "lookup", "unknown")
"""Kinds of table of which no note is made (reading rules 1.3)."""


def print_try(result: TryResult, request: TryRequest) -> None:
    """Write what was understood, what is open, what was left out, the page and the next step."""
    total = sum(result.notes.values())
    print_line(say("try.read", name=result.name, notes=total, rows=result.health.rows_read))
    used = [table for table in result.tables if table["kind"] not in _LEFT_OUT]
    for table in used[:TABLES]:
        _print_table(table)
    if len(used) > TABLES:
        print_line(say("try.more_tables", count=len(used) - TABLES))
    _print_left_out(result)
    _print_problems(result)
    print_line()
    if result.drawing:
        print_line(say("try.drawing", path=result.drawing))
    if result.files is not None:
        print_line(say("try.page", week=result.week, path=result.files.page))
    elif result.needs_year:
        line = f"{command()} try {shlex.quote(request.address)} --year {result.this_year}"
        print_line(say("try.name_year", line=line))
    elif result.ahead is not None:
        print_line(say("try.ahead", day=str(result.ahead)))
    else:
        print_line(say("try.no_days" if total else "try.no_notes"))
        if not total or any(is_open(one) for table in used for one in table["columns"]):
            print_line(say("try.see_columns", loopnote=command()))
    year = f" --year {request.year}" if request.year else ""
    there = config_path(request.config).exists()
    step = "init --add source" if there else "init"
    address = shlex.quote(request.address) + year
    print_line(say("try.next", loopnote=command(), step=step, address=address))


def _print_table(table: Mapping[str, Any]) -> None:
    area = table.get("area")
    rows = say("columns.rows", first=area["top"], last=area["bottom"]) if area else ""
    facts = [say(f"table_kind.{table['kind']}"), rows, reason_text(table["reason"])]
    print_line(f"■ {table['tab']}   " + " · ".join(fact for fact in facts if fact))
    columns = [one for one in table["columns"] if one["samples"] or one["field"]]
    asked = table["record_kind"] == "experiment"
    unsure = [one for one in columns if asked and is_open(one)]
    sure = [one for one in columns if one["field"] and one not in unsure]
    kept = [one for one in columns if not one["field"] and one not in unsure]
    _print_columns("try.understood", [_meaning(one) for one in sure])
    _print_columns("try.open", [_question(one) for one in unsure])
    _print_columns("try.kept", [_header(one) for one in kept])


def is_open(column: Mapping[str, Any]) -> bool:
    """Return whether the meaning of a column is a question."""
    return bool(column["grade"] != "certain" and column["samples"])


def _print_columns(key: str, texts: Sequence[str]) -> None:
    if texts:
        more = f" … +{len(texts) - COLUMNS}" if len(texts) > COLUMNS else ""
        print_line(f"  {say(key)}: " + ", ".join(texts[:COLUMNS]) + more)


def _header(column: Mapping[str, Any]) -> str:
    return " ".join(str(column["header"] or column["letter"]).split())[:28]


def _meaning(column: Mapping[str, Any]) -> str:
    label = field_label(column["field"])
    return label if label == _header(column) else f"{_header(column)} → {label}"


def _question(column: Mapping[str, Any]) -> str:
    choices = [column["field"]] if column["field"] else list(column.get("candidates", ()))
    asked = "/".join(map(field_label, choices))
    return f"{_header(column)} → {asked}?" if asked else f"{_header(column)} ?"


def _print_left_out(result: TryResult) -> None:
    said = language()
    tabs = [
        f"{table['tab']} ({reason_text(table['reason'])})"
        for table in result.tables
        if table["kind"] in _LEFT_OUT
    ]
    counts = [
        f"{skipped_words(code, said)} {count}"
        for code, count in sorted(result.health.skipped.items())
        if code not in ("blank", "header")
    ]
    if tabs or counts:
        print_line(f"□ {say('columns.left_out')}: " + ", ".join([*tabs[:TABLES], *counts]))


def _print_problems(result: TryResult) -> None:
    if not result.problems:
        return
    print_line(say("try.problems", count=len(result.problems)))
    for stored in result.problems[:PROBLEMS]:
        print_line(
            f"  {place_text(replace(stored.problem.place, file=''))}: "
            f"{reason_of(stored.problem, language())}"
        )


def try_record(result: TryResult) -> dict[str, Any]:
    """Return what `loopnote try --json` gives."""
    return {
        "name": result.name,
        "language": result.language,
        "notes": dict(result.notes),
        "rows": result.health.rows_read,
        "problems": len(result.problems),
        "left_out": dict(result.health.skipped),
        "tables": [dict(table) for table in result.tables],
        "week": str(result.week) if result.week else None,
        "page": str(result.files.page) if result.files else None,
        "drawing": str(result.drawing) if result.drawing else None,
        "mail": str(result.files.mail) if result.files else None,
    }
