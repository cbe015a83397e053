"""The exit codes of all commands; programs and cron rely on them."""

DONE, PARTLY, NOT_STARTED, UNKNOWN_DELIVERY = 0, 1, 2, 3
INTERRUPTED = 130
