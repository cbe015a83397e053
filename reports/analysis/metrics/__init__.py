"""Numbers of the log: changes, series, intervals, and what notes claim to have moved."""
