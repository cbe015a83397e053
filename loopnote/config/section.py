"""The base class of all sections of the configuration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Self

from .value_types import WRONG, Mistake, Spot, read_value

_REQUIRED: Final = object()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a section: its `key` in the file, its type, and its default (none: it has to be there).

    `name` is the attribute; another than the key where that is a word of Python.
    """

    name: str
    key: str
    kind: Any
    default: Any = _REQUIRED
    factory: Callable[[], Any] | None = None

    @property
    def is_required(self) -> bool:
        """Whether the file has to give it."""
        return self.factory is None and self.default is _REQUIRED

    def usual(self) -> Any:
        """Return the value where the file gives none."""
        return self.factory() if self.factory else self.default


@dataclass(frozen=True, slots=True)
class _Declared:
    key: str
    default: Any
    factory: Callable[[], Any] | None


def setting(
    *, key: str = "", default: Any = _REQUIRED, factory: Callable[[], Any] | None = None
) -> Any:
    """Declare what a type cannot say of a setting: its key in the file, a default that is made anew each time."""
    return _Declared(key, default, factory)


class SettingsError(ValueError):
    """Values that a section cannot have; `mistakes` are all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(f"{len(mistakes)} mistakes, the first: {mistakes[0]}")
        self.mistakes = tuple(mistakes)


class Section:
    """A table of the file; its annotations are the settings.

    Unknown keys and wrong types are mistakes, and nothing changes after reading.
    """

    settings: ClassVar[Mapping[str, Setting]] = {}
    """By the key in the file, in the order of the class; those of its base classes first."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = {
            one.key: one
            for name, kind in cls.__annotations__.items()
            if name != "settings"
            for one in (_described(name, kind, cls.__dict__.get(name, _REQUIRED)),)
        }
        cls.settings = {**cls.settings, **own}

    def __init__(self, **values: Any) -> None:
        made = self.from_table(values)
        self.__dict__.update(made.__dict__)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Return the section that a table describes.

        Raises:
            SettingsError: with all mistakes.
        """
        top = Spot()
        found = cls.read_table(table, top)
        if top.mistakes:
            raise SettingsError(top.mistakes)
        made: Self = found
        return made

    @classmethod
    def read_table(cls, value: object, spot: Spot) -> Any:
        """Return the section that a value describes, or WRONG with its mistakes told."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            return spot.wrong(value, "Input should be a valid dictionary")
        before = len(spot.mistakes)
        found = cls._read(value, spot)
        for key in [key for key in value if key not in cls.settings]:
            spot.at(key).tell("unknown", value[key])
        if len(spot.mistakes) > before:
            return WRONG
        made = cls.__new__(cls)
        made.__dict__.update(found)
        try:
            made.check()
        except ValueError as error:
            return spot.wrong(dict(value), str(error))
        return made

    @classmethod
    def _read(cls, table: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, one in cls.settings.items():
            if key in table:
                found[one.name] = read_value(one.kind, table[key], spot.at(key))
            elif one.is_required:
                spot.at(key).tell("missing", table)
            else:
                found[one.name] = one.usual()
        return found

    def check(self) -> None:
        """Look at what only several settings together show; a section that has such rules overrides it.

        Raises:
            ValueError: what is wrong.
        """

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed after reading")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values().values()))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self._values().items())
        return f"{type(self).__name__}({told})"

    def _values(self) -> dict[str, Any]:
        return {one.name: self.__dict__[one.name] for one in self.settings.values()}

    def as_data(self) -> dict[str, Any]:
        """Return all settings by their names, as values of JSON."""
        return {name: _plain(value) for name, value in self._values().items()}

    def as_written(self) -> dict[str, Any]:
        """Return what differs from the defaults, by the keys of the file, as values of JSON."""
        values = self._values()
        return {
            key: _plain(values[one.name])
            for key, one in self.settings.items()
            if one.is_required or values[one.name] != one.usual()
        }


def _described(name: str, kind: Any, given: Any) -> Setting:
    if isinstance(given, _Declared):
        return Setting(name, given.key or name, kind, given.default, given.factory)
    return Setting(name, name, kind, given)


def _plain(value: Any) -> Any:
    if isinstance(value, Section):
        return value.as_data()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value
