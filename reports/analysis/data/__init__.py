"""The team's log as a report sees it: notes by period, planned work, contacts, data quality."""
