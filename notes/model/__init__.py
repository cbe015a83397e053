"""The records of every layer: notes, periods, problems, findings, deliveries, and the errors."""
