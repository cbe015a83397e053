"""Builds the finished view of each kind of page: weekly, several teams, preview, playbook."""
