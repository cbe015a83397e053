"""What each group of commands does, between the command line and the wiring: short shells around the pure parts."""
