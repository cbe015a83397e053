"""Commands that make pages without sending them, or show again what was sent."""
