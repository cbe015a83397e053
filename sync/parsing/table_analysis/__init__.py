"""Which tables are logs, what is left out and why, and tables that must be reshaped before
they are read.
"""
