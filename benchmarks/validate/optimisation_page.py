"""The page on optimisation, written from what was measured."""
# ruff: noqa: E501 - the page's text is wrapped as it reads when filled in, not as it stands here.

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from benchmarks.validate.optimisation_measures import Correct, Covered, Gap

KNOWN = {
    ("race, common", 4_000): 10.7,
    ("race, common", 20_000): 3.1,
    ("race, independent", 4_000): 17.6,
    ("random, common", 4_000): 26.6,
}
"""[%] -- gap on an earlier toy of the same kind, whose code is lost."""
LONGEST = 1.0
"""[ms] -- overhead per replication allowed."""
SURE = 3.0
"""Standard errors that a measured probability may be below what is promised."""


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    gaps: list[Gap]
    covered: Covered
    correct: list[Correct]


def wrong(found: Found) -> list[str]:
    """Say what is not as good as known or as promised."""
    missed = []
    for row in found.gaps:
        known = KNOWN.get((row.method, row.budget))
        if known is not None and row.method == "race, common" and row.mean > known:
            missed.append(f"{row.method}, {row.budget:,}: gap {row.mean:.1f} %, known {known} %")
        if row.overhead is not None and row.overhead > LONGEST:
            missed.append(f"{row.method}, {row.budget:,}: {row.overhead:.2f} ms per replication")
    least = 0.95 - SURE * math.sqrt(0.95 * 0.05 / found.covered.experiments)
    for name, share in (("against today", found.covered.both), ("of rivals", found.covered.rivals)):
        if share < least:
            missed.append(f"intervals {name}: {share:.3f}, nominal 0.95")
    if abs(found.covered.bias) > SURE * found.covered.error_of_bias:
        missed.append(f"bias of the final comparison: {found.covered.bias:.4f}")
    for one in found.correct:
        if one.selected < one.promised - SURE * math.sqrt(0.95 * 0.05 / one.experiments):
            missed.append(f"{one.what}, {one.points} points: {one.selected:.3f}, promised {one.promised}")
    return missed


