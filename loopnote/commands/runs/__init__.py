"""Runs: what is due, who is told of a failure, and how things stand."""
