"""A tall table looked over once, so that what its columns mean can be decided before it is read part by part."""

from collections.abc import Sequence

from sync.grid import Value

from .columns import Assigned
from .frame import Frame
from .profile import SAMPLE, Profile, Sampled, is_full, profile_of, stride
from .rows import goes_on
from .wording import table_of

PART = 500
"""Records read at once: a few megabytes with all that is made of them."""


def is_tall(frame: Frame) -> bool:
    """Say whether a table is read in parts."""
    return frame.lines is not None and len(frame.rows) > 2 * PART


def profiles_of(frame: Frame) -> list[Profile]:
    """Return what the columns of a tall table hold; the same as `profile` says of each."""
    width = range(len(frame.columns))
    held, full = [0 for _ in width], [0 for _ in width]
    for cells in frame.cells():
        for number, value in enumerate(cells):
            if value is not None:
                held[number] += 1
                full[number] += is_full(value)
    samples = _samples(frame, [stride(count) for count in full])
    size = len(frame.rows)
    return [
        profile_of(Sampled(size, held[number], full[number], samples[number]), len(frame.columns[number].inherited))
        for number in width
    ]


def _samples(frame: Frame, strides: Sequence[int]) -> list[list[Value]]:
    """Return every so-many-th full cell of each column, at most SAMPLE."""
    samples: list[list[Value]] = [[] for _ in strides]
    passed = [0 for _ in strides]
    for cells in frame.cells():
        for number, value in enumerate(cells):
            if is_full(value):
                if passed[number] % strides[number] == 0 and len(samples[number]) < SAMPLE:
                    samples[number].append(value)
                passed[number] += 1
    return samples


def parts_of(frame: Frame, assigned: Sequence[Assigned], *, joined: bool) -> list[range]:
    """Return the parts of a table; where records may be `joined` to the one above, none is cut from its own."""
    size = len(frame.rows)
    if not is_tall(frame):
        return [range(size)]
    parts, start = [], 0
    while start < size:
        end = min(start + PART, size)
        while joined and end < size and goes_on(table_of(frame.part(range(end - 1, end + 1)), assigned)):
            end += 1
        parts.append(range(start, end))
        start = end
    return parts
