"""Commands for the time before the first Monday."""
