"""The network between one host and the database: a TCP address of its own, which may be cut and
mended.

What is sent into a cut link is lost to nobody and told to nobody, as with a cable that was pulled:
no error, no answer, until it is plugged in again.
"""

import socket
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread


class HostLink:
    """Passes on what comes to a TCP address of this machine to a server's Unix socket."""

    def __init__(self, server: Path, address: str = "127.0.0.1") -> None:
        self._server = server
        self._open = Event()
        self._open.set()
        self._ended = False
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server((address, 0))
        self.address, self.port = self._listener.getsockname()

    def __enter__(self) -> "HostLink":
        Thread(target=self._accept, daemon=True).start()
        return self

    @property
    def is_open(self) -> bool:
        """Whether anything passes."""
        return self._open.is_set()

    def cut(self) -> None:
        """Let nothing through any more."""
        self._open.clear()

    def mend(self) -> None:
        """Let everything through again, what was held back first."""
        self._open.set()

    def __exit__(self, *exception: object) -> None:
        self._ended = True
        self._open.set()
        for one in (self._listener, *self._ends):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while not self._ended:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            self._ends += [here, there]
            with suppress(OSError):
                there.connect(str(self._server))
            for source, target in ((here, there), (there, here)):
                Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while part := source.recv(65536):
                self._open.wait()
                target.sendall(part)
        self._open.wait()  # the end of a connection does not pass a cut link either
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
