"""Every threshold of the method in one frozen record: set by the configuration, named by the page.

The defaults are those of docs/method.md; where it names no number, the default is a judgement.
Counts are notes unless another unit is named.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The numbers by which a report judges."""

    keep: int = 3
    """Activities that business names at most, never padded (method §3)."""
    people: int = 3
    """Answers that people names at most (method §3)."""
    list_size: int = 3
    """Items of any other list on the page: judgement, so that a page takes 60 seconds."""
    weak_below: int = 3
    """Weak evidence is listed only if fewer than so many others exist (method §3)."""
    window_weeks: int = 12
    """Weeks before the period that are read: the longest baseline of the method (§3, speed)."""
    speed_weeks: int = 12
    """Weeks over which cycle times are compared (method §3)."""
    speed_notes: int = 3
    """Notes needed on each side of such a comparison (method §3)."""
    speed_ratio: float = 1.2
    """Smallest ratio of medians that is named: judgement; 1.2 is a fifth faster."""
    chart_weeks: int = 8
    """Weeks in the charts of execution and Big 3 (method §8)."""
    baseline_weeks: int = 8
    """Weeks of the baseline of a funnel and of the structure of activities (method §8)."""
    funnel_cases: int = 20
    """Cases that must enter a step before anything is concluded (method §8)."""
    process_notes: int = 5
    """Classified retrospectives needed for the process/person ratio (method §4)."""
    failure_weeks: int = 4
    """Weeks without a recorded failure that become a warning (method §4)."""
    metrics: int = 5
    """Metrics in use above which the second trap is named (method §5)."""
    commitment_weeks: int = 4
    """Weeks up to which a goal counts as worked on lately: judgement; commitments never expire."""
    contact_days: int = 28
    """Days after which a key person or role is overdue: judgement; four weeks."""
    unexpected: float = 2.0
    """Multiple of the expected change that is an unexpected success: judgement (ADR 0604)."""
    thanks: int = 5
    """People thanked at most: judgement; the thanks are one line (method §3)."""
    similar: float = 0.6
    """Similarity (0..1) from which a text may suggest a link: judgement (ADR 0603)."""
    likely: float = 0.4
    """Similarity (0..1) that suffices for it where owner and goal are the same: judgement."""
    same_failure: float = 0.88
    """Certainty (0..2) from which an earlier trial is shown: as `similar_notes.MIN_CERTAINTY`."""
    same_failure_weeks: int = 104
    """Weeks before the period from which earlier trials are known: judgement; two years."""
    playbook_times: int = 2
    """Applications that make a learning an entry of the playbook (method §12)."""
    playbook_people: int = 2
    """Different people needed for that (method §12)."""
    too_few: int = 3
    """Notes below which the headline says that they are too few to judge: judgement."""
    stale_hours: int = 72
    """Hours after which a reading is stale while the period still runs: judgement."""
    decision_hour: int = 15
    """Hour of the team's day until which the decision is asked for: judgement."""
    decision_day: int = 0
    """Weekday (Monday 0) after the period on which the decision is due: the mail's own day."""
    report_hour: int = 8
    """Hour of the Monday at which the last report counts as made: the usual hour of sending."""
    fixes: int = 3
    """Cheapest fixes in the Friday preview (method §10)."""
