"""Tabs without a table: headings with lines under them, one trial below the other."""
