"""The names of the commands, and what `loopnote --help` prints."""
