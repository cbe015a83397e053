"""`columns --ask`: what is open about a log, one key a question, written into the configuration."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loopnote.cli.output.keys import read_key
from loopnote.cli.output.terminal import print_line, print_notice
from loopnote.commands.ask_columns import (
    IGNORE,
    ColumnQuestion,
    OpenQuestions,
    YearQuestion,
    open_questions,
)
from loopnote.config.edit import edit_config, name_columns, name_year, together
from loopnote.runtime.machine import command
from loopnote.runtime.messages.errors import error_texts
from loopnote.runtime.messages.terminal import field_label, language, say
from notes.model.errors import ConfigError

from . import DONE, INTERRUPTED, PARTLY
from .session import Session


@dataclass(slots=True)
class Answers:
    """What was answered so far: meanings by source and column, years by source."""

    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def count(self) -> int:
        """Return how many questions were answered."""
        return len(self.years) + sum(map(len, self.columns.values()))


def ask_columns(session: Session, source: str) -> int:
    """Ask every open question, and write the answers at the end, also when the asking was stopped.

    Raises:
        ConfigError: the configuration cannot be written.
    """
    if session.as_json:
        raise ConfigError(say("ask.asked_json"), hint=say("ask.asked_json_hint"))
    with session.progress() as progress:
        questions = open_questions(session.wiring, source, progress=progress)
    for name, error in questions.failed:
        message, hint = error_texts(
            language(), error.code, error.facts, message=str(error), hint=error.hint
        )
        print_notice(say("sync.failed", source=name, error=message))
        print_notice(f"  → {hint}")
    count = len(questions.years) + len(questions.columns)
    if not count:
        print_line(say("ask.none"))
        return PARTLY if questions.failed else DONE
    print_line(say("ask.intro", count=count))
    answers = _ask_all(questions, count)
    _write(session, answers)
    if answers.interrupted:
        return INTERRUPTED
    return PARTLY if questions.failed else DONE


def _ask_all(questions: OpenQuestions, count: int) -> Answers:
    """Put the questions one after the other until they end or the person stops."""
    answers = Answers()
    try:
        for number, asked in enumerate(questions.years, 1):
            _ask_year(asked, answers, f"({number}/{count})")
        for number, question in enumerate(questions.columns, len(questions.years) + 1):
            _ask_column(question, answers, f"({number}/{count})")
    except EOFError:
        return answers
    except KeyboardInterrupt:
        print_notice("\n" + say("ask.interrupted"))
        answers.interrupted = True
    return answers


def _ask_year(question: YearQuestion, answers: Answers, number: str) -> None:
    print_line()
    print_line(say("ask.year", number=number, source=question.source))
    _put_samples(question.samples[:3])
    for key, year in enumerate(question.choices, 1):
        print_line(f"  {key}  {year}")
    print_line(f"  Enter  {say('ask.later')}")
    chosen = _chosen(len(question.choices), least=1)
    if chosen is not None:
        answers.years[question.source] = question.choices[chosen - 1]
        print_line(say("ask.answered", meaning=str(question.choices[chosen - 1])))


def _ask_column(question: ColumnQuestion, answers: Answers, number: str) -> None:
    _put_question(number, question)
    key = _chosen(len(question.choices), least=0)
    if key is None:
        return
    answer = question.choices[key - 1] if key else IGNORE
    label = field_label(answer) if key else say("ask.nothing")
    print_line(say("ask.answered", meaning=label))
    answers.columns.setdefault(question.source, {})[question.name] = answer


def _put_question(number: str, question: ColumnQuestion) -> None:
    print_line()
    place = {"source": question.source, "tab": question.tab, "header": question.header}
    print_line(say("ask.question", number=number, **place))
    _put_samples(question.samples)
    for key, choice in enumerate(question.choices, 1):
        now = f"  ({say('ask.now')})" if key == 1 and question.likely else ""
        print_line(f"  {key}  {field_label(choice)}{now}")
    print_line(f"  0  {say('ask.nothing')}    Enter  {say('ask.later')}")


def _put_samples(samples: Sequence[str]) -> None:
    for sample in samples:
        print_line("    " + " ".join(sample.split())[:100])


def _chosen(last: int, *, least: int) -> int | None:
    """Return the number of the key that was pressed, None for later.

    Raises:
        EOFError: no more answers come.
    """
    while True:
        key = read_key()
        if key in ("q", "Q", "ㅂ", ""):
            raise EOFError
        if key == "\n":
            return None
        if key.isdecimal() and least <= int(key) <= last:
            return int(key)
        print_notice(say("ask.no_such_key" if least == 0 else "ask.no_such_year", last=last))


def _write(session: Session, answers: Answers) -> None:
    path = session.wiring.loaded.path
    years = [name_year(source, year) for source, year in answers.years.items()]
    columns = [name_columns(source, meanings) for source, meanings in answers.columns.items()]
    if not answers.count:
        print_line(say("ask.nothing_written"))
        return
    edit_config(path, together(*years, *columns))
    print_line(say("ask.written", path=path, count=answers.count, loopnote=command()))
