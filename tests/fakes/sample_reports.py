"""Hand-made reports for looking at pages: full (ko, en), ordinary, empty, first-ever, overlong,
hostile, monthly.

Each is a function without arguments that returns a `WeeklyReport`; `SAMPLES` names them all. They
are records only: nothing here was computed, but everything could have been.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from notes.model.notes import Place, Risk
from notes.model.periods import Month, Week
from reports.analysis.records.answers import (
    Activity,
    BusinessAnswer,
    EarlierHypothesis,
    Forecast,
    ForecastLedger,
    GoalLine,
    LearningAnswer,
    LearningPair,
    MetricChange,
    NoChangeSummary,
    Offer,
    PeopleAnswer,
    PeriodMetric,
    PersonAnswer,
    PersonSpeed,
    PlannedActivity,
    RepeatedFailure,
    RepeatedHypothesis,
    StopCandidate,
    StopCheck,
    SuggestedApplication,
    Thanks,
    UnappliedLearning,
)
from reports.analysis.records.evidence import Evidence, Interval, NoteLines
from reports.analysis.records.report_record import (
    CoreActivity,
    DataQuality,
    DecisionRequest,
    Headline,
    LeaderLines,
    ProblemLine,
    Scope,
    SectionAction,
    SourceQuality,
    SuggestedChange,
    WeeklyReport,
)
from reports.analysis.records.section_results import (
    Behaviour,
    BhagProgress,
    Commitment,
    CommitmentLedger,
    Fix,
    Funnel,
    FunnelStep,
    LeadingSignal,
    Milestone,
    NextAction,
    NextPeriod,
    PlanView,
    PlaybookEntry,
    ProcessSignal,
    RecordedSignal,
    Rhythm,
    Signals,
    StructureChange,
    Trap,
    WeekShare,
)

WEEK = Week(2026, 47)
SEOUL = ZoneInfo("Asia/Seoul")


def _seen(row: int, what: str, key: str = "") -> Evidence:
    """Return evidence for a row of the sample sheet."""
    url = f"https://docs.google.com/spreadsheets/d/sample/edit#gid=0&range=A{row}"
    return Evidence(
        f"n{row:04d}", what, url, Place(tab="11월", row=row), "trials", key or f"T-{row}"
    )


_KO = {
    "team": "정기구독팀",
    "source": "구독 실험 기록",
    "act1": "첫 상자에 손편지 대신 보관법 카드 넣기",
    "act2": "결제 실패 당일 저녁 7시에 다시 시도",
    "act3": "해지 화면에서 한 달 쉬기 먼저 보여 주기",
    "shared": "해지 전 상담 문구 바꾸기",
    "wrong": "추천 쿠폰 금액 올리기",
    "stop1": "인스타그램 매일 올리기",
    "stop2": "주말 문자 이벤트",
    "why1": "조회는 늘었지만 신청으로 이어지지 않음",
    "factors1": "받은 날 바로 보관하니 버리는 것이 줄었다",
    "next1": "두 번째 상자에도 카드 넣기",
    "factors2": "월급날 다음 날이라 잔액이 있었다",
    "next3": "쉬기 기간을 두 달까지 늘려 보기",
    "m1": "두 번째 상자 유지율",
    "m2": "결제 회수율",
    "m3": "해지율",
    "m4": "추천 가입",
    "m5": "신규 신청",
    "goal1": "재구독률 60%",
    "goal2": "해지율 3% 아래",
    "goal3": "추천 가입 월 100명",
    "lead": "보관법 카드 발송",
    "rate": "당일 문의 응답률",
    "lag": "재구독률",
    "learn1": "상자를 연 첫날의 경험이 다음 달 결제를 정한다",
    "app1": "두 번째 상자 안내 순서",
    "learn2": "쿠폰 금액은 이미 쓰는 사람만 움직인다",
    "app2": "추천 안내를 첫 상자 카드로 옮김",
    "learn3": "결제 실패는 거절이 아니라 잔액 문제다",
    "app3": "재시도 시각표",
    "hyp2": "쿠폰을 올리면 추천이 는다",
    "learn4": "배송 알림은 전날 저녁이 낫다",
    "planned4": "다음 주 예정",
    "newhyp": "할인 문자를 보내면 해지를 미룬다",
    "oldhyp": "할인권을 주면 해지가 줄어든다",
    "oldwhy": "할인이 끝나는 달에 한꺼번에 해지함",
    "later": "알림 시간을 저녁으로 옮김",
    "p1": "서다온",
    "p2": "문하람",
    "p3": "물류 파트너",
    "o1": "윤슬기",
    "o2": "고은별",
    "blocker": "냉장 상자 재고가 없어 멈춤",
    "run": "조용한 재배송 안내",
    "give1": "보관법 카드 원고와 결과 공유",
    "c1": "보관법 카드 전 고객 확대",
    "c2": "주말 문자 이벤트 그만하기",
    "c3": "상담 문구 세 가지로 줄이기",
    "c4": "리뷰 요청 메일 다시 쓰기",
    "c5": "영상 후기 모으기",
    "why5": "촬영 동의를 받지 못함",
    "plan_b": "두 번째 상자 보관법 카드",
    "plan_l": "해지 사유 다섯 명 인터뷰",
    "plan_p": "물류 파트너와 냉장 재고 회의",
    "bhag": "2028년까지 정기구독 1만 가구",
    "kr": "재구독률 58%",
    "risk1": "냉장 상자 부족",
    "counter1": "일반 상자와 아이스팩으로 대신",
    "risk2": "상담 인력 휴가",
    "b1": "카드 문구 확정",
    "b2": "해지 인터뷰 5건",
    "b3": "재고 회의",
    "s1": "방문",
    "s2": "맛보기 신청",
    "s3": "첫 결제",
    "s4": "두 번째 결제",
    "funnel": "구독 퍼널",
    "beh1": "주 3회 고객 통화",
    "beh2": "문의 24시간 내 90% 답변",
    "unit": "명",
    "household": "가구",
    "nogoal": "사무실 정리",
    "blame_free": "포장 시간 재기",
}
_EN = {
    "team": "Subscriptions",
    "source": "box trials",
    "act1": "Put a storage card in the first box instead of a letter",
    "act2": "Retry failed payments at 7 pm the same day",
    "act3": "Offer a month's pause before the cancel button",
    "shared": "Reword the cancellation chat",
    "wrong": "Raise the referral coupon",
    "stop1": "Post on Instagram every day",
    "stop2": "Weekend text offers",
    "why1": "views went up, sign-ups did not",
    "factors1": "stored on arrival, so less was thrown away",
    "next1": "put the card in the second box too",
    "factors2": "the day after payday there was money on the card",
    "next3": "try a pause of two months",
    "m1": "kept second box",
    "m2": "payments recovered",
    "m3": "churn",
    "m4": "referrals",
    "m5": "new sign-ups",
    "goal1": "60% renewals",
    "goal2": "churn under 3%",
    "goal3": "100 referrals a month",
    "lead": "storage cards sent",
    "rate": "answered the same day",
    "lag": "renewal rate",
    "learn1": "the first day with the box decides the next month's payment",
    "app1": "order of the second box's leaflet",
    "learn2": "a bigger coupon moves only those who already use it",
    "app2": "the referral note moved onto the first card",
    "learn3": "a failed payment is an empty card, not a refusal",
    "app3": "timetable of retries",
    "hyp2": "a bigger coupon brings more referrals",
    "learn4": "delivery notices work better the evening before",
    "planned4": "planned for next week",
    "newhyp": "a discount text makes people put off cancelling",
    "oldhyp": "a voucher lowers cancellations",
    "oldwhy": "they all cancelled in the month the discount ended",
    "later": "moved notices to the evening",
    "p1": "Dana Whitlock",
    "p2": "Ravi Nair",
    "p3": "cold-chain partner",
    "o1": "Imogen Clarke",
    "o2": "Tomas Vale",
    "blocker": "stopped: no chilled boxes in stock",
    "run": "quiet redelivery notice",
    "give1": "share the card's text and its result",
    "c1": "storage card for every customer",
    "c2": "stop weekend text offers",
    "c3": "cut the chat scripts to three",
    "c4": "rewrite the review request",
    "c5": "collect video reviews",
    "why5": "nobody agreed to be filmed",
    "plan_b": "storage card in the second box",
    "plan_l": "interview five who left",
    "plan_p": "stock meeting with the cold-chain partner",
    "bhag": "10,000 subscribing households by 2028",
    "kr": "58% renewals",
    "risk1": "chilled boxes run out",
    "counter1": "plain boxes with ice packs",
    "risk2": "chat staff on leave",
    "b1": "final text of the card",
    "b2": "five interviews",
    "b3": "stock meeting",
    "s1": "visits",
    "s2": "trial boxes",
    "s3": "first payment",
    "s4": "second payment",
    "funnel": "subscription funnel",
    "beh1": "3 customer calls a week",
    "beh2": "90% of questions answered within 24 h",
    "unit": "",
    "household": "households",
    "nogoal": "tidy the office",
    "blame_free": "time the packing",
}


def _business(t: dict[str, str]) -> BusinessAnswer:
    first = MetricChange(
        t["m1"], "%", 48.0, 57.0, 60.0, 9.0, True, None, "better", "up", "target", 0.75,
        (84, 175), (104, 182), Interval(-1.2, 19.0),
    )  # fmt: skip
    second = MetricChange(
        t["m2"],
        "%",
        22.0,
        35.0,
        None,
        13.0,
        True,
        None,
        "better",
        "up",
        "default",
        0.5909,
    )
    third = MetricChange(
        t["m3"],
        "%",
        5.1,
        4.2,
        3.0,
        -0.9,
        True,
        None,
        "better",
        "down",
        "target",
        0.4286,
    )
    worse = MetricChange(
        t["m4"],
        t["unit"],
        31,
        24,
        100,
        -7,
        False,
        -0.2258,
        "worse",
        "up",
        "target",
        0.0,
    )
    flat = MetricChange(
        t["m5"], t["unit"], 112, 112, None, 0, False, 0.0, "same", "up", "default", 0.0
    )
    return BusinessAnswer(
        kept=(
            Activity(
                _seen(12, t["act1"]), first, "strong", ("counts",), NoteLines(t["act1"],
                t["factors1"], t["next1"]),
                t["goal1"], date(2026, 11, 20), (t["o1"],), (), (_seen(4, t["act1"]),),
            ),
            Activity(
                _seen(15, t["act2"]), second, "medium", ("cells",), NoteLines(t["act2"],
                t["factors2"], ""),
                t["goal1"], date(2026, 11, 19), (t["o2"],),
            ),
            Activity(
                _seen(17, t["act3"]), third, "medium", ("series",), NoteLines(t["act3"], "",
                t["next3"]),
                t["goal2"], date(2026, 11, 18), (t["o1"],), (_seen(18, t["shared"]),),
            ),
        ),
        moved_total=4,
        executed=11,
        unmeasured=4,
        wrong_way=(Activity(_seen(21, t["wrong"]), worse, "medium", ("cells",), goal=t["goal3"]),),
        wrong_way_total=1,
        stop=(
            StopCandidate(_seen(23, t["stop1"]), "no_change", flat, 14, t["why1"], (t["o2"],)),
            StopCandidate(_seen(21, t["wrong"]), "wrong_way", worse, 7),
        ),
        stop_total=2,
        stop_checks=(
            StopCheck(StopCandidate(_seen(9, t["stop2"]), "no_effect"), "continued", _seen(25,
            t["stop2"])),
        ),
        goals=(
            GoalLine(t["goal1"], "moving", ("metric_moved", "leading_moved"), (_seen(12, t["act1"]),
            ), 4, first),
            GoalLine(t["goal2"], "moving", ("metric_moved",), (_seen(17, t["act3"]),), 3, third),
            GoalLine(t["goal3"], "stalled", ("metric_worse",), (_seen(21, t["wrong"]),), 2, worse),
        ),
        goals_total=3,
        forecasts=ForecastLedger(
            2, 1, 1, 1, 4,
            (
                Forecast(_seen(12, t["act1"]), "hit", first, 55.0),
                Forecast(_seen(15, t["act2"]), "miss", second, 40.0),
            ),
        ),
    )  # fmt: skip


def _learning(t: dict[str, str]) -> LearningAnswer:
    effect = MetricChange(
        t["m1"],
        "%",
        48.0,
        57.0,
        60.0,
        9.0,
        True,
        None,
        "better",
        "up",
        "target",
        0.75,
    )
    old = EarlierHypothesis(
        _seen(2, t["oldhyp"]), t["oldhyp"], "failure", date(2026, 8, 14), t["oldwhy"],
        words=tuple(word for word in t["newhyp"].split() if word in {"할인", "해지를", "discount",
        "cancelling"}),
        same_goal=True, score=0.62, certainty=1.0,
    )  # fmt: skip
    return LearningAnswer(
        pairs=(
            LearningPair(
                "confirmed", t["learn1"], t["app1"], _seen(4, t["act1"]), "link", _seen(12,
                t["act1"]), effect,
                lines=NoteLines(t["act1"], t["factors1"], t["next1"]), owners=(t["o1"],),
                appliers=(t["o2"],),
                day=date(2026, 11, 20),
            ),
            LearningPair(
                "applied", t["learn2"], t["app2"], _seen(21, t["wrong"]), "cell", from_failure=True,
                hypothesis=t["hyp2"], lines=NoteLines(t["wrong"], t["learn2"], t["app2"]),
                owners=(t["o2"],),
                day=date(2026, 11, 19),
            ),
            LearningPair(
                "applied", t["learn3"], t["app3"], _seen(15, t["act2"]), "cell",
                lines=NoteLines(t["act2"], t["factors2"], ""), owners=(t["o2"],), day=date(2026, 11,
                18),
            ),
        ),
        learned_total=12,
        applied_total=7,
        counts=(("learned", 4), ("planned", 1), ("applied", 4), ("confirmed", 2), ("standard", 1)),
        unapplied=(
            UnappliedLearning(_seen(27, t["later"]), t["learn4"], "planned", t["planned4"],
            (t["o1"],)),
            UnappliedLearning(_seen(28, t["run"]), t["why1"], "learned"),
        ),
        suggestions=(SuggestedApplication(t["learn4"], _seen(27, t["later"]), _seen(29, t["later"]),
        0.71),),
        same_failure=RepeatedFailure(_seen(30, t["newhyp"]), t["newhyp"], old),
        again=(RepeatedHypothesis(_seen(30, t["newhyp"]), t["newhyp"], (old,)),),
    )  # fmt: skip


def _people(t: dict[str, str]) -> PeopleAnswer:
    quick = PersonSpeed(
        t["p1"], 6.0, 13.0, 5, 18, 2.17, (_seen(5, t["act1"]), _seen(12, t["act1"]))
    )
    return PeopleAnswer(
        answers=(
            PersonAnswer(
                "blocked", t["p1"], t["goal1"], t["blocker"], _seen(31, t["run"]), (_seen(5,
                t["act1"]),), 3, False,
                Offer(t["give1"], "written", _seen(32, t["give1"])), quick,
            ),
            PersonAnswer("lever", t["p3"], t["goal1"], "", _seen(33, t["plan_p"])),
            PersonAnswer(
                "overdue", t["p2"], t["goal2"], "", None, (_seen(17, t["act3"]),), 1, True,
                Offer(t["learn1"], "learning", _seen(4, t["act1"])), None, date(2026, 10, 12), 41,
                28,
            ),
        ),
        gaps_total=5,
        speed=(quick,),
        gave=3,
        asked=5,
        thanks=(Thanks(t["p2"], "praise", _seen(34, t["p2"])), Thanks(t["p1"], "success", _seen(12,
        t["act1"]))),
    )  # fmt: skip


def _numbers(t: dict[str, str]) -> tuple[PeriodMetric, PeriodMetric, PeriodMetric]:
    weeks = [str(WEEK.back(n)) for n in range(7, -1, -1)]
    key = PeriodMetric(
        t["lag"], 56.2, "%", 54.1, 2.1, True, "better", "up", 60.0, 3.8, 0.9367, "lagging",
        history=tuple(zip(weeks, (48.0, 49.5, 50.1, 50.0, 52.3, 53.0, 54.1, 56.2), strict=True)),
        evidence=_seen(40, t["lag"]),
    )  # fmt: skip
    sent = PeriodMetric(
        t["lead"],
        182,
        "",
        175,
        7,
        False,
        "better",
        "up",
        200,
        18,
        0.91,
        "leading",
        evidence=_seen(41, t["lead"]),
    )
    rate = PeriodMetric(
        t["rate"],
        82.0,
        "%",
        86.0,
        -4.0,
        True,
        "worse",
        "up",
        90.0,
        8.0,
        0.911,
        "leading",
        evidence=_seen(42, t["rate"]),
    )
    return key, sent, rate


def _rhythm(t: dict[str, str], key: PeriodMetric) -> Rhythm:
    weeks = [str(WEEK.back(n)) for n in range(7, -1, -1)]
    done = ((5, 8, 1), (6, 8, 0), (7, 9, 2), (4, 8, 3), (6, 7, 1), (7, 8, 0), (8, 10, 1), (7, 9, 2))
    big3 = ((2, 3), (1, 3), (3, 3), (2, 3), (2, 3), (0, 0), (3, 3), (2, 3))
    return Rhythm(
        execution=tuple(WeekShare(w, d, p, u) for w, (d, p, u) in zip(weeks, done, strict=True)),
        big3=tuple(WeekShare(w, d, p) for w, (d, p) in zip(weeks, big3, strict=True)),
        big3_items=(
            PlannedActivity(t["b1"], True, _seen(50, t["b1"])),
            PlannedActivity(t["b2"], True, _seen(50, t["b2"])),
            PlannedActivity(t["b3"], False, _seen(50, t["b3"])),
        ),
        key_result=key,
        key_result_text=t["kr"],
        bhag=BhagProgress(
            t["bhag"], t["household"], t["household"], 2140, 10000,
            0.1457, 0.2966, _seen(51, t["bhag"]),
        ),
        retrospective_weeks=9,
        structure=StructureChange(3, 7, 2, 0.42, 0.49, 0.09, 8),
        behaviours=(
            Behaviour(t["beh1"], _seen(52, t["beh1"]), times=3, actual=2, cases=2, met=False,
            basis="dates"),
            Behaviour(
                t["beh2"], _seen(53, t["beh2"]), share=0.9, within_hours=24, actual=0.93, met=True,
                basis="self_reported",
            ),
        ),
    )  # fmt: skip


def _funnel(t: dict[str, str]) -> Funnel:
    tried = FunnelStep(
        t["s1"],
        t["s2"],
        1240,
        149,
        0.1202,
        0.131,
        Interval(0.125, 0.137),
        Interval(0.103, 0.139),
        8,
        "usual",
        0.0,
    )
    paid = FunnelStep(
        t["s2"],
        t["s3"],
        149,
        52,
        0.349,
        0.44,
        Interval(0.41, 0.47),
        Interval(0.277, 0.428),
        8,
        "below",
        8.1,
    )
    again = FunnelStep(
        t["s3"],
        t["s4"],
        18,
        11,
        0.611,
        0.6,
        Interval(0.53, 0.66),
        Interval(0.386, 0.797),
        8,
        "too_few",
    )
    counts = ((t["s1"], 1240, 1310), (t["s2"], 149, 168), (t["s3"], 52, 71), (t["s4"], 31, 40))
    return Funnel(
        t["funnel"],
        tuple(
            PeriodMetric(name, now, t["unit"], before, now - before) for name, now, before in counts
        ),
        (tried, paid, again),
        paid,
        t["s4"],
        (_seen(60, t["funnel"]),),
    )


def _commitments(t: dict[str, str]) -> CommitmentLedger:
    return CommitmentLedger(
        items=(
            Commitment(t["c2"], "stop", "2026-W45", _seen(9, t["stop2"]), "came_back", _seen(25,
            t["stop2"])),
            Commitment(
                t["c4"], "start", "2026-W46", _seen(10, t["c4"]), "vanished",
                gone=datetime(2026, 11, 18, 1, tzinfo=UTC),
            ),
            Commitment(t["c3"], None, "2026-W46", _seen(11, t["c3"]), "unanswered"),
            Commitment(t["c5"], "start", "2026-W46", _seen(8, t["c5"]), "stopped", _seen(26,
            t["c5"]), True, t["why5"]),
            Commitment(t["c1"], "keep", "2026-W46", _seen(4, t["act1"]), "kept", _seen(12,
            t["act1"]), False),
        ),
        due=9,
        counts=(("kept", 4), ("running", 1), ("stopped", 1), ("vanished", 1), ("came_back", 1),
        ("unanswered", 0)),
        suggested=1,
        closure=0.5556,
        previous_closure=0.5,
    )  # fmt: skip


def _data(t: dict[str, str]) -> DataQuality:
    read = datetime(2026, 11, 22, 22, 50, tzinfo=UTC)
    return DataQuality(
        sources=(
            SourceQuality(
                t["source"], "fresh", read, read, "", "", 412, 371, 2, (("blank", 21), ("total",
                12), ("example", 8))
            ),
            SourceQuality(
                "notion", "partial", datetime(2026, 11, 21, 22, 50, tzinfo=UTC), read,
                "Notion did not answer",
                "run `loopnote doctor`", 96, 90, 0, (("template", 6),),
            ),
        ),
        problems=(
            ProblemLine(t["source"], "impossible_date", "11/31", (), _seen(44, "11/31")),
            ProblemLine(t["source"], "weekday_mismatch", "11/17(월)", (("weekday", "화"),),
            _seen(46, "11/17(월)")),
        ),
        problems_total=2,
        warn=True,
        oldest_success=datetime(2026, 11, 21, 22, 50, tzinfo=UTC),
    )  # fmt: skip


def _leader(t: dict[str, str], key: PeriodMetric) -> LeaderLines:
    return LeaderLines(
        Headline("key_number", key, notes=23),
        key,
        CoreActivity(
            t["act1"], 6, 3, t["goal1"], True, (_seen(12, t["act1"]), _seen(4, t["act1"]))
        ),
        SuggestedChange("came_back", t["stop2"], _seen(25, t["stop2"])),
        DecisionRequest(
            "came_back", t["stop2"], datetime(2026, 11, 23, 15, tzinfo=SEOUL), _seen(25, t["stop2"])
        ),
    )


def _full(t: dict[str, str]) -> WeeklyReport:
    key, sent, rate = _numbers(t)
    return WeeklyReport(
        scope=Scope(
            t["team"], WEEK, WEEK.first, WEEK.last, "Asia/Seoul", 23, 19, 6, 9, (_seen(35,
            t["run"]),), 1, False, 2
        ),
        leader=_leader(t, key),
        business=_business(t),
        learning=_learning(t),
        people=_people(t),
        signals=Signals(
            ProcessSignal(9, 2, 11, True, 0.8182, 0.7),
            LeadingSignal(9, 7, 10, 8, (sent,), (rate,), (key,), "together"),
            RecordedSignal(9, 6, 5, 2, 2, 0, False, (_seen(36, t["blame_free"]),)),
        ),
        traps=(
            Trap("no_goal", True, 3, 23, (_seen(37, t["nogoal"]), _seen(36, t["blame_free"]))),
            Trap("too_many_metrics", True, 7, 5, (), (*(t[f"m{n}"] for n in range(1, 6)), t["lead"],
            t["rate"])),
            Trap("no_next_action", True, 4, 9, (_seen(15, t["act2"]),), (), 1),
        ),
        commitments=_commitments(t),
        rhythm=_rhythm(t, key),
        funnels=(_funnel(t),),
        next=NextPeriod(
            PlanView(
                _seen(51, t["bhag"]), t["bhag"], t["kr"], 58.0, "%", (t["plan_b"],), (t["plan_l"],),
                (t["plan_p"],),
                (Risk(t["risk1"], t["counter1"]), Risk(t["risk2"])), (t["b1"], t["b2"], t["b3"]), 1,
            ),
            (
                NextAction(t["next1"], "keep", _seen(12, t["act1"]), (t["o1"],)),
                NextAction(t["stop1"], "stop", _seen(23, t["stop1"]), (t["o2"],)),
                NextAction(t["next3"], "start", _seen(17, t["act3"]), (t["o1"],)),
            ),
            5,
        ),
        milestones=(Milestone("target_reached", t["m2"], _seen(15, t["act2"])),),
        playbook=(
            PlaybookEntry(
                "do", t["learn1"], t["goal1"], (_seen(4, t["act1"]), _seen(12, t["act1"])),
                (t["o1"],),
                (t["o1"], t["o2"]), 3, date(2026, 10, 2),
            ),
            PlaybookEntry("dont", t["oldhyp"], t["goal2"], (_seen(2, t["oldhyp"]), _seen(3,
            t["oldhyp"])), (), (), 2),
        ),
        fixes=(
            Fix("number", _seen(38, t["stop1"]), ""),
            Fix("application", _seen(27, t["later"]), t["learn4"]),
            Fix("next_action", _seen(15, t["act2"]), t["factors2"]),
        ),
        fixes_total=8,
        actions=(
            SectionAction("business", "stop", t["stop1"], _seen(23, t["stop1"])),
            SectionAction("learning", "apply", t["learn4"], _seen(27, t["later"])),
            SectionAction("people", "contact", t["blocker"], _seen(31, t["run"]), t["p1"]),
            SectionAction("signals", "ask_bottleneck"),
            SectionAction("traps", "link_goal", t["nogoal"], _seen(37, t["nogoal"])),
            SectionAction("commitments", "answer_commitment", t["c4"], _seen(10, t["c4"])),
            SectionAction("rhythm", "next_action", t["b3"], _seen(50, t["b3"])),
            SectionAction("funnel", "fix_step", f"{t['s2']} → {t['s3']}", _seen(60, t["funnel"])),
            SectionAction("next", "fill_plan", t["risk2"], _seen(51, t["bhag"])),
        ),
        data=_data(t),
    )  # fmt: skip


def full_ko() -> WeeklyReport:
    """Return a week of a Korean team in which every section has something to say."""
    return _full(_KO)


def full_en() -> WeeklyReport:
    """Return the same week as an English team would have written it."""
    report = _full(_EN)
    return replace(report, scope=replace(report.scope, timezone="Europe/London"))


def ordinary_ko() -> WeeklyReport:
    """Return a week in which nothing moved, one learning was applied, and much is missing."""
    report = full_ko()
    business = replace(
        report.business, kept=(), moved_total=0, stop=report.business.stop[:1], stop_total=1,
        stop_checks=(),
        nothing_moved=NoChangeSummary(
            report.rhythm.big3_items, 2, 3,
            report.signals.leading.inputs if report.signals.leading else ()
        ),
        forecasts=ForecastLedger(none=3), goals=report.business.goals[2:], goals_total=1,
    )  # fmt: skip
    learning = LearningAnswer(
        report.learning.pairs[2:],
        3,
        1,
        (("learned", 2), ("applied", 1)),
        report.learning.unapplied[:1],
    )
    leader = LeaderLines(
        Headline("signs", business.nothing_moved.leading[0] if business.nothing_moved else None,
        notes=8),
        None, report.leader.core, None, DecisionRequest("no_plan", "", datetime(2026, 11, 23, 15,
        tzinfo=SEOUL), count=3),
    )  # fmt: skip
    return WeeklyReport(
        scope=replace(report.scope, notes=8, previous_notes=9, silent=(), silent_total=0),
        leader=leader,
        business=business,
        learning=learning,
        people=PeopleAnswer(report.people.answers[:1], 1, (), 0, 2),
        signals=Signals(
            ProcessSignal(2, 1, 3, False), None, RecordedSignal(4, 2, 3, 0, 1, 5, True)
        ),
        traps=report.traps[:1],
        commitments=replace(
            report.commitments, items=report.commitments.items[:2], due=2, closure=0.0
        ),
        rhythm=Rhythm(retrospective_weeks=1),
        next=NextPeriod(None, report.next.actions, 3),
        actions=report.actions[:3],
        data=replace(report.data, sources=report.data.sources[:1], warn=False),
    )


def ordinary_en() -> WeeklyReport:
    """Return a plain English week: one weak number, one gap, next actions, no plan card."""
    full = full_en()
    weak = replace(full.business.kept[1], grade="weak", reasons=("text",))
    return WeeklyReport(
        scope=replace(full.scope, notes=6, previous_notes=0, silent=(), silent_total=0),
        leader=LeaderLines(
            Headline("moved", None, weak.move, weak.evidence, 6),
            decision=DecisionRequest(
                "stop", full.business.stop[0].evidence.what, full.leader.decision.deadline
            )
            if full.leader.decision
            else None,
        ),
        business=replace(
            full.business,
            kept=(weak,),
            moved_total=1,
            wrong_way=(),
            wrong_way_total=0,
            stop_checks=(),
            goals=(),
        ),
        learning=LearningAnswer(
            (), 2, 0, (("learned", 1), ("planned", 1)), full.learning.unapplied
        ),
        people=PeopleAnswer(full.people.answers[1:2], 1, unmet=1),
        next=NextPeriod(None, full.next.actions[:2], 2),
        actions=full.actions[:2],
        data=replace(
            full.data, sources=full.data.sources[:1], problems=(), problems_total=0, warn=False
        ),
    )


def empty_ko() -> WeeklyReport:
    """Return a week in which nobody wrote anything, with good data."""
    full = full_ko()
    return WeeklyReport(
        scope=replace(full.scope, notes=0, previous_notes=4, started=0, finished=0, unclassified=0),
        leader=LeaderLines(Headline("empty")),
        business=BusinessAnswer(nothing_moved=NoChangeSummary()),
        learning=LearningAnswer(),
        people=PeopleAnswer(),
        data=replace(
            full.data, sources=full.data.sources[:1], problems=(), problems_total=0, warn=False
        ),
    )


def empty_en() -> WeeklyReport:
    """Return an empty English week whose only source failed."""
    full = full_en()
    source = replace(full.data.sources[1], rows_read=12, rows_used=10)
    return WeeklyReport(
        scope=replace(
            full.scope, notes=0, previous_notes=0, started=0, finished=0, silent=(), silent_total=0
        ),
        leader=LeaderLines(Headline("empty")),
        business=BusinessAnswer(nothing_moved=NoChangeSummary()),
        learning=LearningAnswer(),
        people=PeopleAnswer(),
        data=replace(full.data, sources=(source,), problems=(), problems_total=0),
    )


def first_ever_ko() -> WeeklyReport:
    """Return the first report of all: no last week, no history, five notes."""
    full = full_ko()
    first = replace(full.business.kept[1], repeated=(), shared=())
    return WeeklyReport(
        scope=replace(
            full.scope, notes=5, previous_notes=0, silent=(), silent_total=0, first_ever=True
        ),
        leader=LeaderLines(Headline("first_ever", None, first.move, first.evidence, 5)),
        business=BusinessAnswer((first,), 1, 4, 2, goals=full.business.goals[:1], goals_total=1),
        learning=LearningAnswer(full.learning.pairs[2:], 2, 1, (("learned", 1), ("applied", 1))),
        people=PeopleAnswer(
            (replace(full.people.answers[0], speed=None, helped=(), helped_total=0, person=""),), 1
        ),
        next=NextPeriod(None, full.next.actions[:1], 1),
        actions=full.actions[:1],
        data=replace(full.data, sources=full.data.sources[:1], warn=False),
    )


def _long(text: str) -> str:
    return (text + " ") * 14 + "가" * 120 + "x" * 200


def _stretched(texts: dict[str, str]) -> dict[str, str]:
    plain = {"unit", "source", "household"}
    return {name: text if name in plain else _long(text) for name, text in texts.items()}


def overlong_ko() -> WeeklyReport:
    """Return the full week with every text far too long and 200 learnings that were never
    applied.
    """
    report = _full(_stretched(_KO))
    many = tuple(
        UnappliedLearning(_seen(100 + n, _KO["learn4"]), f"{_KO['learn4']} {n}", "learned")
        for n in range(200)
    )
    problems = tuple(replace(report.data.problems[0], value=f"13/{n}") for n in range(40))
    return replace(
        report,
        learning=replace(report.learning, unapplied=many, learned_total=207),
        data=replace(report.data, problems=problems, problems_total=len(problems)),
    )


def overlong_en() -> WeeklyReport:
    """Return the overlong week in English."""
    return _full(_stretched(_EN))


def hostile_ko() -> WeeklyReport:
    """Return the full week with texts that attack html, css, headers, templates and readers'
    programs.
    """
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}"
    bad += "\r\nBcc: x@example.org\u202e\u200b=1+1"
    texts = {name: f"{text}{bad}" for name, text in _KO.items()}
    report = _full(texts)
    evil = Evidence(
        "n0013", bad, "javascript:alert(3)", Place(tab="<b>탭</b>", row=13), "<i>", "K-1"
    )
    kept = (replace(report.business.kept[0], evidence=evil), *report.business.kept[1:])
    return replace(report, business=replace(report.business, kept=kept))


def month_ko() -> WeeklyReport:
    """Return a monthly report."""
    full = full_ko()
    month = Month(2026, 10)
    return replace(
        full, scope=replace(full.scope, period=month, first=month.first, last=month.last, notes=81)
    )


SAMPLES: dict[str, Callable[[], WeeklyReport]] = {
    "full_ko": full_ko,
    "full_en": full_en,
    "ordinary_ko": ordinary_ko,
    "ordinary_en": ordinary_en,
    "empty_ko": empty_ko,
    "empty_en": empty_en,
    "first_ever_ko": first_ever_ko,
    "overlong_ko": overlong_ko,
    "overlong_en": overlong_en,
    "hostile_ko": hostile_ko,
    "month_ko": month_ko,
}
