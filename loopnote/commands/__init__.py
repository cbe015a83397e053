"""Implementations of the commands, one module for each group.

Short functions between the command line and the wiring.
"""
