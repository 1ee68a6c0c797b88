"""The page on output analysis, written from what was measured."""
# ruff: noqa: E501 - the page's text is wrapped as it reads when filled in, not as it stands here.

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.validate.output_analysis_measures import Coverage, Cut
from experiments.analysis.mean_interval import DEFAULT_METHOD
from experiments.analysis.precision import LEAST_FIRST, Precision
from experiments.analysis.sample_sizes import fewest_replications, wilks
from experiments.analysis.targets import STOPPING_METHOD
from experiments.plan.targets import DEFAULT_REPLICATIONS

TOLERANCE = 0.01
DEFAULT_TOLERANCE = 0.02
MM1, PARTS = "M/M/1, first 25 delays", "reliability"
LAW = {  # Student's t at 90 %: coverage in the book (500 experiments); coverage and half-width / mean elsewhere.
    (MM1, 5): (0.880, 0.836, 0.670), (MM1, 10): (0.864, 0.860, 0.436),
    (MM1, 20): (0.886, 0.877, 0.301), (MM1, 40): (0.914, 0.888, 0.211),
    (PARTS, 5): (0.708, 0.712, 1.167), (PARTS, 10): (0.750, 0.757, 0.813),
    (PARTS, 20): (0.800, 0.800, 0.598), (PARTS, 40): (0.840, 0.833, 0.442),
}  # fmt: skip
STOPS = {  # Student's t at 90 %, first 10, one at a time: coverage and mean n.
    (MM1, 0.15): (0.887, 103), (MM1, 0.10): (0.896, 213), (MM1, 0.05): (0.900, 779),
    (PARTS, 0.15): (0.880, 526), (PARTS, 0.10): (0.894, 1108), (PARTS, 0.05): (0.892, 4103),
}  # fmt: skip
CUTS = {  # Bias and root mean square error before and after the cut; median cut.
    ("empty", "each single run"): (-0.09, -0.56, 1.90, 1.94, None),
    ("empty", "the average of 30 runs"): (-0.08, -0.05, 0.33, 0.34, None),
    ("112 jobs ahead", "each single run"): (5.70, -0.47, 6.88, 2.08, None),
    ("112 jobs ahead", "the average of 30 runs"): (5.72, -0.003, 5.75, 0.39, None),
    ("AR(1), phi 0.995, n 20,000, 100 below", "each single run"): (-1.000, -0.084, None, 1.469, 435),
    ("AR(1), phi 0.9, n 1,000, 100 below", "each single run"): (-1.000, -0.009, None, None, 35),
}  # fmt: skip


@dataclass(frozen=True)
class Stopped:
    """A stopping rule, judged."""

    problem: str
    method: str
    first: int
    block: int
    gamma: float
    coverage: float
    n: float


@dataclass(frozen=True)
class Found:
    """All that was measured."""

    coverage: list[Coverage]
    others: list[Coverage]
    tried: list[Coverage]
    stops: list[Stopped]
    quantiles: list[Coverage]
    cuts: list[Cut]


def wrong(found: Found) -> list[str]:
    """Say what is not as published or as promised."""
    missed = []
    for row in found.coverage:
        known = LAW.get((row.problem, int(row.n))) if (row.method, row.confidence) == ("t", 0.90) else None
        if known and (abs(row.coverage - known[1]) > TOLERANCE or abs(row.relative - known[2]) > TOLERANCE):
            missed.append(f"{row.problem}, n {row.n:g}: {row.coverage:.3f}, {row.relative:.3f}; known {known[1:]}")
        if (row.method, row.n) == (DEFAULT_METHOD, DEFAULT_REPLICATIONS) and off(row) > DEFAULT_TOLERANCE:
            missed.append(f"{row.problem}, the default at {_percent(row.confidence)}: {row.coverage:.3f}")
    for stop in found.stops:
        known_stop = STOPS.get((stop.problem, stop.gamma)) if stop.first < LEAST_FIRST else None
        if known_stop and (abs(stop.coverage - known_stop[0]) > TOLERANCE or abs(stop.n / known_stop[1] - 1) > 0.02):
            missed.append(f"{stop.problem}, gamma {stop.gamma:g}: {stop.coverage:.3f}, {stop.n:.0f}; {known_stop}")
    for cut in found.cuts:
        bias, after, raw_rmse, rmse, median = CUTS[cut.start, cut.on]
        sure = 4.5 / math.sqrt(cut.experiments)  # The known values are simulated, too.
        agrees = abs(cut.raw_bias - bias) <= sure * cut.raw_rmse and abs(cut.bias - after) <= sure * cut.rmse
        agrees &= all(k is None or abs(v / k - 1) <= 0.15 for v, k in ((cut.raw_rmse, raw_rmse), (cut.rmse, rmse)))
        if not agrees or (median and abs(cut.median_cut / median - 1) > 0.15):
            missed.append(f"warm-up, {cut.start}, {cut.on}: {cut.bias:.3f}, {cut.rmse:.3f}, cut {cut.median_cut:.0f}")
    return missed


