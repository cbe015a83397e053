"""Computes a report from a team's notes; pure: no language, clock, network or disk."""
