"""Small logs whose pages once said something false, played with the command; each `case.json` says
what must hold.

Expressions are looked for in texts whose blanks are single; `first` is the first fourteen lines
that are not empty.
"""

import email
import email.policy
import html
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fakes.command import loopnote

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent.parent / "data" / "cases" / "page"
FIRST_LINES = 14
Want = Mapping[str, Any]


def flat(text: str) -> str:
    """Return a text with single blanks and without characters that nobody sees."""
    return " ".join(re.sub("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]", "", text).split())


def visible(markup: str) -> str:
    """Return what a reader of the page sees."""
    markup = re.sub(r"(?s)<!--.*?-->|<(head|style|script)\b.*?</\1>", " ", markup)
    return flat(html.unescape(re.sub(r"<[^>]*>", " ", markup)))


def wrong(what: str, text: str, want: Want) -> Iterator[str]:
    """Give what a text lacks, and what it must not say."""
    for expression in want.get("has", []):
        if not re.search(expression, text):
            yield f"{what} lacks {expression!r}"
    for expression in want.get("lacks", []):
        if found := re.search(expression, text):
            yield f"{what} says {text[max(0, found.start() - 30) : found.end() + 30]!r}"


class Played:
    """What one step of a case wrote."""

    def __init__(self, work: Path, step: Want, language: str) -> None:
        before = {path: path.stat().st_mtime_ns for path in work.rglob("*") if path.is_file()}
        home, now = str(work.parent), step["now"]
        done = loopnote(
            *step["run"], folder=work, HOME=home, TZ="UTC", LOOPNOTE_LANG=language, LOOPNOTE_NOW=now
        )
        self.code, self.output = done.code, flat(done.out + done.err)
        fresh = sorted(
            path
            for path in work.rglob("*")
            if path.is_file() and path.stat().st_mtime_ns != before.get(path)
        )
        self.texts = [
            path.read_text("utf-8")
            for path in fresh
            if path.suffix == ".txt" and "outbox" not in path.parts
        ]
        self.pages = [
            path.read_text("utf-8")
            for path in fresh
            if path.suffix == ".html" and "outbox" not in path.parts
        ]
        self.mails = [path.read_bytes() for path in fresh if path.suffix == ".eml"]

    def faults(self, want: Want) -> Iterator[str]:
        """Give everything in which the step is not as the case wants it."""
        if "rc" in want and self.code != want["rc"]:
            yield f"exit {self.code}: {self.output[-200:]}"
        yield from wrong("the output", self.output, want.get("out", {}))
        if {"page", "first", "early"} & set(want) and not (self.texts and self.pages):
            yield f"no page was written: {self.output[-200:]}"
        yield from self._pages(want)
        if {"mail", "subject"} & set(want) and not self.mails:
            yield f"no mail was written: {self.output[-200:]}"
        yield from self._mails(want)

    def _pages(self, want: Want) -> Iterator[str]:
        for text in self.texts:
            lines = [line for line in text.splitlines() if line.strip()]
            yield from wrong("the text", flat(text), want.get("page", {}))
            yield from wrong(
                "the first screen", flat(" ".join(lines[:FIRST_LINES])), want.get("first", {})
            )
        for page in self.pages:
            yield from wrong("the page", visible(page), want.get("page", {}))
            early = want.get("early")
            if early:
                body = re.sub(r"(?s)<head\b.*?</head>", " ", page)
                found = re.search(rf'href="(?:{early["link"]})', body)
                share = (
                    len(visible(body[: found.start()] + ">")) / len(visible(body)) if found else 1.0
                )
                if share > early["within"]:
                    yield f"the first link {early['link']} stands after {share:.0%} of the page"

    def _mails(self, want: Want) -> Iterator[str]:
        for data in self.mails:
            mail = email.message_from_bytes(data, policy=email.policy.default)
            parts = {
                part.get_content_type(): part.get_content()
                for part in mail.walk()
                if not part.is_multipart()
            }
            subject = flat(str(mail["subject"]))
            yield from wrong("the subject", subject, want.get("subject", {}))
            yield from wrong(
                "the mail", f"{subject} {flat(parts.get('text/plain', ''))}", want.get("mail", {})
            )
            yield from wrong(
                "the mail's page",
                f"{subject} {visible(parts.get('text/html', ''))}",
                want.get("mail", {}),
            )


@pytest.mark.parametrize("name", sorted(path.parent.name for path in CASES.glob("*/case.json")))
def test_a_page_says_what_its_log_says(name: str, tmp_path: Path) -> None:
    case = json.loads((CASES / name / "case.json").read_text("utf-8"))
    work = tmp_path / "w"
    shutil.copytree(CASES / name, work)
    overall = {
        key: value for key, value in case.items() if key not in {"steps", "kind", "lang", "got"}
    }
    faults: list[str] = []
    for number, step in enumerate(case["steps"], start=1):
        logs = step.get("log") or {}
        for target, source in ({"log.csv": logs} if isinstance(logs, str) else logs).items():
            if source:
                shutil.copy(work / source, work / target)
            else:
                (work / target).unlink(missing_ok=True)
        played = Played(work, step, case.get("lang", "en"))
        want = {**overall, **step} if number == len(case["steps"]) else step
        faults += [f"step {number}: {fault}" for fault in played.faults(want)]
    count = overall.get("outbox", {}).get("count")
    if count is not None:
        assert len(list((work / "outbox").rglob("*.eml"))) == count
    assert faults == []
