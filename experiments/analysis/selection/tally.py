"""What has been seen of every alternative: asks for replications, refuses holes, keeps sums."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.selection.selected import Better, Sample
from sim.errors import InputError

Array = NDArray[np.float64]


class Tally:
    """Observations of several alternatives, larger always better.

    Parameters
    ----------
    sample : Sample
        Where values come from.
    alternatives : int
        [1] -- how many.
    better : str
        "lower" or "higher": which values are better.
    common : bool
        Every alternative gets replications 0, 1, ...: common random numbers. Else no two alternatives ever get the
        same replication, and they are independent.
    macro : int
        [1] -- replications averaged into one observation. Means of some are closer to normal than single ones.

    Attributes
    ----------
    observations : array of int, shape (alternatives,)
        [1] -- so far.

    Examples
    --------
    >>> tally = Tally(lambda who, first, end: np.array([[i + r for r in range(first, end)] for i in who]), 2)
    >>> tally.more([0, 1], 3).tolist(), tally.means.tolist()
    ([[0.0, 1.0, 2.0], [1.0, 2.0, 3.0]], [1.0, 2.0])
    """

    def __init__(
        self, sample: Sample, alternatives: int, *, better: Better = "higher", common: bool = True, macro: int = 1
    ) -> None:
        if better not in {"lower", "higher"}:
            raise InputError(f"selection: got '{better}', must be 'lower' or 'higher'. Say which values are better.")
        self.observations = np.zeros(alternatives, np.int64)
        self._sample = sample
        self._sign = 1.0 if better == "higher" else -1.0
        self._common = common
        self._macro = macro
        self._next = 0
        self._origin = np.zeros(alternatives)
        self._sum = np.zeros(alternatives)
        self._squares = np.zeros(alternatives)

    @property
    def replications(self) -> tuple[int, ...]:
        """Replications of every alternative so far [1]."""
        return tuple((self.observations * self._macro).tolist())

    @property
    def means(self) -> Array:
        """Mean of every alternative, larger better [unit of the response, or its negative]."""
        mean: Array = self._origin + self._sum / np.maximum(self.observations, 1)
        return mean

    @property
    def variances(self) -> Array:
        """Sample variance of the observations of every alternative [unit squared]."""
        n = self.observations
        centred = self._squares - np.square(self._sum) / np.maximum(n, 1)
        variance: Array = np.maximum(centred, 0.0) / np.maximum(n - 1, 1)
        return variance

    @property
    def shown_means(self) -> tuple[float, ...]:
        """Mean of every alternative as it was measured [unit of the response]."""
        return tuple((self._sign * self.means + 0.0).tolist())

    def more(self, who: Sequence[int], number: int) -> Array:
        """Take the next observations of some alternatives, which had equally many so far.

        Parameters
        ----------
        who : sequence of int
            Alternatives, each once.
        number : int
            [1] -- observations of each, at least 1.

        Returns
        -------
        array of float, shape (len(who), number)
            [unit of the response, or its negative] -- larger is better.

        Raises
        ------
        InputError
            If a value is missing or infinite: what failed is not like what did not fail, so leaving it out could make
            a bad alternative look good, and no procedure's guarantee would hold.
        """
        index = np.asarray(who, dtype=np.intp)
        if self._common:
            seen = int(self.observations[index[0]])
            assert (self.observations[index] == seen).all(), "alternatives with different histories in one request"
            values = self._asked(who, seen * self._macro, number)
        else:
            values = np.empty((len(index), number))
            for row, one in enumerate(who):
                values[row] = self._asked([one], self._next, number)[0]
                self._next += number * self._macro
        new = self.observations[index] == 0
        if new.any():  # Sums are kept around a value of the alternative's own, so that they keep their digits.
            self._origin[index[new]] = values[new].mean(axis=1)
        offsets = values - self._origin[index, None]
        self._sum[index] += offsets.sum(axis=1)
        self._squares[index] += np.square(offsets).sum(axis=1)
        self.observations[index] += number
        return values

    def _asked(self, who: Sequence[int], first: int, number: int) -> Array:
        end = first + number * self._macro
        values = np.asarray(self._sample(who, first, end), dtype=np.float64)
        if values.shape != (len(who), end - first):
            raise ValueError(f"the sample gave shape {values.shape}, must be {(len(who), end - first)}")
        if not np.isfinite(values).all():
            row, column = np.argwhere(~np.isfinite(values))[0]
            raise InputError(
                f"selection, alternative {who[row]}, replication {first + column}: got no finite value, must be a "
                "number in every replication. Select by a metric that always applies, and mend runs that fail."
            )
        means: Array = values.reshape(len(who), number, self._macro).mean(axis=2)
        return self._sign * means
