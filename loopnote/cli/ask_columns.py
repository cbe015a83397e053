"""`columns --ask`: what is open about a log's columns, one key a question, written into the configuration."""

from collections.abc import Sequence

from loopnote.cli.output.keys import read_key
from loopnote.cli.output.terminal import print_line, print_notice
from loopnote.commands.ask_columns import IGNORE, ColumnQuestion, open_questions
from loopnote.config.edit import edit_config, name_columns
from loopnote.runtime.machine import command
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import field_label, language, say
from notes.model.errors import ConfigError

from . import DONE, PARTLY
from .session import Session


def ask_columns(session: Session, source: str) -> int:
    """Ask every open question, and write the answers at the end, also when the asking was stopped.

    Raises:
        ConfigError: the configuration cannot be written.
    """
    if session.as_json:
        raise ConfigError(say("ask.asked_json"), hint=say("ask.asked_json_hint"))
    with session.progress() as progress:
        questions, failed = open_questions(session.wiring, source, progress=progress)
    for name, error in failed:
        message, hint = error_texts(
            language(), error.code, error.facts, message=str(error), hint=error.hint
        )
        print_notice(say("sync.failed", source=name, error=message))
        print_notice(f"  → {hint}")
    if not questions:
        print_line(say("ask.none"))
        return PARTLY if failed else DONE
    print_line(say("ask.intro", count=len(questions)))
    answers = _ask_all(questions)
    _write(session, answers)
    return PARTLY if failed else DONE


def _ask_all(questions: Sequence[ColumnQuestion]) -> dict[str, dict[str, str]]:
    """Return the answers by source and column."""
    answers: dict[str, dict[str, str]] = {}
    for number, question in enumerate(questions, 1):
        _put_question(number, len(questions), question)
        try:
            answer = _answer(question)
        except (EOFError, KeyboardInterrupt):
            break
        if answer:
            label = say("ask.nothing") if answer == IGNORE else field_label(answer)
            print_line(say("ask.answered", meaning=label))
            answers.setdefault(question.source, {})[question.name] = answer
    return answers


def _put_question(number: int, count: int, question: ColumnQuestion) -> None:
    print_line()
    print_line(
        say(
            "ask.question",
            number=number,
            count=count,
            source=question.source,
            tab=question.tab,
            header=question.header,
        )
    )
    for sample in question.samples:
        print_line("    " + " ".join(sample.split())[:100])
    for key, choice in enumerate(question.choices, 1):
        now = f"  ({say('ask.now')})" if key == 1 and question.likely else ""
        print_line(f"  {key}  {field_label(choice)}{now}")
    print_line(f"  0  {say('ask.nothing')}    Enter  {say('ask.later')}")


def _answer(question: ColumnQuestion) -> str:
    """Return the chosen meaning, "" for later.

    Raises:
        EOFError: no more answers come.
    """
    while True:
        key = read_key()
        if key in ("q", "Q", "ㅂ", ""):
            raise EOFError
        if key == "\n":
            return ""
        if key == "0":
            return IGNORE
        if key.isdigit() and int(key) <= len(question.choices):
            return question.choices[int(key) - 1]
        print_notice(say("ask.no_such_key", last=len(question.choices)))


def _write(session: Session, answers: dict[str, dict[str, str]]) -> None:
    path = session.wiring.loaded.path
    for source, meanings in answers.items():
        edit_config(path, name_columns(source, meanings))
    count = sum(map(len, answers.values()))
    if count:
        print_line(say("ask.written", path=path, count=count, loopnote=command()))
    else:
        print_line(say("ask.nothing_written"))
