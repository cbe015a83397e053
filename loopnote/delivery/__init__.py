"""What is due, sending it, one run, and the scheduler."""
