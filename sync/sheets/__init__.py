"""The Google Sheets source."""
