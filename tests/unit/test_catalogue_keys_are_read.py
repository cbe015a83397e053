"""Every sentence of the catalogues is read somewhere: no key outlives the code that asked for it.

A key counts as read where the code or a template holds it whole, or where an f-string of the code
can give it from parts that the code holds: `f"decision.text.{kind}"` and `"fix_step"` read
`decision.text.fix_step`. So does a reason that a frame of `vocabulary/families.toml` gives.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from notes.messages.catalogue import flat_entries
from notes.messages.language_formats import read_message_file
from sync.parsing.vocabulary import load_words

ROOT = Path(__file__).parents[2]
ROOMS = ("loopnote", "sync", "reports", "notes")
CATALOGUES = (
    "templates/words/{}.toml",
    "templates/words/archive/{}.toml",
    "notes/messages/problems/{}.toml",
    "notes/messages/formats/{}.toml",
    "loopnote/runtime/messages/alerts/{}.toml",
    "loopnote/runtime/messages/configuration/{}.toml",
    "loopnote/runtime/messages/terminal/{}.toml",
)
FORMS = re.compile(r"(_month|_bare|_guide|_headless)+$")
"""Other forms of a sentence, which the code asks for with a suffix of its own."""
WHOLE = re.compile(r"heading\..*")
"""Words that the command line's library asks for in its own English."""
KEY = re.compile(r"(\w|\\?[. -])*")
_DEEPEST = 3
"""F-strings within f-strings; none of the code goes deeper."""


def documented(tree: ast.AST) -> set[int]:
    """Return the ids of the nodes that are docstrings."""
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
    ]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def texts_of_code(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module, and the names of its fields."""
    left_out = documented(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in left_out:
                yield node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def patterns_of_code(tree: ast.AST) -> Iterator[str]:
    """Yield a pattern for each f-string, its facts as groups, and for each table asked for by name.

    `words.under("help")` and `words["help"]` both give `help.(.+)`.
    """
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=parts):
                texts = [one.value if isinstance(one, ast.Constant) else None for one in parts]
                yield "".join("(.+)" if one is None else re.escape(str(one)) for one in texts)
            case ast.Call(func=ast.Attribute(attr="under"), args=[ast.Constant(value=str(name))]):
                yield rf"{re.escape(name)}\.(.+)"
            case ast.Subscript(slice=ast.Constant(value=str(name))):
                yield rf"{re.escape(name)}\.(.+)"


@cache
def read_by_code() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return (texts, patterns that a key could fit) of all code and templates."""
    texts: set[str] = set()
    patterns: set[str] = set()
    for file in (file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts.update(texts_of_code(tree))
        patterns.update(patterns_of_code(tree))
    for file in (ROOT / "templates").rglob("*.j2"):
        template = file.read_text(encoding="utf-8")
        texts.update(
            double or single
            for double, single in re.findall(r'"([^"\n]+)"|\'([^\'\n]+)\'', template)
        )
        texts.update(re.findall(r"\.(\w+)", template))
        starts = re.findall(r"'(\w+)' ~ \w+", template)
        patterns.update(rf"{re.escape(one)}(.+)" for one in starts)
    texts.update(frame["reason"] for frame in load_words("families").values())
    bare = {one: one.replace("(.+)", "") for one in sorted(patterns)}
    fitting = (one for one, text in bare.items() if re.search(r"\w", text) and KEY.fullmatch(text))
    return frozenset(texts), tuple(map(re.compile, fitting))


def is_read(key: str, depth: int = 0) -> bool:
    """Return whether the code holds this text, or can make it of texts that it holds."""
    texts, patterns = read_by_code()
    if key in texts:
        return True
    if depth == _DEEPEST:
        return False
    found = (pattern.fullmatch(key) for pattern in patterns)
    return any(all(is_read(part, depth + 1) for part in one.groups()) for one in found if one)


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_each_key_of_a_catalogue_is_read_by_the_code_or_a_template(catalogue: str) -> None:
    entries = dict(flat_entries(read_message_file(ROOT / catalogue.format("en"))))
    keys = (key for key in entries if not WHOLE.fullmatch(key))
    assert [key for key in keys if not is_read(key) and not is_read(FORMS.sub("", key))] == []


def test_a_key_that_nothing_asks_for_is_noticed() -> None:
    assert is_read("decision.text.fix_step")
    assert not is_read("decision.text.dance_on_tables")
    assert not is_read("nobody.asks")
