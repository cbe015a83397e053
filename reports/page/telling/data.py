"""The state of the data: last, quiet, and said on the first screen where it is stale or partial."""

from loopnote.notes import Problem
from loopnote.problems import reason_of, skipped_words
from reports.page.view import Block, Line, Lines, Section
from reports.page.words import figures
from reports.page.words.particles import settled
from reports.report import DataState, ProblemLine, Scope, SourceState, WeeklyReport
from reports.rules import Rules

from .voice import Voice


def warning(voice: Voice, data: DataState) -> str:
    """Return the line of the first screen about stale or partial data; "" where all is well."""
    if not data.warn:
        return ""
    names = ", ".join(voice.quote(one.source, 30) for one in data.sources if one.state != "fresh")
    if data.oldest_success is None:
        return voice("data.warn_never", sources=names)
    return voice(
        "data.warn", sources=names, day=figures.day(data.oldest_success.astimezone(voice.zone).date(), voice.language)
    )


def data_state(voice: Voice, report: WeeklyReport) -> Section:
    """Return the closing block: each source's last reading, rows used and left out, cells to mend."""
    data = report.data
    sources = tuple(_source(voice, one) for one in sorted(data.sources, key=lambda one: one.state == "fresh"))
    hidden = voice("list.more", n=len(sources) - 3) if len(sources) > 3 else ""
    blocks: list[Block] = [Lines(sources[:3], more=sources[3:], more_text=hidden, empty=voice("data.none"))]
    if data.problems:
        items = tuple(_problem(voice, one) for one in data.problems[:3])
        total = max(data.problems_total, len(data.problems))
        rest = voice("list.more", n=total - len(items)) if total > len(items) else ""
        more = tuple(_problem(voice, one) for one in data.problems[3:13])
        blocks.append(Lines(items, voice("data.problems", n=total), "warn", more, rest))
    remarks = _remarks(voice, report.scope, data)
    if remarks:
        blocks.append(Lines(remarks))
    action = _next(voice, data)
    label = voice("action.label") if action else ""
    return Section("data", voice("data.title"), tuple(blocks), next=action, next_label=label, quiet=True)


def _next(voice: Voice, data: DataState) -> str:
    broken = next((one for one in data.sources if one.state != "fresh"), None)
    if broken:
        return voice("data.next_source", source=voice.quote(broken.source, 30))
    return voice("data.next_mend", n=data.problems_total) if data.problems_total else ""


def _source(voice: Voice, one: SourceState) -> Line:
    read = figures.moment(one.last_success.astimezone(voice.zone), voice.language) if one.last_success else ""
    text = voice("data.source" if read else "data.source_never", read=one.rows_read, used=one.rows_used, when=read)
    if one.skipped:
        text += " " + voice(
            "data.skipped",
            what=", ".join(f"{skipped_words(code, voice.language)} {count}" for code, count in one.skipped[:4]),
        )
    if one.state == "partial":
        text += f" {voice('data.partial', error=voice.quote(one.error, 60))}"
    elif one.state == "stale":
        text += f" {voice('data.stale')}"
    return Line(text, lead=voice.quote(one.source, 30), tone="plain" if one.state == "fresh" else "warn")


def _problem(voice: Voice, one: ProblemLine) -> Line:
    problem = Problem(one.evidence.place, one.code, voice.quote(one.value, 40), one.facts)
    text = voice.quote(settled(reason_of(problem, voice.language)), 120)
    return Line(text, voice.sources(one.evidence, label="data.mend"))


def _remarks(voice: Voice, scope: Scope, data: DataState) -> tuple[Line, ...]:
    lines = []
    if scope.silent_total:
        lines.append(
            Line(
                voice("data.silent", n=scope.silent_total),
                voice.sources(*scope.silent, total=scope.silent_total, label=""),
            )
        )
    if scope.unclassified:
        lines.append(Line(voice("data.unclassified", n=scope.unclassified)))
    if data.unsure:
        lines.append(Line(voice("data.unsure", n=data.unsure)))
    return tuple(lines)


def rules_line(voice: Voice, rules: Rules) -> str:
    """Return the sentence of the page's foot: which rules made it."""
    return voice(
        "footer.rules",
        keep=rules.keep,
        list=rules.list_size,
        window=rules.window_weeks,
        speed=rules.speed_notes,
        cases=rules.funnel_cases,
        metrics=rules.metrics,
        failure=rules.failure_weeks,
        contact=rules.contact_days,
    )
