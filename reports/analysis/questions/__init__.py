"""The three questions of method §3, what they rest on, and the leader's lines (§7)."""
