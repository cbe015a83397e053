"""`init`: a first configuration by questions, and additions to one that is there.

Each answer is checked when it is given and kept until the file is written; secrets are asked for on
a terminal only, never from a pipe, and go into files of their own.
"""

import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loopnote.cli.exit_codes import DONE, INTERRUPTED
from loopnote.cli.input.questions import Check, ask, ask_secret, is_asked_on_a_terminal, no_check
from loopnote.cli.output.console import print_json, print_line, print_notice
from loopnote.cli.output.findings import finding_record, print_findings
from loopnote.cli.session import Session
from loopnote.runtime.machine import command, machine_zone
from loopnote.runtime.messages.terminal import language, say
from loopnote.runtime.schedule_files import (
    KINDS,
    ScheduleKind,
    cron_line,
    install_commands,
    schedule_files,
    usual_kind,
)
from notes.messages.catalogue import language_named
from notes.model.errors import ConfigError
from notes.model.findings import Finding
from notes.system.home_folder import with_home

if TYPE_CHECKING:  # these load the configuration's model, and are imported where they are used
    from loopnote.commands.setup.init_answers import KeptAnswers
    from loopnote.config.first_config_text import InitAnswers

ADDITIONS = ("team", "source", "reader", "mail", "schedule")
"""What `init --add` can ask for, in the order in which `init` asks."""


def init(  # noqa: PLR0913  each option answers one question
    context: typer.Context,
    team: Annotated[str, typer.Option(help=say("init.team"), metavar="NAME")] = "",
    log: Annotated[
        str, typer.Option("--log", "--from", help=say("option.init_log"), metavar="WHERE")
    ] = "",
    *,
    leader: Annotated[str, typer.Option("--to", help=say("init.leader"), metavar="ADDRESS")] = "",
    operator: Annotated[str, typer.Option(help=say("init.operator"), metavar="ADDRESS")] = "",
    page_language: Annotated[
        str, typer.Option("--language", help=say("init.page_language"), metavar="LANG")
    ] = "",
    timezone: Annotated[str, typer.Option(help=say("init.timezone"), metavar="ZONE")] = "",
    key_file: Annotated[str, typer.Option(help=say("init.key_file"), metavar="FILE")] = "",
    mail_host: Annotated[
        str | None, typer.Option(help=say("option.init_mail_host"), metavar="HOST")
    ] = None,
    schedule: Annotated[
        str, typer.Option(help=say("option.init_schedule"), metavar="|".join(KINDS))
    ] = "",
    year: Annotated[str, typer.Option(help=say("option.try_year"), metavar="YEAR")] = "",
    add: Annotated[str, typer.Option(help=say("init.add"), metavar="|".join(ADDITIONS))] = "",
) -> int:
    """Ask, and write a configuration, or add to the one that is there."""
    from loopnote.cli.input.option_values import year_of
    from loopnote.config.read import config_path

    session: Session = context.obj
    path = config_path(session.config_file)
    if schedule and (fault := _schedule_fault(schedule)):
        raise ConfigError(fault, hint=say("init.schedule_hint"))
    given = {
        "team": team,
        "log": log,
        "leader": leader,
        "operator": operator,
        "language": page_language,
        "zone": timezone,
        "google": key_file,
        "schedule": schedule,
        "year": str(year_of(year) or ""),
    }
    if mail_host is not None:  # "" says that there is none yet
        given["mail_host"] = mail_host
    _refuse_wrong_options(given, _checks(path.parent))
    if add:
        return Addition(session, path, given).add(add)
    _refuse_existing(path)
    return _from_nothing(session, path, given)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise ConfigError(
            f"{path} exists already and is left as it is", hint=say("init.exists_hint")
        )


def _from_nothing(session: Session, path: Path, given: Mapping[str, str]) -> int:
    from loopnote.commands.setup.init_answers import KeptAnswers

    kept = KeptAnswers(path)
    if kept:
        print_notice(say("init.goes_on", path=kept.path))
    try:
        answers = Conversation(session, path, given, kept=kept).answers()
        _write_new(path, answers)
    except KeyboardInterrupt:
        print_notice("\n" + say("init.interrupted" if kept else "init.nothing_kept"))
        return INTERRUPTED
    except ConfigError:
        if kept:
            print_notice(say("init.kept", path=kept.path))
        raise
    kept.discard()
    if not session.as_json:
        print_line(say("init.written", path=path))
        _tell_what_is_missing(path, answers)
    try:
        return _finish(session, path, given["schedule"])
    except KeyboardInterrupt:
        print_notice("\n" + say("init.written_already", path=path, loopnote=command()))
        return INTERRUPTED


