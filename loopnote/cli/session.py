"""The session of one command: its global options, configuration and progress output.

The configuration is read when it is first needed.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from loopnote.cli.output.console import ProgressLine, print_line, print_notice

if TYPE_CHECKING:  # the wiring is heavy, and `--help` needs none of it
    from loopnote.services.wiring import Wiring


@dataclass
class Session:
    """One call of the command line.

    `told`: the command says itself what went wrong, and its log need not say it again.
    """

    config_file: Path | None = None
    as_json: bool = False
    verbose: bool = False
    told: bool = False

    @cached_property
    def wiring(self) -> "Wiring":
        """Everything the configuration describes, built when asked for.

        Raises:
            ConfigError: there is no configuration, or it has mistakes.
        """
        from loopnote.services.wiring import wire

        wired = wire(self.config_file, verbose=self.verbose, told=self.told)
        gc.freeze()  # libraries and settings stay to the end: no collection looks at them again
        return wired

    def tell_nothing(self, text: str) -> None:
        """Say that there is nothing: in the place of the answer, or beside it where a program
        reads no line.
        """
        (print_notice if self.as_json else print_line)(text)

    @contextmanager
    def progress(self) -> Iterator[ProgressLine]:
        """Show progress while something long goes on."""
        with ProgressLine() as progress:
            yield progress
