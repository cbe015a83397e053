"""Outlines with one trial below the other (RULES 3.4): each block of labels is one note.

Where nothing tells whose a line is, the tab is asked about and no trials are joined.
"""

from collections.abc import Sequence

import pytest
from fakes.text_grids import notes, read

from notes.model.notes import Note
from sync.contents.workbook import Grid

_LABELS = {
    "ko": ("이름", "한 일", "결과", "배운 점"),
    "en": ("Name", "What we did", "Result", "Learned"),
}
_TRIALS = {
    "ko": (
        ("쿠폰 문자", "김민수", "쿠폰을 보냈다", "열두 명이 왔다", "문자를 읽는다"),
        ("창가 자리 예약", "이지은", "예약제로 바꿨다", "빈자리가 줄었다", "주말에 쓸모 있다"),
        ("입간판", "박서준", "입간판을 세웠다", "행인이 들어왔다", "간판이 보인다"),
        ("전화 확인", "최유나", "전날 전화했다", "노쇼가 줄었다", "전화는 힘들다"),
        ("아침 할인", "정다은", "아침에 할인했다", "손님이 그대로였다", "아침은 바쁘다"),
    ),
    "en": (
        ("Coupon by text", "Ann Lee", "Sent coupons", "Twelve people came", "Texts are read"),
        ("Window seats", "Ben Cole", "Took bookings", "Fewer empty seats", "Good at weekends"),
        ("Sign outside", "Cara Dunn", "Put up a sign", "Passers-by came in", "Signs are seen"),
        ("Calls to confirm", "Dan Fox", "Called before", "Fewer no-shows", "Calls are hard"),
        ("Early discount", "Eve Hart", "Cut the price", "No more guests", "Mornings are busy"),
    ),
}
_TITLES = {
    "square": ("■ {title}", "{title}"),
    "hash": ("# {title}", "{title}"),
    "number": ("{nth}. {title}", "{title}"),
    "bracket": ("[{word} {nth}]", "{word} {nth}"),
    "bracket and title": ("[{word} {nth}] {title}", "[{word} {nth}] {title}"),
    "counted": ("{word} {nth}: {title}", "{word} {nth}: {title}"),
    "plain": ("{title}", "{title}"),
    "label": ("{label}: {title}", "{title}"),
}
_WORDS = {"ko": {"word": "실험", "label": "제목"}, "en": {"word": "Trial", "label": "Title"}}


def _grid(lines: Sequence[str]) -> Grid:
    return Grid("Log", [[line or None] for line in lines])


def _block(language: str, nth: int, title: str = "", lacks: int = -1) -> list[str]:
    name, *cells = _TRIALS[language][nth]
    said = title.format(title=name, nth=nth + 1, **_WORDS[language])
    labelled = zip(_LABELS[language], cells, strict=True)
    lines = [f"{label}: {text}" for place, (label, text) in enumerate(labelled) if place != lacks]
    return [said, *lines] if said else lines


def _told(note: Note) -> tuple[str, ...]:
    owner = note.owners[0] if note.owners else ""
    return owner, note.execution, note.retrospective, note.learned


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("size", [2, 3, 5])
@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("style", list(_TITLES))
def test_each_block_of_an_outline_is_a_note_with_its_title(
    language: str, size: int, blank: bool, style: str
) -> None:
    written, expected = _TITLES[style]
    lines: list[str] = []
    for nth in range(size):
        lines += [*([""] if blank and nth else []), *_block(language, nth, written)]
    found = notes(_grid(lines))
    assert [_told(note) for note in found] == [trial[1:] for trial in _TRIALS[language][:size]]
    assert [note.title for note in found] == [
        expected.format(title=_TRIALS[language][nth][0], nth=nth + 1, **_WORDS[language])
        for nth in range(size)
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("lacks", [0, 1, 2, 3])
@pytest.mark.parametrize("where", [0, 1, 2])
@pytest.mark.parametrize(("title", "blank"), [("■ {title}", False), ("{title}", True)])
def test_a_block_that_lacks_a_label_takes_none_of_its_neighbour(
    language: str, lacks: int, where: int, title: str, blank: bool
) -> None:
    lines: list[str] = []
    for nth in range(3):
        block = _block(language, nth, title, lacks if nth == where else -1)
        lines += [*([""] if blank and nth else []), *block]
    expected = [list(trial[1:]) for trial in _TRIALS[language][:3]]
    expected[where][lacks] = ""
    assert [list(_told(note)) for note in notes(_grid(lines))] == expected


@pytest.mark.parametrize("blank", [True, False])
def test_blocks_without_a_title_begin_where_the_first_label_comes_again(blank: bool) -> None:
    lines: list[str] = ["우리 가게 실험", ""]
    for nth in range(3):
        lines += [*([""] if blank and nth else []), *_block("ko", nth, lacks=3 if nth == 1 else -1)]
    found = notes(_grid(lines))
    expected = [list(trial[1:]) for trial in _TRIALS["ko"][:3]]
    expected[1][3] = ""
    assert [list(_told(note)) for note in found] == expected
    assert [note.title for note in found] == ["", "", ""]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "blocks",
    [
        [("", 0), ("", -1)],  # whose is the name between them?
        [("", -1), ("", 0)],
        [("{title}", -1), ("{title}", 0), ("", -1)],
    ],
)
def test_lines_of_which_nobody_knows_whose_they_are_are_asked_about(
    language: str, blocks: list[tuple[str, int]]
) -> None:
    lines: list[str] = []
    for nth, (title, lacks) in enumerate(blocks):
        lines += _block(language, nth, title, lacks)
    parsed = read(_grid(lines))
    assert not parsed.entries
    assert [table.kind for table in parsed.tables] == ["unknown"]


