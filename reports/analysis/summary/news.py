"""Which sections have news (method §7): the mail shows only these, the archive all."""

from collections.abc import Iterator

from reports.analysis.records.report_record import Section, WeeklyReport


def news_of(report: WeeklyReport) -> frozenset[Section]:
    """Return the sections in which something changed in the period."""
    return frozenset(_changed(report))


def _changed(report: WeeklyReport) -> Iterator[Section]:
    business, people = report.business, report.people
    if (
        business.kept
        or business.wrong_way
        or business.stop
        or business.stop_checks
        or business.series_worse
    ):
        yield "business"
    if report.learning.pairs or report.learning.same_failure:
        yield "learning"
    if any(one.fresh for one in people.answers) or people.thanks:
        yield "people"
    if _signals_changed(report):
        yield "signals"
    if any(trap.caught for trap in report.traps):
        yield "traps"
    if report.commitments.changed_total:
        yield "commitments"
    if report.rhythm.execution or report.rhythm.big3:
        yield "rhythm"
    if any(step.state in {"below", "above"} for funnel in report.funnels for step in funnel.steps):
        yield "funnel"
    if report.next.plan or report.next.actions:
        yield "next"


def _signals_changed(report: WeeklyReport) -> bool:
    """Return whether a signal differs from the period before."""
    process, leading, recorded = (
        report.signals.process,
        report.signals.leading,
        report.signals.recorded,
    )
    moved = process is not None and process.enough and process.share != process.previous_share
    parted = leading is not None and leading.parting in {
        "input_up_output_not",
        "output_up_input_not",
        "input_down",
    }
    return moved or parted or bool(recorded and recorded.warning)
