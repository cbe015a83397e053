"""The first screen (method §7): headline, three lines, decision, key number."""
