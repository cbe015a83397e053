"""Builds the view models of the archive's pages."""
