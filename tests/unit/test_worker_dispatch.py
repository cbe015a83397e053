"""What workers are told to do: due mails first, fresh logs before reports, one sweep a
credential.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from loopnote.config.model import Config
from loopnote.delivery.due import occurrences
from loopnote.services.subscriptions import subscriptions
from loopnote.workers.decisions.dispatch import WorkView, dispatch, horizon
from loopnote.workers.decisions.jobs import NOW, SOON, Job, lanes_of
from loopnote.workers.decisions.sweeps import LARGE_ROWS, SourcePulse
from notes.model.deliveries import Delivery

MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # 08:00 in Seoul
DATABASE = "0123456789abcdef0123456789abcdef"


def config(*, every: int = 60, connections: int = 4) -> Config:
    return Config.model_validate(
        {
            "teams": [{"name": name} for name in ("Files", "Notes", "Both")],
            "recipients": [
                {"address": "one@example.org", "teams": ["Files"]},
                {"address": "all@example.org", "teams": ["*"]},
            ],
            "sources": [
                {"name": "log", "team": "Files", "kind": "file", "path": "log.csv"},
                {"name": "pages", "team": "Notes", "kind": "notion", "database": DATABASE},
                {"name": "more", "team": "Both", "kind": "notion", "database": DATABASE},
                {"name": "beside", "team": "Both", "kind": "file", "path": "beside.csv"},
            ],
            "schedule": {"sync_every_minutes": every},
            "worker": {"mail_connections": connections},
        },
        strict=False,
    )


def fresh(now: datetime, **other: SourcePulse) -> dict[str, SourcePulse]:
    read = SourcePulse(now - timedelta(minutes=5), well=True, rows=10)
    return dict.fromkeys(("log", "pages", "more", "beside"), read) | other


def view(at: datetime, settings: Config, pulses: dict[str, SourcePulse], **more) -> WorkView:
    ahead = occurrences(subscriptions(settings), *horizon(settings, at))
    teams = {("all@example.org", "weekly"): ["Files", "Notes", "Both"]}
    return replace(WorkView(at, ahead, {}, pulses, teams), **more)


def jobs(at: datetime, settings: Config, pulses: dict[str, SourcePulse], **more) -> list[str]:
    return [one.name for one in dispatch(settings, view(at, settings, pulses, **more)).jobs]


def line(report: str, address: str, state="planned") -> dict[tuple[str, str], Delivery]:
    return {(report, address): Delivery(f"{report}/r1", address, state, MONDAY)}


ONE = line("Files/2026-W47/weekly", "one@example.org")


def priorities(at: datetime, pulses: dict[str, SourcePulse], **more) -> dict[str, int]:
    found = dispatch(config(), view(at, config(), pulses, **more)).jobs
    return {one.name: one.priority for one in found}


def test_work_for_a_mail_that_is_due_now_goes_before_work_for_one_that_is_only_prepared():
    early, near = MONDAY - timedelta(minutes=15), MONDAY - timedelta(minutes=5)
    report, sweep = "report Files/2026-W47/weekly", "sync notion: slow"
    unread = {"more": SourcePulse()}
    before = priorities(early, fresh(early, **unread))
    assert (before[report], before[sweep]) == (SOON, SOON)
    after = priorities(near, fresh(near, **unread))
    assert (after[report], after[sweep]) == (NOW, NOW)
    assert priorities(MONDAY, fresh(MONDAY), ledger=ONE)["deliver 0"] == NOW


def test_nothing_is_to_be_done_where_all_is_read_and_no_mail_is_near():
    assert jobs(MONDAY - timedelta(hours=5), config(), fresh(MONDAY - timedelta(hours=5))) == []


def test_a_report_is_made_before_its_time_when_its_logs_are_fresh():
    early = MONDAY - timedelta(minutes=15)
    assert jobs(early, config(), fresh(early)) == [
        "report */2026-W47/weekly",
        "report Files/2026-W47/weekly",
    ]


def test_a_report_waits_for_a_log_that_is_not_read_yet_and_its_sweep_comes_first():
    early = MONDAY - timedelta(minutes=15)
    found = dispatch(config(), view(early, config(), fresh(early, more=SourcePulse()))).jobs
    assert Job("report", "Files/2026-W47/weekly", priority=SOON) in found
    assert Job("sync", "notion: slow", priority=SOON) in found
    assert "report */2026-W47/weekly" not in [one.name for one in found]


def test_a_report_waits_two_minutes_past_its_time_and_no_longer():
    never = {"more": SourcePulse()}
    almost, past = MONDAY + timedelta(seconds=100), MONDAY + timedelta(minutes=2)
    assert "report */2026-W47/weekly" not in jobs(almost, config(), fresh(almost, **never))
    assert "report */2026-W47/weekly" in jobs(past, config(), fresh(past, **never))


def test_a_made_mail_leaves_at_its_time_and_not_before():
    early = MONDAY - timedelta(minutes=1)
    assert "deliver 0" not in jobs(early, config(), fresh(early), ledger=ONE)
    assert "deliver 0" in jobs(MONDAY, config(), fresh(MONDAY), ledger=ONE)
    found = dispatch(config(), view(early, config(), fresh(early), ledger=ONE))
    assert found.next_at == MONDAY


def test_no_more_connections_are_opened_than_mails_wait_or_are_allowed():
    both = ONE | line("*/2026-W47/weekly", "all@example.org")
    for connections, expected in ((1, 1), (4, 2)):
        settings = config(connections=connections)
        found = jobs(MONDAY, settings, fresh(MONDAY), ledger=both)
        assert len([one for one in found if one.startswith("deliver")]) == expected


def test_a_mail_that_is_settled_is_left_alone():
    for state in ("sent", "refused", "unknown", "sending", "skipped"):
        settled = line("Files/2026-W47/weekly", "one@example.org", state)
        found = jobs(MONDAY, config(), fresh(MONDAY), ledger=settled)
        assert found == ["report */2026-W47/weekly"]


def test_sources_of_one_credential_are_one_job_and_a_large_log_is_swept_apart():
    stale = SourcePulse(MONDAY - timedelta(hours=7), well=True, rows=10)
    at = MONDAY - timedelta(hours=5)
    assert jobs(at, config(), fresh(at, pages=stale, more=stale)) == ["sync notion:"]
    large = replace(stale, rows=LARGE_ROWS)
    assert jobs(at, config(), fresh(at, pages=large, more=stale)) == [
        "sync notion: slow",
        "sync notion:",
    ]


def test_slow_sweeps_stand_in_a_line_of_their_own():
    stale = SourcePulse(MONDAY - timedelta(hours=7), well=True, rows=10)
    at, large = MONDAY - timedelta(hours=5), replace(stale, rows=LARGE_ROWS)
    found = dispatch(config(), view(at, config(), fresh(at, pages=large, more=stale))).jobs
    assert [(one.key, one.lane) for one in found] == [("notion: slow", "slow"), ("notion:", "sync")]
    assert lanes_of("sync") == ("sync", "slow")


def test_a_team_is_swept_whole_by_the_credential_of_its_first_source():
    stale = SourcePulse(MONDAY - timedelta(hours=7), well=True, rows=10)
    at = MONDAY - timedelta(hours=5)
    assert jobs(at, config(), fresh(at, beside=stale)) == ["sync notion:"]


def test_what_failed_a_moment_ago_rests():
    resting = frozenset({"report Files/2026-W47/weekly"})
    found = jobs(MONDAY, config(), fresh(MONDAY), resting=resting)
    assert found == ["report */2026-W47/weekly"]
