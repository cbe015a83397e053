"""`demo`, `init` and `doctor`: before the first Monday."""

import json
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from loopnote.cli.output.terminal import print_json, print_line, print_notice
from loopnote.runtime.machine import command, machine_zone
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import language, say
from notes.messages.catalogue import language_named
from notes.model.errors import ConfigError

from . import DONE, PARTLY
from .questions import Check, ask
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


def init(  # noqa: PLR0913  each option answers one question
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("init.team"), metavar="NAME")] = "",
    log: Annotated[
        str, typer.Option("--log", "--from", help=say("init.log"), metavar="WHERE")
    ] = "",
    *,
    leader: Annotated[str, typer.Option("--to", help=say("init.leader"), metavar="ADDRESS")] = "",
    operator: Annotated[str, typer.Option(help=say("init.operator"), metavar="ADDRESS")] = "",
    page_language: Annotated[
        str, typer.Option("--language", help=say("option.language"), metavar="LANG")
    ] = "",
    timezone: Annotated[str, typer.Option(help=say("init.timezone"), metavar="ZONE")] = "",
    key_file: Annotated[str, typer.Option(help=say("init.key_file"), metavar="FILE")] = "",
    mail_host: Annotated[str, typer.Option(help=say("init.mail_host"), metavar="HOST")] = "",
    add: Annotated[str, typer.Option(help=say("init.add"), metavar="team|source|reader")] = "",
) -> int:
    """Ask, and write a configuration, or add to the one that is there."""
    from loopnote.config.read import config_path, parse
    from loopnote.config.write import InitAnswers, config_text, kind_of

    session: Session = context.obj
    path = config_path(session.config_file)
    if add:
        return _add(path, add)
    if path.exists():
        raise ConfigError(
            f"{path} exists already and is left as it is", hint=say("init.exists_hint")
        )
    checks = _checks(path.parent)
    team = team or ask(say("init.team"), _team_from(log), check=checks["name"])
    page_language = page_language or ask(
        say("init.page_language"), language(), check=checks["language"]
    )
    page = language_named(page_language.strip().lower())
    timezone = timezone or ask(
        say("init.timezone"),
        machine_zone(page),
        check=checks["zone"],
    )
    log = log or ask(say("init.log"), check=checks["log"])
    kind = kind_of(log)
    if kind == "google_sheets" and not key_file:
        key_file = ask(say("init.key_file"), "secrets/google-key.json")
    leader = leader or ask(say("init.leader"), check=checks["address"])
    operator = operator or ask(say("init.operator"), leader, check=checks["address"])
    mail_host = mail_host or ask(say("init.mail_host"), check=checks["host"], optional=True)
    mail_user = ask(say("init.mail_user"), operator, optional=True) if mail_host else ""
    answers = InitAnswers(
        team=team,
        language=page,
        timezone=timezone,
        log=log,
        leader=leader,
        operator=operator,
        key_file=key_file,
        mail_host=mail_host,
        mail_user=mail_user,
    )
    text = config_text(answers, operator_language=language())
    import tomllib

    parse(tomllib.loads(text), path=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(
        os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
    _tell_next(path, kind, path.parent / key_file, mail_user=mail_user)
    return DONE


def _checks(folder: Path) -> dict[str, Check]:
    from loopnote.commands import init_checks as checks

    return {
        "name": checks.name_fault,
        "language": checks.language_fault,
        "zone": checks.zone_fault,
        "address": checks.address_fault,
        "host": checks.host_fault,
        "log": lambda text: checks.log_fault(text, folder),
    }


def _team_from(log: str) -> str:
    """Return a proposal for the team's name from the file of its log."""
    return Path(log).stem if log and "://" not in log and "*" not in log else ""


def _add(path: Path, what: str) -> int:
    """Add a team, a source or a reader to a configuration that is there.

    Raises:
        ConfigError: there is none, or no such thing can be added.
    """
    from loopnote.config.edit import append_tables, edit_config
    from loopnote.config.read import load
    from loopnote.config.write import kind_of

    config = load(path).config
    checks = _checks(path.parent)
    teams = [team.name for team in config.teams]
    new: dict[str, tuple[str, dict[str, Any]]]
    if what == "team":
        name = ask(say("init.team"), check=checks["name"])
        spoken = ask(say("init.page_language"), language(), check=checks["language"])
        zone = ask(say("init.timezone"), machine_zone(language()), check=checks["zone"])
        new = {"teams": ("", {"name": name, "language": spoken, "timezone": zone})}
    elif what == "source":
        team = ask(say("init.which_team", teams=", ".join(teams)), teams[-1])
        log = ask(say("init.log"), check=checks["log"])
        kind = kind_of(log)
        where = {"google_sheets": "spreadsheet", "notion": "database", "file": "path"}[kind]
        name = ask(say("init.source_name"), _team_from(log) or team, check=checks["name"])
        new = {"sources": ("", {"name": name, "team": team, "kind": kind, where: log})}
    elif what == "reader":
        address = ask(say("init.leader"), check=checks["address"])
        about = ask(say("init.which_teams", teams=", ".join(teams)), "*")
        wanted = [part.strip() for part in about.split(",")]
        new = {"recipients": ("", {"address": address, "teams": wanted})}
    else:
        raise ConfigError(say("init.add_unknown", what=what), hint="team, source, reader")
    edit_config(path, append_tables(new))
    print_line(say("init.added", path=path))
    print_line(say("login.next", loopnote=command()))
    return DONE


def _tell_next(path: Path, kind: str, key_file: Path, *, mail_user: str) -> None:
    from loopnote.config.write import MAIL_PASSWORD_FILE, NOTION_TOKEN_FILE

    print_line(say("init.written", path=path))
    if kind == "google_sheets":
        account = _account_of(key_file)
        print_line(
            say("init.share", account=account)
            if account
            else say("init.share_later", key_file=key_file)
        )
    if kind == "notion":
        print_line(say("init.notion", file=path.parent / NOTION_TOKEN_FILE))
    if mail_user:
        print_line(say("init.password", file=path.parent / MAIL_PASSWORD_FILE))
    here = shlex.quote(str(path.absolute()))
    # `timeout` is not everywhere (macOS); a run has a limit of its own, this is for code that no signal reaches.
    limit = "timeout -k 60 11h " if shutil.which("timeout") else ""
    cron = f"*/30 * * * * {limit}{command(absolute=True)} --config {here} run"
    print_line(say("init.next", loopnote=command(), cron=cron))


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
