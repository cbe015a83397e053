"""Counts of the code: `python -m bench.code_counts [FOLDER]`, of this checkout or another one.

How many modules stand side by side, names used twice, comments, long lines, signatures: the figures
by which a restructuring is compared with what was before it.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

PACKAGES = ("loopnote", "sync", "reports", "notes")
_COMMENT = re.compile(r"(^|\s)#\s(?!noqa|type: ignore|fmt:)")
_LANGUAGE = re.compile(r"[=!]= ?[\"'](ko|en)[\"']")


def counts(root: Path) -> Iterator[tuple[str, object]]:
    """Yield (what is counted, figure) of the packages in a folder; migrations are left out."""
    files = [
        file
        for package in PACKAGES
        for file in sorted((root / package).rglob("*.py"))
        if "migrations" not in file.parts
    ]
    texts = [file.read_text(encoding="utf-8") for file in files]
    trees = [ast.parse(text) for text in texts]
    lines = [line for text in texts for line in text.splitlines()]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    yield "modules", len(files)
    busiest = rooms(files).most_common(4)
    named = [(f"{folder.parent.name}/{folder.name}", count) for folder, count in busiest]
    yield "side by side at the busiest places", named
    classes = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    yield "class names defined more than once", repeated(classes)
    names = Counter(file.stem for file in files if file.stem != "__init__")
    yield "module names used more than once", repeated(names)
    comments = sum(bool(_COMMENT.search(line)) for line in lines)
    yield "comments per 100 lines", round(100 * comments / len(lines), 2)
    long = sum(len(line) > 100 for line in lines)
    yield "lines over 100 characters, %", round(100 * long / len(lines), 2)
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    yield "functions with > 3 positional parameters", sum(positional(one) > 3 for one in functions)
    sizes = sorted((one.end_lineno or one.lineno) - one.lineno + 1 for one in functions)
    middle, high = sizes[len(sizes) // 2], sizes[len(sizes) * 9 // 10]
    yield "lines of a function: median, p90, longest", (middle, high, sizes[-1])
    both = list(zip(texts, trees, strict=True))
    for what, chosen in (("that are a number, ", is_number), ("", is_constant)):
        found = [why for text, tree in both for _, why in reasons(text, tree, chosen)]
        yield f"constants {what}and without a reason", (len(found), found.count(False))
    yield "comparisons with a language", sum(len(_LANGUAGE.findall(text)) for text in texts)


def rooms(files: Iterable[Path]) -> Counter[Path]:
    """Return how many modules and packages stand in each folder."""
    doors = {file.parent if file.stem == "__init__" else file for file in files}
    return Counter(door.parent for door in doors)


def repeated(names: Counter[str]) -> tuple[int, int]:
    """Return how many names occur more than once, and how often these occur."""
    several = [number for number in names.values() if number > 1]
    return len(several), sum(several)


def reasons(
    text: str, tree: ast.Module, chosen: Callable[[ast.stmt], bool]
) -> Iterator[tuple[str, bool]]:
    """Yield the name of each chosen constant of a module, and whether a reason stands with it.

    A comment beside or above it, or a text below it; neighbours may share one.
    """
    lines, waiting = text.splitlines(), list[str]()
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from ((name, True) for name in waiting)
            waiting = []
        elif is_constant(node):
            if not chosen(node):
                continue
            above, own = lines[node.lineno - 2], lines[node.lineno - 1 : node.end_lineno]
            if above.startswith("# ") or any(map(_COMMENT.search, own)):
                yield _name(node), True
            else:
                waiting.append(_name(node))
        else:
            yield from ((name, False) for name in waiting)
            waiting = []
    yield from ((name, False) for name in waiting)


def is_constant(node: ast.stmt) -> bool:
    """Return whether a constant is assigned that decides something: no type variable, and not which
    function a command is.
    """
    value = getattr(node, "value", None)
    is_type = isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeVar"
    name = _name(node)
    return value is not None and name.isupper() and name != "COMMAND" and not is_type


def _name(node: ast.stmt) -> str:
    """Return the first name that is assigned; empty where none is."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    names = [one.id for one in ast.walk(target) if isinstance(one, ast.Name)] if target else []
    return names[0] if names else ""


def is_number(node: ast.stmt) -> bool:
    """Return whether a constant is assigned that is made of numbers and names alone."""
    value = getattr(node, "value", None)
    parts = [one for one in ast.walk(value) if isinstance(one, ast.Constant)] if value else []
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and bool(parts)
        and all(type(one.value) in (int, float) for one in parts)
        and isinstance(value, ast.Constant | ast.BinOp | ast.Call | ast.UnaryOp)
    )


def positional(function: ast.FunctionDef) -> int:
    """Return how many arguments a function takes by position, without self and cls."""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


if __name__ == "__main__":
    for what, figure in counts(Path(sys.argv[1]) if len(sys.argv) > 1 else Path()):
        print(f"{what}: {figure}")
