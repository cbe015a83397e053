"""Composition: from the configuration to sources, reports, mails, and the archive."""
