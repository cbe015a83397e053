"""Plays the weeks through the real command: files as of a day, `sync`, `run`, `report`, mails
into a folder.
"""

import email
import email.policy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from fakes.command import Ran, loopnote

from .logs import TABLES, TeamLog, last_day, monday_of, write_files

ROOT = Path(__file__).parents[2]
"""The tree whose command is played."""


@dataclass(frozen=True)
class Sheet:
    """A text that a reader got: the whole page of a team, or a mail.

    Attributes:
        kind: page, mail (of one team), several (of several teams), preview.
        names: how people appear: names, initials or counts.
    """

    kind: str
    team: str
    week: str
    subject: str
    text: str
    language: str
    names: str
    html: str = ""


def config_text(teams: Sequence[TeamLog]) -> str:
    """Return the configuration of the world: a leader for each team, one of all, one who sees
    no names.
    """
    parts = []
    for at, team in enumerate(teams):
        key = team.data.get("key_metric")
        parts.append(
            f'[[teams]]\nname = "{team.name}"\nlanguage = "{team.language}"\n'
            f'timezone = "{team.timezone}"\npreview_to = ["team{at}@world.example"]\n'
            + (f'key_metric = "{key}"\n' if key else "")
            + _bhag(team)
        )
        parts.append(_recipient(f"leader{at}", [team.name], team))
        parts.append(_recipient(f"counts{at}", [team.name], team, names="counts"))
        parts.append(_recipient(f"month{at}", [team.name], team, every="month"))
        for name in TABLES:
            if name in team.data:
                file = team.data[name]["file"]
                parts.append(
                    f'[[sources]]\nname = "{Path(file).stem}"\nteam = "{team.name}"\n'
                    f'kind = "file"\npath = "{folder_of(team)}/{file}"\n'
                )
    if len(teams) > 1:
        parts.append(_recipient("boss", [team.name for team in teams], teams[0]))
    if url := base_url(teams):
        parts.append(f'[archive]\nfolder = "archive"\nbase_url = "{url}"\n')
    parts.append(
        '[store]\nurl = "sqlite:///world.db"\n[mail]\ntransport = "folder"\nfolder = "outbox"\n'
        'from = "reports@world.example"\n[operator]\naddress = "operator@world.example"\n'
    )
    return "\n".join(parts)


def base_url(teams: Sequence[TeamLog]) -> str:
    """Return the address of the archive that one of the teams asks for, "" without one."""
    return next((team.data["base_url"] for team in teams if "base_url" in team.data), "")


def _bhag(team: TeamLog) -> str:
    goal = team.data.get("bhag")
    if not goal:
        return ""
    lines = (
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
        for key, value in goal.items()
    )
    return "[teams.bhag]\n" + "\n".join(lines) + "\n"


def _recipient(who: str, gets: Sequence[str], team: TeamLog, **extra: str) -> str:
    shown = ", ".join(f'"{name}"' for name in gets)
    more = "".join(f'{key} = "{value}"\n' for key, value in extra.items())
    return (
        f'[[recipients]]\naddress = "{who}@world.example"\nname = "{who}"\nteams = [{shown}]\n'
        f'language = "{team.language}"\ntimezone = "{team.timezone}"\n{more}'
    )


def folder_of(team: TeamLog) -> str:
    """Return the folder of a team's files inside the workspace."""
    return f"logs-{team.name}"


def command(folder: Path, now: datetime, *arguments: str) -> Ran:
    """Run loopnote in the workspace with its clock at an instant."""
    done = loopnote(*arguments, folder=folder, LOOPNOTE_NOW=now.isoformat())
    if done.code == 2 or "Traceback" in done.err:
        raise AssertionError(f"loopnote {' '.join(arguments)} at {now}: {done.out}{done.err}")
    return done


def play(teams: Sequence[TeamLog], weeks: Sequence[str], folder: Path) -> Iterator[Sheet]:
    """Play the weeks and yield every page and mail, week by week."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(config_text(teams), encoding="utf-8")
    for week in weeks:
        yield from play_week(teams, week, folder)


def play_week(teams: Sequence[TeamLog], week: str, folder: Path) -> Iterator[Sheet]:
    """Play one week: readings on Wednesday, Friday (with the preview) and Sunday, mails on Monday.

    On the first of a month the mails about the month go out.
    """
    outbox = folder / "outbox"
    known = set(outbox.glob("*.eml")) if outbox.exists() else set()
    monday, seoul = monday_of(week), ZoneInfo("Asia/Seoul")
    zones = sorted({team.timezone for team in teams})
    steps = [(2, 20, "sync"), (4, 15, "run"), (6, 20, "sync")]
    steps += [(at, 8, "run") for at in range(1, 7) if (monday + timedelta(days=at)).day == 1]
    for offset, hour, verb in sorted(steps):
        _type(
            teams,
            folder,
            monday + timedelta(days=offset if verb == "sync" or hour > 8 else offset - 1),
        )
        at = [seoul] if verb == "sync" else [ZoneInfo(zone) for zone in zones]
        for zone in at:
            command(folder, _at(monday, offset, hour, zone), verb)
    for zone in map(ZoneInfo, zones):
        command(folder, _at(monday, 7, 8, zone), "run")
    for team in teams:
        now = _at(monday, 7, 9, ZoneInfo(team.timezone))
        command(folder, now, "report", "--team", team.name, "--week", week, "--out", "pages")
        yield from _pages(folder / "pages", team, week)
    for path in sorted(set(outbox.glob("*.eml")) - known):
        yield _mail(path, teams, week)


def _type(teams: Sequence[TeamLog], folder: Path, day: date) -> None:
    for team in teams:
        write_files(team, folder / folder_of(team), day)


def _at(monday: date, offset: int, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(monday + timedelta(days=offset), time(hour, 5), zone)


def _pages(folder: Path, team: TeamLog, week: str) -> Iterator[Sheet]:
    for path in sorted(folder.glob(f"*{team.name}*{week}*.txt")) or sorted(
        folder.glob(f"*{week}*.txt")
    ):
        text = path.read_text(encoding="utf-8")
        html = path.with_suffix(".html")
        if team.name in text:
            page = html.read_text(encoding="utf-8") if html.exists() else ""
            yield Sheet("page", team.name, week, "", text, team.language, "names", page)


def _mail(path: Path, teams: Sequence[TeamLog], week: str) -> Sheet:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = {
        part.get_content_type(): part.get_content()
        for part in mail.walk()
        if part.get_content_maintype() == "text"
    }
    to, subject = str(mail["to"]), str(mail["subject"])
    named = [team for team in teams if team.name in parts.get("text/plain", "")]
    kind = "several" if "boss@" in to else "preview" if "team" in to.partition("@")[0] else "mail"
    if "month" in to.partition("@")[0]:
        first = (last_day(week) + timedelta(days=1)).replace(day=1)  # the Monday, or a day before
        week = f"{first - timedelta(days=1):%Y-%m}"
    if "operator@" in to:
        kind = "operator"
    team = named[0] if named else teams[0]
    names = "counts" if "counts" in to else "names"
    return Sheet(
        kind, team.name, week, subject, parts.get("text/plain", ""), team.language, names,
        parts.get("text/html", ""),
    )  # fmt: skip
