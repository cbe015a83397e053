"""Workers of many hosts on PostgreSQL: the steps of a run as jobs, dispatched every minute
(ADR 1001).
"""
