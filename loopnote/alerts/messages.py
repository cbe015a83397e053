"""The operator's mail in words, Korean and English: each trouble with its next step."""

from loopnote.runtime.messages.errors import error_texts
from notes.model.deliveries import Alarm
from notes.model.notes import Language
from reports.page.messages.particles import resolve_particles

from .conditions import Alert, AlertChanges

_STARTED: dict[str, dict[Language, tuple[str, str]]] = {
    "delivery.refused": {
        "ko": (
            "{address}에게 보낸 {report}이(가) 거절되었습니다",
            "주소를 확인한 뒤 `loopnote send --resend {address}`를 실행하세요",
        ),
        "en": (
            "{report} to {address} was refused",
            "check the address, then run `loopnote send --resend {address}`",
        ),
    },
    "delivery.unknown": {
        "ko": (
            "{address}에게 보낸 {report}이(가) 도착했는지 알 수 없습니다",
            "받았는지 물어본 뒤, 못 받았다면 `loopnote send --resend {address}`를 실행하세요",
        ),
        "en": (
            "nobody knows whether {report} reached {address}",
            "ask them; if it did not, run `loopnote send --resend {address}`",
        ),
    },
    "report.late": {
        "ko": (
            "{report}이(가) 제때 나가지 못했습니다. 오늘 안에는 계속 시도합니다",
            "`loopnote doctor`를 실행하세요",
        ),
        "en": (
            "{report} has not gone out in time; loopnote keeps trying today",
            "run `loopnote doctor`",
        ),
    },
    "report.missed": {
        "ko": (
            "{report}이(가) {address}에게 나가지 못했고, 이제 저절로 나가지 않습니다",
            "원인을 고친 뒤 `loopnote send`를 실행하세요",
        ),
        "en": (
            "{report} did not go out to {address}, and will not by itself any more",
            "mend the cause, then run `loopnote send`",
        ),
    },
    "report.missed_long": {
        "ko": (
            "오랫동안 실행되지 않아 {first}부터 {last}까지의 메일 {count}통이 나가지 못했고, 이제 저절로 나가지 않습니다",
            "필요한 주의 보고서는 `loopnote send --week`로 보내고, cron이나 서비스가 멈췄던 까닭을 확인하세요",
        ),
        "en": (
            "nothing ran for a long time: {count} mails from {first} to {last} did not go out and will not by themselves",
            "send the weeks that are wanted with `loopnote send --week`, and see why cron or the service had stopped",
        ),
    },
    "clock.jumped": {
        "ko": (
            "시계는 {now}, 마지막 실행은 {last}입니다. 확인될 때까지 읽지도 보내지도 지우지도 않습니다",
            "시계를 바로잡으세요. 이 날짜가 맞다면 `loopnote run --accept-clock`을 한 번 실행하세요",
        ),
        "en": (
            "the clock says {now}, the last run was at {last}: nothing is read, sent or deleted until that is clear",
            "set the clock; if the date is right, run `loopnote run --accept-clock` once",
        ),
    },
    "run.busy": {
        "ko": (
            "{since}에 시작한 실행(프로세스 {process})이 아직 끝나지 않아 다음 실행이 기다리고 있습니다",
            "첫 읽기라면 기다리면 됩니다. 아니라면 그 컴퓨터에서 프로세스를 끝내세요. 다음 실행이 이어서 합니다",
        ),
        "en": (
            "the run that began at {since} (process {process}) is still at work, and the next ones wait for it",
            "a first reading may take that long; else end that process on its machine: the next run goes on from there",
        ),
    },
    "watch.store": {
        "ko": (
            "저장소를 쓸 수 없어 이번 실행은 아무것도 하지 못했습니다",
            "`loopnote doctor`를 실행하세요",
        ),
        "en": ("the store cannot be used, and this run did nothing", "run `loopnote doctor`"),
    },
    "watch.config": {
        "ko": (
            "설정을 읽을 수 없어 이번 실행은 아무것도 하지 못했습니다",
            "`loopnote doctor`를 실행하세요",
        ),
        "en": (
            "the configuration cannot be used, and this run did nothing",
            "run `loopnote doctor`",
        ),
    },
    "watch.failed": {
        "ko": (
            "이번 실행이 도중에 멈췄습니다",
            "`loopnote status`로 무엇이 나갔는지 확인하고 `loopnote doctor`를 실행하세요",
        ),
        "en": (
            "this run ended half-way",
            "see with `loopnote status` what went out, and run `loopnote doctor`",
        ),
    },
    "report.failed": {
        "ko": ("{subject}을(를) 만들 수 없습니다", "`loopnote report`를 실행해 보세요"),
        "en": ("{subject} cannot be made", "try `loopnote report`"),
    },
    "source.failing": {
        "ko": (
            "기록 ‘{subject}’을(를) 계속 읽지 못하고 있습니다",
            "`loopnote doctor`를 실행하세요",
        ),
        "en": ("the source “{subject}” keeps failing", "run `loopnote doctor`"),
    },
    "source.unread": {
        "ko": (
            "기록 ‘{subject}’의 {tabs}을(를) 이해하지 못했습니다",
            '`loopnote problems --source "{subject}"`와 `loopnote columns "{subject}"`를 실행하세요',
        ),
        "en": (
            "{tabs} of the source “{subject}” could not be understood",
            'run `loopnote problems --source "{subject}"` and `loopnote columns "{subject}"`',
        ),
    },
    "source.stale": {
        "ko": (
            "기록 ‘{subject}’을(를) {days}일째 새로 읽지 못했습니다",
            "`loopnote sync`를 실행하세요",
        ),
        "en": ("the source “{subject}” was last read {days} days ago", "run `loopnote sync`"),
    },
    "archive.failed": {
        "ko": (
            "보관함 {subject}을(를) 새로 고치지 못했습니다",
            "`loopnote archive`를 실행해 보세요",
        ),
        "en": ("the archive {subject} could not be brought up to date", "try `loopnote archive`"),
    },
    "mail.login": {
        "ko": (
            "메일 계정에 들어갈 수 없습니다. 다음 메일이 나가지 못합니다",
            "`loopnote doctor`를 실행하세요",
        ),
        "en": (
            "the mail account cannot be used; the next mail will not go out",
            "run `loopnote doctor`",
        ),
    },
}

