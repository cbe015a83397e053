"""Computes reports from notes, renders them as pages and mails, and delivers them."""
