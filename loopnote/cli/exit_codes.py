"""The exit codes of all commands; programs and cron rely on them."""

DONE, PARTLY, NOT_STARTED, UNKNOWN_DELIVERY = 0, 1, 2, 3
"""0 to 2 as grep and most programs have them; 3 is the one that must not be tried again unasked."""
INTERRUPTED = 130
"""128 + SIGINT, as shells say it."""
