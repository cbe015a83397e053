"""A log in Google Sheets."""
