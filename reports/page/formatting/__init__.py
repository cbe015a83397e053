"""Texts that all sections share: names of people, metrics, notes, places."""