class Conversation:
    """The questions of a first configuration, in their order."""

    def __init__(
        self, session: Session, path: Path, given: Mapping[str, str], *, kept: "KeptAnswers"
    ) -> None:
        self._session = session
        self._path = path
        self._given = given
        self._kept = kept
        self._checks = _checks(path.parent)

    def answers(self) -> "InitAnswers":
        """Ask what no option has answered.

        Raises:
            ConfigError: the input ended without an answer that is needed.
            KeyboardInterrupt: the person stopped; what was answered is kept.
        """
        from loopnote.config.first_config_text import InitAnswers
        from loopnote.config.source_kinds import kind_of

        team = self._ask("team", say("init.team"), _team_from(self._given["log"]), check="name")
        spoken = self._ask("language", say("init.page_language"), language(), check="language")
        page = language_named(spoken)
        zone = machine_zone(page)
        zone = self._ask("zone", say("init.timezone"), zone, check="zone")
        log = self._ask("log", say("init.log"), "", check="log")
        kind = kind_of(log)
        google = ""
        if kind == "google_sheets":
            google = self._ask(
                "google", say("init.google"), "secrets/google-key.json", check="google"
            )
        if kind == "notion":
            _ask_secret(self._path.parent, "notion")
        about = InitAnswers(
            team=team,
            language=page,
            timezone=zone,
            log=log,
            leader="",
            google=google,
            year=int(self._given["year"] or 0) or None,
        )
        _try_source(self._session, self._path, _data(about))
        leader = self._ask("leader", say("init.leader"), "", check="address")
        operator = self._ask("operator", say("init.operator"), leader, check="address")
        host, user = self._mail(operator)
        return replace(about, leader=leader, operator=operator, mail_host=host, mail_user=user)

    def _mail(self, operator: str) -> tuple[str, str]:
        host = self._ask("mail_host", say("init.mail_host"), "", check="host", optional=True)
        if not host:
            return "", ""
        user = self._ask("mail_user", say("init.mail_user"), operator, check="", optional=True)
        if user:
            _ask_secret(self._path.parent, "mail")
        _try_mail(self._session, self._path, host, user=user, operator=operator)
        return host, user

    def _ask(
        self, name: str, question: str, default: str, *, check: str, optional: bool = False
    ) -> str:
        checked = self._checks.get(check, no_check)
        answer = _given_answer(self._given, name, checked)
        if not answer and not (optional and name in self._given):
            answer = ask(
                question, self._kept.get(name) or default, check=checked, optional=optional
            )
        self._kept.keep(name, answer)
        return answer


def _given_answer(given: Mapping[str, str], name: str, check: Check) -> str:
    """Return what an option answers; "" where none does, or where a person may correct it."""
    answer = given.get(name, "")
    if not answer or not is_asked_on_a_terminal() or not (fault := check(answer)):
        return answer
    print_notice(f"  ✗ {fault}")
    return ""


_CHECKED = {
    "team": "name",
    "language": "language",
    "zone": "zone",
    "log": "log",
    "google": "google",
    "leader": "address",
    "operator": "address",
}
"""The checks of what options may answer. A mail server is tried when all is known, and what came of
it is said."""


def _refuse_wrong_options(given: Mapping[str, str], checks: Mapping[str, Check]) -> None:
    """Refuse options with mistakes where nobody is there to correct them.

    Raises:
        ConfigError: there are some; all of them are named.
    """
    if is_asked_on_a_terminal():
        return
    answers = [(checks[check], given.get(name, "")) for name, check in _CHECKED.items()]
    faults = dict.fromkeys(check(answer) for check, answer in answers if answer)
    faults.pop("", None)
    if faults:
        raise ConfigError("\n".join(faults), hint=say("init.options_hint"))


def _checks(folder: Path) -> dict[str, Check]:
    from loopnote.commands.setup import init_checks as checks

    return {
        "name": checks.name_fault,
        "language": checks.language_fault,
        "zone": checks.zone_fault,
        "address": checks.address_fault,
        "host": checks.host_fault,
        "log": lambda text: checks.log_fault(text, folder),
        "google": lambda text: checks.google_fault(text, folder),
    }


