"""The ways out for a mail: `transport` says what each promises, one module a channel."""
