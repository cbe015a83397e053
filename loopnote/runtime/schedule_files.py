"""The entry that starts `loopnote run` by itself, in the form of each system, for this machine.

    cron      a line, to be added by hand: nobody's crontab is changed by a program
    systemd   loopnote.service and loopnote.timer
    launchd   a property list for ~/Library/LaunchAgents
    windows   the XML of a Task Scheduler task

Pure: the caller says how loopnote is called here, and writes the files. Every path is absolute,
since none of the four knows a folder or a PATH.
"""

import plistlib
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from xml.sax.saxutils import escape

ScheduleKind = Literal["cron", "systemd", "launchd", "windows"]
KINDS: tuple[ScheduleKind, ...] = get_args(ScheduleKind)
"""Every kind of scheduler."""

LAUNCHD_LABEL = "loopnote.run"
TASK_NAME = "loopnote"
"""Under these names launchd and the Task Scheduler keep our entry; a second one replaces it."""


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """What is to be started: `program` with its first arguments, on a configuration.

    `language` is said explicitly, for a scheduler has no locale. `user` owns the files, `writable`
    are the folders that a run writes into. `has_timeout`: the system has the program `timeout`
    (macOS has none); a run ends itself, this is for one that no limit of its own reaches. `timer`
    is the unit that comes with loopnote, for systemd.
    """

    program: tuple[str, ...]
    config: Path
    language: str
    user: str = ""
    writable: tuple[Path, ...] = ()
    has_timeout: bool = False
    timer: bytes = b""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the command, one word each."""
        return (*self.program, "--config", str(self.config), "run")


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """A file to write beside the configuration."""

    name: str
    content: bytes


def cron_line(run: ScheduledRun) -> str:
    """Return the line for cron; a per cent sign would end it, and is escaped.

    Source: crontab(5), "the sixth field … percent-signs".
    """
    command = shlex.join(run.words).replace("%", r"\%")
    limit = "timeout -k 60 11h " if run.has_timeout else ""
    return f"*/30 * * * * LOOPNOTE_LANG={run.language} {limit}{command}"


def schedule_files(run: ScheduledRun, kind: ScheduleKind) -> tuple[ScheduleFile, ...]:
    """Return the files of a kind; none for cron, whose line is added by hand."""
    match kind:
        case "cron":
            return ()
        case "systemd":
            return (
                ScheduleFile("loopnote.service", systemd_service(run).encode()),
                ScheduleFile("loopnote.timer", run.timer),
            )
        case "launchd":
            return (ScheduleFile(f"{LAUNCHD_LABEL}.plist", launchd_plist(run)),)
        case "windows":
            # schtasks takes UTF-16 with a byte order mark for names beyond ASCII.
            return (ScheduleFile("loopnote-task.xml", windows_task(run).encode("utf-16")),)


def systemd_service(run: ScheduledRun) -> str:
    """Return a service that does one round, with rights to write only where a run writes."""
    writable = " ".join(_unit_path(path) for path in run.writable)
    return f"""\
# One round of loopnote, started by loopnote.timer.
[Unit]
Description=loopnote: read the logs, send what is due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={_percent(run.user)}
WorkingDirectory={_percent(str(run.config.parent))}
Environment=LOOPNOTE_LANG={run.language}
ExecStart={" ".join(map(_unit_word, (*run.program, "--verbose", *run.words[len(run.program) :])))}
# A run ends itself after limits.run_minutes (ten hours); this ends one that hangs where no limit \
of its own reaches it.
TimeoutStartSec=11h
MemoryMax=3G
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
"""


def launchd_plist(run: ScheduledRun) -> bytes:
    """Return the property list of an agent that starts at every full and half hour."""
    return plistlib.dumps(
        {
            "Label": LAUNCHD_LABEL,
            "ProgramArguments": list(run.words),
            "WorkingDirectory": str(run.config.parent),
            "EnvironmentVariables": {"LOOPNOTE_LANG": run.language},
            "StartCalendarInterval": [{"Minute": 0}, {"Minute": 30}],
            "StandardErrorPath": str(run.config.parent / "loopnote.log"),
            "Umask": 0o077,
        }
    )


def windows_task(run: ScheduledRun) -> str:
    """Return a task that starts every half hour, and once for all that were missed.

    Source: "Task Scheduler Schema", version 1.2; an interval and a duration are ISO 8601.
    """
    arguments = subprocess.list2cmdline(run.words[1:])
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>loopnote: read the logs, send what is \
due</Description></RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Repetition><Interval>PT30M</Interval></Repetition>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT11H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(run.words[0])}</Command>
      <Arguments>{escape(arguments)}</Arguments>
      <WorkingDirectory>{escape(str(run.config.parent))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def install_commands(kind: ScheduleKind, folder: Path) -> Sequence[str]:
    """Return what a person types to install the files that were written into a folder."""
    match kind:
        case "cron":
            return ("crontab -e",)
        case "systemd":
            files = shlex.join(
                str(folder / name) for name in ("loopnote.service", "loopnote.timer")
            )
            return (
                f"sudo cp {files} /etc/systemd/system/",
                "sudo systemctl enable --now loopnote.timer",
            )
        case "launchd":
            file = folder / f"{LAUNCHD_LABEL}.plist"
            return (
                f"cp {shlex.quote(str(file))} ~/Library/LaunchAgents/",
                f"launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{file.name}",
            )
        case "windows":
            file = folder / "loopnote-task.xml"
            return (f'schtasks /Create /TN {TASK_NAME} /XML "{file}"',)


def usual_kind(platform: str) -> ScheduleKind:
    """Return what a system (`sys.platform`) starts programs with."""
    return {"win32": "windows", "darwin": "launchd"}.get(platform, "cron")  # type: ignore[return-value]


def _unit_word(text: str) -> str:
    """Return a word of a unit's list: quoted, with its per cent and dollar signs taken literally.

    Source: systemd.service(5), "Command lines", and systemd.unit(5), "Specifiers".
    """
    held = _percent(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{held}"' if not held or any(sign in held for sign in ' \t"\\') else held


def _unit_path(path: Path) -> str:
    """Return a folder of a unit's list that need not be there: no variable is looked for in it.

    A folder that is missing would end the unit before its first line, and nobody would hear of it;
    with the "-" the run begins, and says itself what it may not write.

    Source: systemd.exec(5), "ReadWritePaths=".
    """
    return _unit_word(f"-{path}").replace("$$", "$")


def _percent(text: str) -> str:
    return text.replace("%", "%%")
