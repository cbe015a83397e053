"""Settings of a workspace whose watcher is watched: a store, an operator with a ping URL, and
a mail server.
"""

WATCHED = """
[store]
url = "{store}"

[operator]
address = "op@example.org"
language = "en"
ping_url = "{ping}"

[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
from = "loop@example.org"
"""
"""To be filled and to stand behind teams and sources; more of `[mail]` may follow."""
