"""The fake Notion workspace under the name that cases kept outside this repository import."""

from .notion_workspace import NotionWorkspace as World

__all__ = ["World"]
