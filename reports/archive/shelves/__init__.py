"""The archive's shelves: commitments, learnings waiting, people and gaps, the playbook, and what could not be read."""
