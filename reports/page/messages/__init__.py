"""The sentences of pages and mails, with a team's own ones in place of shipped ones."""
