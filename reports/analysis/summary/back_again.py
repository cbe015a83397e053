"""What was to be stopped and is done again (method §7): asked about first."""

from reports.analysis.commitments.promises import stopped_thing
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.section_results import Commitment
from reports.analysis.section_findings import SectionFindings


def came_back_now(commitment: Commitment, found: SectionFindings) -> bool:
    """Return whether what a commitment stops began again in the period of the page."""
    return commitment.state == "came_back" and commitment.changed == found.period


def begun_again(commitment: Commitment) -> tuple[str, Evidence]:
    """Return what was to be stopped and is there again, and where it began again."""
    answer = commitment.answer or commitment.evidence
    return stopped_thing(commitment.text) or answer.what, answer
