"""Confidence intervals for shares and for differences of shares, from counts.

Wilson's score interval (E. B. Wilson, 1927) and Newcombe's hybrid score interval without continuity
correction, his method 10 (R. G. Newcombe, "Interval estimation for the difference between
independent proportions", Statistics in Medicine 17, 1998). Both hold for small counts, where the
textbook interval does not.
"""

from math import sqrt

from reports.analysis.records.evidence import Interval

Counts = tuple[int, int]
_Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: a two-sided interval of 95 % (method §3)."""


def are_counts(counts: Counts | None) -> bool:
    """Return whether (hits, total) can be counts: 0 <= hits <= total and total > 0."""
    return counts is not None and counts[1] > 0 and 0 <= counts[0] <= counts[1]


def wilson_interval(hits: float, total: float) -> Interval:
    """Return the 95 % interval of a share, 0..1.

    >>> wilson_interval(13, 42).low.__round__(3), wilson_interval(13, 42).high.__round__(3)
    (0.191, 0.46)
    """
    share, z2 = hits / total, _Z95**2
    middle = share + z2 / (2 * total)
    half = _Z95 * sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return Interval(
        max(0.0, (middle - half) / (1 + z2 / total)), min(1.0, (middle + half) / (1 + z2 / total))
    )


def difference_interval(before: Counts, after: Counts) -> Interval:
    """Return the 95 % interval of after - before in percentage points, from (hits, total)."""
    first, second = wilson_interval(*before), wilson_interval(*after)
    found = hybrid_interval((before[0] / before[1], first), (after[0] / after[1], second))
    return Interval(100 * found.low, 100 * found.high)


def hybrid_interval(before: tuple[float, Interval], after: tuple[float, Interval]) -> Interval:
    """Return the 95 % interval of after - before from two shares (0..1) and their own intervals."""
    (p1, first), (p2, second) = before, after
    low = p2 - p1 - sqrt((p2 - second.low) ** 2 + (first.high - p1) ** 2)
    high = p2 - p1 + sqrt((second.high - p2) ** 2 + (p1 - first.low) ** 2)
    return Interval(low, high)
