"""The page on comparison and selection, written from what was measured."""
# ruff: noqa: E501 - the page's text is wrapped as it reads when filled in, not as it stands here.

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.validate.selection_measures import Measured, Together
from benchmarks.validate.selection_published import BONFERRONI, FAILING, MONOTONE, OCBA_DEMO, SHARP, SLIPPAGE
from experiments.analysis.selection.critical_values import kn_h2, rinott_h

ENOUGH, TIMES = 3000, 10
"""The mark: runs that Rinott's procedure needs at least, and how many times fewer KN must need."""


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    hard: list[tuple[int, float, Measured]]
    sharp: dict[float, Measured]
    special: list[tuple[str, Measured]]
    stores: list[Measured]
    budgets: list[tuple[int, Measured]]
    mark: list[tuple[str, int, float, Measured]]
    together: list[tuple[str, Together]]


BEYOND = ("tail", "left")
"""Cases that no promise covers: responses far from normal."""


def wrong(found: Found) -> list[str]:
    """Say what is not as promised or as measured elsewhere."""
    promised = [row for _, _, row in found.hard] + list(found.sharp.values()) + found.stores
    promised += [row for kind, row in found.special if kind not in BEYOND] + [row for *_, row in found.mark]
    missed = [f"{one.problem}, {one.procedure}: right in {one.probability:.3f}" for one in promised if not one.kept]
    known = [(row, SLIPPAGE[k, rho]) for k, rho, row in found.hard if row.procedure == "KN"]
    known += [(row, SHARP[gap]) for gap, row in found.sharp.items()]
    known += [(row, MONOTONE) for kind, row in found.special if kind == "monotone"]
    known += [(row, FAILING[1:]) for kind, row in found.special if kind == "failing"]
    for row, (probability, runs) in known:
        # 4 standard errors here, and as many of at least 20,000 experiments elsewhere; 3 % of the runs.
        if probability is not None:
            error = math.sqrt(probability * (1 - probability))
            if abs(row.probability - probability) > 4 * error * (row.experiments**-0.5 + 20_000**-0.5):
                missed.append(f"{row.problem}, KN: right in {row.probability:.4f}, elsewhere {probability}")
        if abs(row.mean_runs - runs) > 5 * row.se_runs + 0.03 * runs:
            missed.append(f"{row.problem}, KN: {row.mean_runs:.1f} runs, elsewhere {runs}")
    for budget, row in found.budgets:
        if row.problem.startswith("N(") and row.procedure in {"OCBA", "equal shares"}:
            published = OCBA_DEMO[budget][row.procedure != "OCBA"]
            error = math.sqrt(published * (1 - published))
            elsewhere = 3000**-0.5 if row.procedure == "OCBA" else 0.0
            if abs(row.probability - published) > 4 * error * (row.experiments**-0.5 + elsewhere) + 5e-4:
                missed.append(f"budget {budget}, {row.procedure}: {row.probability:.3f}, elsewhere {published}")
    for world, first, rho, row in found.mark:
        yardstick = rinott_of(found, world, first)
        if yardstick.median_runs < ENOUGH and world == "spread":
            missed.append(f"sixteen, n0 {first}: Rinott needs only {yardstick.median_runs:.0f} runs")
        if (world, first, rho) == ("spread", 10, 0.9) and yardstick.median_runs < TIMES * row.median_runs:
            missed.append(f"sixteen: only {yardstick.median_runs / row.median_runs:.1f} times fewer runs")
    for _, one in found.together:
        covered = one.noise.startswith("normal") and not (one.method == "spherical" and "10 times" in one.noise)
        if covered and one.coverage + 3 * one.error < one.confidence:
            missed.append(f"{one.noise}, n {one.n}, {one.method}: together {one.coverage:.3f}")
    return missed


def rinott_of(found: Found, world: str, first: int) -> Measured:
    return next(row for w, n0, rho, row in found.mark if (w, n0) == (world, first) and rho < 0)


def rows(head: str, align: str, lines: Iterable[str]) -> str:
    """Return a Markdown table."""
    return "\n".join((f"| {head} |", f"|{align}|", *(f"| {line} |" for line in lines)))


def right(row: Measured) -> str:
    low, high = row.interval
    return f"{row.probability:.4f} ({low:.4f} to {high:.4f})"


def runs(row: Measured) -> str:
    return f"{row.mean_runs:,.1f}" if row.mean_runs < 1000 else f"{row.mean_runs:,.0f}"