def off(row: Coverage) -> float:
    return abs(row.coverage - row.confidence)


def _percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f} %"


def rows(head: str, align: str, lines: Iterable[str]) -> str:
    """Return a Markdown table."""
    return "\n".join((f"| {head} |", f"|{align}|", *(f"| {line} |" for line in lines)))


def pick(found: Found, problem: str, method: str, confidence: float, n: int) -> Coverage:
    """Return the one row that is meant."""
    wanted = (problem, method, confidence, n)
    return next(r for r in found.coverage if (r.problem, r.method, r.confidence, r.n) == wanted)


def page(found: Found, minutes: float, day: dt.date, seed: int) -> str:
    """Return the dated page as Markdown."""
    precision = Precision.__dataclass_fields__
    n = DEFAULT_REPLICATIONS
    missed = wrong(found)
    verdict = "Everything published is found again." if not missed else f"**Not as it should be:** {'; '.join(missed)}."
    experiments = found.coverage[0].experiments
    return f"""# Output analysis: how sure results are

Written by `python -m benchmarks.validate.output_analysis` on {day:%Y-%m-%d}, seed {seed}; {minutes:.0f} minutes. {verdict}

A result of a simulation is a mean over replications and an interval. An interval of 95 % that holds the truth in
{_percent(pick(found, PARTS, "t", 0.95, 20).coverage)} of experiments (Student's t below: reliability, n = 20) misleads. So every method here was tried on problems whose
truth is known.

## Which interval is used when

| question | method | code |
|---|---|---|
| What is the mean of a metric, one number per replication? | Willink's skewness-adjusted t; **{n} replications** unless told otherwise | `mean_interval.py`, `skewed.py` |
| Is one way of working better than another? | the same interval, of paired differences under common random numbers: differences can be as skewed as what they are differences of | `mean_interval.py` |
| What do the tables of `relevo simulate` show? | mean ± half-width of Student's t: one number fits into a table; read it with the coverage below in mind | `intervals.py` |
| How bad can a year become? A quantile over replications | two order statistics with exact binomial confidence; no interval, and the reason, with too few replications | `quantiles.py`, `sample_sizes.py` |
| How bad can it become for one customer? A quantile over customers | pooled quantile, interval by sectioning: customers of one replication are not independent | `quantiles.py` |
| How many replications? | a number, or until half-width / mean is at most gamma / (1 + gamma), first look at {LEAST_FIRST} | `precision.py`, `targets.py` |
| Where does the steady state begin? Only for questions about it | MSER-5 on the average over replications, the same cut for all responses; Welch's plot to see it | `warm_up.py` |

## The interval for a mean

Two problems of Law, *Simulation Modeling and Analysis*, tables 9.1 and 9.2. **M/M/1**: load 0.9, starting empty, mean
delay of the first 25 customers (expectation 2.124489). **Reliability**: life of one part in series with two in
parallel, Weibull with shape 0.5 (expectation 7/9): very skewed. {experiments:,} experiments a row; standard error of a coverage at most
{100 * max(row.error for row in found.coverage):.2f} points. "Elsewhere" are our own earlier simulations with other code; the book has 500 experiments.

Student's t at 90 %:

{_law(found)}

**The default at its default number of replications:** {_default(found)}.

Coverage at other numbers; **bold** within 2 points of nominal:

{_by_n(found)}

Why {n}: Willink's interval is within 2 points of 90 % on the reliability problem from about {_from(found, DEFAULT_METHOD)} replications on, there by
a hair; Student's from {_from(found, "t")}. At {n} it is longer than Student's by {_longer(found, MM1)} (M/M/1) and {_longer(found, PARTS)} (reliability), which is
what the truth costs. Without skewness both are the same. Willink's also errs on both sides: of the reliability
intervals at 95 % and {n} replications, {_share(found, "t", high=True)} (t) and {_share(found, "willink", high=True)} (Willink) lie wholly above the truth, {_share(found, "t", high=False)} and {_share(found, "willink", high=False)} below.

Others that were tried ({found.tried[0].experiments:,} experiments, 90 %, n = 50; Willink's has {_brief(found, "willink", 50)}) and are not better, though slower
and with luck of their own:

{rows("problem | interval | coverage | half-width / mean", "---|---|---:|---:", (f"{r.problem} | {r.method} | {r.coverage:.3f} | {r.relative:.3f}" for r in found.tried))}

**Where it falls short.** Other responses at 95 % ({found.others[0].experiments:,} experiments):

{_others(found)}

With a tail as heavy as that of the lognormal with cv 3 both intervals promise too much even at 1,000 replications: the
values that matter have not been seen. What happens in 1 of 50 replications is often seen in none of 100, and then
every interval for a mean has length zero; the rule of three says: its probability may still be 3 / n. Of zeros and
ones Willink's interval is rather too long than too short, if they are not rare.

## Replications until it is precise enough

Law 9.4.1: stop when half-width / |mean| is at most gamma / (1 + gamma); then the error is at most gamma of the truth.
Several targets share the error (Bonferroni). 90 %, one target; "known" is our earlier simulation of the same rule:

{_stops(found)}

The first look is at {LEAST_FIRST} at the earliest, then every {precision["block"].default} replications; at {precision["most"].default:,} (or what the plan says) it ends with *not
reached* and what it would probably take. The interval that stops is `{STOPPING_METHOD}`, the one that is shown: where few
replications are enough, Student's stops too early on skewed responses; where many are needed, it makes no difference.
Looking repeatedly costs up to about two points of coverage, most where it stops early (compare the fixed numbers
above). It is not corrected for: ask for a smaller gamma.

## Quantiles

Over replications the confidence is exact, whatever the distribution. Replications needed at 95 %:

{rows("quantile or share | an interval for the quantile | largest value is a bound | smallest and largest hold the share", "---|---:|---:|---:", (f"{100 * p:g} % | {fewest_replications(p)} | {wilks(p, sides=1)} | {wilks(p, sides=2)}" for p in (0.5, 0.75, 0.9, 0.95, 0.99)))}

The last two columns are Wilks' (1941).

Over customers: 95 % quantile of the wait in M/M/1 (load 0.9, steady state, exactly 28.9037), 10,000 customers per
replication, sectioning at 95 %, {found.quantiles[0].experiments:,} experiments:

{rows("replications | coverage | too high | half-width / quantile", "---:|---:|---:|---:", (f"{r.n:g} | {r.coverage:.3f} ± {r.error:.3f} | {r.too_high:.3f} | {r.relative:.3f}" for r in found.quantiles))}

Ten replications are too few for it, thirty are enough.

## Warm-up

M/M/1 at load 0.9, waits of 10,000 customers (9.0 in the steady state), and first-order autoregressive series around 100
that start at 0. Bias and root mean square error (RMSE) of the mean before and after MSER-5's cut, known values in brackets:

{_cuts(found)}

On a single run the cut follows the path: what happens to be high at the beginning is deleted, what happens to be low
is kept, and the mean of what is left is too low. So it is applied to the average over replications. The cut is flagged when it is the last one allowed
(half of the run) or the series has fewer than 20 batches of 5. It was flagged in {_flagged(found)} of the rows above.
A warm-up that is deleted from an M/M/1 that starts empty gains nothing: the bias is small beside the noise. One that starts far too
full gains a lot. A question about a company's first year has no warm-up at all.
"""


