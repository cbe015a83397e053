from sync.contents.workbook import Grid, Workbook
from sync.parse_result import ParseOptions, join_results
from sync.parsing.logs.content import parse_content


def notes_of(rows, tab="tab"):
    reading = join_results(parse_content(Workbook("book", [Grid(tab, rows)]), ParseOptions()))
    return [entry.note for entry in reading.entries]


def test_two_risks_below_each_other_belong_to_one_plan_card():
    (card,) = notes_of(
        [
            ["다음 주 카드"],
            ["주", "2026-W48"],
            ["BHAG", "구독 1,200집"],
            ["핵심 결과", "재주문율 30%"],
            ["Business 레버", "5천 원 안내"],
            ["People 레버", "강 소장님께 부탁드리기"],
            ["위험", "첫눈 → 하루 앞당기기"],
            ["위험", "배추값"],
        ]
    )
    assert (card.kind, card.week) == ("plan", "2026-W48")
    assert [(risk.text, risk.countermeasure) for risk in card.details.risks] == [
        ("첫눈", "하루 앞당기기"),
        ("배추값", ""),
    ]


def test_planned_against_done_is_an_action_log():
    found = notes_of(
        [
            ["Week", "Planned action", "Planned", "Done", "Who"],
            ["2026-W45", "Call back quotes", 12, 11, "Priya"],
            ["2026-W45", "Clean drive trains", 10, 6, "Tom"],
            ["2026-W46", "Call back quotes", 12, 12, "Priya"],
        ]
    )
    assert [note.kind for note in found] == ["action"] * 3
    assert (found[0].details.planned, found[0].details.done, found[0].owners) == (
        12,
        11,
        ("Priya",),
    )


def test_counts_in_the_cells_of_before_and_after_are_kept_as_counts():
    header = ["가설", "실행", "지표", "전", "후", "목표치"]
    rows = [
        header,
        ["전화하면 다시 산다", "안부 전화를 걸었다", "재주문율", "21%", "26%", "30%"],
        ["반값이면 빨리 산다", "반값을 안내했다", "재주문율", "대조 13/88", "13/42", "30%"],
    ]
    first, second = notes_of(rows)
    assert (first.metric.before, first.metric.after, first.metric.before_counts) == (21, 26, None)
    assert (second.metric.before_counts, second.metric.after_counts) == ((13, 88), (13, 42))
    assert (second.metric.before, second.metric.target) == (None, 30)
