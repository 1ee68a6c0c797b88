"""Everything the command line says to people about results, in English and Spanish.

Names of metrics, parameters and columns have their words where they are defined (sim/parameters,
sim/measures); the words around them are tables in experiments/show/texts.
"""

from __future__ import annotations

from typing import Any

from experiments.show.texts.charts import CHARTS
from experiments.show.texts.charts_decisions import CHARTS_DECISIONS
from experiments.show.texts.charts_people import CHARTS_PEOPLE
from experiments.show.texts.charts_waits import CHARTS_WAITS
from experiments.show.texts.company import COMPANY
from experiments.show.texts.compared import COMPARED
from experiments.show.texts.files import FILES
from experiments.show.texts.jobs import JOBS
from experiments.show.texts.lessons import LESSONS
from experiments.show.texts.optimised import OPTIMISED
from experiments.show.texts.page import PAGE
from experiments.show.texts.reasons import REASONS
from experiments.show.texts.report import REPORT
from experiments.show.texts.report_names import NAMES
from experiments.show.texts.report_page import REPORT_PAGE
from experiments.show.texts.report_parts import REPORT_PARTS
from experiments.show.texts.selected import SELECTED
from experiments.show.texts.sensitivity import SENSITIVITY
from experiments.show.texts.sliders import SLIDERS
from experiments.show.texts.stress_des import STRESS_DES
from experiments.show.texts.stress_experiment import STRESS_EXPERIMENT
from experiments.show.texts.sweeps import SWEEPS
from experiments.show.texts.units import UNITS
from experiments.show.texts.worth import WORTH

LANGUAGES = ("en", "es")

WORDS: dict[str, tuple[str, str]] = {
    **UNITS,
    **COMPANY,
    **FILES,
    **JOBS,
    **SWEEPS,
    **REASONS,
    **WORTH,
    **COMPARED,
    **SELECTED,
    **OPTIMISED,
    **SENSITIVITY,
    **CHARTS,
    **CHARTS_WAITS,
    **CHARTS_DECISIONS,
    **CHARTS_PEOPLE,
    **REPORT,
    **REPORT_PAGE,
    **REPORT_PARTS,
    **STRESS_DES,
    **STRESS_EXPERIMENT,
    **NAMES,
    **PAGE,
    **LESSONS,
    **SLIDERS,
}
"""Text by id: English, Spanish."""

COUNTED: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "replications": (("replication", "replications"), ("réplica", "réplicas")),
    "runs": (("run", "runs"), ("réplica", "réplicas")),
    "weeks": (("week", "weeks"), ("semana", "semanas")),
}
"""What is counted: one and several, in English and in Spanish."""


def say(text: str, language: str, /, **values: Any) -> str:
    """Return a text in a language, with its places filled in.

    Parameters
    ----------
    text : str
        Id of the text; an unknown one (a unit that a metric brings along) is returned without its first word.
    language : str
        "en" or "es".

    Examples
    --------
    >>> say("results in", "es", folder="results/levante")
    'Resultados: results/levante'
    >>> say("unit parsecs", "en")
    'parsecs'
    """
    if text not in WORDS:
        return text.partition(" ")[2] or text
    return WORDS[text][LANGUAGES.index(language)].format(**values)


def counted(what: str, amount: float, language: str) -> str:
    """Return an amount with its noun, one or several.

    Examples
    --------
    >>> counted("weeks", 1, "en"), counted("weeks", 2.5, "en"), counted("replications", 1, "es")
    ('1 week', '2.5 weeks', '1 réplica')
    """
    one, several = COUNTED[what][LANGUAGES.index(language)]
    return f"{amount:g} {one if amount == 1 else several}"
