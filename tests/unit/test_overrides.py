import pytest

from sync.parse_result import ParsedColumn, ParsedTable, ParseOptions, ParseResult, SkippedRows
from sync.parsing.overrides import FoundNames, find_mistakes, override_error

LOG = ParseResult(
    tables=(
        ParsedTable(
            "2월",
            "log",
            "texts",
            header_rows=(3,),
            columns=(
                ParsedColumn("A", "날짜", "date", "", 1.0),
                ParsedColumn("B", "결과 / 숫자", "metric", "", 1.0),
                ParsedColumn("C", "갈래", "tags", "", 1.0),
            ),
        ),
    ),
    skipped=(SkippedRows("안내", 1, 9, "guide"),),
)


def mistakes(**options):
    found = FoundNames.empty()
    found.add(LOG)
    return find_mistakes(ParseOptions(**options), found)


@pytest.mark.parametrize(
    "options",
    [
        {"columns": {"날짜": "date", "B": "metric", "2월!C": "tags", "결과 숫자": "metric",
        "숫자": "metric"}},
        {"tables": {"안내": "log", "2월": "log"}},
        {"header_rows": {"2월": 3}},
        {"columns": {" 날짜 ": "date"}},
    ],
)  # fmt: skip
def test_what_is_there_is_no_mistake(options):
    assert mistakes(**options) == []


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ({"columns": {"갈레": "tags"}}, "override.header.near", "did you mean “갈래”"),
        ({"columns": {"Budget": "tags"}}, "override.header", "there is: "),
        ({"columns": {"3월!C": "tags"}}, "override.tab.near", "2월"),
        ({"columns": {"2월!Z": "tags"}}, "override.header", "갈래"),
        ({"tables": {"시트9": "log"}}, "override.tab", "안내, 2월"),
        ({"header_rows": {"2월": 900}}, "override.header_row", "there is: 3"),
        ({"header_rows": {"안내": 2}}, "override.header_row.none", "leave the line out"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(options, code, said):
    (mistake,) = mistakes(**options)
    error = override_error(mistake)
    assert error.code == code
    assert said in error.hint