def _law(found: Found) -> str:
    return rows(
        "problem | n | coverage in the book | elsewhere | here | half-width / mean elsewhere | here",
        "---|---:|---:|---:|---:|---:|---:",
        (
            f"{name} | {n} | {book:.3f} | {known:.3f} | {(r := pick(found, name, 't', 0.90, n)).coverage:.3f} | {width:.3f} | {r.relative:.3f}"
            for (name, n), (book, known, width) in LAW.items()
        ),
    )


def _default(found: Found) -> str:
    parts = [
        f"{name} {pick(found, name, DEFAULT_METHOD, confidence, DEFAULT_REPLICATIONS).coverage:.3f} at {_percent(confidence)}"
        for name in (MM1, PARTS)
        for confidence in (0.90, 0.95)
    ]
    return "; ".join(parts)


def _by_n(found: Found) -> str:
    def cell(name: str, method: str, confidence: float, n: int) -> str:
        row = pick(found, name, method, confidence, n)
        return f"**{row.coverage:.3f}**" if off(row) <= DEFAULT_TOLERANCE else f"{row.coverage:.3f}"

    columns = [(name, c, method) for name in (MM1, PARTS) for c in (0.90, 0.95) for method in ("t", "willink")]
    sizes = sorted({int(row.n) for row in found.coverage})
    return rows(
        "n | "
        + " | ".join(f"{'M/M/1' if name == MM1 else name} {_percent(c)} {method}" for name, c, method in columns),
        "---:|" * len(columns) + "---:",
        (" | ".join((str(n), *(cell(name, method, c, n) for name, c, method in columns))) for n in sizes),
    )


