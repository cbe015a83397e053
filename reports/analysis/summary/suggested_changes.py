"""The changes of time use that a log suggests (method §7), the most important first."""

from collections.abc import Iterator

from reports.analysis.records.report_record import (
    CoreActivity,
    SuggestedChange,
)
from reports.analysis.section_findings import SectionFindings
from reports.analysis.summary.back_again import begun_again, came_back_now


def suggested_changes(
    found: SectionFindings, core: CoreActivity | None
) -> Iterator[SuggestedChange]:
    """Yield the changes of time use that the log suggests, the most important first."""
    for check in found.business.stop_checks:
        if check.state == "continued" and check.sure:
            yield SuggestedChange(
                "stop", check.candidate.evidence.what, check.seen or check.candidate.evidence
            )
    for commitment in found.commitments.items:
        if came_back_now(commitment, found):
            yield SuggestedChange("came_back", *begun_again(commitment))
    for candidate in found.business.stop:
        if candidate.settled and not candidate.said:
            continue
        yield SuggestedChange("stop", candidate.evidence.what, candidate.evidence)
    yield from _quiet_changes(found, core)


def _quiet_changes(found: SectionFindings, core: CoreActivity | None) -> Iterator[SuggestedChange]:
    steps = [
        (funnel, funnel.bottleneck) for funnel in found.funnels if funnel.bottleneck is not None
    ]
    for funnel, step in steps:
        yield SuggestedChange(
            "bottleneck", f"{step.start} → {step.end}", next(iter(funnel.evidence), None)
        )
    for answer in found.people.answers:
        if answer.kind == "blocked" and answer.gap is not None:
            yield SuggestedChange("unblock", answer.gap.what, answer.gap)
    if core is not None and not core.linked:
        yield SuggestedChange("link_goal", core.text, core.evidence[0])
    for action in found.next.actions:
        if action.kind == "start":
            yield SuggestedChange("start", action.text, action.evidence)
