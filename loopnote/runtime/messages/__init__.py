"""Sentences for the terminal and for errors, in Korean and English."""
