"""Every constant of a module says why it is as it is, beside it or with its neighbours."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bench.code_counts import PACKAGES, is_constant, reasons

ROOT = Path(__file__).parents[2]


def without_reason(text: str) -> list[str]:
    return [name for name, why in reasons(text, ast.parse(text), is_constant) if not why]


def missing() -> Iterator[str]:
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in file.parts:  # released ones are never changed
                for name in without_reason(file.read_text(encoding="utf-8")):
                    yield f"{file.relative_to(ROOT)}: {name}"


def test_every_constant_has_a_reason_beside_it_or_with_its_neighbours() -> None:
    assert not list(missing()), "say where it comes from: a rule, a source, a measurement"


def test_a_text_below_or_a_comment_beside_is_a_reason_and_other_code_parts_neighbours() -> None:
    assert without_reason('_A = 1\n_B = 2\n"""Why."""\n_C = 3  # why\n_D: int = 4\n') == ["_D"]
    assert without_reason('_A = {\'x\'}\ndef f(): ...\n_B = 2\n"""Why."""\n') == ["_A"]
    assert without_reason("T = TypeVar('T')\nCOMMAND = f\nname = 1\n") == []
