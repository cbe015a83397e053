"""Small logs of every layout that is read, with a place for a nasty text in each: see
`bench.linear`.

One line a row, cells between bars; `{}` is the text, as a cell, a header, a line or a name; `||` is
a blank row.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sync.table_kind import TableKind

_LAYOUTS = """
# a header
| 날짜 | 목표 | {} | 회고 |
| 2026-11-16 | 재방문 40% | 쿠폰을 주면 온다 | 짧을수록 낫다 |

# a long header
| Date | What did you {} | Result |
| 2026-11-16 | sent mails | success |

# a title
| {} |
||
| 날짜 | 가설 | 실행 | 결과 |
| 2026-11-16 | 문구를 바꾸면 온다 | 바꿨다 | 성공 |

# a span of weeks
| 주차 | 가설 | 실행 | 결과 |
| W33-W35 | 문구를 바꾸면 온다 | 바꿨다 | 성공 |
| {} | 사진을 바꾸면 는다 | 사진을 바꿨다 | 실패 |

# a section
| 날짜 | 가설 | 실행 | 결과 |
| 목표: {} |
| 2026-11-16 | 문구를 바꾸면 온다 | 문구를 바꿨다 | 성공 |
| {} |
| 2026-11-17 | 사진을 바꾸면 는다 | 사진을 바꿨다 | 실패 |

# a grid of weeks
| 이름 | 11월 1주 | 11월 2주 | 11월 3주 | 11월 4주 |
| 지현 | 문구를 바꿨다 그래서 늘었다 | {} | 열 곳에 전화를 했다 | 사진을 새로 찍었다 |
| 민수 | 가게를 새로 꾸며 보았다 | 손님에게 물어 보았다 | {} | 전단을 돌려 보았다 |

# a grid of people
| 날짜 | 지현 | 민수 | 서연 |
| 2026-11-16 | {} | 열 곳에 전화를 해 보았다 | 사진을 새로 찍었다 |
| 2026-11-17 | 문구를 바꿔 보았다 | {} | 손님에게 물어 보았다 |

# a grid of weekdays
| Name | Mon | Tue | Wed | Thu |
| Mina | Moved the stand | {} | Wrote prices | Called ten firms |

# cards by category
| 구분 | 내용 | 작성자 |
| Keep | {} | 지현 |
| Problem | 재고가 자주 모자란다 | 민수 |
| Try | {} | 서연 |
| Keep | 아침 회의가 짧아졌다 | 지현 |

# a cycle
| 단계 | 내용 |
| Plan | {} |
| Do | 열 곳에 전화를 했다 |
| Check | {} |
| Act | 다시 해 본다 |

# two sides
| 날짜 | 가설 | 기존 전환율 | 변경 전환율 | {} 전 | {} 후 |
| 2026-11-16 | 문구를 바꾸면 온다 | 3.1% | 3.8% | {} | 5 |

# trials beside each other
| 항목 | A안 | B안 |
| 가설 | {} | 사진이 있으면 더 온다 |
| 실행 | 문구를 바꿨다 | {} |
| 결과 | 성공 | 실패 |
| 전환율 | 3.1% | 3.8% |

# a form
| 업무일지 |
| 2026-11-16 |
| 1. 오늘 한 일 |
| - {} |
| 3. 배운 점 |
| {} |
| 4. 내일 할 일 |
| - 포장하기 |

# a form of labels
| 날짜 | 2026-11-16 |
| 목표 | {} |
| 가설 | 쿠폰을 주면 온다 |
| 실행 | 쿠폰을 뿌렸다 |
| 결과 | {} |
| 회고 | 짧게 |

# labels in one column
| 날짜: 2026-11-16 |
| 목표: {} |
| 가설: 쿠폰을 주면 온다 |
| 결과: {} |
| 회고: 짧을수록 낫다 |

# a record a column
| 날짜 | 2026-11-16 | 2026-11-17 | 2026-11-18 |
| 가설 | {} | 사진이 낫다 | 아침이 낫다 |
| 실행 | 뿌렸다 | {} | 일찍 열었다 |
| 결과 | 성공 | 실패 | 보류 |
| 회고 | 짧게 | 길게 | {} |