def page(found: Found, minutes: float, day: dt.date, seed: int) -> str:
    """Return the dated page as Markdown."""
    missed = wrong(found)
    verdict = (
        "Every promise is kept, and every known number is found again."
        if not missed
        else f"**Not as it should be:** {'; '.join(missed)}."
    )
    mark = next(row for world, first, rho, row in found.mark if (world, first, rho) == ("spread", 10, 0.9))
    yard = rinott_of(found, "spread", 10)
    failing = next(row for kind, row in found.special if kind == "failing")
    return f"""# Comparison and selection: which one, and how sure

Written by `python -m benchmarks.validate.selection` on {day:%Y-%m-%d}, seed {seed}; {minutes:.0f} minutes of one processor. {verdict}

The alternative with the best mean over some replications is not the best alternative: with sixteen that hardly differ it is mostly the luckiest.
Here is what may be claimed, and how often it was right when the truth was known.

## Which procedure when

| question | procedure | what it promises | code |
|---|---|---|---|
| Is each policy better or worse than today? | paired differences, Bonferroni | all intervals together contain the truth with the confidence | `comparison.py` |
| Which policies may be the best, given the runs that there are? | multiple comparisons with the best | the best is among those not excluded, and no other misses it by more than its interval says, with the confidence | `with_the_best.py` |
| Which is the best? Runs can be added | **KN** on common random numbers | the one selected is the best with the confidence, if the best is better by the indifference | `selection/kn.py` |
| The same, but the alternatives cannot share random numbers | NSGS; KN with `common=False` | the same; NSGS: also one within the indifference of the best if there are such | `selection/rinott.py` |
| The same, in two steps that can be planned ahead | Rinott | the same as NSGS | `selection/rinott.py` |
| There is time for so many runs. What is the best use of them? | OCBA | nothing; it estimates how probable it is that it is right | `selection/ocba.py` |
| How would a bettor put the money? | posterior probability of being the best | nothing | `probability_best.py` |

**Indifference** is the smallest difference that matters to whoever decides, in the unit of the response. Runs grow with its inverse
square, so it is not to be chosen smaller than it need be. **Confidence** counts selections: of a hundred such studies, ninety-five are right at 95 %.

What none of it allows: to state the mean of the selected alternative from the replications that selected it. It was chosen *because* it came out
well. Fresh replications give an honest interval.

What is refused: a replication without a value stops a selection with an error that names it. A run that fails is not like the others, so leaving it out
could make a bad alternative look good. A comparison leaves out the pair and reports how many pairs were left. If the cap comes first, the answer is "not decided", with
no best. Alternatives that do exactly the same (a policy without effect on common random numbers) are reported as tied.

## Formulas

k alternatives, larger is better, confidence 1 - alpha, indifference d, first stage n0.

- **Against today.** Each paired interval (Student's t, for differences safer than Willink's, see below) has confidence 1 - alpha / (k - 1) (Bonferroni); several
  responses share alpha, too. A difference that is the same in all n pairs counts only if 2^(1 - n) is at most the error of the interval.
- **With the best** (Hsu 1984). i may be the best if mean_i - mean_l + W_il >= 0 for all l. W_il is the one-sided paired interval with error alpha / (k - 1) of
  that pair (Edwards & Hsu 1983): nothing is assumed of variances. Also there: one W for all from T(alpha; k - 1, (k - 1)(n - 1), 1/2) under sphericity (Nelson & Matejcik 1995), and Hsu's for independent alternatives.
- **What common random numbers saved.** (var X + var Y) / var(X - Y): so many times the replications with independent seeds. Below 1 they did harm, and the report says so.
- **KN** (Kim & Nelson 2001, c = 1). eta = ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2, h^2 = 2 eta (n0 - 1). After r observations i is out if mean_i < mean_l - max(0, d / (2 r) (h^2 S_il^2 / d^2 - r)) for some l; S_il^2 is the
  first-stage variance of the *difference* of i and l, which is why common random numbers pay. h^2 at 95 %: {kn_h2(5, 10, 0.95):.4f} (k 5, n0 10), {kn_h2(16, 10, 0.95):.4f} (16, 10), {kn_h2(16, 20, 0.95):.4f} (16, 20).
- **Rinott** (1978). N_i = max(n0, ceil(h^2 S_i^2 / d^2)); h solves an integral by quadrature: {rinott_h(5, 0.95, 20):.3f} (k 5, n0 20, 95 %), {rinott_h(16, 0.95, 10):.3f} (16, 10), {rinott_h(16, 0.95, 20):.3f} (16, 20).
- **NSGS** (Nelson, Swann, Goldsman & Song 2001). Half of alpha for screening after the first stage with allowances max(0, t sqrt((S_i^2 + S_l^2) / n0) - d), half for Rinott among the survivors.
- **OCBA** (Chen, Lin, Yücesan & Chick 2000). With gaps d_i to the best mean b: N_i proportional to (S_i / d_i)^2, N_b = S_b sqrt(sum N_i^2 / S_i^2); probability at least 1 - sum Phi(-d_i / sqrt(S_b^2 / N_b + S_i^2 / N_i)) if the estimates were true.

All constants are computed, not tabulated, and tested to the last digit against the tables of Law (*Simulation Modeling and Analysis*, 10.9 and 10.11), Bechhofer, Dunnett, Rinott and Kim & Nelson.

## The hardest cases that are promised

All alternatives equal but one, which is better by exactly the indifference: 1 / sqrt(10) of the deviation, n0 = 10, 95 %. rho is the correlation that
common random numbers bring. In brackets the 95 % interval of the measured probability (Clopper and Pearson); "elsewhere": our own earlier simulation with other code.

{_hard(found)}

A correlation of one half saves half of the runs. The larger k, the more cautious is Bonferroni's bound. Rinott's procedure for two is exactly as sure as it
promises (but for the rounding of N), so what is measured lies on either side of 0.95: there, and for KN below, a promise counts as refuted if the whole interval is below it.

For two alternatives KN's bound becomes exact as the gap becomes small beside the deviation; a mistake in a constant or an allowance would show here (blocks of 5 at 0.1 and of 10 at 0.05, which add a few runs):

{_sharp(found)}

## Special cases

{_special(found)}

The second row is the case on which the best known Python library that offers KN was measured at {FAILING[0]:.3f}, as it takes the variance of the wrong pairs; right ones give {failing.probability:.3f}.
Blocks cost some runs more (most where few are needed) and ask less often. Responses far from normal are *not* covered by the promise: above, exponential (skewness 2) and its mirror image, to be
compared with 0.95; means of several replications as one observation make them more normal, at the price of a larger first stage.

**Five (s, S) inventory policies** (Koenig & Law 1985; expected cost a period 114.176, 112.742, 130.550, 130.699, 147.382, exactly reproduced by a Markov chain), indifference 1, n0 = 20, 95 %. The responses are not normal.

{_stores(found)}

KN needs at least k n0 = 100 runs. The two that compete here, (20, 40) and (20, 80), order on different days: common demand brings a correlation of only about 0.5,
and saves a third of the runs.

## A fixed budget

Ten alternatives with expectations 1 to 10 and deviation 6, lowest best, 20 replications first, 50 handed out between two looks:

{_budgets(found)}

The estimated probability is a bound with estimates put for truths: it tends to be too low, and is worth nothing as a promise. To spread a tenth evenly protects against an unlucky first stage
and costs little. The shares are derived for independent alternatives; common random numbers help the selection, not the shares.

## Sixteen alternatives, KN on common random numbers against Rinott on independent seeds

Deviation 1, 95 %, the same indifference and n0. *Spread*: the second best is worse by 1/3, the others by 1/6 more each. *Slippage*: all worse by the indifference. Indifference 1/3 with n0 = 10, 1/4 with n0 = 20. Medians of runs over {mark.experiments:,} worlds.

{_mark(found)}

The mark: with n0 = 10 and a correlation of 0.9, spread: {yard.median_runs:,.0f} runs against {mark.median_runs:,.0f}, **{yard.median_runs / mark.median_runs:.1f} times fewer**. How strongly the policies
of a real scenario are correlated decides (`common_numbers.py` reports it): at 0.5 the factor is below ten, in the slippage configuration it takes more than 0.8. KN cannot need fewer than k n0 runs, 160 or 320 here, which is
what it comes to from a correlation of 0.9 on: then a smaller n0 saves more, or the same runs allow a smaller indifference.

## Intervals that hold together

Five alternatives, 95 %; how often *all* intervals of a table contained the truth. Bonferroni's against the first (elsewhere {BONFERRONI} with Student's t), and with the best of the others, where the last column says how often the best
was among those not excluded.

{_together(found)}

Sphericity is an assumption that policies break: where one alternative has ten times the deviation of the others, the one allowance for all is too short for its pairs, and the best is
excluded too often; for the other pairs it is absurdly long. Hence *pairwise* is the default.

Willink's interval, the default for one mean, is here no better than Student's: differences of policies on the same luck are less skewed than the responses, each interval has to
be right in 98.75 % of the cases, and so far out the correction by an estimated skewness is noisy. With 10 replications it falls almost a point short of what is promised for normal responses and two for skewed ones, from 30 on it is
within 1.5 points everywhere. Do not compare with fewer than 30 replications, or choose `method="t"`.

## Where it falls short

- All these promises rest on normal responses. Means over a year of thousands of orders are close to it; a count of rare events in ten replications is not. Take a larger n0, or means of several replications (`macro`).
- KN promises a *correct* selection if the best is better by the indifference. If several are closer than that, it selects one of them or a near one in practice, but Kim and Nelson prove nothing; NSGS and Rinott do.
- Twenty-five alternatives were the most that were tried. For thousands (buffer allocations, say) the matrix of all pairs and one look after each replication become slow; procedures for that are not here.
- The posterior probability of being the best is not judged: it is no promise.
- A selection is one promise for one response. Selecting for three responses with 95 % each is right in all three with only 85 %.
"""


