"""The page on sensitivity, written from what was measured: one text, so longer than other modules."""
# ruff: noqa: E501 - the page's text is wrapped as it reads when filled in, not as it stands here.

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.validate.sensitivity_measures import Row

EARLIER = {"S 1": 0.203, "S 2": 0.286, "S 3": 0.003, "ST 1": 0.714, "ST 2": 0.631, "ST 3": 0.506}
"""Plain indices of Ishigami's function with luck of half its variance, N = 4096, measured once with SALib."""
LUCK = 0.5
"""[1] -- variance of luck over that of the function."""
TOLERANCE = 0.02
LEAST_COVERAGE = 0.90


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    plain: list[Row]
    corrected: list[Row]
    common: dict[int, list[Row]]
    g: list[Row]
    morris: dict[tuple[int, int, str], list[Row]]
    own_function: list[tuple[str, float, float, float]]
    together: list[Row]
    conclusions: dict[tuple[str, int, float, float], list[Row]]


def theory(row: Row) -> float:
    """Return what plain estimation gives on average: luck is in the denominator, and of totals in the numerator."""
    return (row.truth + (LUCK if row.what.startswith("ST") else 0)) / (1 + LUCK)


def wrong(found: Found) -> list[str]:
    """Say what is not as exact values and promises have it."""
    missed = [
        f"Ishigami plain, {r.what}: {r.mean:.3f}, theory {theory(r):.3f}"
        for r in found.plain
        if abs(r.mean - theory(r)) > TOLERANCE
    ]
    for name, rows in (("Ishigami", found.corrected), ("g", found.g)):
        missed += [
            f"{name}, {r.what}: {r.mean:.3f}, exact {r.truth:.3f}" for r in rows if abs(r.mean - r.truth) > TOLERANCE
        ]
        missed += [f"{name}, {r.what}: interval right in {r.coverage:.3f}" for r in rows if r.coverage < LEAST_COVERAGE]
    missed += [
        f"{r.what}: {r.coverage:.3f}" for r in found.together if "p below" not in r.what and r.coverage < LEAST_COVERAGE
    ]
    missed += [
        f"{name}: mu* {ours:.2f}, otherwise {other:.2f}"
        for name, ours, other, error in found.own_function
        if abs(ours - other) > 4 * error
    ]
    normal = found.conclusions["normal", 5, 1.0, 0.0][0]
    if normal.coverage < LEAST_COVERAGE or abs(normal.mean - normal.truth) > TOLERANCE:
        missed.append(
            f"share, normal: {normal.mean:.3f}, truth {normal.truth:.3f}, interval right in {normal.coverage:.3f}"
        )
    return missed


