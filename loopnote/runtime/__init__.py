"""What every command needs at run time: logging, redaction of secrets, messages."""
