"""What was learned: where it was applied, the playbook, similar earlier notes, other teams."""
