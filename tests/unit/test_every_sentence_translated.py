"""Every error and every finding of the code reads in each language; they are found in the code
itself.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.languages import in_each_other_language

from loopnote.runtime.messages.errors import error_messages, error_texts
from loopnote.runtime.messages.sentences import patterns, sentence_messages, translated
from notes.model.notes import Language

ROOT = Path(__file__).parents[2]
SCRIPTS = {"ko": re.compile("[가-힣]")}
"""Letters that every sentence of a language has, where it has a script of its own."""
SAME_IN_EVERY_LANGUAGE = re.compile(r"jsonl")
"""Names of formats, which are no words."""
POSITIONS = {"Finding": (3, 4), "Failure": (1, 2)}
PROGRESS = {"progress", "TransientError"}
"""What is shown while something long goes on, or within such a line."""
ERRORS = {
    "LoopnoteError", "ConfigError", "SourceError", "SourceRefusedError", "SourceUnavailableError",
    "StoreError", "StoreBusyError", "ExchangeError", "RenderError", "DeliveryError",
}  # fmt: skip
WANTED = ERRORS | PROGRESS | set(POSITIONS)
CALLED = re.compile(rf"\b({'|'.join(sorted(WANTED))})\(")
COMMANDS_ONLY = re.compile(r"^(chmod|export|pip install|loopnote) ")


def texts(node: ast.expr | None, scope: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield what an expression may say, with "value" for everything that is only known at run
    time.
    """
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "9" for one in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one, scope)
            yield from texts(other, scope)
        case ast.BoolOp(values=values):
            for value in values:
                yield from texts(value, scope)
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            ends = list(texts(right, scope)) or ["9"]
            for start in texts(left, scope):
                yield from (start + end for end in ends)
        case ast.Name(id=name):
            for value in scope.get(name, []):
                yield from texts(value, {})


def assignments(tree: ast.AST) -> dict[str, list[ast.expr]]:
    held: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Name):
                held.setdefault(target.id, []).append(node.value)
    return held


def sentences() -> Iterator[tuple[str, str]]:
    """Yield (file:line, sentence) of every error and finding that has no code."""
    for top in ("loopnote", "notes", "sync", "reports"):
        for file in sorted((ROOT / top).rglob("*.py")):
            source = file.read_text(encoding="utf-8")
            if not CALLED.search(source):
                continue
            tree = ast.parse(source)
            module = assignments(tree)
            functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
            for node in ast.walk(tree):
                if not (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
                ):
                    continue
                named = {one.arg: one.value for one in node.keywords}
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name not in WANTED or "code" in named:
                    continue
                inside = [
                    one for one in functions if one.lineno <= node.lineno <= (one.end_lineno or 0)
                ]
                scope = module if not inside else module | assignments(inside[-1])
                first, second = POSITIONS.get(name, (0, 99))
                told = node.args[first] if len(node.args) > first else named.get("message")
                hint = node.args[second] if len(node.args) > second else named.get("hint")
                for text in (*texts(told, scope), *texts(hint, scope)):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", text


@pytest.fixture(scope="module")
def said() -> list[tuple[str, str]]:
    return sorted(set(sentences()))


def test_the_walk_finds_what_there_is(said):
    assert len(said) > 250


@in_each_other_language
def test_every_error_and_finding_reads_in_the_language(language, said):
    missing = [f"{place}: {text!r}" for place, text in said if not reads(text, language)]
    file = f"loopnote/runtime/messages/sentences/{language}.toml"
    assert not missing, f"add to {file}:\n" + "\n".join(missing)


def reads(text: str, language: Language) -> bool:
    if COMMANDS_ONLY.match(text) or not re.search("[a-z]{3}", text):
        return True
    told = translated(text, language) or text
    if SAME_IN_EVERY_LANGUAGE.search(told):
        return True
    script = SCRIPTS.get(language)
    return told != text if script is None else bool(script.search(told))


