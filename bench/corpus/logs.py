"""Forty-odd logs: the words that each team chose for its columns, and its habits.

Half of the domains are held out.
"""

from bench.corpus.model import Log

HELD_OUT = {"미용실", "공장", "채용", "library", "roaster", "newsletter", "warehouse"}

KO = {
    "success": "성공",
    "failure": "실패",
    "inconclusive": "애매",
    "running": "진행중",
    "planned": "예정",
    "dropped": "중단",
}
KO_MARK = {
    "success": "O",
    "failure": "X",
    "inconclusive": "△",
    "running": "하는 중",
    "planned": "대기",
    "dropped": "접음",
}
KO_PLAIN = {
    "success": "효과 있음",
    "failure": "효과 없음",
    "inconclusive": "판단 보류",
    "running": "집행중",
    "planned": "시작 전",
    "dropped": "취소",
}
KO_HYP = {
    "success": "가설 맞음",
    "failure": "가설 틀림",
    "inconclusive": "차이 없음",
    "running": "테스트 중",
    "planned": "아이디어",
    "dropped": "폐기",
}
KO_EMOJI = {
    "success": "✅",
    "failure": "❌",
    "inconclusive": "🤔",
    "running": "🏃 진행",
    "planned": "💡",
    "dropped": "🗑 드랍",
}
EN = {
    "success": "Validated",
    "failure": "Invalidated",
    "inconclusive": "Inconclusive",
    "running": "Running",
    "planned": "Backlog",
    "dropped": "Killed",
}
EN_PLAIN = {
    "success": "worked",
    "failure": "didn't work",
    "inconclusive": "too early to tell",
    "running": "live",
    "planned": "idea",
    "dropped": "abandoned",
}
EN_WIN = {
    "success": "Win",
    "failure": "Loss",
    "inconclusive": "Flat",
    "running": "In progress",
    "planned": "To do",
    "dropped": "Stopped",
}
EN_GOAL = {
    "success": "hit",
    "failure": "missed",
    "inconclusive": "mixed",
    "running": "ongoing",
    "planned": "queued",
    "dropped": "cancelled",
}

GUIDE = [
    ["작성 안내"], ["칸", "쓰는 법"], ["가설", "왜 될 것 같은지 한 문장으로"], ["결과", "숫자로"], ["예시", "전단지를 바꾸면 손님이 늘 것이다"],
]  # fmt: skip
GUIDE_EN = [
    ["How to fill this in"],
    ["Column", "What to write"],
    ["Hypothesis", "One sentence, what and why"],
    ["Result", "Numbers only"],
]
SUMMARY = [["요약"], ["구분", "건수"], ["성공", 3], ["실패", 2], ["합계", 5]]
SUMMARY_EN = [
    ["Scoreboard"],
    ["Verdict", "Count"],
    ["Validated", 2],
    ["Invalidated", 2],
    ["Total", 4],
]