def page(found: Found, minutes: float, day: dt.date, missed: list[str]) -> str:
    """Write the page."""
    verdict = "What is promised is kept." if not missed else "**Not as it should be:** " + "; ".join(missed) + "."
    by = {(row.method, row.budget): row for row in found.gaps}
    rows = "\n".join(
        f"| {row.method} | {row.budget:,} | {row.mean:.1f} ± {2 * row.error:.1f} | {_known(row)} "
        f"| {'' if row.overhead is None else f'{row.overhead:.2f} ms'} |"
        for row in found.gaps
    )
    factor = by["race, independent", 4_000].mean / by["race, common", 4_000].mean
    overhead = max(row.overhead or 0.0 for row in found.gaps)
    selections = "\n".join(
        f"| {one.what} | {one.points:,} | {one.promised:.2f} | {one.selected:.3f} | {one.experiments:,} | {one.passed:.0f} | {one.runs:,.0f} |"
        for one in found.correct
    )
    c = found.covered
    return f"""# The best mix under a budget

Written by `python -m benchmarks.validate.optimisation` on {day}; {minutes:.0f} minutes. {verdict}

Which policies, how fully, from when on, and which people where, so that customers leave least and the budget is kept?
There are too many combinations to try, each answer is noisy, and whoever looks at many noisy answers and takes the best
one is sure to take one that was lucky. So three questions are kept apart, with replications that are used once:

| part | question | replications | what is promised |
|---|---|---|---|
| search, or screening of all | what is worth a second look? | 0 to A | search: nothing. Screening: the best is kept |
| selection | which of the finalists is best? | A to B, fresh | probability of a correct selection |
| final comparison | what does it do against today? | B to C, fresh again | simultaneous intervals |

The selection must not use the search's replications: the finalists are finalists because they came out well there. The
final comparison must not use the selection's, for the same reason: the winner won because of them. Before replication B
the winner is fixed, so from there on it is one way of working against another, and a paired interval is as right as it
ever is. **The mean that the search has seen is never reported.**

## The search: `search`

Points are levels of factors. Limits are sums of what each factor takes, known without a simulation, so every point that
is simulated is feasible: one beyond a limit is *repaired*, a factor that is drawn among those that help steps one level towards today,
until it fits (`repair.py`).

1. **Start** (`starts.py`): 64 points: today; each factor alone at its affordable level farthest from today; a Latin hypercube, repaired. Then
   a knapsack: main effects by ridge regression on what was seen, beta = (X'X + r I)^-1 X'y, and the levels with the best sum within
   the limits (linear relaxation, repaired). A new one joins every generation.
2. **Children** (`variation.py`): 36 per generation from 12 elites: each factor (or group of factors, such as a policy and its
   start) from one of two parents; then another level, two factors exchange theirs, or a unit moves between factors of one kind; then repair.
3. **Race** (`race.py`): all on replications 1 to n, the better half of the children on 1 to 2n, and so on (successive halving). All on
   the same replications: var(X - Y) = var X + var Y - 2 cov(X, Y), and the luck common to both cancels. Elites keep their
   replications and go on collecting: the last comparison has max(12, 0.1 spent / 12) of them.
4. **End**: the budget of replications, never exceeded; or 20 generations without a better leader; or nothing new to try.

With several aims a race ranks by non-dominated sorting of cost and responses and by crowding distance. A point goes because of another that
costs no more, has no worse mean, and in one response leads by more than the half-width of the paired difference.
The same seed gives the same history; a larger budget goes on from it. All that was run is kept (`archive.py`).

**How good is it?** A made-up company with 30 whole numbers (12 policies, their starts, 6 departments), a budget, diminishing
returns, some interactions, common and own noise (`benchmarks/validate/optimisation_problem.py`). Gap: 100 (f - f*) / (f today - f*), f the
true mean of the search's leader, f* the best known (noise-free searches and climbing from their ends). 4 instances, {len(found.gaps[0].gaps) // 4} seeds
each; ± two standard errors over these runs. How the search goes about was tuned on these same instances, which flatters it:

| method | replications | gap [%] | earlier toy [%] | overhead per replication |
|---|---:|---:|---:|---:|
{rows}

"Earlier toy" is a problem with the same features whose code is not kept; its gaps may be defined in another way, so only the methods
in one column can be compared. Without common random numbers the gap at 4,000 is {factor:.1f} times as large. Random search takes
10 replications of each point. Overhead is the processor time of everything but the simulation; at most {overhead:.2f} ms.

## The decision: `choose`

At most about 20 finalists and today. **Selection** by KN (Kim & Nelson 2001): i stays while for all others l
mean_i >= mean_l - max(0, d / (2 r) (h² S_il² / d² - r)), with d the smallest difference that matters. Promise: if the best finalist is better than
the others by at least d, it is selected with probability at least the confidence. **Final comparison**: 100 fresh
replications of all of them; paired intervals of winner against today, each response with error alpha / m; and of all others against the
winner, each with alpha / (k - 1) (Bonferroni, so whatever the correlations). Who is not clearly worse "cannot be told apart". Each of the three
statements holds with the confidence, so all three together with at least 1 - 3 alpha.

**Is the interval right after all that searching?** Six factors with three levels, two responses, truth known; {c.experiments:,} times search, selection, comparison;
standard error of a coverage {100 * math.sqrt(0.05 * 0.95 / c.experiments):.1f} points:

| | nominal | measured |
|---|---:|---:|
| both responses against today, together | 0.95 | {c.both:.3f} |
| first response alone (each has 0.975) | 0.975 | {c.churn:.3f} |
| all other finalists against the winner, together | 0.95 | {c.rivals:.3f} |
| the search's own mean of its leader, were it reported | 0.95 | {c.in_search:.3f} |

Bias: final comparison {c.bias:+.4f} (standard error {c.error_of_bias:.4f}); the search's own mean {c.bias_in_search:+.3f}, which is {100 * c.bias_in_search / c.gain:.0f} % more
gain than there is ({c.gain:.2f}).

## Few possibilities: `all_feasible`, `choose_among_all`

Up to 2,000 feasible points nothing is searched. All run 20 replications; i stays if mean_i <= mean_l + max(0, t S_il / sqrt n - d) for all l, t at 1 - alpha / (2 (k - 1)):
the best goes with probability at most alpha / 2 (Nelson, Swann, Goldsman & Song 2001, with Bonferroni for common random numbers). KN
chooses among the others with fresh replications and the other alpha / 2. Then the final comparison.

Slippage: all others worse by exactly d, the hardest case; spread: each neighbour worse by d more. d = 0.5 sd, half of the variance common:

| means | points | promised | best selected | experiments | passed the screening | replications in all |
|---|---:|---:|---:|---:|---:|---:|
{selections}

Bonferroni and KN are both cautious, so more is kept than promised; the price is replications.

## Several aims: `final_front`

Candidates of a search with several aims and today run again on fresh replications. With p points and m responses the interval of each mean errs with alpha / (p m),
that of each difference from today with alpha / ((p - 1) m). A point leaves if another costs no more and is better in every response by at least the one-sided
half-width with error alpha / (p (p - 1) m); or both never differ and it costs more. So with probability at least 1 - alpha nobody leaves
wrongly; the front may still hold points that more replications would take out. (Two
that never differed in n replications may still differ in 3 / n of all: the rule of three.) `Front.rows` has what a chart needs.

## What it does not do

- The search promises nothing: something better may exist that it did not try.
- KN promises for normal responses. With very skewed ones give it a longer first stage (`first`).
- Limits on what is simulated (say, at most 5 % wait too long) are not handled; use several aims.

## Sources

Boesel, Nelson & Kim (2003), *Using ranking and selection to "clean up" after simulation optimization*. Deb, Pratap, Agarwal & Meyarivan (2002), NSGA-II.
Hoerl & Kennard (1970), ridge regression. Karnin, Koren & Somekh (2013) and Jamieson & Talwalkar (2016), successive halving. Kim & Nelson (2001), *A fully sequential
procedure for indifference-zone selection in simulation*. Laumanns, Thiele, Deb & Zitzler (2002), dominance with an allowance. Law, *Simulation Modeling and Analysis*, section 11.2. McKay, Beckman & Conover
(1979), Latin hypercubes. Nelson, Swann, Goldsman & Song (2001), *Simple procedures for selecting the best simulated system when the number of alternatives is large*.
Sinha & Zoltners (1979), *The multiple-choice knapsack problem*. Syswerda (1989), uniform crossover.
"""


def _known(row: Gap) -> str:
    known = KNOWN.get((row.method, row.budget))
    return "" if known is None else f"{known}"
