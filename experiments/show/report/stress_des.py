"""The reporting standard for discrete-event simulations, STRESS-DES, each item filled from the results themselves.

Monks, Currie, Onggo, Robinson, Kunc & Taylor, *Strengthening the reporting of empirical simulation studies:
Introducing the STRESS guidelines*, Journal of Simulation 13(1):55-67 (2019).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from experiments.analysis.decision import Decision
from experiments.run.study import Study
from experiments.show.bilingual import Words, words
from experiments.show.report import stress_company as company
from experiments.show.report import stress_experiment as experiment
from experiments.show.report.compared import Table

Part = Words | Table
Parts = list[Part]


@dataclass(frozen=True)
class Item:
    """One item of the standard.

    Attributes
    ----------
    number : str
        As in the standard, such as "2.5.1".
    title : Words
        Its heading.
    parts : tuple of Words or table
        What is to say.
    """

    number: str
    title: Words
    parts: tuple[Part, ...]


ITEMS: tuple[tuple[str, Callable[[Study, Decision], Parts]], ...] = (
    ("1.1", experiment.purpose),
    ("1.2", experiment.outputs),
    ("1.3", experiment.aims),
    ("2.1", company.diagram),
    ("2.2", company.base_logic),
    ("2.3", experiment.scenario_logic),
    ("2.4", company.algorithms),
    ("2.5.1", company.entities),
    ("2.5.2", company.activities),
    ("2.5.3", company.resources),
    ("2.5.4", company.queues),
    ("2.5.5", company.entry_and_exit),
    ("3.1", experiment.sources),
    ("3.2", experiment.preprocessing),
    ("3.3", company.inputs),
    ("3.4", experiment.assumptions),
    ("4.1", experiment.initialisation),
    ("4.2", experiment.run_length),
    ("4.3", experiment.estimation),
    ("5.1", experiment.software),
    ("5.2", experiment.sampling),
    ("5.3", experiment.execution),
    ("5.4", experiment.system),
    ("6.1", experiment.code),
)
SECTIONS = ("1", "2", "3", "4", "5", "6")


def stress_des(study: Study, found: Decision) -> list[tuple[Words, list[Item]]]:
    """Return the sections of the standard with their items, all filled."""
    made = [Item(number, words(f"stress {number}"), tuple(fill(study, found))) for number, fill in ITEMS]
    return [(words(f"stress {s}"), [item for item in made if item.number.startswith(f"{s}.")]) for s in SECTIONS]
