"""Assigns a role to each column from its header and its cells (pure)."""