LOGS = [
    # ---------------------------------------------------------------- 수영장
    Log("수영장_시도모음", "수영장", "ko", [
        ("title", "이름"), ("goal", "무엇을 바라나"), ("hypothesis", "왜 될 거라 봤나"), ("execution", "해본 일"), ("start", "시작한 날"), ("end", "끝낸 날"),
        ("owner", "맡은 이"), ("metric_arrow", "달라진 수"), ("outcome", "됐나?"), ("retrospective", "돌아본 이야기"), ("next", "그다음"), ("tags", "분류"),
    ], days="dots", words=KO_MARK, above=["새날 수영장 시도 모음", "금요일 저녁에 같이 채웁니다", ""]),
    Log("수영장_주별", "수영장", "ko", [
        ("goal", "노리는 것"), ("hypothesis", "예상"), ("execution", "한 것"), ("retrospective", "느낀 바"), ("learned", "새로 안 것"), ("next", "다음번에"), ("owner_title", "한 사람"),
    ], layout="week_labels", extra={"week_style": "range_ko", "mark": "■ "}, above=["2026년 주간 기록"]),
    Log("수영장_카드", "수영장", "ko", [
        ("title", "시도 이름"), ("goal", "목표"), ("hypothesis", "우리 생각"), ("execution", "방법"), ("range", "언제"), ("owner", "누가"), ("outcome", "판정"), ("retrospective", "소감"), ("learned", "배움"),
    ], layout="cards", days="iso", words=KO),
    # ---------------------------------------------------------------- 반찬가게
    Log("반찬_2026_장부", "반찬가게", "ko", [
        ("junk:no", "번호"), ("range", "기간"), ("goal", "바라는 결과"), ("hypothesis", "짐작"), ("execution", "해 본 방법"), ("owner", "담당"), ("people", "도와준 곳"),
        ("metric_name", "본 숫자"), ("before", "하기 전"), ("after", "하고 나서"), ("unit", "단위"), ("outcome", "결론"), ("retrospective", "뒷이야기"), ("learned", "남은 것"), ("applied", "옮겨 쓴 데"),
    ], days="md", words=KO_PLAIN, above=["2026년 해보기 장부"], extra={"junk": {"no": [1, 2, 3, 4, 5, 6]}, "total": ["합계", None, None, None, None, None, None, None, None, None, None, "6건"]}),
    Log("반찬_목표별", "반찬가게", "ko", [
        ("goal", "큰 목표"), ("hypothesis", "이럴 것이다"), ("execution", "이렇게 했다"), ("start", "착수일"), ("outcome", "성패"), ("kpt", "KPT"), ("owner", "주인"),
    ], layout="goal_merged", days="typed", words=KO),
    Log("반찬_csv", "반찬가게", "ko", [
        ("title", "시험 제목"), ("hypothesis", "근거가 된 생각"), ("execution", "진행 방식"), ("start", "시작"), ("end", "마침"), ("outcome", "상태"), ("metric_ko", "수치 변화"), ("retrospective", "정리"), ("next", "이어서 할 일"), ("tags", "갈래"),
    ], kind="csv", days="yy", words=KO_HYP, extra={"encoding": "cp949"}),
    # ---------------------------------------------------------------- 방과후
    Log("방과후_수업실험", "방과후", "ko", [
        ("start", "날짜"), ("owner", "교사"), ("goal", "수업 목표"), ("hypothesis", "이렇게 하면 → 이렇게 될 것"), ("execution", "수업에서 한 일"), ("pair", "전 → 후"), ("outcome", "평가"), ("retrospective", "수업 성찰"), ("next", "다음 수업에는"),
    ], days="mdw", words=KO_PLAIN, above=["2026학년도 2학기 수업 실험 일지", ""], extra={"example": ["예시", "홍길동", "집중 높이기", "자리를 바꾸면 듣는다", "자리 배치", "1 → 2", "효과 있음", "해 보니 좋았다", "계속"]},
        traps=[(1, "start", "9/8(월)", {}, "weekday_mismatch"), (3, "start", "9/31", {"start_date": None, "end_date": None, "week": None}, "impossible_date")]),
    Log("방과후_교사별", "방과후", "ko", [
        ("goal", "도달하려는 모습"), ("hypothesis", "가정"), ("execution", "활동 내용"), ("range", "시행 기간"), ("retrospective", "성찰"), ("learned", "깨달은 것"), ("applied", "다른 수업에 쓴 곳"), ("outcome", "결과 판단"),
    ], layout="person_tabs", days="iso", words=KO, extra={"more_tabs": [("작성법", GUIDE, False), ("모아보기", SUMMARY, False)]}),
    Log("방과후_가로", "방과후", "ko", [
        ("title", "활동명"), ("goal", "목적"), ("hypothesis", "기대한 점과 이유"), ("execution", "실행"), ("start", "시작일"), ("end", "종료일"), ("people", "함께한 곳"), ("outcome", "성공 여부"), ("retrospective", "잘된 점과 아쉬운 점"), ("next", "개선 방향"),
    ], layout="transposed", days="iso", words=KO),
    # ---------------------------------------------------------------- 앱
    Log("앱_growth_log", "앱", "ko", [
        ("title", "실험명"), ("goal", "Objective"), ("hypothesis", "Hypothesis (가설)"), ("execution", "Variant / 변경점"), ("start", "Launch"), ("end", "Stop"), ("owner_at", "Owner"), ("metric_name", "Primary metric"), ("before", "Control"), ("after", "Variant 결과"), ("target", "Goal value"), ("unit", "Unit"), ("outcome", "Verdict"), ("retrospective", "Debrief"), ("next", "Follow-up"), ("tags", "Area"),
    ], days="iso", words=EN, above=["Growth 실험 로그"]),
    Log("앱_월별", "앱", "ko", [
        ("start", "일자"), ("goal", "OKR"), ("hypothesis", "우리의 믿음"), ("execution", "배포 내용"), ("metric_arrow", "지표 변화"), ("outcome", "결과"), ("retrospective", "코멘트"), ("learned", "인사이트"), ("owner", "PO"),
    ], layout="month_tabs", days="kor", words=KO_EMOJI, extra={"month_name": "{month}월"}, above=["2026년 제품 실험"]),
    Log("앱_두줄머리", "앱", "ko", [
        ("title", "이름"), ("owner", "담당"), ("goal", "목표"), ("hypothesis", "가설"), ("execution", "내용"), ("start", "시작"), ("end", "끝"), ("metric_name", "지표"), ("before", "이전"), ("after", "이후"), ("unit", "단위"), ("outcome", "판정"), ("retrospective", "해석"), ("next", "후속"),
    ], layout="two_row", days="typed", words=KO, extra={"groups": [("기본 정보", 2), ("계획", 3), ("기간", 2), ("성과", 4), ("회고", 3)]}),
    # ---------------------------------------------------------------- gym
    Log("gym_try_log", "gym", "en", [
        ("title", "What we tried"), ("goal", "Hoping for"), ("hypothesis", "Because we think"), ("execution", "How we did it"), ("start", "From"), ("end", "Until"), ("owner", "Who ran it"), ("people", "Who helped"), ("outcome", "Did it work?"), ("metric_en", "Numbers"), ("retrospective", "Looking back"), ("learned", "Takeaway"), ("next", "What now"),
    ], days="en_year", words=EN_PLAIN, above=["Overhang — things we tried", "fill in on Fridays", ""]),
    Log("gym_weeks", "gym", "en", [
        ("goal", "Aim"), ("hypothesis", "Bet"), ("execution", "Move"), ("retrospective", "Notes after"), ("applied", "Where else we used it"), ("owner_title", "Driver"), ("outcome", "Call"),
    ], layout="week_labels", words=EN_WIN, extra={"week_style": "range", "mark": ""}, above=["Log 2026"]),
    Log("gym_csv", "gym", "en", [
        ("junk:id", "ref"), ("start", "started"), ("end", "finished"), ("hypothesis", "theory"), ("execution", "what happened on the floor"), ("metric_name", "measure"), ("before", "baseline"), ("after", "result"), ("unit", "in"), ("outcome", "status"), ("retrospective", "reflection"), ("next", "to do next"),
    ], kind="csv", days="dmy", words=EN, extra={"junk": {"id": ["G-01", "G-02", "G-03", "G-04", "G-05", "G-06"]}}),
    # ---------------------------------------------------------------- support
    Log("support_experiments", "support", "en", [
        ("goal", "Desired outcome"), ("title", "Experiment"), ("hypothesis", "If we … then …"), ("execution", "Treatment"), ("start", "Kick-off"), ("end", "Wrap-up"), ("owner", "DRI"), ("people", "Stakeholders"), ("metric_name", "KPI"), ("before", "Baseline"), ("after", "Actual"), ("target", "Target"), ("unit", "UoM"), ("outcome", "Outcome"), ("learned", "Key learning"), ("applied", "Rolled into"), ("next", "Next step"), ("tags", "Theme"),
    ], days="typed", words=EN, extra={"more_tabs": [("README", GUIDE_EN, False), ("Scoreboard", SUMMARY_EN, False), ("lists", [["Validated"], ["Invalidated"], ["Running"]], True)]}),
    Log("support_sections", "support", "en", [
        ("execution", "Action"), ("hypothesis", "Reasoning"), ("range", "Dates"), ("owner", "Agent"), ("pair", "Before → after"), ("outcome", "Result"), ("retrospective", "Commentary"),
    ], layout="goal_sections", days="en", words=EN_GOAL, above=["Desk experiments, summer 2026"], extra={"section": "Goal: {}"}),
    Log("support_labels", "support", "en", [
        ("start", "When"), ("execution", "What we changed"), ("hypothesis", "Expectation"), ("labelled", "Write-up"), ("outcome", "State"), ("owner", "Name"),
    ], days="iso", words=EN_WIN, extra={"labels": {"retrospective": "Result", "learned": "Learned", "next": "Next"}}),
    # ---------------------------------------------------------------- charity
    Log("charity_appeals", "charity", "en", [
        ("start", "Date (DD/MM/YYYY)"), ("title", "Appeal idea"), ("goal", "In service of"), ("hypothesis", "Our hunch"), ("execution", "Steps taken"), ("before", "Prior"), ("after", "Achieved"), ("outcome", "Keep or bin"), ("retrospective", "Honest thoughts"), ("people", "Thanks to"), ("owner", "Lead"),
    ], days="dmy", words=EN_GOAL, traps=[(2, "outcome", "purple", {"outcome": None}, "unknown_status"), (3, "after", "#REF!", {}, "error_value")]),
    Log("charity_goals", "charity", "en", [
        ("goal", "Strategic aim"), ("execution", "Initiative"), ("hypothesis", "Rationale"), ("start", "Start"), ("end", "End"), ("metric_arrow", "Effect"), ("outcome", "Verdict"), ("learned", "What we now know"), ("next", "And so"),
    ], layout="goal_merged", days="typed", words=EN, extra={"merge": False}),
    Log("charity_backlog", "charity", "en", [
        ("title", "Test name"), ("hypothesis", "Belief"), ("execution", "Set-up"), ("start", "Start date"), ("outcome", "Conclusion"), ("retrospective", "Why it went that way"), ("owner", "Champion"),
    ], layout="backlog", days="iso", words=EN_PLAIN, extra={"plan": ("Coming up", ["Idea", "Why", "Who", "By"], [
        (["Text message reminder", "A nudge the day before a visit", "Maud", "2026-12-04"], {"execution": "Text message reminder", "hypothesis": "A nudge the day before a visit", "owners": ["Maud"], "end_date": "2026-12-04", "accept": {"outcome": [None], "next_kind": ["start", None], "execution": [None], "hypothesis": [None], "next_action": ["Text message reminder"], "goal": ["A nudge the day before a visit"], "week": ["2026-W49"], "start_date": ["2026-12-04"]}}),
        (["Thank-you call rota", "A voice is remembered", "Joss", "2026-12-11"], {"execution": "Thank-you call rota", "hypothesis": "A voice is remembered", "owners": ["Joss"], "end_date": "2026-12-11", "accept": {"outcome": [None], "next_kind": ["start", None], "execution": [None], "hypothesis": [None], "next_action": ["Thank-you call rota"], "goal": ["A voice is remembered"], "week": ["2026-W50"], "start_date": ["2026-12-11"]}}),
    ])}),
    # ================================================================ held out
    # ---------------------------------------------------------------- 미용실
    Log("미용실_해보자", "미용실", "ko", [
        ("start", "언제부터"), ("end", "언제까지"), ("execution", "뭘 했나"), ("hypothesis", "왜 했나"), ("metric_arrow", "어떻게 변했나"), ("outcome", "되나 안되나"), ("retrospective", "해 보고 나서"), ("next", "그래서 다음엔"), ("owner", "누가 맡았나"), ("tags", "꼬리표"),
    ], days="dots", words=KO_MARK, above=["해보자 노트"]),
    Log("미용실_주차", "미용실", "ko", [
        ("goal", "지향점"), ("hypothesis", "세운 가설"), ("execution", "손님께 해 본 것"), ("retrospective", "되짚기"), ("learned", "얻은 깨달음"), ("applied", "써먹은 자리"), ("owner", "선생님"),
    ], layout="week_labels", extra={"week_style": "month_week", "mark": "▶ "}, above=["2026 주간"]),
    Log("미용실_메모칸", "미용실", "ko", [
        ("title", "해 본 일 이름"), ("goal", "원하는 것"), ("execution", "구체적으로"), ("range", "기간"), ("labelled", "기록"), ("outcome", "결말"),
    ], days="iso", words=KO_PLAIN, extra={"labels": {"retrospective": "결과", "learned": "배운 점", "applied": "적용", "next": "다음"}}),
    # ---------------------------------------------------------------- 공장
    Log("공장_개선활동", "공장", "ko", [
        ("junk:no", "No."), ("junk:line", "라인"), ("goal", "개선 목표"), ("hypothesis", "원인 추정 및 기대"), ("execution", "대책 내용"), ("start", "실시일"), ("end", "완료일"), ("owner", "담당자"), ("people", "협조 부서"), ("metric_name", "관리 항목"), ("before", "개선 전"), ("after", "개선 후"), ("target", "목표치"), ("unit", "단위"), ("outcome", "효과 판정"), ("retrospective", "평가 의견"), ("applied", "수평 전개"), ("next", "향후 조치"),
    ], days="typed", words=KO_PLAIN, above=["2026년 개선 활동 대장", "작성: 생산기술팀", ""], extra={"junk": {"no": [1, 2, 3, 4, 5, 6], "line": ["1라인", "2라인"]}},
        traps=[(3, "after", "#DIV/0!", {}, "error_value")]),
    Log("공장_두줄", "공장", "ko", [
        ("title", "과제명"), ("hypothesis", "추정"), ("execution", "조치"), ("start", "착수"), ("end", "종료"), ("before", "전"), ("after", "후"), ("outcome", "판정"), ("retrospective", "비평"), ("next", "후속 조치"),
    ], layout="two_row", days="serial", words=KO_HYP, extra={"groups": [("과제", 1), ("P", 2), ("D", 2), ("C", 3), ("A", 2)], "metric_name": None}),
    Log("공장_월별시트", "공장", "ko", [
        ("start", "일"), ("goal", "과제"), ("hypothesis", "근거"), ("execution", "실행 사항"), ("outcome", "현황"), ("retrospective", "소견"), ("owner_title", "책임"),
    ], layout="month_tabs", days="md", words=KO, extra={"month_name": "2026년 {month}월"}),
    # ---------------------------------------------------------------- 채용
    Log("채용_실험실", "채용", "ko", [
        ("title", "시도"), ("goal", "풀고 싶은 것"), ("hypothesis", "세워 본 가설"), ("execution", "실제로 한 일"), ("start", "개시일"), ("end", "마감일"), ("pair", "숫자"), ("outcome", "검증"), ("retrospective", "복기"), ("learned", "교훈"), ("applied", "확산한 곳"), ("next", "다음 한 걸음"), ("owner_at", "진행"), ("people", "도움"),
    ], days="iso", words=KO_HYP),
    Log("채용_목표묶음", "채용", "ko", [
        ("goal", "분기 목표"), ("execution", "액션"), ("hypothesis", "그렇게 본 이유"), ("range", "기간"), ("metric_ko", "변화"), ("outcome", "O/X"), ("kpt", "회고(KPT)"), ("owner", "오너"),
    ], layout="goal_merged", days="md", words=KO_MARK, above=["2026 상반기 채용 실험"]),
    Log("채용_카드", "채용", "ko", [
        ("title", "실험 제목"), ("goal", "목표"), ("hypothesis", "가설"), ("execution", "실행 내용"), ("start", "시작일"), ("end", "종료일"), ("owner", "담당자"), ("metric_arrow", "성과"), ("outcome", "결과"), ("retrospective", "회고"), ("next", "다음 액션"),
    ], layout="cards", days="dots", words=KO),
    # ---------------------------------------------------------------- library
    Log("library_trials", "library", "en", [
        ("title", "Trial"), ("goal", "So that"), ("hypothesis", "We reckon"), ("execution", "We did"), ("start", "Opened"), ("end", "Closed"), ("owner", "Librarian"), ("people", "Partner"), ("before_unit", "Was"), ("after_unit", "Is"), ("outcome", "Ruling"), ("retrospective", "Afterthoughts"), ("learned", "Lesson"), ("applied", "Reused at"), ("next", "Then"), ("tags", "Topic"),
    ], days="dmy", words=EN, above=["Trials at the branch"]),
    Log("library_sections", "library", "en", [
        ("title", "Name"), ("hypothesis", "Assumption"), ("execution", "Activity"), ("start", "Begin"), ("end", "Finish"), ("outcome", "Assessment"), ("retrospective", "Observations"), ("next", "Way forward"),
    ], layout="goal_sections", days="iso", words=EN_PLAIN, extra={"section": "▸ {}"}),
    Log("library_transposed", "library", "en", [
        ("title", "Trial name"), ("goal", "Purpose"), ("hypothesis", "Prediction"), ("execution", "Procedure"), ("range", "Period"), ("owner", "Responsible"), ("metric_arrow", "Measured"), ("outcome", "Finding"), ("retrospective", "Discussion"), ("next", "Recommendation"),
    ], layout="transposed", days="en_year", words=EN_WIN),
    # ---------------------------------------------------------------- roaster
    Log("roaster_lab", "roaster", "en", [
        ("start", "Beginn"), ("end", "Ende"), ("goal", "Ziel / goal"), ("hypothesis", "Hunch"), ("execution", "Test"), ("metric_name", "What we count"), ("before", "Before"), ("after", "After"), ("unit", "unit"), ("outcome", "Verdict"), ("retrospective", "Remarks"), ("owner", "Roaster"),
    ], kind="csv", days="german", words=EN_GOAL, extra={"decimal": ",", "separator": ";"}),
    Log("roaster_ideas", "roaster", "en", [
        ("title", "Idea"), ("goal", "For the sake of"), ("hypothesis", "Why it might fly"), ("execution", "What we shipped"), ("start", "Day one"), ("end", "Last day"), ("metric_en", "What moved"), ("outcome", "Thumbs"), ("retrospective", "Post-mortem"), ("learned", "Aha"), ("applied", "Copied to"), ("next", "Up next"), ("owner", "Captain"), ("tags", "Channel"),
    ], days="en_year", words=EN_PLAIN, above=["Test kitchen log 2026", "", ""]),
    Log("roaster_people", "roaster", "en", [
        ("goal", "Outcome wanted"), ("hypothesis", "Guess"), ("execution", "Tried"), ("range", "Ran"), ("outcome", "Landed?"), ("retrospective", "In hindsight"), ("next", "Next bet"),
    ], layout="person_tabs", days="iso", words=EN_WIN, extra={"more_tabs": [("How to", GUIDE_EN, False)]}),
    # ---------------------------------------------------------------- newsletter
    Log("newsletter_tests", "newsletter", "en", [
        ("junk:id", "#"), ("title", "Test"), ("hypothesis", "Hypothesis"), ("execution", "Change"), ("start", "Sent from"), ("end", "to"), ("metric_name", "Metric"), ("before", "Control"), ("after", "Test"), ("target", "Wanted"), ("outcome", "Outcome"), ("retrospective", "Comment"), ("next", "Decision"), ("owner", "Editor"),
    ], days="serial", words=EN, extra={"junk": {"id": [1, 2, 3, 4, 5]}, "copy_last": True}),
    Log("newsletter_months", "newsletter", "en", [
        ("start", "Day"), ("goal", "Target outcome"), ("hypothesis", "Thinking"), ("execution", "Experiment"), ("pair", "Open/reply/unsub"), ("outcome", "How did it go"), ("retrospective", "What happened"), ("learned", "Note to self"),
    ], layout="month_tabs", days="en", words=EN_PLAIN, extra={"month_name": "{name} 2026"}),
    Log("newsletter_weeks", "newsletter", "en", [
        ("goal", "Objective"), ("execution", "Doing"), ("hypothesis", "Hypothesis"), ("owner", "Assigned"), ("outcome", "Status"), ("retrospective", "Retro"), ("next", "Action"),
    ], layout="week_labels", words=EN_WIN, extra={"week_style": "week", "mark": ""}, above=["Newsletter lab 2026"]),
    # ---------------------------------------------------------------- warehouse
    Log("warehouse_kaizen", "warehouse", "en", [
        ("goal", "Pain we attack"), ("hypothesis", "Root idea"), ("execution", "Countermeasure"), ("start", "Implemented"), ("end", "Reviewed"), ("owner", "Responsible person"), ("people", "Involved"), ("metric_name", "Indicator"), ("before", "Old"), ("after", "New"), ("target", "Aim"), ("unit", "Unit"), ("outcome", "Effective?"), ("retrospective", "Evaluation"), ("applied", "Spread to"), ("next", "Follow up"), ("tags", "Category"),
    ], days="typed", words=EN_PLAIN, traps=[(0, "end", "2026-10-01", {"end_date": "2026-10-01", "accept": {}}, "end_before_start"), (2, "start", "2062-10-12", {"start_date": None, "week": None, "accept": {"start_date": ["2062-10-12"], "week": ["2062-W41"]}}, "suspicious_date")]),
    Log("warehouse_dated", "warehouse", "en", [
        ("start", "Date"), ("execution", "What"), ("hypothesis", "Why"), ("outcome", "How it ended"), ("retrospective", "Story"), ("owner", "By"),
    ], layout="dated_sections", days="en", words=EN_GOAL, extra={"month_line": "{year}-{month:02d}"}),
    Log("warehouse_labels", "warehouse", "en", [
        ("title", "Thing"), ("goal", "Goal"), ("hypothesis", "Hypothesis"), ("start", "Start"), ("end", "End"), ("labelled", "Notes"), ("outcome", "Result"),
    ], days="iso", words=EN, extra={"labels": {"retrospective": "What went well", "learned": "Learned", "applied": "Applied to", "next": "Next"}}),
]  # fmt: skip

for log in LOGS:
    log.held_out = log.domain in HELD_OUT
