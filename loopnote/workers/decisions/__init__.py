"""Decides what workers are told to do (pure)."""
