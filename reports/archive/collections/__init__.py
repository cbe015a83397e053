"""The archive's shelves.

Commitments, learnings waiting, people and gaps, the playbook, and what could not be read.
"""
