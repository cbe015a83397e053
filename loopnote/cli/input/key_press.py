"""Reads one key press without Enter; from a pipe, the first character of a line."""

import sys


def read_key() -> str:
    """Return the key that was pressed; "" at the end of the input.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip()[:1] or ("\n" if line else "")
    if sys.platform == "win32":
        import msvcrt

        key = msvcrt.getwch()
    else:
        key = _unix_key()
    if key == "\x03":
        raise KeyboardInterrupt
    return "\n" if key == "\r" else key


def _unix_key() -> str:
    import termios
    import tty

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed ahead is kept
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
