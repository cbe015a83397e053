"""`demo`, `init` and `doctor`: before the first Monday."""

import json
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from loopnote.cli.output.terminal import print_json, print_line, print_notice
from loopnote.runtime.machine import command, machine_zone
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import language, say
from notes.model.errors import ConfigError

from . import DONE, PARTLY
from .session import Session


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=say("option.folder"), metavar="DIR")] = Path(
        "loopnote-demo"
    ),
    force: Annotated[bool, typer.Option("--force", help=say("option.force"))] = False,
) -> int:
    """Make the sample workspace."""
    from loopnote.demo.workspace import build_demo

    session: Session = context.obj
    with session.progress() as progress:
        made = build_demo(folder, replace=force, progress=progress)
    if session.as_json:
        for page in made.pages:
            print_json({"team": page.team, "page": str(page.page), "mail": str(page.mail)})
        return DONE
    print_line(
        say(
            "demo.made",
            folder=made.folder,
            notes=made.notes,
            problems=made.problems,
            weeks=made.weeks,
        )
    )
    for page in made.pages:
        print_line()
        print_line(f"{page.team}")
        print_line(say("demo.page", path=page.page))
        print_line(say("demo.mail", path=page.mail))
    print_line()
    print_line(say("demo.archive", path=made.archive))
    print_line()
    print_line(
        say("demo.next", loopnote=command(), config=shlex.quote(str(made.folder / "config.toml")))
    )
    return DONE


def init(  # noqa: PLR0913, PLR0917  each option answers one question
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("init.team"), metavar="NAME")] = "",
    log: Annotated[
        str, typer.Option("--log", "--from", help=say("init.log"), metavar="WHERE")
    ] = "",
    leader: Annotated[str, typer.Option("--to", help=say("init.leader"), metavar="ADDRESS")] = "",
    operator: Annotated[str, typer.Option(help=say("init.operator"), metavar="ADDRESS")] = "",
    page_language: Annotated[
        str, typer.Option("--language", help=say("option.language"), metavar="LANG")
    ] = "",
    timezone: Annotated[str, typer.Option(help=say("init.timezone"), metavar="ZONE")] = "",
    key_file: Annotated[str, typer.Option(help=say("init.key_file"), metavar="FILE")] = "",
) -> int:
    """Ask, and write a configuration."""
    from loopnote.config.read import config_path, parse
    from loopnote.config.write import InitAnswers, config_text, kind_of

    session: Session = context.obj
    path = config_path(session.config_file)
    if path.exists():
        raise ConfigError(
            f"{path} exists already and is left as it is", hint=say("init.exists_hint")
        )
    team = team or _ask("init.team")
    page_language = page_language or _ask("init.page_language", language())
    timezone = timezone or _ask(
        "init.timezone", machine_zone("en" if page_language.lower().startswith("en") else "ko")
    )
    log = log or _ask("init.log")
    kind = kind_of(log)
    if kind == "google_sheets" and not key_file:
        key_file = _ask("init.key_file", "google-key.json")
    leader = leader or _ask("init.leader")
    operator = operator or _ask("init.operator", leader)
    answers = InitAnswers(
        team=team,
        language="en" if page_language.lower().startswith("en") else "ko",
        timezone=timezone,
        log=log,
        leader=leader,
        operator=operator,
        key_file=key_file,
    )
    text = config_text(answers, operator_language=language())
    import tomllib

    parse(tomllib.loads(text), path=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(
        os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
    _tell_next(path, kind, path.parent / key_file)
    return DONE


def _ask(key: str, default: str = "") -> str:
    """Ask one question on stderr and return the answer, the default for an empty one."""
    while True:
        shown = f" [{default}]" if default else ""
        print(f"{say(key)}{shown}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line and not default:
            print(file=sys.stderr)
            raise ConfigError(
                say("init.unanswered", question=say(key)), hint=say("init.options_hint")
            )
        answer = line.strip() or default
        if answer:
            return answer


def _tell_next(path: Path, kind: str, key_file: Path) -> None:
    print_line(say("init.written", path=path))
    if kind == "google_sheets":
        account = _account_of(key_file)
        print_line(
            say("init.share", account=account)
            if account
            else say("init.share_later", key_file=key_file)
        )
    if kind == "notion":
        print_line(say("init.notion"))
    print_line(say("init.next"))


def _account_of(key_file: Path) -> str:
    try:
        return str(json.loads(key_file.read_text(encoding="utf-8")).get("client_email", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def doctor(context: typer.Context) -> int:
    """Check everything."""
    from loopnote.commands.doctor import check

    session: Session = context.obj
    with session.progress() as progress:
        findings = list(check(session.wiring, progress=progress))
    marks = {"ok": "✓", "warning": "!", "error": "✗"}
    for finding in findings:
        if session.as_json:
            print_json(
                {
                    "id": finding.id,
                    "level": finding.level,
                    "subject": finding.subject,
                    "what": finding.message,
                    "next_step": finding.hint or None,
                }
            )
            continue
        message, hint = error_texts(
            language(), finding.code, finding.facts, message=finding.message, hint=finding.hint
        )
        subject, _ = error_texts(language(), "", {}, message=finding.subject, hint="")
        print_line(f"{marks[finding.level]} {subject}: {message}  [{finding.id}]")
        if hint:
            print_line(f"    → {hint}")
    errors = sum(finding.level == "error" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    if not session.as_json:
        print_notice(
            say("doctor.sum", errors=errors, warnings=warnings)
            if errors or warnings
            else say("doctor.well")
        )
    return PARTLY if errors else DONE


COMMANDS: dict[str, Callable[..., int]] = {"demo": demo, "init": init, "doctor": doctor}
