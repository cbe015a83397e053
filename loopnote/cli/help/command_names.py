"""The commands in the order of the help, and where in this package the module of each stands.

A command line loads one module, not all of them: `loopnote --help` needs the names alone.
"""

COMPLETE_VARIABLE = "_LOOPNOTE_COMPLETE"
"""A shell that wants to complete a line calls loopnote with this variable set (see `completion`).
"""

COMMAND_MODULES = {
    "try": "setup.try_log",
    "demo": "setup.demo",
    "init": "setup.init",
    "doctor": "setup.doctor",
    "login": "setup.login",
    "sync": "reading.sync",
    "columns": "reading.columns",
    "problems": "reading.problems",
    "notes": "notes.notes",
    "history": "notes.history",
    "search": "notes.search",
    "report": "reporting.report",
    "send": "runs.send",
    "run": "runs.run",
    "status": "runs.status",
    "archive": "reporting.archive",
    "schedule": "runs.schedule",
    "worker": "runs.worker",
    "preview": "reporting.preview",
    "replay": "reporting.replay",
    "join": "store.join",
    "split": "store.split",
    "undo": "store.undo",
    "backup": "store.backup",
    "erase": "store.erase",
    "export": "store.export",
    "import": "store.import_export",
    "similar": "notes.similar",
    "playbook": "notes.playbook",
    "completion": "setup.completion",
}
"""Command to module, in the order of the help: setting up first, then what is used daily, then
care."""


def command_of(arguments: list[str]) -> str:
    """Return the command that is called; "" where the first word is none, or there is no word.

    >>> command_of(["--json", "--config", "run", "status", "sync"])
    'status'
    """
    words = (
        word
        for before, word in zip(["", *arguments], arguments, strict=False)
        if not word.startswith("-") and before != "--config"
    )
    first = next(words, "")
    return first if first in COMMAND_MODULES else ""
