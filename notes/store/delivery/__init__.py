"""The delivery ledger, sent reports, alarms, and heartbeats."""