def _hard(found: Found) -> str:
    lines = []
    for k, rho, row in found.hard:
        known, total = SLIPPAGE[k, rho] if row.procedure == "KN" else (None, None)
        lines.append(
            f"{row.procedure} | {k} | {rho:g} | {right(row)} | {known or ''} | {runs(row)} | {total or ''} | {row.experiments:,}"
        )
    head = "procedure | k | rho | right | elsewhere | mean runs | elsewhere | experiments"
    return rows(head, "---|---:|---:|---|---:|---:|---:|---:", lines)


def _sharp(found: Found) -> str:
    lines = (
        f"{gap:g} | {right(row)} | {SHARP[gap][0]} | {runs(row)} | {SHARP[gap][1]:,} | {row.experiments:,}"
        for gap, row in found.sharp.items()
    )
    return rows(
        "gap / deviation | right | elsewhere | mean runs | elsewhere | experiments",
        "---:|---|---:|---:|---:|---:",
        lines,
    )


_CASES = {
    "monotone": "k 10, each worse by the gap than the one before",
    "failing": "k 5, deviations 3, 0.2, 0.2, 0.2, 0.2, the last better by 0.5",
    "independent": "slippage, k 10",
    "block": "slippage, k 10",
    "two": "slippage, k 2",
    "macro": "slippage, k 10",
    "tail": "slippage by 0.2, k 5, exponential",
    "left": "slippage by 0.2, k 5, exponential to the left",
}