def _team_from(log: str) -> str:
    """Return a proposal for the team's name from the file of its log."""
    return Path(log).stem if log and "://" not in log and "*" not in log else ""


def _data(answers: "InitAnswers") -> dict[str, Any]:
    """Return the configuration of answers, without whoever is not known yet."""
    from loopnote.config.first_config_text import config_text

    data = tomllib.loads(config_text(answers, operator_language=language()))
    for section in ("recipients", "mail"):
        del data[section]
    return data


def _ask_secret(folder: Path, what: str, *, again: bool = False) -> None:
    """Ask for a secret that has no file yet, or did not work, and write it into its own."""
    from loopnote.commands.setup.init_answers import write_secret

    file = folder / _secret_file(what)
    if file.exists() and not again:
        return
    secret = ask_secret(say("init.secret_again" if again else f"init.{what}_secret"))
    if secret:
        write_secret(file, secret)
        print_line(say("init.secret_written", file=file))


def _secret_file(what: str) -> str:
    from loopnote.config.first_config_text import MAIL_PASSWORD_FILE, NOTION_TOKEN_FILE

    return NOTION_TOKEN_FILE if what == "notion" else MAIL_PASSWORD_FILE


def _mended(folder: Path, what: str) -> Callable[[], None]:
    """Return what asks for a secret once more, nothing where none is in use."""

    def mend() -> None:
        if (folder / _secret_file(what)).exists():
            _ask_secret(folder, what, again=True)

    return mend


def _try_source(session: Session, path: Path, data: dict[str, Any]) -> None:
    """Open the source that was just named, where there is something to open it with."""
    from loopnote.commands.setup.init_services import try_last_source

    kind = data["sources"][-1]["kind"]
    if kind == "file" or not _has_credential(path.parent, data):
        return
    mend = _mended(path.parent, "notion") if kind == "notion" else _nothing_to_mend
    _settle(session, lambda progress: try_last_source(data, path, progress=progress), mend)


def _has_credential(folder: Path, data: Mapping[str, Any]) -> bool:
    """Return whether there is anything to open the last source with: a file that is named may
    come later.
    """
    kind = data["sources"][-1]["kind"]
    settings = data.get("notion" if kind == "notion" else "google", {})
    files = [settings.get(name) for name in ("token_file", "service_account_file")]
    named = any((folder / with_home(file)).exists() for file in files if file)
    others = ("token_env", "service_account_env", "application_default")
    return named or any(settings.get(name) for name in others)


def _try_mail(session: Session, path: Path, host: str, *, user: str, operator: str) -> None:
    """Log in at the mail server that was just named, unless its password is still missing."""
    from loopnote.commands.setup.init_services import try_mail
    from loopnote.config.first_config_text import MAIL_PASSWORD_FILE, mail_settings

    if user and not (path.parent / MAIL_PASSWORD_FILE).exists():
        return
    team = {"name": "team", "language": language(), "timezone": "UTC"}
    data = {"teams": [team], "mail": mail_settings(host, user, operator)}
    mend = _mended(path.parent, "mail") if user else _nothing_to_mend
    _settle(session, lambda progress: try_mail(data, path, progress=progress), mend)


def _nothing_to_mend() -> None:
    """Leave the mending to the person."""


def _settle(
    session: Session,
    attempt: Callable[[Callable[[str], None]], list[Finding]],
    mend: Callable[[], None],
) -> None:
    """Try and say what came of it, again and again while a person mends what was wrong."""
    while True:
        with session.progress() as progress:
            found = attempt(progress)
        if not session.as_json:
            print_findings(found, as_json=False)
        failed = any(one.level == "error" for one in found)
        if not failed or not is_asked_on_a_terminal():
            return
        if ask(say("init.again"), optional=True):
            return
        mend()


def _write_new(path: Path, answers: "InitAnswers") -> None:
    from loopnote.config.edit import write_whole
    from loopnote.config.first_config_text import config_text
    from loopnote.config.read import parse

    text = config_text(answers, operator_language=language())
    parse(tomllib.loads(text), path=path)
    _refuse_existing(path)
    write_whole(path, text)


