"""Measure the reader on the corpus: `python -m bench.corpus.run [--held-out | --shapes | --all]
[-v] [NAME ...]`.

The scores are those of the example logs' `score.py`; harm is counted apart (`harm.py`).
"""

import argparse
import importlib.util
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.corpus.harm import harm_of
from bench.corpus.logs import (
    FIELDS,
    AnswerKey,
    NotionLog,
    Part,
    TableLog,
    every_log,
)
from bench.corpus.write import write
from sync.files.source import FileSource
from sync.parse_result import ParseOptions
from sync.parsing.logs.content import parse_content

SCORE = Path(__file__).resolve().parents[2] / "tests/data/examples/score.py"


def score_module() -> Any:
    if not SCORE.exists():
        return None
    spec = importlib.util.spec_from_file_location("example_score", SCORE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def place_of(place: Any) -> dict[str, Any]:
    if place.page_id:
        return {
            "page_id": place.page_id,
            **({"property": place.property} if place.property else {}),
        }
    return {"tab": place.tab, "row": place.row, **({"col": place.col} if place.col else {})}


def answers(readings: list[Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    notes, problems = [], []
    for reading in readings:
        problems += [
            {"source_ref": place_of(one.place), "reason": one.code, "value": one.value}
            for one in reading.problems
        ]
        notes += [
            answer_of(entry.note) for entry in reading.entries if entry.note.kind == "experiment"
        ]
    return notes, problems


def answer_of(note: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {"source_ref": place_of(note.place)}
    for name in FIELDS:
        value = getattr(note, name)
        answer[name] = (list(value) if isinstance(value, tuple) else value) or None
    for name in ("start_date", "end_date"):
        answer[name] = answer[name].isoformat() if answer[name] else None
    if note.metric is not None:
        metric = asdict(note.metric)
        answer["metric"] = {
            name: metric[name]
            for name in ("name", "before", "after", "target", "unit", "lower_is_better")
        }
    return answer


def measured(log: TableLog | NotionLog, score: Any, folder: Path) -> dict[str, Any]:
    """Return the score of one log, and the harm that its reading does."""
    if isinstance(log, NotionLog):
        contents: Iterable[Any] = [log.page_set()]
    else:
        source = FileSource(log.name, "team", str(write(log, folder)))
        contents = source.fetch({}, full=True, known=list).contents
    options = ParseOptions(language=log.language)
    readings = [reading for content in contents for reading in parse_content(content, options)]
    return judged(log.name, log.key, readings, score)


def judged(name: str, right: AnswerKey, readings: list[Any], score: Any) -> dict[str, Any]:
    """Return the score of the readings of a log, and the harm that they do."""
    key = {"workbook": name, **asdict(right), "not_notes": []}
    notes, problems = answers(readings)
    result: dict[str, Any] = score.score(key, notes, problems)
    return result | {"harm": harm_of(key, notes, problems, extra=result["notes"].fp)}


def show(results: list[dict[str, Any]], *, verbose: bool) -> None:
    totals: Counter[str] = Counter()
    for result in sorted(results, key=lambda one: one["overall"]):
        bad = {name: c for name, c in result["fields"].items() if c.fp or c.fn}
        totals.update({name: c.fp + c.fn for name, c in bad.items()})
        notes = result["notes"]
        wrong = " ".join(f"{name}:{c.tp}+{c.fp}-{c.fn}" for name, c in bad.items())
        counts = f"notes {notes.tp}+{notes.fp}-{notes.fn} problems {result['problems']}"
        print(f"{result['overall']:.3f} {result['workbook']} {counts} | {wrong}")
        if verbose:
            for where, name, key, answer in result["misses"]:
                print(f"      {where} {name}: key={key!r} got={answer!r}"[:400])
        if result["harm"]:
            print(f"      harm: {dict(result['harm'])}")
    harm: Counter[str] = sum((result["harm"] for result in results), Counter())
    mean = sum(result["overall"] for result in results) / len(results)
    print(f"\n{mean:.4f} over {len(results)} logs; wrong or missing: {dict(totals.most_common())}")
    print(f"harm: {dict(harm.most_common()) or 'none'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument(
        "--shapes", action="store_true", help="only the logs whose shape is the difficulty"
    )
    parser.add_argument("--all", action="store_true")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    score = score_module()
    if score is None:
        sys.exit("the score of the examples is not there")
    part: Part = "shapes" if options.shapes else "held out" if options.held_out else "development"
    wanted = [
        log
        for log in every_log()
        if (
            any(name in log.name for name in options.names)
            if options.names
            else options.all or log.part == part
        )
    ]
    with tempfile.TemporaryDirectory() as folder:
        results = [measured(log, score, Path(folder)) for log in wanted]
    show(results, verbose=options.v)


if __name__ == "__main__":
    main()
