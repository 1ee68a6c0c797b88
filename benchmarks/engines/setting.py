"""How large everything is: full for the page, quick for a look, and what the slow reference engine can bear."""

from __future__ import annotations

from dataclasses import dataclass, replace

REFERENCE = "reference"
COMPANY = "levante"
SEED = 20_261
"""First seed of everything that is measured or checked here."""


@dataclass(frozen=True)
class Sizes:
    """Sizes of the parts."""

    rounds: int = 9
    """Rounds of blocks of each comparison."""
    seconds: float = 0.5
    """CPU time that a block aims at [s]."""
    replications: int = 12
    """Replications of the check against theory."""
    customers: tuple[int, int, int] = (200_000, 30_000, 8_000)
    """Customers of one replication of the check: compiled programs, scripts on a fast package, slow ones."""
    weeks: float = 52.0
    """Weeks of the default company, besides its warm-up."""
    company_rounds: int = 7
    """Rounds against the reference engine: each takes some seconds."""
    memory_runs: int = 100
    """Runs of a process that does many."""
    growth_years: float = 4.0
    """Work of one run of the growth part, in years of the default company."""
    staff: tuple[float, ...] = (1 / 6, 1.0, 5.0, 22.0)
    """The default company times these: 11 to 1,022 workers."""
    customer_base: tuple[int, ...] = (1_000, 10_000, 100_000)
    years: tuple[float, ...] = (1.0, 5.0, 20.0, 50.0)
    from_scratch: bool = True
    """Whether to compile once with an empty cache."""


QUICK = Sizes(
    rounds=3,
    seconds=0.2,
    replications=10,
    customers=(40_000, 6_000, 3_500),
    weeks=13.0,
    company_rounds=3,
    memory_runs=10,
    growth_years=1.0,
    staff=(1 / 6, 22.0),
    customer_base=(1_000, 100_000),
    years=(1.0, 10.0),
    from_scratch=False,
)


def slow(sizes: Sizes) -> Sizes:
    """Return sizes for a try with the reference engine, which would need an hour for the full ones."""
    return replace(
        sizes,
        memory_runs=2,
        growth_years=0.1,
        staff=(1 / 6, 1.0),
        customer_base=(1_000, 10_000),
        years=(0.1, 0.3),
    )


@dataclass(frozen=True)
class Setting:
    """What a part needs to know."""

    engine: str
    """The engine that is measured."""
    sizes: Sizes
    quick: bool = False
    """Whether the sizes are only for a look."""

    @property
    def compiled(self) -> bool:
        """Whether the engine is another one than the slow reference engine."""
        return self.engine != REFERENCE
