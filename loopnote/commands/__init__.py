"""What each group of commands does, between the command line and the wiring.

Short shells around the pure parts.
"""
