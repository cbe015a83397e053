"""A sample workspace.

Two invented teams, twelve weeks, logs as messy as life, and the Monday pages made from them.
"""
