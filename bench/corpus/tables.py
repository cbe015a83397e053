"""The logs that are written out as tables: those of `raw`, and of two modules that add theirs to its list."""

import bench.corpus.last
import bench.corpus.unseen  # noqa: F401  both add to RAW
from bench.corpus.raw import RAW

__all__ = ["RAW"]