def test_a_plain_line_above_the_first_label_may_be_a_title_or_text_and_is_asked_about() -> None:
    lines = [*_block("ko", 0, "{title}"), "그리고 다시 왔다", *_block("ko", 1)]
    lines += ["", *_block("ko", 2)]
    assert not notes(_grid(["우리 기록", *lines]))


@pytest.mark.parametrize(
    ("name", "day"), [("이름: {}", "날짜: {}"), ("Name: {}", "Date: {}"), ("■ {}", "{}")]
)
def test_the_day_of_a_block_is_its_own_wherever_it_stands(name: str, day: str) -> None:
    lines: list[str] = []
    for nth, when in enumerate(("2026-11-03", "2026-11-10")):
        lines += [name.format(_TRIALS["ko"][nth][1]), day.format(when), *_block("ko", nth)[1:]]
    found = notes(_grid(lines))
    assert [str(note.start_date) for note in found] == ["2026-11-03", "2026-11-10"]
    assert [note.owners for note in found] == [("김민수",), ("이지은",)]
    assert [note.execution for note in found] == ["쿠폰을 보냈다", "예약제로 바꿨다"]


def test_two_trials_of_a_day_are_two_notes_of_the_day() -> None:
    lines = ["2026-11-03", *_block("ko", 0, "■ {title}"), *_block("ko", 1, "■ {title}")]
    lines += ["2026-11-10", *_block("ko", 2, "■ {title}")]
    found = notes(_grid(lines))
    assert [str(note.start_date) for note in found] == ["2026-11-03", "2026-11-03", "2026-11-10"]
    assert [_told(note) for note in found] == [trial[1:] for trial in _TRIALS["ko"][:3]]


def test_a_heading_that_comes_again_within_a_day_stays_of_the_day() -> None:
    lines = ["2026-11-03", "한 일: 쿠폰을 보냈다", "한 일: 전화했다", "배운 점: 문자를 읽는다"]
    lines += ["2026-11-10", "한 일: 입간판을 세웠다"]
    assert [note.execution for note in notes(_grid(lines))] == [
        "쿠폰을 보냈다\n전화했다",
        "입간판을 세웠다",
    ]


def test_a_heading_over_labels_of_every_block_titles_none() -> None:
    lines: list[str] = []
    for nth in range(2):
        lines += ["■ 실험 기록", *_block("ko", nth)[:2], "■ 둘째 장", *_block("ko", nth)[2:]]
    found = notes(_grid(lines))
    assert [_told(note) for note in found] == [trial[1:] for trial in _TRIALS["ko"][:2]]
    assert [note.title for note in found] == ["", ""]


def test_text_below_a_label_goes_on_until_the_next_block() -> None:
    lines = [*_block("ko", 0), "답장도 온다", *_block("ko", 1), "평일은 아니다"]
    assert [note.learned for note in notes(_grid(lines))] == [
        "문자를 읽는다\n답장도 온다",
        "주말에 쓸모 있다\n평일은 아니다",
    ]


def test_text_below_a_blank_line_belongs_to_the_label_that_waits_for_it() -> None:
    lines = ["이름: 김민수", "한 일: 쿠폰을 보냈다", "배운 점:", "", "문자를 읽는다"]
    lines += ["이름: 이지은", "한 일: 예약제로 바꿨다", "배운 점:", "", "주말에 쓸모 있다"]
    found = notes(_grid(lines))
    assert [note.learned for note in found] == ["문자를 읽는다", "주말에 쓸모 있다"]
    assert [note.title for note in found] == ["", ""]


def test_a_numbered_label_of_one_block_only_is_no_title() -> None:
    lines = [
        *(f"{nth}. {line}" for nth, line in enumerate(_block("ko", 0), 1)),
        *(f"{nth}. {line}" for nth, line in enumerate(_block("ko", 1, lacks=3), 1)),
    ]
    expected = [list(trial[1:]) for trial in _TRIALS["ko"][:2]]
    expected[1][3] = ""
    assert [list(_told(note)) for note in notes(_grid(lines))] == expected


