"""`columns --ask`: what is open about a log, one key a question, written into the configuration."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loopnote.cli.exit_codes import DONE, INTERRUPTED, PARTLY
from loopnote.cli.input.key_press import read_key
from loopnote.cli.output.console import print_line, print_notice
from loopnote.cli.session import Session
from loopnote.commands.reading.ask_columns import (
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

KEYS = "123456789abcdefghijkl"
"""One key a choice, in this order; q stops. There are three candidates at most beside the usual
meanings."""
ON_KOREAN_KEYS = dict(zip("ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅂㅃ", "abcdefghijklqq", strict=True))
"""What the same keys give while a Korean keyboard is on."""


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
    for key, year in zip(KEYS, question.choices, strict=False):
        print_line(f"  {key}  {year}")
    print_line(f"  Enter  {say('ask.later')}")
    chosen = _chosen(len(question.choices), may_be_none=False)
    if chosen is not None:
        answers.years[question.source] = question.choices[chosen]
        print_line(say("ask.answered", meaning=str(question.choices[chosen])))


def _ask_column(question: ColumnQuestion, answers: Answers, number: str) -> None:
    _put_question(number, question)
    chosen = _chosen(len(question.choices), may_be_none=True)
    if chosen is None:
        return
    answer = IGNORE if chosen == NONE_OF_THESE else question.choices[chosen]
    label = say("ask.nothing") if chosen == NONE_OF_THESE else field_label(answer)
    print_line(say("ask.answered", meaning=label))
    answers.columns.setdefault(question.source, {})[question.name] = answer


def _put_question(number: str, question: ColumnQuestion) -> None:
    print_line()
    place = {"source": question.source, "tab": question.tab, "header": question.header}
    print_line(say("ask.question", number=number, **place))
    _put_samples(question.samples)
    for key, choice in zip(KEYS, question.choices, strict=False):
        now = f"  ({say('ask.now')})" if key == KEYS[0] and question.likely else ""
        print_line(f"  {key}  {field_label(choice)}{now}")
    print_line(f"  0  {say('ask.nothing')}    Enter  {say('ask.later')}")


def _put_samples(samples: Sequence[str]) -> None:
    for sample in samples:
        print_line("    " + " ".join(sample.split())[:100])


NONE_OF_THESE = -1
"""In the place of a choice, which counts from 0."""


def _chosen(count: int, *, may_be_none: bool) -> int | None:
    """Return the place of the choice whose key was pressed, NONE_OF_THESE for 0, None for later.

    Raises:
        EOFError: no more answers come.
    """
    while True:
        key = read_key().lower()
        key = ON_KOREAN_KEYS.get(key, key)
        if key in ("q", ""):
            raise EOFError
        if key == "\n":
            return None
        if key == "0" and may_be_none:
            return NONE_OF_THESE
        if key in KEYS[:count]:
            return KEYS.index(key)
        keys = f"1–9, a–{KEYS[count - 1]}" if count > 9 else f"1–{count}"
        print_notice(say("ask.no_such_key" if may_be_none else "ask.no_such_year", keys=keys))


def _write(session: Session, answers: Answers) -> None:
    path = session.wiring.loaded.path
    years = [name_year(source, year) for source, year in answers.years.items()]
    columns = [name_columns(source, meanings) for source, meanings in answers.columns.items()]
    if not answers.count:
        print_line(say("ask.nothing_written"))
        return
    edit_config(path, together(*years, *columns))
    print_line(say("ask.written", path=path, count=answers.count, loopnote=command()))
