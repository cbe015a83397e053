"""What the workers of many hosts share on PostgreSQL: who lives, leases, budgets, failures
(ADR 1001).
"""
