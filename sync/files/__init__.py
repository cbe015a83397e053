"""A log in files on this machine: .xlsx and .csv."""
