"""Implementations of the commands, in the same rooms as their command lines.

Short functions between the command line and the wiring.
"""
