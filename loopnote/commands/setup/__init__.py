"""Before the first Monday: a log tried, questions answered, what is set up checked."""
