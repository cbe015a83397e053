"""The three questions of METHOD.md §3, what they rest on, and the leader's lines (§7)."""
