"""What the operator is told: alert conditions, their mail, the ping URL, and doctor."""
