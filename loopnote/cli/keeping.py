"""`backup`, `erase`, `join`, `split`, `export`, `import`, `archive`, `playbook`: keeping and using what was learned."""

from collections.abc import Callable

COMMANDS: dict[str, Callable[..., int]] = {}