def _tell_what_is_missing(path: Path, answers: "InitAnswers") -> None:
    """Say which files the configuration names that are not there, and what goes into them."""
    from loopnote.config.first_config_text import (
        GOOGLE_CLIENT_FILE,
        MAIL_PASSWORD_FILE,
        NOTION_TOKEN_FILE,
        OF_THE_MACHINE,
        SIGN_IN,
    )
    from loopnote.config.key_file import account_of
    from loopnote.config.source_kinds import kind_of

    folder, kind = path.parent, kind_of(answers.log)
    if kind == "google_sheets" and answers.google == SIGN_IN:
        print_line(say("init.sign_in", file=folder / GOOGLE_CLIENT_FILE, loopnote=command()))
    elif kind == "google_sheets" and answers.google != OF_THE_MACHINE:
        key_file = folder / with_home(answers.google)
        account = account_of(key_file)
        print_line(
            say("init.share", account=account)
            if account
            else say("init.share_later", key_file=key_file)
        )
    if kind == "notion" and not (folder / NOTION_TOKEN_FILE).exists():
        print_line(say("init.notion", file=folder / NOTION_TOKEN_FILE))
    if answers.mail_user and not (folder / MAIL_PASSWORD_FILE).exists():
        print_line(say("init.password", file=folder / MAIL_PASSWORD_FILE))


def _finish(session: Session, path: Path, kind: str) -> int:
    """Check everything, and say what starts `run` by itself."""
    from loopnote.commands.setup.doctor import check

    with session.progress() as progress:
        checked = check(session.wiring, progress=progress)
        # What starts it by itself comes next, and is not to be asked for in the same breath.
        found = [one for one in checked if one.id != "schedule.beat"]
    if session.as_json:
        print_json({"config": str(path), "findings": [finding_record(one) for one in found]})
    else:
        print_line()
        print_findings(found, as_json=False)
        print_line()
        if any(one.level == "error" for one in found):
            print_line(say("init.mend", loopnote=command()))
        print_line(say("init.next", loopnote=command()))
    return _schedule(session, kind)


def _schedule(session: Session, kind: str) -> int:
    """Write what starts `run` on this machine, or say the line for cron."""
    from loopnote.commands.setup.init_schedule import scheduled_run
    from loopnote.config.edit import write_whole_bytes

    usual = usual_kind(sys.platform)
    wanted = _kind_of(kind or ask(say("init.schedule"), usual, check=_schedule_fault))
    run = scheduled_run(session.wiring, language())
    folder = run.config.parent
    files = []
    for made in schedule_files(run, wanted):
        write_whole_bytes(folder / made.name, made.content, mode=0o644)
        files.append(folder / made.name)
    line = cron_line(run) if wanted == "cron" else ""
    if session.as_json:
        print_json({"schedule": wanted, "line": line or None, "files": [str(one) for one in files]})
        return DONE
    if line:
        print_line(say("init.cron"))
        print_line(f"  {line}")
        return DONE
    for file in files:
        print_line(say("init.written", path=file))
    print_line(say("init.install"))
    for text in install_commands(wanted, folder):
        print_line(f"  {text}")
    return DONE


def _schedule_fault(text: str) -> str:
    return "" if text in KINDS else say("init.bad_schedule", kind=text)


def _kind_of(text: str) -> ScheduleKind:
    return next(kind for kind in KINDS if kind == text)


