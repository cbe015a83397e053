"""Campaigns against loopnote that anyone can run again: `make endure`."""