def test_an_empty_heading_that_another_block_fills_stays_a_label() -> None:
    lines = ["■ 한 일", "결과: 열두 명이 왔다", "배운 점: 문자를 읽는다"]
    lines += ["■ 한 일: 예약제로 바꿨다", "결과: 빈자리가 줄었다", "배운 점: 주말에 쓸모 있다"]
    assert [(note.execution, note.learned) for note in notes(_grid(lines))] == [
        ("", "문자를 읽는다"),
        ("예약제로 바꿨다", "주말에 쓸모 있다"),
    ]


def test_an_outline_of_a_thousand_rows_is_read_like_a_short_one() -> None:
    titles = [f"■ {{title}} {time}" for time in range(40)]
    lines = [line for title in titles for nth in range(5) for line in _block("ko", nth, title)]
    assert len(lines) == 1000
    found = notes(_grid(lines))
    assert [_told(note) for note in found[:5]] == [trial[1:] for trial in _TRIALS["ko"]]
    assert {(note.title, note.place.row) for note in found[-2:]} == {
        ("전화 확인 39", 991),
        ("아침 할인 39", 996),
    }


def test_a_long_tab_of_prose_is_no_outline() -> None:
    lines = [f"{nth}번 손님이 창가에 앉았다" for nth in range(1, 600)]
    assert not notes(_grid([*lines, *_block("ko", 0), *_block("ko", 1)]))


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("## [exp-{nth}] {title}", "**{label}:** {text}"),
        ("### {title}", "- {label}: {text}"),
        ("**{title}**", "- **{label}**: {text}"),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_outline_pasted_from_a_page_of_marks_is_read_by_its_labels(
    language: str, title: str, line: str
) -> None:
    lines = ["# Log"]
    for nth, (name, *cells) in enumerate(_TRIALS[language]):
        lines += ["", title.format(nth=nth, title=name)]
        labels = zip(_LABELS[language], cells, strict=True)
        lines += [line.format(label=label, text=text) for label, text in labels]
    found = notes(_grid(lines))
    assert [_told(note) for note in found] == [trial[1:] for trial in _TRIALS[language]]


def test_a_labelled_item_under_a_fields_heading_is_its_text() -> None:
    lines = [
        "2026-11-16",
        "한 일",
        "- 담당: 정리해서 붙였다",
        "- 전화를 걸었다",
        "배운 점",
        "- 짧게 한다",
    ]
    lines += ["2026-11-17", "한 일", "- 문자를 보냈다", "배운 점", "- 문자가 낫다"]
    note, _ = notes(_grid(lines))
    assert note.execution == "담당: 정리해서 붙였다\n전화를 걸었다"


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Exp{nth}（2026-03-0{nth}）：塩を減らす", "2026-03-0{nth}"),
        ("## Trial {nth} - 2026-03-0{nth}", "2026-03-0{nth}"),
        ("■ 실험 {nth} (2026. 3. {nth})", "2026-03-0{nth}"),
        ("■ Room 20{nth} (north side)", "None"),
    ],
)
def test_a_block_has_the_one_day_that_its_title_states(title: str, day: str) -> None:
    lines = [line for nth in (1, 2) for line in (title.format(nth=nth), *_block("en", nth)[1:], "")]
    days = [str(note.start_date) for note in notes(_grid(lines))]
    assert days == [day.format(nth=nth) for nth in (1, 2)]


def test_what_stands_once_above_all_trials_is_each_ones_that_states_none() -> None:
    above = ["Goal: more bookings", "Hypothesis", "- Short texts are read", ""]
    blocks = [
        *("### Run 1", "- Change: one line", "- Result: six more"),
        *(
            "### Run 2",
            "- Working hypothesis: no text is best",
            "- Change: no text",
            "- Result: none came",
        ),
    ]
    found = notes(_grid([*above, *blocks]))
    assert [(note.goal, note.hypothesis) for note in found] == [
        ("more bookings", "Short texts are read"),
        ("more bookings", "no text is best"),
    ]


def test_a_text_of_one_trial_above_others_is_not_spread_over_them() -> None:
    lines = [
        "Result: six more",
        "",
        "■ Run 1",
        *_block("en", 0)[1:],
        "■ Run 2",
        *_block("en", 1)[1:],
    ]
    assert "six more" not in {note.retrospective for note in notes(_grid(lines))}


def test_a_long_title_is_no_deed_where_a_heading_says_what_was_done() -> None:
    lines = [
        *("Trial 1 (2026-03-09): Mail before lunch", "What we did", "- Sent it at eleven"),
        *("What happened", "- Nine answered"),
        *("Trial 2 (2026-03-16): Mail after lunch", "What we did", "- Sent it at two"),
        *("What happened", "- Two answered"),
    ]
    found = notes(_grid(lines))
    assert [note.execution for note in found] == ["Sent it at eleven", "Sent it at two"]
    assert [note.title for note in found] == [
        "Trial 1 (2026-03-09): Mail before lunch",
        "Trial 2 (2026-03-16): Mail after lunch",
    ]
