"""The reports of one sending: a team's period is read and computed once, however many mails show
it.

A leader of several teams gets the same reports as each team's own reader (ADR 0412).
"""

from collections import OrderedDict
from datetime import datetime

from loopnote.config.model import TeamSettings
from notes.model.periods import Period
from reports.analysis.records.inputs import ReportInputs
from reports.analysis.records.report_record import WeeklyReport

from .reports import ReportService

_MOST_NOTES = 20_000
"""Notes kept in memory for the next mail, some 60 MB; what was read longest ago goes first, and is
read again where a leader has more than that. Judgement; reports themselves are small and stay."""

_Key = tuple[str, str]


class TeamReports:
    """Reports and their inputs by team and period, as of the instant at which each was first
    asked for.
    """

    def __init__(self, service: ReportService) -> None:
        self._service = service
        self._reports: dict[_Key, WeeklyReport] = {}
        self._inputs: OrderedDict[_Key, ReportInputs] = OrderedDict()
        self._notes = 0

    def report(self, team: TeamSettings, period: Period, now: datetime) -> WeeklyReport:
        """Return a team's report of a period."""
        key = (team.name, str(period))
        if key not in self._reports:
            self._reports[key] = self._service.report_of(self.inputs(team, period, now))
        return self._reports[key]

    def inputs(self, team: TeamSettings, period: Period, now: datetime) -> ReportInputs:
        """Return what a team's report of a period is made from."""
        key = (team.name, str(period))
        if key in self._inputs:
            self._inputs.move_to_end(key)
            return self._inputs[key]
        found = self._service.inputs(team, period, now)
        self._inputs[key] = found
        self._notes += _size(found)
        while self._notes > _MOST_NOTES and len(self._inputs) > 1:
            _, dropped = self._inputs.popitem(last=False)
            self._notes -= _size(dropped)
        return found


def _size(inputs: ReportInputs) -> int:
    """Return how many notes the inputs of a report hold in memory."""
    return sum(map(len, (inputs.notes, inputs.gone, inputs.ledger, inputs.earlier, inputs.past)))
