"""One pull: in a child process with limits, from the fetch to the store."""
