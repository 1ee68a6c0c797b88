"""What a part of the benchmark found: ratios with their marks, tables to read, checks that failed, raw figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.engines.timing import Median, median


@dataclass(frozen=True)
class Mark:
    """A limit that a ratio should keep to."""

    bound: float
    at_least: bool = True

    def __str__(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g}"

    def verdict(self, found: Median) -> str:
        """Return whether the median keeps to the mark; an interval that reaches over it is said to."""
        met = found.value >= self.bound if self.at_least else found.value <= self.bound
        word = "met" if met else "**missed**"
        return word + (", the interval touches it" if found.low < self.bound < found.high else "")


@dataclass(frozen=True)
class Table:
    """A table under a heading."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    words: str = ""
    """What to know to read it."""


@dataclass
class Found:
    """What one part gives to the page."""

    judged: list[tuple[str, str, str, str]] = field(default_factory=list)
    """What, measured, mark, verdict."""
    tables: list[Table] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Checks that failed. A missed mark is no failure: a busy machine may miss it."""
    raw: dict[str, Any] = field(default_factory=dict)
    """Figures of every block, for the JSON file."""

    def judge(self, what: str, values: Sequence[float], mark: Mark | None = None) -> None:
        """Add a ratio, block by block, with its mark if it has one."""
        found = median(values)
        verdict = mark.verdict(found) if mark is not None else ""
        self.judged.append((what, with_interval(found), str(mark or ""), verdict))
        self.raw.setdefault("ratios", {})[what] = list(values)

    def cannot(self, what: str, why: str, mark: Mark) -> None:
        """Add a mark that cannot be judged here."""
        self.judged.append((what, f"not measurable: {why}", str(mark), ""))


def number(value: float) -> str:
    """Return a number for people, with three leading digits."""
    if value == 0.0 or abs(value) >= 1e15:
        return f"{value:g}"
    if abs(value) >= 100.0:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:#.3g}"


def with_interval(found: Median) -> str:
    """Return a median with its interval."""
    return f"{number(found.value)} ({number(found.low)} to {number(found.high)})"
