"""The page about the shipped policies, from what was measured: every table, list and verdict is made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.policies_said import (
    CUSTOMER,
    FIGURES,
    HELD,
    PROFIT,
    WAIT,
    Alone,
    Measured,
    departments,
    listed,
    sentence,
    worse_off,
)
from experiments.analysis.intervals import Estimate
from sim.policies import Policy


@dataclass(frozen=True)
class Stage:
    """One more policy: all so far against today, and the profit that the last one adds."""

    added: Policy
    against_today: Measured
    gain: Estimate
    hours: float


@dataclass(frozen=True)
class Paper:
    """All that goes on the page."""

    made: str
    replications: tuple[int, int, int]
    singles: Sequence[Alone]
    stages: Sequence[Stage]
    number: int
    verdict: Stage
    everything: Stage
    labels: Mapping[str, str]
    weeks: int

    @property
    def looks(self) -> int:
        """How many figures of departments and pairs are looked at on the whole page."""
        return sum(len(m.theirs) for each in self.singles for m in (each.free, each.held))


def ending(paper: Paper) -> list[str]:
    """Return the short lists: what does nothing for the customer, and what makes somebody worse off."""
    nothing, customer, inside = list[str](), list[str](), list[str]()
    for each in paper.singles:
        name = f"`{each.policy.name}`"
        verdicts = [(f.head.rpartition(" ")[0], f.verdict(each.free.figures[f.metric])) for f in CUSTOMER]
        better, worse = ([head for head, way in verdicts if way == wanted] for wanted in (1, -1))
        if worse:
            customer.append(f"{name} ({listed(worse)}{f'; but better: {listed(better)}' if better else ''})")
        elif not better:
            nothing.append(name)
        theirs = [name for m in (each.free, each.held) for name in worse_off(m.theirs, paper.looks)]
        if theirs:
            inside.append(f"{name} ({', '.join(departments(theirs, paper.labels))})")
    rows = (("Nothing that can be told apart for the customer", nothing),
            ("The customer is worse off, by the figures in brackets", customer),
            ("A department is worse off", inside))  # fmt: skip
    return [f"- {head}: {', '.join(names) if names else 'none'}." for head, names in rows]


def table_of(singles: Sequence[Alone]) -> list[str]:
    """Return the table of every policy alone."""
    heads = ["policy", *(f.head for f in FIGURES), *(f"held: {f.head}" for f in HELD)]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    for each in singles:
        cells = [f.shown(each.free.figures[f.metric]) for f in FIGURES]
        cells += [f.shown(each.held.figures[f.metric]) for f in HELD]
        lines.append(f"| {each.policy.mission} `{each.policy.name}` | " + " | ".join(cells) + " |")
    return lines


def stages_of(paper: Paper) -> list[str]:
    """Return where adding policies stops paying."""
    rows = ["| stage | policy added | it adds, k/year | all so far against today, k/year | wait % | hours a week |",
            "|---:|---|---:|---:|---:|---:|"]  # fmt: skip
    for number, each in enumerate(paper.stages, start=1):
        figures = each.against_today.figures
        cells = [PROFIT.shown(each.gain), PROFIT.shown(figures["profit"]), WAIT.shown(figures["wait_mean"])]
        rows.append(f"| {number} | `{each.added.name}` | {' | '.join(cells)} | {each.hours:.0f} |")
    few, all_of = paper.verdict.against_today.figures, paper.everything.against_today.figures
    total, n = len(paper.stages), max(1, paper.number)
    said = f"**It stops paying at number {paper.number + 1}**" if paper.number < total else "**It never stops paying**"
    harm = next((k for k, s in enumerate(paper.stages, 1) if s.gain.is_clear and (s.gain.mean or 0.0) < 0), None)
    first = f"the first that clearly loses money is number {harm}" if harm else "none clearly loses money"
    if harm == paper.number + 1:
        first = "it clearly loses money"
    verdict = f"{said}: that is the first whose own gain is not clearly above zero; {first}." \
        if paper.number < total else f"{said}: each of the {total} adds profit clearly; {first}."  # fmt: skip
    chosen = "the first alone" if n == 1 else f"the first {n}"
    again = (
        f"Measured once more with new luck ({paper.replications[0]} replications): {chosen}: "
        f"{PROFIT.shown(few['profit'])}k a year more than today (wait {WAIT.shown(few['wait_mean'])} %, "
        f"{paper.verdict.hours:.0f} hours a week); all {total} at once {PROFIT.shown(all_of['profit'])}k (wait "
        f"{WAIT.shown(all_of['wait_mean'])} %, {paper.everything.hours:.0f} hours a week), which is "
        f"{PROFIT.shown(paper.everything.gain)}k against {chosen}."
    )
    return [*rows, "", verdict, "", again]


def page(paper: Paper) -> str:
    """Return the page as Markdown."""
    alone, candidates, stages = paper.replications
    looked = len(paper.singles) * len(CUSTOMER)
    lines = [
        "# What the policies do", "", paper.made, "",
        "## Each policy alone", "",
        f"At full intensity for {paper.weeks / 52:g} years against today, {alone} paired replications (the same "
        "customers and luck), mean change ± half-width of the 95 % interval; bold: it leaves out zero. *Held*: "
        "with the number of customers held fixed, so that better service shows as shorter waits instead of more "
        "customers. *Worth of customers*: of those at the end. Effects and costs of policies are mostly assumptions "
        "(see [the model](model.md#7-policies)); what follows from them is what is measured here.", "",
        *table_of(paper.singles), "",
        "## In a sentence", "",
        "Made from the results alone. Of customers only what the 95 % interval tells apart is said; among "
        f"{looked} such looks about {0.05 * looked:.0f} would seem clear without any effect. Somebody is *worse off* "
        "where the wait in a department's queue, its own figure (items per hour of presence) or the wait for a "
        f"colleague's answer got worse more clearly than luck explains among all {paper.looks} figures of departments "
        "and pairs looked at, in both worlds and for all policies (Bonferroni, 95 % for all together; seen in at least "
        "half the replications); harm may be sure and still small, and small harm may escape so strict a rule. Hours "
        "are those that the policies take off the floor by themselves; minutes added to single pieces of work are not "
        "counted.", "",
        *(f"- **{each.policy.label['en']}** (`{each.policy.name}`): {sentence(each, paper.looks, paper.labels)}"
          for each in paper.singles), "",
        *ending(paper), "",
        "## Where it stops paying", "",
        "P1 to P15 from nothing, at full intensity: at each stage the policy whose addition has the highest mean "
        f"profit over {paper.weeks / 52:g} years, customers coming and going, in {candidates} replications; then its "
        f"value in {stages} others, with a seed of their own at each stage, so that the winner's luck is not reported. "
        "Profit alone decides: what the customers are worth at the end is not counted, which disfavours what keeps "
        "them. With so few replications near equals may change places, and choosing one by one need not find the best "
        "set.", "",
        *stages_of(paper),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"
