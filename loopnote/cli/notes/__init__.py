"""`notes`, `history`, `search`, `similar` and `playbook`: stored notes."""
