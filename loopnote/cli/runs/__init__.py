"""`send`, `run`, `status`, `schedule` and `worker`: what is due, and how things stand."""
