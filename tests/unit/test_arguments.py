"""Arguments beyond three are given by name, and a record of more than five fields is built by name.

`link(a, b, c, d)` reads as four values; with names it reads as a sentence, and a parameter that is
added in the middle cannot shift the others.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("loopnote", "notes", "sync", "reports")
MOST_PARAMETERS = 3
MOST_VALUES = 5
Trees = Mapping[str, ast.AST]


@cache
def trees() -> dict[str, ast.AST]:
    """Return the syntax trees of the packages by path; migrations are never changed."""
    files = (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
        if "migrations" not in file.parts
    }


def long_signatures(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of each function with too many parameters by position."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            own = names[1:] if names[:1] in (["self"], ["cls"]) else names
            if len(own) > MOST_PARAMETERS:
                yield node.lineno, node.name


def long_records(tree: ast.AST, classes: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, class) of each call that builds an own record from too many bare values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > MOST_VALUES:
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in classes:
                yield node.lineno, name


def own_classes(all_trees: Trees) -> frozenset[str]:
    return frozenset(
        node.name
        for tree in all_trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )


def test_no_function_takes_more_than_three_arguments_by_position() -> None:
    found = [
        f"{path}:{line} {name}"
        for path, tree in trees().items()
        for line, name in long_signatures(tree)
    ]
    assert found == [], "put `*` behind the third parameter"


def test_no_record_is_built_with_more_than_five_bare_values() -> None:
    all_trees = trees()
    classes = own_classes(all_trees)
    found = [
        f"{path}:{line} {name}"
        for path, tree in all_trees.items()
        for line, name in long_records(tree, classes)
    ]
    assert found == []


def test_the_walk_sees_a_long_signature_and_a_long_record() -> None:
    tree = ast.parse(
        "class A:\n    def f(self, a, b, c, d): ...\n    def g(self, a, b, c, *, d): ...\n"
        "A(1, 2, 3, 4, 5, 6)\nA(1, 2, 3, 4, 5, z=6)\n"
    )
    assert list(long_signatures(tree)) == [(2, "f")]
    assert list(long_records(tree, frozenset({"A"}))) == [(4, "A")]