_OVER: dict[Language, str] = {"ko": "해결됨: {what}", "en": "over: {what}"}
_NAMES: dict[str, dict[Language, str]] = {
    "report.late": {"ko": "늦어진 {subject}", "en": "{subject} was late"},
    "report.failed": {"ko": "만들지 못하던 {subject}", "en": "{subject} could not be made"},
    "source.failing": {
        "ko": "읽지 못하던 기록 ‘{subject}’",
        "en": "the source “{subject}” kept failing",
    },
    "source.unread": {
        "ko": "이해하지 못하던 기록 ‘{subject}’",
        "en": "the source “{subject}” could not be understood",
    },
    "source.stale": {"ko": "오래된 기록 ‘{subject}’", "en": "the source “{subject}” was stale"},
    "mail.login": {"ko": "메일 계정", "en": "the mail account could not be used"},
    "clock.jumped": {"ko": "멀리 벗어났던 시계", "en": "the clock was far from the last run"},
    "run.busy": {"ko": "오래 끝나지 않던 실행", "en": "a run took very long"},
    "watch.store": {"ko": "쓸 수 없던 저장소", "en": "the store could not be used"},
    "watch.config": {"ko": "읽을 수 없던 설정", "en": "the configuration could not be used"},
    "watch.failed": {"ko": "도중에 멈추던 실행", "en": "a run ended half-way"},
}
_SUBJECT: dict[Language, tuple[str, str]] = {
    "ko": ("[loopnote] 확인이 필요합니다: {first}", "[loopnote] 해결되었습니다: {first}"),
    "en": ("[loopnote] please look: {first}", "[loopnote] over: {first}"),
}
_AND_MORE: dict[Language, str] = {"ko": " 외 {count}건", "en": " and {count} more"}
_FOOT: dict[Language, str] = {
    "ko": "같은 문제로는 다시 메일을 보내지 않습니다. 지금 상태는 `loopnote status`로 볼 수 있습니다.",
    "en": "You will not get another mail about the same trouble. `loopnote status` shows how things stand.",
}


def alert_subject(told: AlertChanges, language: Language) -> str:
    """Return the subject: the first piece of news, and how many more there are; one line."""
    started, over = _SUBJECT[language]
    if told.started:
        text = started.format(first=alert_sentence(told.started[0], language))
    else:
        text = over.format(first=_name(told.recovered[0], language))
    more = len(told.started) + len(told.recovered) - 1
    line = text + (_AND_MORE[language].format(count=more) if more else "")
    return " ".join(line.split())


def alert_lines(told: AlertChanges, language: Language) -> tuple[str, ...]:
    """Return the mail's lines.

    Every piece of news with its cause and its next step, and when there will be more.
    """
    started = [line for one in told.started for line in _block(one, language)]
    over = [_OVER[language].format(what=_name(one, language)) for one in told.recovered]
    return (*started, *over, _FOOT[language])


def alert_sentence(alert: Alert, language: Language) -> str:
    """Return the trouble as one sentence."""
    words = {"subject": alert.subject, **alert.facts}
    return _resolved(_STARTED[alert.id][language][0].format_map(words), language)


def alert_block(alert: Alert, language: Language) -> tuple[str, str]:
    """Return what is wrong with its cause, and the next step."""
    message, hint = error_texts(language, "", {}, message=alert.message, hint=alert.hint)
    words = {"subject": alert.subject, **alert.facts}
    step = hint or _resolved(_STARTED[alert.id][language][1].format_map(words), language)
    cause = f" ({message})" if message else ""
    return f"{alert_sentence(alert, language)}{cause}", step


def _resolved(text: str, language: Language) -> str:
    return resolve_particles(text) if language == "ko" else text


def _block(alert: Alert, language: Language) -> list[str]:
    sentence, step = alert_block(alert, language)
    return [sentence, f"→ {step}"]


def _name(alarm: Alarm, language: Language) -> str:
    known = _NAMES.get(alarm.id)
    return known[language].format(subject=alarm.subject) if known else f"{alarm.id} {alarm.subject}"
