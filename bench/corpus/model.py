"""A trial, a log's plan, and how a cell of it is worded.

The same facts in the habits of many teams.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bench.corpus.trials import DOMAINS
from notes.model.notes import Language

WEEKDAYS = {"ko": "월화수목금토일", "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FIELDS = [
    "goal", "hypothesis", "execution", "retrospective", "outcome", "start_date", "end_date", "week", "owners", "people",
    "metric", "learned", "applied_to", "next_action", "next_kind", "tags",
]  # fmt: skip


@dataclass
class Trial:
    title: str
    goal: str
    hypothesis: str
    execution: str
    retrospective: str
    outcome: str
    start: date | None
    end: date | None
    owners: list[str]
    people: list[str]
    metric: dict[str, Any] | None
    learned: str
    applied: str
    next: str
    tags: list[str]


def trials(domain: str) -> list[Trial]:
    return [_trial(line) for line in DOMAINS[domain].strip().splitlines()]


def _trial(line: str) -> Trial:
    parts = [part.strip() for part in line.split("|")]
    assert len(parts) == 15, (len(parts), line)
    title, goal, hypothesis, execution, retrospective, outcome = parts[:6]
    start, end = (date.fromisoformat(part) if part else None for part in parts[6:8])
    learned, applied, following = parts[11:14]
    return Trial(
        title,
        goal,
        hypothesis,
        execution,
        retrospective,
        outcome,
        start,
        end,
        _names(parts[8]),
        _names(parts[9]),
        _metric(parts[10]),
        learned,
        applied,
        following,
        _names(parts[14]),
    )


def _names(text):
    return [name.strip() for name in text.split(",") if name.strip()]


def _metric(text):
    if not text:
        return None
    name, before, after, unit, target, less = text.split(";")
    return {
        "name": name,
        "before": before,
        "after": after,
        "unit": unit,
        "target": target,
        "less": less == "1",
    }


def number(text: str) -> float | None:
    if not text:
        return None
    text = text.removesuffix("원")
    factor = 10_000 if text.endswith("만") else 1
    value = float(text.removesuffix("만")) * factor
    return int(value) if value == int(value) else value


@dataclass
class Log:
    """One log: what it is about, its columns in order as (role, header), how it is laid out and what trips it up."""

    name: str
    domain: str
    language: Language
    columns: list[tuple[str, str]]
    layout: str = "plain"
    kind: str = "xlsx"
    days: str = "iso"
    words: dict[str, str] = field(default_factory=dict)
    above: list[Any] = field(default_factory=list)
    below: list[list[Any]] = field(default_factory=list)
    tab: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    traps: list[tuple[int, str, Any, dict[str, Any], str]] = field(default_factory=list)
    held_out: bool = False


def day_text(day: date | None, style: str, language: str) -> Any:
    if day is None:
        return None
    names = WEEKDAYS[language]
    forms = {
        "iso": day.isoformat(),
        "typed": day,
        "serial": (day - date(1899, 12, 30)).days,
        "dots": f"{day.year}. {day.month}. {day.day}.",
        "yy": f"{day:%y.%m.%d}",
        "md": f"{day.month}/{day.day}",
        "mdw": f"{day.month}/{day.day}({names[day.weekday()]})",
        "kor": f"{day.month}월 {day.day}일",
        "en": f"{day.day} {MONTHS[day.month - 1]}",
        "en_year": f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        "dmy": f"{day:%d/%m/%Y}",
        "german": f"{day:%d.%m.%Y}",
        "time": f"{day.year}-{day:%m-%d} 09:30",
        "week": f"W{day.isocalendar().week}"
        if language == "en"
        else f"{day.isocalendar().week}주차",
        "month_week": f"{(day + timedelta(days=3 - day.weekday())).month}월 {((day + timedelta(days=3 - day.weekday())).day - 1) // 7 + 1}주차",
    }
    return forms[style]


SAYS = {
    "success": "성공", "failure": "실패", "inconclusive": "애매", "running": "진행중", "planned": "예정", "dropped": "중단",
}  # fmt: skip


def cell(trial: Trial, role: str, log: Log, place: int) -> Any:
    """Return what stands in the column of that role for that trial."""
    metric = trial.metric
    join = ", "
    simple = {
        "title": trial.title, "goal": trial.goal, "hypothesis": trial.hypothesis, "execution": trial.execution,
        "retrospective": trial.retrospective, "learned": trial.learned, "applied": trial.applied, "next": trial.next,
        "tags": join.join(trial.tags), "owner": join.join(trial.owners), "people": join.join(trial.people),
        "owner_at": " ".join("@" + name for name in trial.owners),
        "owner_title": join.join(name + ("님" if log.language == "ko" else " (ops)") for name in trial.owners),
    }  # fmt: skip
    if role in simple:
        return simple[role] or None
    if role == "outcome":
        return log.words.get(trial.outcome, SAYS[trial.outcome])
    if role == "start":
        return day_text(trial.start, log.days, log.language)
    if role == "end":
        return day_text(trial.end, log.days, log.language)
    if role == "range":
        start, end = (
            day_text(trial.start, log.days, log.language),
            day_text(trial.end, log.days, log.language),
        )
        sign = {"ko": " ~ ", "en": " – "}[log.language]
        return f"{start}{sign}{end}" if end else f"{start}{sign}".rstrip()
    if role == "kpt":
        return (
            f"K) {trial.retrospective}\nP) {trial.learned or '-'}\nT) {trial.next}"
            if trial.retrospective
            else None
        )
    if role == "labelled":
        names = log.extra["labels"]
        texts = {
            "retrospective": trial.retrospective,
            "learned": trial.learned,
            "applied": trial.applied,
            "next": trial.next,
        }
        lines = [f"{names[key]}: {text}" for key, text in texts.items() if key in names and text]
        return "\n".join(lines) or None
    if role.startswith("junk:"):
        values = log.extra["junk"][role[5:]]
        return values[place % len(values)]
    if metric is None:
        return None
    unit = metric["unit"]
    show = (
        (lambda text: text if text.endswith(unit) else text + unit)
        if unit in ("명", "%", "건", "원", "개", "분", "회")
        else (lambda text: unit + text if unit in "£€$" and unit else text)
    )
    tail = (
        f" {unit}"
        if unit and unit not in ("명", "%", "건", "원", "개", "분", "회", "£", "€")
        else ""
    )
    wording = {
        "metric_name": metric["name"],
        "before": _typed(metric["before"], log),
        "after": _typed(metric["after"], log),
        "target": _typed(metric["target"], log) if metric["target"] else None,
        "unit": unit or None,
        "before_unit": show(metric["before"]),
        "after_unit": show(metric["after"]),
        "pair": f"{show(metric['before'])} → {show(metric['after'])}{tail}",
        "metric_arrow": f"{metric['name']} {show(metric['before'])}→{show(metric['after'])}{tail}",
        "metric_ko": f"{metric['name']} {show(metric['before'])}에서 {show(metric['after'])}로",
        "metric_en": f"{metric['name']} went from {show(metric['before'])} to {show(metric['after'])}{tail}",
    }
    return wording[role]


def _typed(text: str, log: Log) -> Any:
    value = number(text)
    if log.extra.get("decimal") == "," and value is not None:
        return f"{value:,}".replace(",", "_").replace(".", ",").replace("_", ".")
    return value


def key_of(trial: Trial, roles: set[str], log: Log) -> dict[str, Any]:
    """Return the note that a careful reader makes of the trial when the log has these columns (RULES.md)."""
    note: dict[str, Any] = dict.fromkeys(FIELDS)
    note.update(owners=[], people=[], tags=[])
    accept: dict[str, list[Any]] = {}
    may: dict[str, list[str]] = {}
    for name, role in (
        ("goal", "goal"),
        ("hypothesis", "hypothesis"),
        ("execution", "execution"),
        ("retrospective", "retrospective"),
        ("learned", "learned"),
        ("applied_to", "applied"),
        ("next_action", "next"),
    ):
        if role in roles:
            note[name] = getattr(trial, role if role != "applied" else "applied") or None
    if "kpt" in roles and trial.retrospective:
        note["retrospective"] = (
            f"K) {trial.retrospective}\nP) {trial.learned or '-'}\nT) {trial.next}"
        )
        accept["retrospective"] = [
            f"{trial.retrospective}\n{trial.learned}",
            trial.retrospective,
            f"{trial.retrospective}\n{trial.learned}\n{trial.next}",
        ]
        note["next_action"] = trial.next or None
        note["next_kind"] = "start" if trial.next else None
    if "labelled" in roles:
        names = log.extra["labels"]
        whole = [
            getattr(trial, key)
            for key in ("retrospective", "learned", "applied", "next")
            if key in names and getattr(trial, key)
        ]
        note["retrospective"] = trial.retrospective or ("\n".join(whole) or None)
        accept["retrospective"] = [
            "\n".join(whole),
            *([None] if not trial.retrospective else []),
            *whole,
        ]
        may["retrospective"] = [text for text in whole if text != trial.retrospective]
        note["learned"] = (trial.learned or None) if "learned" in names else None
        note["applied_to"] = (trial.applied or None) if "applied" in names else None
        note["next_action"] = (trial.next or None) if "next" in names else None
    if "outcome" in roles:
        note["outcome"] = trial.outcome
        if trial.outcome == "running":
            accept["outcome"] = [None]
    if roles & {"start", "range"} and log.days not in ("week", "month_week"):
        note["start_date"] = trial.start.isoformat()
        accept["week"] = [None]
        note["week"] = "{}-W{:02d}".format(*trial.start.isocalendar()[:2])
        if roles & {"end", "range"} and trial.end:
            note["end_date"] = trial.end.isoformat()
            if trial.end == trial.start:
                accept["end_date"] = [None]
        else:
            accept["end_date"] = [note["start_date"]]
    if roles & {"start"} and trial.start and log.days in ("week", "month_week"):
        note["week"] = "{}-W{:02d}".format(*trial.start.isocalendar()[:2])
        monday = trial.start - timedelta(days=trial.start.weekday())
        accept["start_date"] = [monday.isoformat()]
        accept["end_date"] = [
            (monday + timedelta(days=6)).isoformat(),
            (monday + timedelta(days=4)).isoformat(),
        ]
    if roles & {"owner", "owner_at", "owner_title"}:
        note["owners"] = trial.owners
    if "people" in roles:
        note["people"] = trial.people
    if "tags" in roles:
        note["tags"] = trial.tags
    if note["next_action"]:
        accept["next_kind"] = ["start", "keep", "stop", None]
    _metric_key(note, accept, trial, roles, log)
    if note["learned"] and note["retrospective"]:
        may.setdefault("retrospective", []).append(note["learned"])
    if note["learned"] and "retrospective" not in roles and not roles & {"kpt", "labelled"}:
        accept["retrospective"] = [note["learned"], None]
    return {**note, "accept": accept, "may_include": may, "optional": {"tags": trial.tags}}


def _metric_key(note, accept, trial, roles, log):
    told = roles & {
        "before",
        "before_unit",
        "pair",
        "metric_arrow",
        "metric_ko",
        "metric_en",
        "after",
    }
    if not told or not trial.metric:
        return
    metric = trial.metric
    named = roles & {"metric_name", "metric_arrow", "metric_ko", "metric_en"}
    with_unit = roles & {"unit", "pair", "metric_arrow", "metric_ko", "metric_en"} or (
        "before_unit" in roles and metric["unit"] in "명%건원개분회£€"
    )
    note["metric"] = {
        "name": metric["name"] if named else log.extra.get("metric_name"),
        "before": number(metric["before"]) if told != {"after"} else None,
        "after": number(metric["after"]),
        "target": number(metric["target"]) if "target" in roles else None,
        "unit": (metric["unit"] or None) if with_unit else log.extra.get("unit"),
        "lower_is_better": True if metric["less"] else None,
    }
    others = [{**note["metric"], "lower_is_better": None}]
    if not named:
        header = next((head for role, head in log.columns if role in told), None)
        others += [
            {**other, "name": name}
            for other in (note["metric"], others[0])
            for name in (header, None)
        ]
    if not metric["unit"] and named:
        others += [
            {**other, "unit": metric["name"].split()[-1]} for other in (note["metric"], others[0])
        ]
    accept["metric"] = others