def _special(found: Found) -> str:
    known = {"monotone": MONOTONE, "failing": FAILING[1:]}
    lines = (
        f"{_CASES[kind]} | {row.procedure} | {right(row)} | {known[kind][0] if kind in known else ''} | {runs(row)} | "
        f"{known[kind][1] if kind in known else ''} | {row.experiments:,}"
        for kind, row in found.special
    )
    return rows(
        "case | procedure | right | elsewhere | mean runs | elsewhere | experiments",
        "---|---|---|---:|---:|---:|---:",
        lines,
    )


def _stores(found: Found) -> str:
    lines = (
        f"{row.problem} | {row.procedure} | {right(row)} | {runs(row)} | {row.experiments:,}" for row in found.stores
    )
    return rows("problem | procedure | right | mean runs | experiments", "---|---|---|---:|---:", lines)


def _budgets(found: Found) -> str:
    lines = []
    for budget, row in found.budgets:
        elsewhere = ""
        if row.problem.startswith("N(") and row.procedure in {"OCBA", "equal shares"}:
            elsewhere = f"{OCBA_DEMO[budget][row.procedure != 'OCBA']:.3f}"
        estimated = "" if row.estimated is None else f"{row.estimated:.3f}"
        lines.append(
            f"{budget:,} | {row.problem} | {row.procedure} | {right(row)} | {elsewhere} | {estimated} | {row.experiments:,}"
        )
    head = "budget | problem | procedure | right | elsewhere, or exactly | estimated by itself | experiments"
    return rows(head, "---:|---|---|---|---:|---:|---:", lines)


def _mark(found: Found) -> str:
    lines = []
    for world, first, rho, row in found.mark:
        yard = rinott_of(found, world, first)
        times = "" if rho < 0 else f"{yard.median_runs / row.median_runs:.1f}"
        lines.append(
            f"{world} | {first} | {row.procedure} | {'independent' if rho < 0 else f'{rho:g}'} | {right(row)} | "
            f"{row.median_runs:,.0f} | {times}"
        )
    head = "expectations | n0 | procedure | rho | right | median runs | times fewer"
    return rows(head, "---|---:|---|---|---|---:|---:", lines)


def _together(found: Found) -> str:
    lines = (
        f"{kind} | {one.noise} | {one.n} | {one.method} | {one.coverage:.3f} ± {one.error:.3f} | {one.length:.3f} | "
        f"{'' if one.kept_best is None else f'{one.kept_best / one.experiments:.3f}'}"
        for kind, one in found.together
    )
    head = "against | responses | n | method | all hold | mean length | best kept"
    return rows(head, "---|---|---:|---|---|---:|---:", lines)