# numbers by month
| 지표 | 1월 | 2월 | 3월 | 4월 |
| {} | 10 | 12 | {} | 15 |
| 매출 | 1억 2천 | 1.3억 | 1.1억 | 2억 |

# numbers by week
| 주차 | 방문 | {} | 재방문율 |
| 11월 1주 | 100 | 12 | 31% |
| 11월 2주 | 120 | {} | 33% |
| 11월 3주 | 130 | 11 | 35% |

# a long series
| 날짜 | 지표 | 값 | 구분 |
| 2026-11-16 | 방문 | 100 | {} |
| 2026-11-16 | {} | 12 | 결과 |
| 2026-11-17 | 방문 | {} | 원인 |

# a funnel
| 주차 | 노출 | 클릭 | 가입 | 결제 |
| 11월 1주 | 1000 | 100 | 30 | {} |
| 11월 2주 | 1100 | {} | 35 | 6 |

# actions
| 할 일 | 담당 | 기한 | 완료 | 계획 | 실적 |
| {} | 지현 | 2026-11-20 | TRUE | 10 | {} |
| 전화 열 통 | {} | 11/21 | FALSE | 5 | 3 |

# feedback
| 날짜 | 준 사람 | 받는 사람 | 잘한 점 | 아쉬운 점 |
| 2026-11-16 | 지현 | 민수 | {} | 늦었다 |
| 2026-11-17 | {} | 서연 | 빨랐다 | {} |

# a plan
| 목표 | 왜 | 가설 | 선행 지표 | 후행 지표 | 위험 | 대응 |
| {} | 손님이 준다 | 쿠폰을 주면 온다 | {} | 재방문율 | {} | 일찍 알린다 |

# a legend
| 날짜 | 가설 | 실행 | 결과 |
| 2026-11-16 | 문구를 바꾸면 온다 | 바꿨다 | O |
| 2026-11-17 | 사진 | 찍었다 | X |
| O = 성공, {} |

# two headers
| 기본 |  | 실험 |  |
| 날짜 | 담당 | 가설 | {} |
| 2026-11-16 | 지현 | 쿠폰을 주면 온다 | 성공 |

# a header that changes
| 날짜 | 담당 | 가설 | 결과 |
| 2026-11-16 | 지현 | 쿠폰을 주면 온다 | {} |
| 일자 | 가설 | 실행 | 회고 |
| 2026-11-17 | 사진이 낫다 | {} | 짧게 |

# an outline
| 1주차 |
| - 목표 |
| {} |
| - 한 일 |
| 전화를 열 통 했다 |
| - 회고 |
| {} |
| 2주차 |
| - 목표 |
| 재방문 |

# a table beside another
| 날짜 | 가설 | 결과 |  | 이름 | 전화 |
| 2026-11-16 | {} | 성공 |  | 지현 | 010 |
| 2026-11-17 | 나 | 실패 |  | {} | 011 |

# cards below each other
| 날짜 | 2026-11-16 |
| 목표 | {} |
| 가설 | 쿠폰 |
| 결과 | 성공 |
||
| 날짜 | 2026-11-17 |
| 목표 | 재방문 |
| 가설 | {} |
| 결과 | 실패 |
||
| 날짜 | 2026-11-18 |
| 목표 | 별점 |
| 가설 | 나 |
| 결과 | {} |

# months without days
| 기간 | 가설 | 실행 |
| Jan-26 | {} | 쿠폰을 뿌렸다 |
| Feb-26 | 사진 | {} |

# a row that goes on
| 날짜 | 담당 | 가설 | 실행 |
| 11/16 | 지현 | 쿠폰 | {} |
|  |  |  | {} |
| 11/17 | 민수 | 사진 | 찍었다 |
|  |  |  | 또 찍었다 |

