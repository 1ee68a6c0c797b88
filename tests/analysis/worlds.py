"""Alternatives in a table that a selection procedure can ask."""

import numpy as np


def world(seed, k=4, n=5000, spread=0.3):
    random = np.random.default_rng(seed)
    means = random.permutation(k) * spread
    return (
        means[:, None] + random.normal(size=n) * 0.8 + random.uniform(0.3, 1.2, k)[:, None] * random.normal(size=(k, n))
    )


class Recorder:
    """A sample from a table that notes what was asked."""

    def __init__(self, values):
        self.values, self.asked = np.asarray(values, dtype=float), []

    def __call__(self, who, first, end):
        self.asked += [(one, r) for one in who for r in range(first, end)]
        return self.values[list(who), first:end]
