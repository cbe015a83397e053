"""Collections of the archive: commitments, learnings, people, playbook, cells not understood."""
