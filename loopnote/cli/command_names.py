"""The commands in the order of the help, and the module of this package that has each.

A command line loads one module, not all of them: `loopnote --help` needs the names alone.
"""

COMMAND_MODULES = {
    "try": "try_log",
    "demo": "setup",
    "init": "init",
    "doctor": "setup",
    "login": "login",
    "sync": "sync",
    "columns": "sync",
    "problems": "sync",
    "notes": "notes",
    "history": "notes",
    "search": "notes",
    "report": "send",
    "send": "send",
    "run": "send",
    "status": "send",
    "archive": "archive",
    "schedule": "schedule",
    "worker": "worker",
    "preview": "schedule",
    "replay": "schedule",
    "join": "maintenance",
    "split": "maintenance",
    "undo": "maintenance",
    "backup": "maintenance",
    "erase": "maintenance",
    "export": "export",
    "import": "export",
    "similar": "playbook",
    "playbook": "playbook",
    "completion": "completion",
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
