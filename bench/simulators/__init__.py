"""Simulators of people who edit a log for weeks, and which row of today is which of before."""
