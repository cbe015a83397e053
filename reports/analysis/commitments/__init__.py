"""What was promised and what became of it (METHOD.md §6)."""
