"""Parses tables that are not logs of trials: metrics, actions, feedback, goals, plans.

Plans, series of numbers, funnels, actions, feedback (all pure).
"""
