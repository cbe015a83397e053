"""The base class of all sections of the configuration."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the file.

    Unknown keys and wrong types are mistakes, and nothing changes after reading.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
