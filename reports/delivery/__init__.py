"""The ways out: one sending, by SMTP or into a folder."""
