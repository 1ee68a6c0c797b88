"""Mark a function as a rule: pure arithmetic on scalars that every engine calls.

A rule uses `math`, comparisons, `+ - * /`, integers below 2**62 and other rules; no `**`, no `sum`, no numpy,
no strings: only what a compiler reproduces bit for bit (docs/decisions/0003-one-set-of-rules.md). The mark
changes nothing when Python calls the rule; it puts the rule on a list from which an engine may compile it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: list[Callable[..., Any]] = []
"""Every rule, in the order of definition."""


def rule(function: F) -> F:
    """Put a function on the list of rules and return it unchanged."""
    RULES.append(function)
    return function
