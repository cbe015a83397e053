"""Builds the view of each kind of page: weekly, several teams, preview, playbook."""
