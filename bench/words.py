"""Invented sentences for a log, in Korean and English.

Few goals and owners, short cells, near copies.
"""

from random import Random

KO = {
    "who": [
        "신규 고객",
        "단골",
        "예약 손님",
        "상담 회원",
        "체험 신청자",
        "휴면 고객",
        "지점장",
        "수강생",
        "거래처",
        "학부모",
    ],
    "what": [
        "안내 문자",
        "상담 대본",
        "첫 화면",
        "가격표",
        "후기 사진",
        "예약 버튼",
        "설명회",
        "전화 순서",
        "주간 메일",
        "체험 쿠폰",
        "환불 안내",
        "영상 소개",
        "설문지",
        "진열 순서",
        "견적서",
        "체크리스트",
    ],
    "how": [
        "짧게 줄이면",
        "먼저 보여 주면",
        "아침에 보내면",
        "그림으로 바꾸면",
        "두 번 나누면",
        "전화로 대신하면",
        "한 장으로 모으면",
        "이름을 부르면",
        "마감 전에 알리면",
        "비교표로 만들면",
        "담당을 정하면",
        "하루 늦추면",
    ],
    "then": [
        "예약이 는다",
        "이탈이 준다",
        "재방문이 는다",
        "문의가 줄어든다",
        "응답이 빨라진다",
        "소개가 는다",
        "계약이 앞당겨진다",
        "참석이 는다",
        "불만이 준다",
        "결제까지 간다",
    ],
    "did": [
        "에게 보냄",
        "에게 시험 적용",
        "대상으로 2주 진행",
        "20명에게 전화",
        "반만 적용",
        "전 지점 적용",
        "대상 설명회 1회",
        "에게 쪽지 전달",
    ],
    "goal": [
        "예약 전환율 {n}%",
        "이탈률 {n}% 아래",
        "월 상담 {n}건",
        "재구매 {n}%",
        "소개 고객 {n}명",
        "첫 응답 {n}분 안",
        "참석률 {n}%",
        "월 매출 {n}백만",
    ],
    "retro": [
        "반응 좋음",
        "효과 없음",
        "조금 더 지켜보기",
        "생각보다 어려웠다",
        "다음에는 더 일찍",
        "잘 됨",
        "수고했음",
    ],
    "because": [
        "시간이 부족했다",
        "대상이 맞지 않았다",
        "설명이 길었다",
        "처음 온 사람이 많았다",
        "가격을 먼저 물었다",
        "사진이 믿음을 주었다",
        "담당이 바뀌었다",
        "단골이 도와주었다",
        "날씨가 나빴다",
        "순서를 바꾼 것이 통했다",
    ],
    "status": ["진행중", "완료", "예정", "보류", "중단"],
    "result": ["성공", "실패", "판단 보류", ""],
    "owner": [
        "김서연",
        "이도윤",
        "박하준",
        "최지우",
        "정민재",
        "강예린",
        "윤시우",
        "임채원",
        "한지호",
        "오유나",
        "서다은",
        "문준서",
    ],
    "tag": ["홍보", "상담", "현장", "온라인", "가격", "교육"],
}
EN = {
    "who": [
        "new customers",
        "regulars",
        "trial users",
        "guests",
        "members",
        "parents",
        "buyers",
        "branch leads",
        "dormant users",
        "partners",
    ],
    "what": [
        "the welcome text",
        "the call script",
        "the first screen",
        "the price list",
        "review photos",
        "the booking button",
        "the open day",
        "the call order",
        "the weekly mail",
        "the trial coupon",
        "the refund note",
        "the intro video",
        "the survey",
        "the shelf order",
        "the quote",
        "the checklist",
    ],
    "how": [
        "If we shorten",
        "If we show first",
        "If we send in the morning",
        "If we draw",
        "If we split",
        "If we replace by a call",
        "If we put on one page",
        "If we personalise",
        "If we announce early",
        "If we compare",
        "If one person owns",
        "If we delay",
    ],
    "then": [
        "bookings rise",
        "churn falls",
        "people return",
        "questions fall",
        "answers come faster",
        "referrals grow",
        "contracts come sooner",
        "more show up",
        "complaints fall",
        "people finish paying",
    ],
    "did": [
        "sent to",
        "tried with",
        "ran two weeks with",
        "called twenty of",
        "half rolled out to",
        "rolled out to all",
        "one session for",
        "handed notes to",
    ],
    "goal": [
        "Conversion {n}%",
        "Churn under {n}%",
        "{n} consultations a month",
        "Repeat sales {n}%",
        "{n} referred customers",
        "First answer in {n} minutes",
        "Show rate {n}%",
        "Revenue {n}k",
    ],
    "retro": [
        "went well",
        "no effect",
        "let us watch it",
        "harder than expected",
        "earlier next time",
        "ok",
        "good job",
    ],
    "because": [
        "there was too little time",
        "wrong audience",
        "the text was too long",
        "many were first timers",
        "they asked for the price first",
        "the photos built trust",
        "the owner changed",
        "regulars helped",
        "bad weather",
        "the new order worked",
    ],
    "status": ["running", "done", "planned", "on hold", "dropped"],
    "result": ["success", "failure", "inconclusive", ""],
    "owner": [
        "Ann Reed",
        "Bo Lund",
        "Cara Diaz",
        "Dan Ito",
        "Eva Kern",
        "Finn Ode",
        "Gia Moss",
        "Hal Byrne",
        "Ines Roy",
        "Jon Pike",
        "Kit Vale",
        "Lea Orr",
    ],
    "tag": ["ads", "calls", "on site", "online", "price", "training"],
}
HEADERS = {
    "date": ["날짜", "진행일", "일자", "Date", "When", "Day"],
    "goal": ["목표", "무엇을 위해", "핵심 목표", "Goal", "Objective", "Aim"],
    "hypothesis": ["가설", "생각", "예상", "Hypothesis", "Idea", "We believe"],
    "execution": ["실행", "한 일", "실행 내용", "Execution", "What we did", "Action"],
    "metric": ["지표", "숫자 변화", "수치", "Metric", "Numbers", "Figures"],
    "status": ["상태", "진행 상태", "단계", "Status", "State", "Stage"],
    "result": ["결과", "성패", "판정", "Outcome", "Result", "Verdict"],
    "owner": ["담당", "담당자", "실행자", "Owner", "Who", "Lead"],
    "retrospective": ["회고", "돌아보기", "느낀 점", "Retrospective", "Looking back", "Review"],
    "learned": ["배운 점", "배움", "교훈", "Learned", "Lesson", "Takeaway"],
    "next": ["다음 행동", "다음에는", "후속", "Next", "Next action", "Then"],
    "tag": ["태그", "갈래", "구분", "Tag", "Area", "Type"],
    "id": ["번호표", "실험 ID", "코드", "ID", "Code", "Ref"],
    "number": ["번호", "순번", "No", "No.", "#", "Nr"],
    "extra": ["비고", "예산", "링크", "Remarks", "Budget", "Link"],
}


