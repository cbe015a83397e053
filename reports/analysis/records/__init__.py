"""The records of a report.

Its inputs, thresholds, answers and sections, as values without a language.
"""
