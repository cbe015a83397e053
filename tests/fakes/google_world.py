"""The fake Google documents under the name that cases kept outside this repository import."""

from .google_documents import GoogleDocuments as GoogleWorld
from .google_documents import shown

__all__ = ["GoogleWorld", "shown"]
