"""How runs, mails and the state of things are printed."""
