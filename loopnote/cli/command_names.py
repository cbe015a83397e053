"""The commands in the order of the help, and the module of this package that has each.

A command line loads one module, not all of them: `loopnote --help` needs the names alone.
"""

COMMAND_MODULES = {
    "try": "setup.try_log",
    "demo": "setup.demo",
    "init": "setup.init",
    "doctor": "setup.doctor",
    "login": "setup.login",
    "sync": "reading.sync",
    "columns": "reading.sync",
    "problems": "reading.sync",
    "notes": "notes.notes",
    "history": "notes.notes",
    "search": "notes.notes",
    "report": "runs.send",
    "send": "runs.send",
    "run": "runs.send",
    "status": "runs.send",
    "archive": "reporting.archive",
    "schedule": "runs.schedule",
    "worker": "runs.worker",
    "preview": "runs.schedule",
    "replay": "runs.schedule",
    "join": "store.maintenance",
    "split": "store.maintenance",
    "undo": "store.maintenance",
    "backup": "store.maintenance",
    "erase": "store.maintenance",
    "export": "store.export",
    "import": "store.export",
    "similar": "notes.playbook",
    "playbook": "notes.playbook",
    "completion": "setup.completion",
}


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