def _from(found: Found, method: str) -> str:
    right = [
        int(r.n)
        for r in found.coverage
        if (r.problem, r.method, r.confidence) == (PARTS, method, 0.90) and off(r) <= DEFAULT_TOLERANCE
    ]
    largest = max(int(r.n) for r in found.coverage)
    return str(min(right)) if right else f"more than {largest}"


def _longer(found: Found, name: str) -> str:
    ours, t = (pick(found, name, method, 0.95, DEFAULT_REPLICATIONS).relative for method in ("willink", "t"))
    return f"{100 * (ours / t - 1):.0f} %"


def _share(found: Found, method: str, *, high: bool) -> str:
    row = pick(found, PARTS, method, 0.95, DEFAULT_REPLICATIONS)
    return f"{100 * (row.too_high if high else 1 - row.coverage - row.too_high):.1f} %"


def _brief(found: Found, method: str, n: int) -> str:
    both = [pick(found, name, method, 0.90, n) for name in (MM1, PARTS)]
    return " and ".join(f"{r.coverage:.3f}, length {r.relative:.3f}" for r in both)


def _others(found: Found) -> str:
    keys = list(dict.fromkeys((r.problem, int(r.n)) for r in found.others))
    of = {(r.problem, int(r.n), r.method): r for r in found.others}
    return rows(
        "response | n | t | Willink | half-width / mean, t | Willink",
        "---|---:|---:|---:|---:|---:",
        (
            f"{name} | {n} | {of[name, n, 't'].coverage:.3f} | {of[name, n, 'willink'].coverage:.3f} | "
            f"{of[name, n, 't'].relative:.3f} | {of[name, n, 'willink'].relative:.3f}"
            for name, n in keys
        ),
    )


def _stops(found: Found) -> str:
    def known(stop: Stopped) -> str:
        value = STOPS.get((stop.problem, stop.gamma)) if stop.first < LEAST_FIRST else None
        return f"{value[0]:.3f} | {value[1]:,}" if value else " | "

    return rows(
        "problem | interval | first look | block | gamma | coverage | mean n | coverage known | mean n known",
        "---|---|---:|---:|---:|---:|---:|---:|---:",
        (
            f"{s.problem} | {s.method} | {s.first} | {s.block} | {s.gamma:.2f} | {s.coverage:.3f} | {s.n:,.0f} | {known(s)}"
            for s in found.stops
        ),
    )


def _cuts(found: Found) -> str:
    def cell(value: float, known: float | None, shape: str = "+.3f") -> str:
        return f"{value:{shape}}" + ("" if known is None else f" ({known:{shape}})")

    def line(c: Cut) -> str:
        bias, after, raw, rmse, cut = CUTS[c.start, c.on]
        return (
            f"{c.start} | {c.on} | {cell(c.raw_bias, bias)} | {cell(c.bias, after)} | {cell(c.raw_rmse, raw, '.3f')} | "
            f"{cell(c.rmse, rmse, '.3f')} | {cell(c.median_cut, cut, '.0f')} | {_percent(c.failed, 1)} | {c.experiments:,}"
        )

    return rows(
        "start | cut found on | bias before | after | RMSE before | after | median cut | flagged | experiments",
        "---|---|---:|---:|---:|---:|---:|---:|---:",
        map(line, found.cuts),
    )


def _flagged(found: Found) -> str:
    low, high = min(c.failed for c in found.cuts), max(c.failed for c in found.cuts)
    return f"{_percent(low, 1)} to {_percent(high, 1)}"