# a long remark
| 날짜 | 가설 | 실행 | 결과 |
| 2026-11-16 | 쿠폰 | 뿌렸다 | 성공 |
| 비고 | 비고 | 비고 |  |
| {} |

# a card
| 마음 | {} |
| {} | 손님이 준다 |
| 다짐 | 일찍 알린다 |

# no log
| 품목 | 수량 | 단가 |
| {} | 3 | 1,200 |
| 컵 | {} | 800 |
| 끈 | 5 | 300 |
"""


def layouts() -> dict[str, Callable[[str], object]]:
    """Return what reads a log of each layout with a text in its places, by name."""
    texts = dict(block[2:].split("\n", 1) for block in _LAYOUTS.strip("\n").split("\n\n"))
    return {
        **{name: _reader(layout) for name, layout in texts.items()},
        "a tab's name": _reader(texts["a form"], tab="{}"),
        "a column chosen by hand": _reader(texts["a header"], columns={"{}": "hypothesis"}),
        "a card chosen by hand": _reader(texts["a card"], tables={"기록": "plan"}),
        "pages": _read_pages,
        "a csv file": _read_csv,
    }


def _reader(
    layout: str,
    *,
    tab: str = "기록",
    columns: Mapping[str, str] | None = None,
    tables: Mapping[str, TableKind] | None = None,
) -> Callable[[str], object]:
    def read(text: str) -> object:
        from sync.contents.parsed_rows import ParsedRows
        from sync.contents.workbook import Grid, Value, Workbook
        from sync.parse_result import ParseOptions
        from sync.parsing.logs.content import parse_content

        rows: list[list[Value]] = [
            [_value(cell.strip(" "), text) for cell in line.strip().strip("|").split("|")]
            for line in layout.split("\n")
        ]
        log = Workbook("log", (Grid(tab.replace("{}", text), rows),))
        chosen = {name.replace("{}", text): role for name, role in (columns or {}).items()}
        # Rows may be reused from an earlier reading, of which there is none: their keys are made.
        return list(
            parse_content(
                log, ParseOptions(columns=chosen, tables=tables or {}), parsed=ParsedRows("")
            )
        )

    return read


def _value(cell: str, text: str) -> str | bool | int | None:
    if cell in {"TRUE", "FALSE"}:
        return cell == "TRUE"
    if cell.isdigit():
        return int(cell)
    return cell.replace("{}", text) or None


def _read_csv(text: str) -> object:
    """Read a text table in which the text stands bare, in quotes, and behind a quote that
    never closes.
    """
    from sync.files.text_tables.csv_files import read_csv

    rows = (
        "날짜,가설,실행",
        f"2026-11-16,{text},뿌렸다",
        f'2026-11-17,"{text}",찍었다',
        f'"{text}',
    )
    return read_csv("\n".join(rows).encode("utf-8", "replace"), "log.csv", "log")


def _read_pages(text: str) -> object:
    """Read the pages of a database with the text as title, in every kind of property and as a
    body.
    """
    from sync.contents.pages import (
        BodySection,
        DateValue,
        Page,
        PageProperty,
        PropertySchema,
        build_page_set,
    )
    from sync.parse_result import ParseOptions
    from sync.parsing.logs.content import parse_content

    values = {
        "날짜": ("date", DateValue(date(2026, 11, 16))),
        "가설": ("rich_text", text),
        "결과": ("status", text),
        "담당": ("people", (text,)),
        "지표": ("formula", text),
        "태그": ("multi_select", (text,)),
        text: ("rich_text", "재방문 40%"),
    }
    schema = tuple(PropertySchema(name, name, kind) for name, (kind, _) in values.items())
    pages = [
        Page(
            id=f"{number}",
            url="",
            title=text,
            properties=tuple(
                PageProperty(name, name, kind, value, text if kind != "date" else "")
                for name, (kind, value) in values.items()
            ),
            sections=(BodySection(text, 1, text), BodySection("회고", 1, text)),
        )
        for number in range(3)
    ]
    found = build_page_set("p", text, schema, pages=pages)
    return list(parse_content(found, ParseOptions()))
