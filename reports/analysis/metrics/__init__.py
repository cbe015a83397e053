"""Numbers of the log: changes, series, intervals, and which activities moved them."""