def table(heads: str, rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is text."""
    names = heads.split(" | ")
    lines = [f"| {heads} |", "|---|" + "---:|" * (len(names) - 1), *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def _n(value: float, places: int = 3) -> str:
    return "" if math.isnan(value) else f"{value:.{places}f}"


def page(found: Found, minutes: float, day: dt.date, seed: int) -> str:
    """Return the dated page as Markdown."""
    missed = wrong(found)
    verdict = (
        "Measures agree with exact values; what does not is at the [end](#where-it-falls-short)."
        if not missed
        else f"**Not as it should be:** {'; '.join(missed)}."
    )
    repetitions = found.corrected[0].repetitions
    return f"""# Sensitivity: what drives a result, and how much of it rests on assumptions

Written by `python -m benchmarks.validate.sensitivity` on {day:%Y-%m-%d}, seed {seed}; {minutes:.0f} minutes. {verdict}

## Which method answers which question

| question | method | runs for k factors | code in `experiments/analysis/sensitivity/` |
|---|---|---|---|
| How far does the result move if one number is other than it is? | tornado: one at a time, paired changes, Bonferroni | (2 k + 1) n | `tornado.py` |
| Which of many factors matter at all? | Morris: mu* (how much), sigma (bends or acts together with others) | r (k + 1) n, r = 20 to 50 | `trajectories.py`, `morris.py` |
| Which few policies act, and which of them help or hinder each other? | main effects and two-way interactions of a two-level design | 2^k n or a fraction | `effects.py` |
| The same with more than two levels; is there a best level in the middle? | analysis of variance with polynomial trends | all combinations x n | `levels.py` |
| Which share of the uncertainty is whose? | Sobol' indices, freed of luck | N (k + 2) n, N = 512 to 4096 | `sobol_design.py`, `sobol_indices.py` |
| How much of a conclusion rests on assumptions? | all grade-D parameters together, policy against today in each sample | 2 m n, m at least 3 k + 20 | `ranges.py`, `conclusion.py`, `drivers.py`, `sentence.py` |

n is the number of replications. One at a time is cheap and blind to interactions; a conclusion about assumptions needs them varied together.
A share of variance is about the ranges that were chosen: wide ranges make important factors.

## On the command line

```console
relevo sensitivity shared_standards_x_cross_training
relevo sensitivity robust_demand --method morris
relevo sensitivity levante --assumptions --policy shared_standards --out results/assumptions
```

`relevo sensitivity PLAN --method tornado|morris|sobol|effects|levels` takes the factors of a plan and runs its points on common random numbers; `effects` and `levels` use the plan's own
design and replications, the others make their points from the factors' ranges or levels (and pay no heed to its constraints). It prints the table of the method and one sentence that
follows from it: which factors are shown to move the response, which most, and which are not shown to. Intervals of tornado, effects and levels hold together (Bonferroni); those of Morris
and Sobol' each by itself.

| method | a factor | points | replications if not given | `--samples` if not given |
|---|---|---|---|---|
| tornado | range, or levels: from the lowest to the highest; what is today's is no end | today and each end | 10 to 60 | - |
| morris | range, or levels in their order | trajectories | 3 to 60 | 20 trajectories |
| sobol | range, or levels, all alike in weight | the two samples and their mixtures | 5 to 60 | 64 to 512, a power of two |
| effects | two settings in the design | the plan's | the plan's | - |
| levels | levels, balanced in the design | the plan's | the plan's | - |

What nobody asked for is chosen so that a plan on the shipped company takes about two minutes on two processors at most: 6,000 runs where only policies vary, since these share their
warm-up, else 2,000. Points that are the same are run once: a plan whose factors have levels has few, and gets more replications. How many runs there are is said before they begin.

`--assumptions` takes a scenario: all its grade-D numbers are varied together by a Latin hypercube over the [ranges](#ranges-of-assumptions), three samples for each and 20, five
replications; in every sample today and the policy share their luck. For the shipped company these are 74 numbers, 242 samples and 2,480 runs: a minute and a half on two free processors.
The scenario's own values get 30 replications. Several policies share today's runs.

`--out` keeps the tables with the values of every run, a page of columns and a manifest; `--json` prints all of it but the runs. Exit codes: 0; 1 if runs failed, which is said with the
reason of the first; 2 where a method does not suit the factors, before anything is run; 130 after Ctrl-C, with nothing printed, since what is finished is not enough.

## Luck is not a factor

Let y_j be a run in replication j. Products of *different* replications, <x, y> = mean over j != k of x_j y_k, have no bias by luck, because replications are independent
of one another, whether or not the points of a replication share their random numbers. All measures below are made of them:

* Sobol' (Saltelli et al. 2010; Jansen 1999), with blocks A, B and A_B(i), D = A_B(i) - A, and c the mean: V = <A - c, A - c>, T_i = mean <D, D> / 2 V, S_i = mean <B - c, D> / V. With independent luck this is
  the correction [½ mean (f(A) - f(A_B(i)))² - s²/n] / (var - s²/n).
* Morris (1991; Campolongo et al. 2007): sigma² = S² of the trajectories' means - MS / n; mu* takes the sign of an effect from the other replications.
* Analysis of variance: the squared coefficients of a term over the variance between points.
* Drivers of a conclusion: squared standardised regression coefficients less what lack of fit gives to any factor.

Estimates that come out negative are shown so. Replications needed: two for a value; with common random numbers three for an interval of a Sobol' index, ten for a good one.

### Ishigami's function with luck of half its variance

N = 1024, {
        repetitions
    } repetitions. *Plain* is what tools give that know of no luck (one replication); theory: (ST V + s²) / (V + s²). *Earlier* was measured elsewhere, once, with N = 4096.
Corrected: two replications, independent.

{
        table(
            "index | exact | plain: theory | earlier | here | corrected | deviation | 95 % interval right",
            [
                [
                    c.what,
                    _n(c.truth),
                    _n(theory(p)),
                    _n(EARLIER[p.what]),
                    _n(p.mean),
                    f"**{_n(c.mean)}**",
                    _n(c.deviation),
                    _n(c.coverage),
                ]
                for p, c in zip(found.plain, found.corrected, strict=True)
            ],
        )
    }

With common random numbers as Relevo's runner has them (luck a smooth function of the point, another in each replication, a third of its variance shared by all points), corrected:

{
        table(
            "index | exact | " + " | ".join(f"n = {n}: mean | deviation | interval right" for n in found.common),
            [
                [
                    rows[0].what,
                    _n(rows[0].truth),
                    *(x for r in rows for x in (_n(r.mean), _n(r.deviation), _n(r.coverage))),
                ]
                for rows in zip(*found.common.values(), strict=True)
            ],
        )
    }

Common luck does not average out over N: only more replications help. Sobol's g function, a = 0, 1, 4.5, 9, 99, 99, two independent replications:

{
        table(
            "index | exact | mean | deviation | interval right",
            [[r.what, _n(r.truth), _n(r.mean), _n(r.deviation), _n(r.coverage)] for r in found.g],
        )
    }

Intervals are percentile bootstraps over samples; with common random numbers a jackknife over replications is added in squares. Sobol' points are more even than random ones, so intervals of
large indices are rather too long.

## Morris

Elementary effects are per whole range. Sobol's g on the grid of four settings, exact by enumeration; luck has deviation 0.5, as much as the third factor's mu*.

{_morris(found)}

The corrected mu* of a factor without effect is zero on average; the plain one is not. Where luck hides the sign of an effect the corrected mu* is too small, by at most a third of
the standard error of one effect (the plain one is too large by up to four fifths of it). Intervals of mu and mu* count trajectories and replications as samples (two-way variance, Satterthwaite); those of sigma² come from a
bootstrap over trajectories.

Morris' own function (20 factors, ten of them active; his coefficients for the inactive ones are random, ours alternate), {
        len(found.own_function)
    } factors, many trajectories against single steps from random points:

{
        table(
            "factor | mu* by trajectories | by single steps | standard error of the difference",
            [[name, _n(a, 2), _n(b, 2), _n(e, 2)] for name, a, b, e in found.own_function],
        )
    }

## Intervals that hold together

Thirty replications, skewed luck (exponential), common random numbers; how often at 95 %:

{table("what | share", [[r.what, _n(r.coverage)] for r in found.together])}

An effect is computed in each replication by itself and its interval is Willink's; the p-value of a term with several contrasts is Hotelling's.

## How much of a conclusion rests on assumptions

200 samples of a Latin hypercube with ten assumptions, of which three matter; n replications; luck of one run as a multiple of the deviation of the expected differences over samples, and luck that all samples
share. The *share* is that of samples in which the expected difference has the sign of the conclusion; *plain* counts signs of means.

{_conclusions(found)}

Shares of the variance by assumption, and drivers named that are none (5 % is what the confidence allows):

{_drivers(found)}

## Ranges of assumptions

A factor of two either way on the scale on which the number lives, within the registry's range. Shares: odds halved and doubled (50 %: 33 to 67 %). Gaps to an ideal and logarithms: halved and doubled. Plain numbers:
less and more by half. A share of 0 or 1 and a zero have no range and are listed with the reason. Departments and pairs with values of their own are factors of their own.

## Where it falls short

* Shares and ranges of a conclusion are freed of luck as if expected differences and luck were normal. Where they are skewed, or fall into groups, an end of the
  range at a sharp edge lies too far out by up to the deviation of the luck left in a sample's mean, and its interval misses it (rows *skewed* and *two groups*): more replications help, more samples do not.
* With common random numbers and two replications nobody can say how far shared luck moved all samples: the interval of the share may be 0 to 100 %. Take five or more.
* Drivers are linear (or monotone, on ranks). What is neither shows as the rest to 1 of `explained`.
* With fewer than three samples for each assumption, drivers are found one by one: rough, and the sentence says so where none can be told. 73 assumptions (Levante) want 220 samples.
* Assumptions are varied as if independent, evenly over ranges that are themselves an assumption. Grades of policies' own effects are not among them.
* Main effects from few runs contain interactions; what is in them is listed, not removed.
* No groups of factors, no second-order Sobol' indices, no metamodels or Shapley effects yet.
"""


def _morris(found: Found) -> str:
    heads, rows = ["measure", "exact"], []
    for r, n, luck in found.morris:
        heads += [f"r {r}, n {n}, {luck}", "interval right"]
    for rows_of in zip(*found.morris.values(), strict=True):
        first = rows_of[0]
        if first.what.startswith("mu x"):
            continue
        rows.append([first.what, _n(first.truth), *(x for row in rows_of for x in (_n(row.mean), _n(row.coverage)))])
    return table(" | ".join(heads), rows)


def _conclusions(found: Found) -> str:
    rows = []
    for (shape, n, ratio, common), of in found.conclusions.items():
        share, low, high, plain = of[:4]
        rows.append(
            [
                shape, str(n), f"{ratio:g}", f"{common:g}", _n(share.truth), _n(plain.mean), f"**{_n(share.mean)}**", _n(share.coverage),
                f"{_n(low.truth, 2)} to {_n(high.truth, 2)}", f"{_n(low.mean, 2)} to {_n(high.mean, 2)}", f"{_n(low.coverage, 2)}, {_n(high.coverage, 2)}",
            ]
        )  # fmt: skip
    return table(
        "shape | n | luck | shared | share: exact | plain | corrected | interval right | 90 % range: exact | found | intervals right",
        rows,
    )


def _drivers(found: Found) -> str:
    rows = []
    for (shape, n, ratio, common), of in found.conclusions.items():
        share, alarm, hit = of[4:7]
        rows.append(
            [
                shape,
                str(n),
                f"{ratio:g}",
                f"{common:g}",
                _n(share.truth),
                _n(share.mean),
                _n(share.coverage),
                _n(alarm.mean),
                _n(hit.mean),
            ]
        )
    return table(
        "shape | n | luck | shared | share of x1: exact | found | interval right | a driver where there is none | x1 found",
        rows,
    )
