"""From the settings of a source to the source itself: which kind, which credential, which pace."""

from collections.abc import Callable

from loopnote.config.model import AnySource, FileSource
from loopnote.config.read import Loaded
from loopnote.errors import ConfigError
from loopnote.logs import Veil
from sync.source import Source

Progress = Callable[[str], None]


def source_of(loaded: Loaded, settings: AnySource, veil: Veil, progress: Progress) -> Source:
    """Return the source that the settings describe.

    Raises:
        ConfigError: a credential is not where the configuration says.
    """
    if isinstance(settings, FileSource):
        from sync.files import FileSource as Files

        return Files(
            settings.name,
            settings.team,
            str(loaded.resolve(settings.path)),
            tabs=settings.tabs,
            max_bytes=settings.max_mb << 20,
        )
    progress(veil.over(settings.name))
    raise ConfigError(f"{settings.kind} is not there yet", hint="use a file for now")
