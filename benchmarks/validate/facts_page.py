"""The page about stylised facts, from what was found: verdicts are counted here and written nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.validate.facts_core import FAILS, HOLDS, UNDECIDED, Fact, Finding, Size


@dataclass(frozen=True)
class Looked:
    """A fact and what was found."""

    fact: Fact
    size: Size
    findings: tuple[Finding, ...]

    def quantities(self) -> dict[str, list[Finding]]:
        """Return the findings of each quantity, over the settings."""
        by_name: dict[str, list[Finding]] = {}
        for finding in self.findings:
            by_name.setdefault(finding.quantity, []).append(finding)
        return by_name

    @property
    def everywhere(self) -> bool:
        """Whether every quantity holds in every setting."""
        return bool(self.findings) and all(finding.verdict == HOLDS for finding in self.findings)


def verdict(findings: Sequence[Finding]) -> str:
    """Say in words where something holds."""
    count = {word: sum(f.verdict == word for f in findings) for word in (HOLDS, FAILS, UNDECIDED)}
    n = len(findings)
    if count[HOLDS] == n:
        return "**holds**" if n == 1 else f"**holds** in all {n} settings"
    if count[FAILS] == n:
        return "**does not hold**" if n == 1 else f"**does not hold** in any of {n} settings"
    parts = [f"{word} in {count[word]}" for word in (HOLDS, FAILS, UNDECIDED) if count[word]]
    return f"{', '.join(parts)} of {n}" if n > 1 else parts[0].split(" in ")[0]


def page(looked: Sequence[Looked], minutes: float, day: dt.date, version: str) -> str:
    """Return the dated page as Markdown."""
    rows = [finding for item in looked for finding in item.findings]
    count = {word: sum(f.verdict == word for f in rows) for word in (HOLDS, FAILS, UNDECIDED)}
    seeds = sorted({item.size.seed for item in looked})
    lines = [
        "# Stylised facts",
        "",
        f"Written by `python -m benchmarks.validate.facts` on {day:%Y-%m-%d}, {version}, compiled engine, seed "
        f"{', '.join(map(str, seeds))}; {minutes:.0f} minutes on two threads.",
        "",
        "What is known about organisations, looked for in whole runs. *Built in*: a rule says so, and it must come out "
        "again (verification). *Emergent*: no rule says so (validation); each is looked for over the range of the "
        "assumed parameters (grade D in [parameters.md](parameters.md)) that matter to it, at the defaults and at "
        "points of a Latin hypercube of low, middle and high levels.",
        "",
        "Each number is a mean over replications of paired differences (the same luck in both worlds) or a function of "
        "such means (jackknife), with its 95 % interval (t). It **holds** if the whole interval lies inside what is "
        "wanted, **does not hold** if it lies outside, and is *undecided* otherwise. So a single 'holds' of a "
        "statement is wrong with a probability of at most 2.5 %, and so is 'holds in all "
        "settings', which needs every one of them. Single rows among many are another matter: of "
        f"{len(rows)} rows, up to {0.025 * len(rows):.0f} could hold by luck if every truth lay just at its bound.",
        "",
        f"**{count[HOLDS]} rows hold, {count[FAILS]} do not, {count[UNDECIDED]} are undecided.** A fact of which not "
        "all rows hold is followed by our reading of why. The model was not tuned to any of them. A verdict says "
        "nothing about the sizes of effects in a real company.",
        "",
        *_overview(looked),
    ]
    for built_in, title in ((True, "Built in (verification)"), (False, "Emergent (validation)")):
        lines += [f"## {title}", ""]
        for item in looked:
            if item.fact.built_in == built_in:
                lines += _section(item)
    lines += ["## Every row", "", "| fact | quantity | setting | found ± 95 % | wanted | n | verdict |"]
    lines += ["|---|---|---|---:|---:|---:|---|"]
    for item in looked:
        lines += [f"| {item.fact.key} | {' | '.join(_row(f))} |" for f in item.findings]
    return "\n".join(lines) + "\n"


def _overview(looked: Sequence[Looked]) -> list[str]:
    lines = ["| fact | statement | kind | rows that hold | do not | undecided |", "|---|---|---|---:|---:|---:|"]
    for item in looked:
        counts = [sum(f.verdict == word for f in item.findings) for word in (HOLDS, FAILS, UNDECIDED)]
        kind = "built in" if item.fact.built_in else "emergent"
        lines.append(f"| {item.fact.key} | {item.fact.statement} | {kind} | {' | '.join(map(str, counts))} |")
    return [*lines, ""]


def _section(item: Looked) -> list[str]:
    fact = item.fact
    lines = [
        f"### {fact.key}: {fact.statement}",
        "",
        f"{fact.how} {item.size.replications} replications.",
        "",
        "| quantity | wanted | at the first setting | least | most | verdict |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for name, findings in item.quantities().items():
        first = findings[0]
        means = sorted(finding.mean for finding in findings)
        wanted = _wanted(first) if len({f.band for f in findings}) == 1 else "see rows"
        least, most = (_number(mean, first.unit) for mean in (means[0], means[-1]))
        lines.append(f"| {name} | {wanted} | {_interval(first)} | {least} | {most} | {verdict(findings)} |")
    if not item.everywhere and fact.reading:
        lines += ["", f"*Our reading.* {fact.reading}"]
    return [*lines, ""]


def _row(finding: Finding) -> tuple[str, ...]:
    return (
        finding.quantity, finding.setting, _interval(finding), _wanted(finding), str(finding.n), finding.verdict,
    )  # fmt: skip


def _scale(unit: str) -> float:
    return 100.0 if unit in ("%", "pp") else 1.0


def _number(value: float, unit: str) -> str:
    scaled = _scale(unit) * value
    size = abs(scaled)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{scaled:.{digits}f}{' ' + unit if unit else ''}"


def _interval(finding: Finding) -> str:
    return f"{_number(finding.mean, finding.unit)} ± {_number(finding.half_width, finding.unit)}"


def _wanted(finding: Finding) -> str:
    return f"{finding.band.shown(_scale(finding.unit))}{' ' + finding.unit if finding.unit else ''}"
