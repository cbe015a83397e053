"""The words for what could not be understood, and for what was left out on purpose.

A problem keeps a code and facts, not a sentence: the same problem reads Korean to one reader and
English to another. To add one: a line in CODES with both sentences; `{value}` and the names in
`facts` may stand in them.
"""

from .notes import Language, Problem

CODES: dict[str, dict[Language, str]] = {
    "impossible_date": {
        "ko": "‘{value}’은(는) 달력에 없는 날짜입니다",
        "en": "“{value}” is not a day of the calendar",
    },
    "suspicious_date": {
        "ko": "‘{value}’은(는) 이 기록의 다른 날짜들과 너무 멉니다",
        "en": "“{value}” is far from every other date of this log",
    },
    "weekday_mismatch": {
        "ko": "‘{value}’: 그날은 {weekday}요일입니다",
        "en": "“{value}”: that day is a {weekday}",
    },
    "end_before_start": {
        "ko": "종료일 {end}이(가) 시작일 {start}보다 앞섭니다",
        "en": "the end {end} is before the start {start}",
    },
    "week_date_conflict": {
        "ko": "날짜 {date}은(는) 적힌 주({week})에 들지 않습니다",
        "en": "the date {date} is not in the stated week ({week})",
    },
    "year_unknown": {
        "ko": "‘{value}’이(가) 몇 년인지 알 수 없습니다",
        "en": "nothing says which year “{value}” is in",
    },
    "ambiguous_date": {
        "ko": "‘{value}’의 월과 일 순서를 알 수 없습니다",
        "en": "“{value}” may be day/month or month/day",
    },
    "unreadable_date": {
        "ko": "‘{value}’을(를) 날짜로 읽을 수 없습니다",
        "en": "“{value}” cannot be read as a date",
    },
    "error_value": {
        "ko": "칸에 오류값 {value}이(가) 있습니다",
        "en": "the cell holds the error {value}",
    },
    "unreadable_number": {
        "ko": "‘{value}’에서 숫자를 읽을 수 없습니다",
        "en": "“{value}” holds no readable number",
    },
    "unknown_status": {
        "ko": "‘{value}’은(는) 아는 상태가 아닙니다",
        "en": "“{value}” is not a known status",
    },
    "duplicate_row": {
        "ko": "{row}행과 똑같은 행입니다",
        "en": "the same as row {row}, cell for cell",
    },
    "dangling_relation": {
        "ko": "‘{value}’(이)라는 기록을 찾을 수 없습니다",
        "en": "no note “{value}” can be found",
    },
    "not_understood": {
        "ko": "‘{value}’에 글이 있지만 기록으로 읽지 못했습니다. 설정에 이 줄을 더해 보세요: {line}",
        "en": "“{value}” holds texts, but no note came of it; try this line in the configuration: {line}",
    },
    "not_understood.guide": {
        "ko": "‘{value}’에 글이 있지만 기록으로 읽지 못했습니다. 기록이 아니라면 설정에 적어 주세요: {line}",
        "en": "“{value}” holds texts, but no note came of it; if it is no log, say so in the configuration: {line}",
    },
    "log_lost": {
        "ko": "‘{value}’의 기록 {notes}건이 한꺼번에 사라졌습니다. 마지막으로 읽은 내용을 그대로 씁니다",
        "en": "{notes} notes of “{value}” went at once; the last good reading stays in use",
    },
    "kind_changed": {
        "ko": "‘{value}’ 탭이 다른 종류의 표가 되었습니다: {before} → {now}. 아니라면 설정의 tables에 적어 주세요",
        "en": "“{value}” is now another kind of table: {before} → {now}; if not, say so in `tables`",
    },
    "truncated_value": {
        "ko": "값이 너무 길어 잘렸습니다",
        "en": "the value is cut: it is too long",
    },
    "incomplete_value": {
        "ko": "서비스가 값을 일부만 주었습니다",
        "en": "the service gave only part of the value",
    },
    "unreadable_body": {
        "ko": "본문 일부를 읽을 수 없습니다",
        "en": "part of the page's body cannot be read",
    },
    "guessed_encoding": {
        "ko": "파일의 문자 인코딩이 적혀 있지 않아 {value}(으)로 읽었습니다. 글자가 깨졌다면 CSV UTF-8로 저장해 주세요",
        "en": "the file does not say its encoding; it was read as {value}: save it as CSV UTF-8 if letters look wrong",
    },
    "broken_byte": {
        "ko": "파일 {line}번째 줄에 깨진 글자가 있습니다",
        "en": "line {line} of the file holds a broken character",
    },
    "unclosed_quote": {
        "ko": "칸이 따옴표로 시작하지만 닫히지 않습니다: ‘{value}’",
        "en": "the cell opens with a quote that never closes: “{value}”",
    },
    "formula_without_value": {
        "ko": "수식({value})의 결과가 파일에 없습니다. Excel에서 열어 저장하면 읽을 수 있습니다",
        "en": "the file does not hold the result of the formula {value}: open it in Excel and save it",
    },
    "stray_cells": {
        "ko": "표에서 멀리 떨어진 칸 {count}개를 읽지 않았습니다(처음: {cell}). 지우거나 표 가까이로 옮겨 주세요",
        "en": "{count} cells far from the table were not read (the first is {cell}): delete them, or move them to it",
    },
    "cut_columns": {
        "ko": "{most}번째 열 뒤의 칸 {count}개를 읽지 않았습니다",
        "en": "{count} cells right of column {most} were not read",
    },
    "hidden_columns": {
        "ko": "숨긴 열 {value}의 칸 {count}개를 읽지 않았습니다",
        "en": "{count} cells in the hidden columns {value} were not read",
    },
    "texts_not_read": {
        "ko": "{count}개 줄의 글이 뜻을 모르는 열({value})에만 있어 기록이 되지 않았습니다. `loopnote columns --ask`로 알려 주세요",
        "en": "{count} rows have their texts only in columns of unknown meaning ({value}) and became no notes: answer `loopnote columns --ask`",
    },
    "long_value": {
        "ko": "글이 {length}자라서 그대로 두고 뜻은 읽지 않았습니다",
        "en": "the text has {length} characters: it is kept as it is, and was not looked into",
    },
    "ambiguous_year": {
        "ko": "‘{value}’의 연도를 {year}년으로 보았습니다",
        "en": "“{value}” was taken to be in {year}",
    },
}

