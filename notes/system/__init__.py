"""What the operating system gives: the clock, locks between processes, lists that spill to disk."""
