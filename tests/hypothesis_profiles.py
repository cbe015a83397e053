"""The two budgets of the property tests, and how a test asks for its share.

`dev` (the default) tries the same few examples every time, so that `make test` gives one answer;
`random` tries new ones (`make test-random`). An example that `random` finds failing is printed with
its `@reproduce_failure` line and becomes an `@example`.
"""

from hypothesis import HealthCheck, settings

DEV, RANDOM = "dev", "random"
DEV_EXAMPLES = 12  # judgement: they are the same each time; CI's random run tries others
RANDOM_SHARE = 4  # judgement: the random run takes minutes, not an hour; more by repeating it


def register() -> None:
    """Register both profiles and load `dev`; `--hypothesis-profile=random` then wins."""
    settings.register_profile(
        DEV,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no failure
        derandomize=True,
        database=None,
        max_examples=DEV_EXAMPLES,
    )
    settings.register_profile(
        RANDOM,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=False,  # said, since Hypothesis derandomises by itself where it sees a CI
        print_blob=True,
        max_examples=100 * RANDOM_SHARE,
    )
    settings.load_profile(DEV)


def examples(count: int) -> int:
    """Return how many examples a test tries that needs about `count` of them to be sure."""
    if settings.get_current_profile_name() == RANDOM:
        return count * RANDOM_SHARE
    return min(count, DEV_EXAMPLES)
