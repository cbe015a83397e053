"""What is due, sending it, and the scheduler; holidays, and whether the clock can be right."""
