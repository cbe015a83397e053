"""Weighs what the columns of a table show of a log (reading rules 1.3b, ADR 0186).

The words of a log are a closed list, those of lists are not: so a table is a log where its columns
show it, and is asked about where they don't.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from sync.parsing.cells.labels import split_labels
from sync.parsing.cells.text import fold
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import SAID, names_in, nearest_role, plain_header

from .grades import TEXT_FIELDS, ColumnMeaning, Meaning, Open

Sign = Literal["telling", "common", "little"]

_LIKE_TELLING = 1.75
"""What a header weighs that is only like one of a log alone ("what we tried", 가설): that is enough
by itself, this is not beside columns that nobody knows."""
_TELLING = 2.0
"""What the very words of a log weigh: enough by themselves, and beside two columns that nobody
knows only with a day and a person, where nothing tells the other side: what was tried beside what
came of it, or the other way round ("What I learned" of books, "What we did" for complaints)."""
_COMMON = 1.0
"""What a field, a day, a person or a verdict weighs that lists have as well."""
_PAIR = 2.0
"""What a before beside its after weighs: lists seldom measure anything twice."""
_LIKELY = 0.5
"""What texts weigh that agree on a field under a header that nobody knows."""
_LIKELY_ALONE = 2
"""Texts that only agree on a field from which they show a log without any other."""
_OPINION = 0.5
"""What the second of two opinions weighs ("Liked" beside "Disliked"): whoever looks at things, and
tries none, has both."""
_NAMED = 0.5
"""What a name of any thing weighs beside a field ("Name", "제목")."""
_UNKNOWN = 0.5
"""What a full column weighs against a log whose meaning nobody knows: two outweigh a day."""
_MARK = 1.0
"""What a header of a register weighs against it ("장소", "candidate")."""
_ENOUGH = 2.0
"""From here a table is a log; judgement, held against 60 lists that no list of words had seen and
all logs of the corpus, the cases and the examples: a deed with its day ("Date", "Action") is
enough."""

_ENOUGH_OF_ONE_SIDE = 2.25
"""From here what tells one side alone is a log: more than its word and two unknown columns leave of
a day."""
_DEEDS = frozenset({"execution", "hypothesis", "if", "then", "because", "expected"})
_ASIDE = frozenset({"goal", "next_action", "next_keep", "next_stop", "next_start"})
"""Fields that no list is a log by: aims and next steps stand beside customers, leads and people."""
_OPINIONS = frozenset({"success_factors", "failure_factors"})
_DAYS = frozenset({"date", "start_date", "end_date", "due", "week"})
_OTHER = (_DAYS, frozenset({"owners"}), frozenset({"outcome", "next_kind"}))
"""What lists have as well as logs: opinions on both sides, days, an owner, a state. They count
together, never alone (reading rules 1.3b)."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the columns of a table show.

    The certain ones, the signs of those that tell, and all roles; `beside_log` and `stated` are
    those of `shows_a_log`; `against` is what columns that nobody knows and headers of registers
    weigh, `of_others` what those do that may name another subject than trials; `counted` says
    whether a column numbers the trials. `unknown` is the part of `of_others` that nobody knows.
    """

    certain: Sequence[tuple[str, ColumnMeaning]]
    signs: Sequence[tuple[ColumnMeaning, Sign]]
    roles: Set[str]
    against: float
    of_others: float
    unknown: float
    beside_log: bool
    stated: int
    counted: bool

    @property
    def telling(self) -> list[ColumnMeaning]:
        return [one for one, sign in self.signs if sign == "telling"]

    @property
    def named(self) -> bool:
        """Return whether a header is the very word of a log."""
        return any(_is_named(one) and one.role not in _ASIDE for one in self.telling)

    @property
    def supposes(self) -> bool:
        """Return whether a header is the very word of a hypothesis."""
        return any(
            _is_named(one) and one.role == "hypothesis" and one.reason not in _OF_WISHES
            for one in self.telling
        )

    @property
    def tells(self) -> bool:
        told = any(
            one.role not in _ASIDE or _phrase(one) in _words("decisions") for one in self.telling
        )
        named = any(_names_a_trial(one) for _, one in self.certain if one.role == "title")
        return told or named or self.counted

    @property
    def common(self) -> Set[str]:
        return {
            one.role
            for one, sign in self.signs
            if sign == "common" or (sign == "telling" and one.role in _ASIDE)
        }

    @property
    def likely(self) -> Set[str]:
        return self.roles & TEXT_FIELDS - {one.role for one, _ in self.signs}

    @property
    def decided(self) -> bool:
        """Return whether next steps stand beside a verdict that is not of people, or a log."""
        judged = "outcome" in self.roles and not self.of_people
        return "next_action" in self.roles and (self.beside_log or judged)

    @property
    def of_people(self) -> bool:
        """Return whether one opinion and a next step stand where nothing was tried."""
        lone = len(self.common & _OPINIONS) == 1 and self.common <= _OPINIONS | {"next_action"}
        return lone and not self.roles & (_DEEDS | {"title"})

    @property
    def judged(self) -> bool:
        roles, dated = self.roles, bool(self.roles & _DAYS)
        return (
            {"before", "after"} <= roles
            or (dated and {"outcome", "owners"} <= roles and len(roles & TEXT_FIELDS) > 1)
            or (dated and {"outcome", "learned"} <= {one.role for _, one in self.certain})
        )


def shows_a_log(
    columns: Sequence[TableColumn],
    meanings: Sequence[Meaning],
    *,
    beside_log: bool = False,
    stated: int = 0,
) -> bool:
    """Return whether the columns of a table show that it is a log.

    `beside_log`: a log stands in the same workbook, so that a list of work to do belongs to it
    (reading rules 1.1); `stated`: how much of a day and a person the lines above the rows name.
    """
    both = list(zip(columns, meanings, strict=True))
    certain = [
        (column.header, one)
        for column, one in both
        if isinstance(one, ColumnMeaning) and one.grade == "certain" and one.profile.size
    ]
    of_others = [
        (_weight_against(column, one), _is_mark(column.header, one))
        for column, one in both
        if not _names_no_subject(column, one)
    ]
    shown = _Shown(
        certain=certain,
        signs=[(one, sign_of(header, one)) for header, one in certain if one.role in TEXT_FIELDS],
        roles={one.role for one in meanings if one.profile.size},
        against=sum(_weight_against(*one) for one in both),
        of_others=sum(weight for weight, _ in of_others),
        unknown=sum(weight for weight, is_mark in of_others if not is_mark),
        beside_log=beside_log,
        stated=stated,
        counted=any(map(_counts_trials, columns, meanings)),
    )
    if _only_wants(shown):
        return False
    several = any(_names_several(header) for header, _ in certain)
    if _tells_both_sides(shown) or several or _are_cards(both) or any(map(_is_labelled, columns)):
        return True
    return _may_be_a_log(shown) and _weighs_enough(shown)


def _only_wants(shown: _Shown) -> bool:
    """Return whether a table only wants: ideas, aims and tasks without a day on which any was done.

    A list of ideas, a programme by weeks, tasks with their deadlines. A log says when or how it
    went, if it has no field that only logs have, or stands beside one.
    """
    own = any(
        one.reason not in _OF_WISHES and (one.role not in _ASIDE or " · " in one.reason)
        for one in shown.telling
        if _is_named(one)
    )
    if shown.beside_log or shown.stated or own:
        return False
    roles = shown.roles - {one.role for one, sign in shown.signs if sign == "little"}
    return not roles & (_CAME | _HAPPENED | {"done_check"}) and bool(roles & (_DEEDS | _ASIDE))


_OF_WISHES = ("idea · expected effect",)
"""Frames of what is proposed, and may never be tried."""


def _tells_both_sides(shown: _Shown) -> bool:
    """Return whether the words of a log stand in a table that shows what else makes one.

    What was tried beside what came of it; or hardly anything that speaks of another kind of list.
    One side alone may be about books, children or complaints. A hypothesis by its own word is for
    trials alone: columns that nobody knows (in a third language) do not speak against it.
    """
    came_of_it = shown.roles & _DEEDS and shown.roles & _CAME - _HOW_IT_IS
    came_after = "problem" in shown.roles and shown.roles & _TOLD_AFTER
    others = shown.of_others - shown.unknown * shown.supposes
    return shown.named and bool(came_of_it or came_after or others < _MARK)


def _may_be_a_log(shown: _Shown) -> bool:
    """Return whether there is anything to weigh: a deed, several opinions or likely texts."""
    common = shown.common
    looks_back = len(common) > 1 and not shown.of_people
    firm = shown.tells or shown.judged
    if not (firm or shown.decided or shown.roles & _DEEDS or looks_back):
        return False
    told = firm or common or shown.decided or len(shown.likely) >= _LIKELY_ALONE
    return bool(told)


def _weighs_enough(shown: _Shown) -> bool:
    telling = _TELLING if shown.named else _LIKE_TELLING * shown.tells
    opinions = _OPINION * (shown.common >= _OPINIONS)
    fields = telling + _COMMON * len(shown.common) - opinions + _LIKELY * len(shown.likely)
    titled = _NAMED * any(one.role == "title" for _, one in shown.certain)
    for_it = fields + titled + _beside(shown.certain) + _COMMON * shown.stated
    if shown.named:
        return for_it - shown.of_others >= _ENOUGH_OF_ONE_SIDE
    return for_it - shown.against >= _ENOUGH


_CAME = frozenset(
    {
        "result", "retrospective", "success_factors", "failure_factors", "learned", "outcome",
        "winner", "before", "after", "metric", "change", "next_kind", "status", "problem",
    }
)  # fmt: skip
"""What tells the other side of a deed: what came of it, or how it is."""
_TOLD_AFTER = frozenset({"result", "retrospective", "learned"})
"""What tells of the time after a problem: the two sides of a log that has no word for its deed."""
_HOW_IT_IS = frozenset({"status", "problem"})
"""Of these, what says how something is and not what came of a deed."""
_HAPPENED = frozenset({"date", "start_date", "end_date", "logged", "edited", "author"})
"""Roles of days on which something was done; a week alone may be a programme's, a deadline is to
come."""


def _are_cards(both: Sequence[tuple[TableColumn, Meaning]]) -> bool:
    """Return whether one column held the cards of a retrospective, next steps among them ("Glad",
    "Sad", "Action"): whatever stands beside them, guests and pupils decide nothing.
    """
    parts: dict[str, set[str]] = {}
    for column, one in both:
        parts.setdefault(column.letter, set()).add(one.role)
    return any("next_action" in roles and roles & _OPINIONS for roles in parts.values())


def _is_labelled(column: TableColumn) -> bool:
    """Return whether most texts of a column are parted by labels of a log ("[한 일] … [다음] …").

    A label is as certain as a header (ADR 0112); two fields in a cell are no remark by chance.
    """
    texts = [value for value in islice(column.values, _LABELS_LOOKED_AT) if isinstance(value, str)]
    longer = [text for text in texts if len(text) >= _SHORTEST_LABELLED]
    labelled = [len({part.role for part in split_labels(text)} - {""}) > 1 for text in longer]
    return bool(labelled) and sum(labelled) * 2 > len(texts)


_LABELS_LOOKED_AT = 12
"""Cells looked at for labels: judgement, a team that labels its cells does it from the start."""
_SHORTEST_LABELLED = 8
"""Signs of the shortest text with two labels ("K: a P: b"); below it none is looked for."""


def sign_of(header: str, meaning: ColumnMeaning) -> Sign:
    """Return what the header of a text field shows of a log.

    A column that belongs to a frame of others ("Plan", "Do", "Check") tells; so does a Notion
    type's or the configuration's word.
    """
    if meaning.reason[:1] not in "“≈":
        return "telling"
    phrase = _phrase(meaning)
    words = {phrase, plain_header(phrase), plain_header(header)}
    if words & _words("little"):
        return "little"
    if not _is_named(meaning) and _names_another(header, phrase):
        return "little"
    return "common" if words & _words("common") else "telling"


def _names_another(header: str, phrase: str) -> bool:
    """Return whether a header over long texts names a thing ("Item to verify"), or is hardly like
    how something stands ("Where to get it").

    How far something is ("개발 진행 상황") is told in sentences, too.
    """
    role = nearest_role(phrase)
    return role == "title" or (role == "status" and nearest_role(header, SAID) != "status")


def names_a_field(header: str, meaning: Meaning) -> bool:
    """Return whether a header names by itself a field that lists of things do not have.

    Reading rules 1.3a: short cells, or columns beside it that nobody knows, do not outvote it.
    """
    if not isinstance(meaning, ColumnMeaning) or meaning.grade != "certain":
        return False
    told = meaning.role in TEXT_FIELDS - _ASIDE and _is_named(meaning)
    return told and sign_of(header, meaning) == "telling"


def _names_several(header: str) -> bool:
    """Return whether a header is a chain of fields ("Observation → hypothesis → result")."""
    parts = [nearest_role(name, SAID) for name in names_in(header)]
    return len({*parts} & TEXT_FIELDS) > 1 and all(part in TEXT_FIELDS for part in parts)


def _is_named(meaning: ColumnMeaning) -> bool:
    """Return whether a meaning is the very phrase, or a frame, and not only like one."""
    return not meaning.reason.startswith("≈")


def _names_a_trial(meaning: Meaning) -> bool:
    return _phrase(meaning) in _words("trials")


def _counts_trials(column: TableColumn, meaning: Meaning) -> bool:
    """Return whether a column numbers the attempts of a table ("시도": 1, 2, 3; "Attempt #")."""
    numbered = meaning.profile.share("number") >= _MOSTLY_NUMBERS
    return numbered and plain_header(column.header).rstrip(" #") in _words("counted")


_MOSTLY_NUMBERS = 0.9
"""Share of numbers from which a column numbers: judgement, one of ten may be "2b"."""


def _phrase(meaning: Meaning) -> str:
    return fold(meaning.reason.strip("“”≈ "))


def leaves_texts_open(meanings: Sequence[Meaning]) -> bool:
    """Return whether texts of unknown columns stand beside names of things that may be no trials.

    What such a list tells is what nobody reads: prayers and their answers, cases and their ends.
    """
    tried = any(one.role == "title" and _names_a_trial(one) for one in meanings)
    return not tried and any(isinstance(one, Open) and one.tells for one in meanings)


def _beside(certain: Sequence[tuple[str, ColumnMeaning]]) -> float:
    """Return what days, people, verdicts and numbers beside the texts weigh, each kind once."""
    roles: Set[str] = {one.role for _, one in certain if _is_named(one) or one.role in _DAYS}
    kinds = sum(_COMMON for kind in _OTHER if roles & kind)
    several = _COMMON * bool({"start_date", "end_date"} <= roles)
    pair = _PAIR * bool({"before", "after"} <= roles) or _COMMON * bool(roles & {"metric", "after"})
    dated = _NAMED * bool("status" in roles and roles & _DAYS)
    return kinds + several + pair + dated


def _weight_against(column: TableColumn, one: Meaning) -> float:
    """Return what a column weighs against a log that nobody knows or that is a register's."""
    if not column.header or not one.profile.size:
        return 0.0
    return _MARK if _is_mark(column.header, one) else _UNKNOWN * one.profile.filled * (not one.role)


def _names_no_subject(column: TableColumn, one: Meaning) -> bool:
    """Return whether a column only counts, or says when and where: it is not what a list is of."""
    words = plain_header(column.header)
    counts = not one.role and one.profile.share("number", "change", "key") >= _MOSTLY
    return (counts and words not in _words("marks")) or words in _words("when_and_where")


_MOSTLY = 0.6
"""Share of cells; judgement: a clear majority."""


def _is_mark(header: str, meaning: Meaning) -> bool:
    """Return whether a header is one of a register, or names a thing that ends so ("발견 장소").

    What is measured or dated may end so as well ("Sign-ups last time", "응대 시간").
    """
    words = plain_header(header)
    ends = words.rpartition(" ")[2] if meaning.role in _OF_THINGS else words
    return bool({words, ends} & _words("marks"))


_OF_THINGS = frozenset({"", "tags", "tool"})
"""Roles of columns that say where, with what and of what kind."""


@cache
def _words(name: str) -> frozenset[str]:
    if name == "marks":
        return frozenset(map(fold, load_words("registers")["marks"]))
    weak = load_words("registers")["weak"] if name == "little" else ()
    return frozenset(map(fold, [*load_words("evidence")[name], *weak]))
