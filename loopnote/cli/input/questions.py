"""Questions to a person, each answer checked when it is given.

With line editing on a terminal, by the lines of a pipe elsewhere.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from loopnote.cli.output.console import print_notice
from loopnote.runtime.messages.terminal import say
from notes.model.errors import ConfigError

if TYPE_CHECKING:  # the library for prompts is only needed on a terminal
    from questionary import Question

Check = Callable[[str], str]
"""Gives what is wrong with an answer, "" for a good one."""


def no_check(_answer: str) -> str:
    """Find nothing wrong."""
    return ""


def ask(
    question: str, default: str = "", *, check: Check = no_check, optional: bool = False
) -> str:
    """Ask until the answer is good and return it, the default for an empty one.

    Raises:
        ConfigError: the input ended without an answer.
    """
    shown = default
    while True:
        answer = _terminal(question, shown) if is_asked_on_a_terminal() else _piped(question, shown)
        if answer is None and not (optional or default):
            raise ConfigError(
                say("init.unanswered", question=question), hint=say("init.options_hint")
            )
        text = unquoted(answer or default)
        fault = check(text) if text else "" if optional else say("init.needed")
        if not fault:
            return text
        print_notice(f"  ✗ {fault}")
        if is_asked_on_a_terminal():
            shown = text or default  # to be corrected, not to be typed again
        if answer is None:
            raise ConfigError(fault, hint=say("init.options_hint"))


def unquoted(answer: str) -> str:
    """Return an answer without the blanks and the quotes around it: a path is often pasted as a
    shell wants it.

    >>> unquoted(" 'our log.xlsx' ")
    'our log.xlsx'
    """
    text = answer.strip()
    quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def is_asked_on_a_terminal() -> bool:
    """Return whether a person answers, and may be asked for a secret or to try again."""
    return sys.stdin.isatty()


def ask_secret(question: str) -> str:
    """Return what a person types unseen; "" where nobody does, for a secret has no place in a
    pipe.
    """
    if not is_asked_on_a_terminal():
        return ""
    import questionary

    return _answer(questionary.password(question, qmark="?"))


def _terminal(question: str, default: str) -> str:
    import questionary

    return _answer(questionary.text(question, default=default, qmark="?"))


def _answer(prompt: "Question") -> str:
    """Return the answer; Ctrl-C and Ctrl-D both stop the conversation."""
    try:
        answer: str = prompt.unsafe_ask()
    except EOFError as error:
        raise KeyboardInterrupt from error
    return answer.strip()


def _piped(question: str, default: str) -> str | None:
    shown = f" [{default}]" if default else ""
    print(f"{question}{shown}: ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        print(file=sys.stderr)
        return None
    return line.strip()