class Author:
    """Writes cells; the same seed writes the same."""

    def __init__(self, rng: Random, language: str, *, short: bool = False, words: int = 99) -> None:
        self.rng, self.language, self.short = rng, language, short
        self.words = {
            kind: list(every[:words]) for kind, every in (KO if language == "ko" else EN).items()
        }

    def pick(self, kind: str) -> str:
        return self.rng.choice(self.words[kind])

    def header(self, role: str) -> str:
        names = HEADERS[role]
        return self.rng.choice(names[:3] if self.language == "ko" else names[3:])

    def goal(self) -> str:
        return self.pick("goal").format(n=self.rng.choice([5, 8, 10, 12, 15, 20, 25, 30, 40, 50]))

    def hypothesis(self) -> str:
        if self.short:
            return (
                f"{self.pick('what')} {self.pick('how')}"
                if self.language == "ko"
                else f"{self.pick('how')} {self.pick('what')}"
            )
        if self.language == "ko":
            return (
                f"{self.pick('who')}에게 {self.pick('what')}을(를) {self.pick('how')} "
                f"{self.pick('then')}"
            )
        return f"{self.pick('how')} {self.pick('what')} for {self.pick('who')}, {self.pick('then')}"

    def execution(self) -> str:
        if self.short and self.rng.random() < 0.5:
            return f"{self.pick('what')}"
        if self.language == "ko":
            return f"{self.pick('what')} {self.pick('who')}{self.pick('did')}"
        return f"{self.pick('what')} {self.pick('did')} {self.pick('who')}"

    def retrospective(self) -> str:
        if self.rng.random() < 0.3:
            return self.pick("retro")
        joined = ", ".join(self.rng.sample(self.words["because"], self.rng.choice([1, 1, 2])))
        return joined if self.rng.random() < 0.6 else f"{self.pick('what')}: {joined}"

    def learned(self) -> str:
        return (
            f"{self.pick('who')} {self.pick('then')}"
            if self.rng.random() < 0.6
            else self.pick("because")
        )

    def next(self) -> str:
        kinds = (
            ["계속", "그만", "한 번 더"] if self.language == "ko" else ["again", "stop", "start"]
        )
        return f"{self.pick('what')} {self.rng.choice(kinds)}"

    def metric(self) -> str:
        before = self.rng.randrange(5, 60)
        after = before + self.rng.randrange(-8, 20)
        return (
            f"{before}% → {after}%"
            if self.rng.random() < 0.7
            else f"{before * 3}건 → {after * 3}건"
        )

    def typo(self, text: str) -> str:
        """Change, drop, double or swap one character, or a space."""
        if len(text) < 2:
            return text + "."
        at = self.rng.randrange(len(text) - 1)
        return self.rng.choice(
            [
                text[:at] + text[at + 1 :],
                text[:at] + text[at] + text[at:],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
                text + self.rng.choice([".", "!", " "]),
                text.replace(" ", "  ", 1),
            ]
        )

    def reword(self, text: str) -> str:
        """Rewrite about a third of the words; short texts are replaced."""
        words = text.split()
        if len(words) < 3:
            return self.pick("what") + " " + text
        for _ in range(max(1, len(words) // 3)):
            words[self.rng.randrange(len(words))] = self.rng.choice(
                self.pick(self.rng.choice(["what", "who", "how"])).split()
            )
        return " ".join(words)
