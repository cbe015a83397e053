"""Formats what all sections share: names of people, metrics, notes, links."""
