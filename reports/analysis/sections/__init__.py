"""The sections beside the three questions: signals, traps, rhythm, funnel, next week, fixes."""