@in_each_other_language
def test_every_sentence_keeps_its_values(language):
    words = sentence_messages(language)
    for _, pattern, key in patterns(language):
        assert words.facts_of(key) <= set(pattern.groupindex), key


@in_each_other_language
def test_every_code_in_the_code_has_its_sentence(language):
    told = "\n".join(
        file.read_text(encoding="utf-8")
        for top in ("loopnote", "sync", "reports", "notes")
        for file in (ROOT / top).rglob("*.py")
    )
    codes = set(re.findall(r'code="([a-z_]+\.[a-z_.]+)"', told))
    mistakes_of_loopnote_itself = {"notion.base_url", "notion.read_only"}
    worded = {code for code in codes if error_messages(language).has(f"{code}.message")}
    assert codes - worded == mistakes_of_loopnote_itself


def test_mistakes_of_a_configuration_read_korean_line_by_line():
    english = (
        "config.toml has 2 mistakes:\n  teams[1] (영업).langauge: no such setting; did you "
        "mean language?\n"
        "  sources[1] (log).team: there is no team '영엽'; did you mean 영업?"
    )
    message, _ = error_texts("ko", "", {}, message=english, hint="")
    first, second, third = message.split("\n")
    assert first == "config.toml에 고칠 것이 2가지 있습니다:"
    assert second == "  teams[1] (영업).langauge: 그런 설정이 없습니다. 혹시 language?"
    assert third == "  sources[1] (log).team: '영엽'이라는 팀이 없습니다. 혹시 영업?"


def table_sentences() -> Iterator[str]:
    """Yield the sentences that stand in tables, where the walk over the code does not see them."""
    from loopnote.commands.setup.init_checks import _OTHER_PAGES
    from loopnote.config.read import _TOML_STEP, _TOML_STEPS
    from notes.store.database import _SQLITE_ERRORS
    from reports.delivery.smtp import _EXPLANATIONS

    for _, message, hint in _SQLITE_ERRORS:
        yield from (message.format(where="/srv/loopnote.db"), hint)
    yield from (_TOML_STEP, *(step for _, step in _TOML_STEPS))
    for _, what, hint in _OTHER_PAGES:
        yield from (what, hint)
    for _, what, hint in _EXPLANATIONS:
        yield from (f"mail.example.com:587: {what} (535 no)", hint)


@in_each_other_language
def test_every_sentence_of_a_table_reads_in_the_language(language):
    missing = [text for text in table_sentences() if not reads(text, language)]
    assert not missing


def test_why_it_waits_is_said_in_korean_too():
    told = "Notion: the connection failed (ReadTimeout); trying again in 8 s"
    assert (
        translated(told, "ko") == "Notion: 연결이 끊겼습니다(ReadTimeout). 8초 뒤에 다시 해 봅니다"
    )


def test_an_instant_is_told_in_the_zone_of_the_machine(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Seoul")
    told = "the store /srv/x.db is gone, or empty; it was last used on 2026-11-22 23:05 UTC"
    korean, _ = error_texts("ko", "", {}, message=told, hint="")
    english, _ = error_texts("en", "", {}, message=told, hint="")
    assert korean.endswith("2026-11-23 08:05 Asia/Seoul입니다")
    assert english.endswith("2026-11-23 08:05 Asia/Seoul")


def test_what_the_system_says_is_said_in_korean():
    told = "the store cannot be created at /srv/x.db: [Errno 13] Permission denied"
    message, _ = error_texts("ko", "", {}, message=told, hint="")
    assert message == "/srv/x.db에 저장소를 만들 수 없습니다: 권한 없음"


@pytest.mark.parametrize(
    "stored",
    [
        (
            "Google shows no such spreadsheet to a@b.example (404): it is not shared, or the "
            "address is wrong"
        ),
        "Notion does not accept the token",
        "no source could be read",
    ],
)
def test_an_error_that_a_store_kept_without_its_code_is_told_in_korean(stored):
    told = translated(stored, "ko")
    assert told is not None
    assert told.endswith("다")