SKIPPED: dict[str, dict[Language, str]] = {
    "blank": {"ko": "빈 줄", "en": "blank line"},
    "title": {"ko": "제목·메모", "en": "title or memo"},
    "header": {"ko": "머리글", "en": "header"},
    "repeated_header": {"ko": "반복된 머리글", "en": "repeated header"},
    "separator": {"ko": "구분선", "en": "separator"},
    "label": {"ko": "주·월·사람·구역 이름 줄", "en": "week, month, person or section label"},
    "total": {"ko": "합계·평균 줄", "en": "total or average"},
    "example": {"ko": "예시", "en": "example"},
    "hidden": {"ko": "숨긴 행·탭", "en": "hidden row or tab"},
    "guide": {"ko": "안내 탭", "en": "guide"},
    "summary": {"ko": "요약·피벗", "en": "summary or pivot"},
    "lookup": {"ko": "값 목록", "en": "list of values"},
    "no_text": {"ko": "글이 없는 행", "en": "row without a text of its own"},
    "continued": {"ko": "윗줄에 이어진 행", "en": "continues the row above"},
    "duplicate": {"ko": "똑같이 반복된 행", "en": "exact copy of a row"},
    "template": {"ko": "템플릿", "en": "template"},
    "trash": {"ko": "휴지통", "en": "in the trash"},
    "empty_page": {"ko": "빈 페이지", "en": "empty page"},
    "no_table": {"ko": "표를 찾지 못한 곳", "en": "no table found"},
    "ignored": {"ko": "설정으로 뺀 곳", "en": "left out by the configuration"},
}


_MORE: dict[Language, str] = {
    "ko": " (이 열의 다른 칸 {count}개도 같습니다)",
    "en": " (and {count} more cells of this column)",
}
_WEEKDAYS: dict[str, dict[Language, str]] = {
    "Mon": {"ko": "월", "en": "Monday"},
    "Tue": {"ko": "화", "en": "Tuesday"},
    "Wed": {"ko": "수", "en": "Wednesday"},
    "Thu": {"ko": "목", "en": "Thursday"},
    "Fri": {"ko": "금", "en": "Friday"},
    "Sat": {"ko": "토", "en": "Saturday"},
    "Sun": {"ko": "일", "en": "Sunday"},
}


def reason_of(problem: Problem, language: Language) -> str:
    """Return the problem as one sentence; an unknown code reads as itself."""
    facts = dict(problem.facts)
    leaves_out = problem.code == "not_understood" and facts.get("line", "").endswith('"guide" }')
    words = CODES.get(f"{problem.code}.guide" if leaves_out else problem.code)
    if words is None:
        return f"{problem.code}: {problem.value}"
    if facts.get("weekday") in _WEEKDAYS:
        facts["weekday"] = _WEEKDAYS[facts["weekday"]][language]
    count = int(facts.get("count", "1"))
    more = _MORE[language].format(count=count - 1) if count > 1 else ""
    return words[language].format_map({"value": problem.value, **facts}) + more


def skipped_words(code: str, language: Language) -> str:
    """Return what was left out, in words; an unknown code reads as itself."""
    words = SKIPPED.get(code)
    return words[language] if words else code
