"""What stands out: the leader's lines, what was asked before, news, next actions."""
