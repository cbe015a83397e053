"""Sends mails by SMTP, or writes them into a folder."""