class Addition:
    """Something more for a configuration that is there; its comments and its order stay."""

    def __init__(self, session: Session, path: Path, given: Mapping[str, str]) -> None:
        self._session = session
        self._path = path
        self._given = given
        self._config = session.wiring.config
        self._checks = _checks(path.parent)

    def add(self, what: str) -> int:
        """Ask for one thing and add it.

        Raises:
            ConfigError: no such thing can be added, or the file would have mistakes.
        """
        ways: dict[str, Callable[[], None]] = {
            "team": self._team,
            "source": self._source,
            "reader": self._reader,
            "mail": self._mail,
        }
        if what not in ADDITIONS:
            raise ConfigError(say("init.add_unknown", what=what), hint=", ".join(ADDITIONS))
        try:
            if what == "schedule":
                return _schedule(self._session, self._given["schedule"])
            ways[what]()
        except KeyboardInterrupt:
            print_notice("\n" + say("init.nothing_added", path=self._path))
            return INTERRUPTED
        if self._session.as_json:
            print_json({"config": str(self._path), "added": what})
        else:
            print_line(say("init.added", path=self._path))
            print_line(say("login.next", loopnote=command()))
        return DONE

    def _ask(self, name: str, question: str, default: str, *, check: Check | str) -> str:
        checked = self._checks[check] if isinstance(check, str) else check
        return _given_answer(self._given, name, checked) or ask(question, default, check=checked)

    def _append(self, section: str, values: Mapping[str, Any]) -> None:
        from loopnote.config.edit import append_tables, edit_config

        edit_config(self._path, append_tables({section: ("", values)}))

    def _team(self) -> None:
        from loopnote.commands.setup.init_checks import new_name_fault

        taken = [team.name for team in self._config.teams]
        name = self._ask("team", say("init.team"), "", check=partial(new_name_fault, taken=taken))
        spoken = self._ask("language", say("init.page_language"), language(), check="language")
        zone = self._ask("zone", say("init.timezone"), machine_zone(language()), check="zone")
        self._append("teams", {"name": name, "language": spoken, "timezone": zone})

    def _source(self) -> None:
        from loopnote.commands.setup.init_checks import new_name_fault, team_fault
        from loopnote.config.edit import append_tables, edit_config, set_values, together
        from loopnote.config.first_config_text import NOTION_TOKEN_FILE, google_settings
        from loopnote.config.source_kinds import WHERE_OF_KIND, kind_of

        config = self._config
        teams = [team.name for team in config.teams]
        which = say("init.which_team", teams=", ".join(teams))
        team = self._ask("team", which, teams[-1], check=partial(team_fault, known=teams))
        log = self._ask("log", say("init.log"), "", check="log")
        kind = kind_of(log)
        taken = [source.name for source in config.sources]
        proposed = _team_from(log) or team
        proposed = proposed if proposed not in taken else f"{proposed} {len(taken) + 1}"
        name = ask(say("init.source_name"), proposed, check=partial(new_name_fault, taken=taken))
        more: dict[str, dict[str, Any]] = {}
        if kind == "google_sheets" and not config.google.is_named:
            way = self._ask("google", say("init.google"), "secrets/google-key.json", check="google")
            more["google"] = google_settings(way)[1]
        if kind == "notion" and not (config.notion.token_env or config.notion.token_file):
            more["notion"] = {"token_file": NOTION_TOKEN_FILE}
            _ask_secret(self._path.parent, "notion")
        values: dict[str, Any] = {"name": name, "team": team, "kind": kind}
        values[WHERE_OF_KIND[kind]] = log
        if self._given["year"]:
            values["year"] = int(self._given["year"])
        _try_source(self._session, self._path, self._with_source(values, more))
        sections = [set_values(section, settings) for section, settings in more.items()]
        edit_config(self._path, together(*sections, append_tables({"sources": ("", values)})))

    def _with_source(
        self, values: Mapping[str, Any], more: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Any]:
        data = tomllib.loads(self._path.read_text(encoding="utf-8-sig"))
        data["sources"] = [*data.get("sources", []), dict(values)]
        for section, settings in more.items():
            data[section] = {**data.get(section, {}), **settings}
        return data

    def _reader(self) -> None:
        from loopnote.commands.setup.init_checks import teams_fault

        teams = [team.name for team in self._config.teams]
        address = self._ask("leader", say("init.leader"), "", check="address")
        which = say("init.which_teams", teams=", ".join(teams))
        about = ask(which, "*", check=partial(teams_fault, known=teams))
        wanted = [part.strip() for part in about.split(",")]
        self._append("recipients", {"address": address, "teams": wanted})

    def _mail(self) -> None:
        from loopnote.config.edit import edit_config, set_values
        from loopnote.config.first_config_text import mail_settings

        operator = self._config.operator.address or ""
        host = self._ask("mail_host", say("init.mail_host_added"), "", check="host")
        user = ask(say("init.mail_user"), operator, optional=True)
        if user:
            _ask_secret(self._path.parent, "mail")
        _try_mail(self._session, self._path, host, user=user, operator=operator)
        settings = mail_settings(host, user, operator)
        edit_config(self._path, set_values("mail", settings))


COMMAND: Callable[..., int] = init
