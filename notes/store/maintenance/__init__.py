"""Keeping the store in order: backup, pruning, and erasing names."""
