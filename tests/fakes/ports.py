"""A port on which nobody listens, and nobody else can: it is taken for as long as the tests run."""

import atexit
import socket


def free_port() -> int:
    """Return a port of 127.0.0.1 that refuses every connection.

    It stays bound, without listening: a port that was let go could be another test's server by the
    time it is asked.
    """
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    atexit.register(held.close)
    port: int = held.getsockname()[1]
    return port
