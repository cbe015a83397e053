"""How far services, cores and the database reach, on paper: up to 100,000 teams, by the minute.

`python -m bench.worker_simulation`. A credential is asked at its even pace, a project at its own,
mails leave at the mail server's; a report is made by a core. What is measured elsewhere stands in
the constants.
"""

from dataclasses import dataclass

REPORT_CPU_S = 0.24
PULL_CPU_S = 0.20
"""CPU of a report and of a small log, with their share of the workers and the database: 1,000 teams
took 440 s (`make endure ARGS="--only workers --teams 1000 --zones 2"`, 2026-11)."""

DATABASE_CPU_S = 0.11
"""The database's share of both (`python -m bench.workers --latency 1 --teams 60`: 6 to 8 s for 60
teams)."""

DISPATCH_CPU_S = 50e-6
"""CPU of one dispatch for each team: 4 s of CPU for 100,000, every ten seconds, on one of the
workers."""

JOBS_PER_SECOND = 300.0
"""What one primary was estimated to hand out, at least."""

REQUESTS = {"google": 3, "notion": 3}
PER_MINUTE = {"google": 50.0, "notion": 150.0}
PROJECT_PER_MINUTE = 270.0


@dataclass(frozen=True)
class Company:
    """Teams, of which a third each keeps files, sheets and Notion databases."""

    teams: int
    accounts: int
    projects: int
    connections: int
    cores: int
    mails_per_minute: float


def minutes_to_read(company: Company) -> dict[str, float]:
    """Return how many minutes a whole sweep takes by each service, and by the cores."""
    third = company.teams / 3
    google = min(company.accounts * PER_MINUTE["google"], company.projects * PROJECT_PER_MINUTE)
    return {
        "google": third * REQUESTS["google"] / google,
        "notion": third * REQUESTS["notion"] / (company.connections * PER_MINUTE["notion"]),
        "cores": company.teams * PULL_CPU_S / company.cores / 60,
    }


def monday(company: Company, *, prepare: float = 20.0) -> tuple[float, float]:
    """Return at which minute after the hour the last report is made, and the last mail has left.

    Reports are made from `prepare` minutes before the hour on; mails leave from the hour on.
    """
    per_minute = 60 * company.cores / REPORT_CPU_S
    made = sent = 0.0
    minute, last_made = -prepare, 0.0
    while sent < company.teams:
        made = min(company.teams, made + per_minute)
        if made >= company.teams and not last_made:
            last_made = minute + 1
        if minute >= 0:
            sent = min(made, sent + company.mails_per_minute)
        minute += 1
    return last_made, minute


def main() -> None:
    """Print a table."""
    for company in (
        Company(1_000, 4, 1, 10, cores=2, mails_per_minute=600),
        Company(10_000, 40, 8, 100, cores=8, mails_per_minute=3_000),
        Company(100_000, 400, 75, 1_000, cores=32, mails_per_minute=30_000),
    ):
        read = minutes_to_read(company)
        made, left = monday(company)
        jobs = min(company.cores / REPORT_CPU_S, company.teams / 60)
        slowest = max(read, key=lambda name: read[name])
        print(
            f"{company.teams:7,} teams: a sweep takes {read[slowest]:5.1f} min "
            f"({slowest}), reports made at "
            f"{made:+5.1f} min, the last mail leaves {left:+5.1f} min; {jobs:6.1f} of "
            f"{JOBS_PER_SECOND:.0f} jobs a "
            f"second at the peak, for which the database needs "
            f"{jobs * DATABASE_CPU_S:4.1f} cores; a dispatch takes "
            f"{company.teams * DISPATCH_CPU_S:.1f} s"
        )


if __name__ == "__main__":
    main()
