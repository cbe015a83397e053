"""Commands about what is due, and how things stand."""
