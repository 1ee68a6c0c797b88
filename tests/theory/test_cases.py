"""The neutral model is a queueing network: every case of benchmarks/validate at reduced size.

Standard errors come from 16 to 24 independent replications. A correct quantity lies outside 3 of them with
probability 0.9 % at worst (t, 15 degrees of freedom); seeds are fixed, so a pass stays a pass until a change of
results, after which about one change in three would show at least one of some fifty quantities off by bad luck.
"""

from __future__ import annotations

import pytest

from benchmarks.validate.cases import CASES, TEST_SEED
from benchmarks.validate.estimate import LARGEST_RELATIVE_ERROR, MOST_ERRORS, validate

CASE_SEEDS = {name: TEST_SEED + i for i, name in enumerate(CASES)}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.reduced is not None])
def test_theory_is_within_three_standard_errors_of_two_percent(name: str) -> None:
    case = CASES[name]
    assert case.reduced is not None
    for e in validate(case, case.reduced, CASE_SEEDS[name]):
        said = f"{e.quantity.name}: {e.mean:.5f} ± {e.error:.5f}, theory {e.quantity.theory:.5f}"
        assert e.relative_error <= LARGEST_RELATIVE_ERROR, said
        assert abs(e.z) <= MOST_ERRORS, said
