"""Every threshold of the method in one frozen record: the configuration fills it, the page's foot names it.

The defaults are those of docs/method.md. Counts are notes unless another unit is named.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The numbers by which a report judges.

    Attributes: keep: activities that business names at most, never padded. people: answers that
        people names at most. list_size: items of any other list on the page. weak_below: weak
        evidence is listed only if fewer than so many others exist. window_weeks: weeks before the
        period that are read at all. speed_weeks: weeks over which cycle times are compared.
        speed_notes: notes needed on each side of such a comparison. speed_ratio: smallest ratio of
        medians that is worth naming (1.2 = a fifth faster). chart_weeks: weeks in the charts of
        execution and Big 3. baseline_weeks: weeks of a funnel's or the structure's own baseline.
        funnel_cases: cases that must enter a step before anything is concluded. process_notes:
        classified retrospectives needed for the process/person ratio. failure_weeks: weeks without
        a recorded failure that become a warning. metrics: metrics in use before the second trap is
        named. commitment_weeks: weeks for which a commitment stays in the ledger. contact_days:
        days after which a key person or role counts as overdue (last contact). unexpected: multiple
        of the expected change from which a success counts as unexpected. thanks: people thanked in
        the one line at most. similar: similarity (0..1) from which a text may suggest a link.
        likely: similarity (0..1) that suffices to suggest a link where owner and goal are the same.
        same_failure: surety (0..2) from which an earlier trial is shown beside a new hypothesis.
        same_failure_weeks: weeks before the period from which earlier trials are known.
        playbook_times: applications that make a learning an entry of the playbook. playbook_people:
        different people needed for that. too_few: notes of a period below which the headline says
        that they are too few to judge. stale_hours: hours after which a reading counts as stale
        while the period still runs (Friday preview). decision_hour: hour of the team's day until
        which the decision is asked for. decision_day: weekday (Monday 0) after the period on which
        it is due. report_hour: hour of the Monday at which the last report is taken to have been
        made. fixes: cheapest fixes in the Friday preview.
    """

    keep: int = 3
    people: int = 3
    list_size: int = 3
    weak_below: int = 3
    window_weeks: int = 12
    speed_weeks: int = 12
    speed_notes: int = 3
    speed_ratio: float = 1.2
    chart_weeks: int = 8
    baseline_weeks: int = 8
    funnel_cases: int = 20
    process_notes: int = 5
    failure_weeks: int = 4
    metrics: int = 5
    commitment_weeks: int = 4
    contact_days: int = 28
    unexpected: float = 2.0
    thanks: int = 5
    similar: float = 0.6
    likely: float = 0.4
    same_failure: float = 0.88
    same_failure_weeks: int = 104
    playbook_times: int = 2
    playbook_people: int = 2
    too_few: int = 3
    stale_hours: int = 72
    decision_hour: int = 15
    decision_day: int = 0
    report_hour: int = 8
    fixes: int = 3
