"""What is known about one parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "work time", "calendar time", "rate", "number", "count", "money"]
Level = Literal["company", "department", "pair"]
Scale = Literal["gap", "log", "log_odds", "linear"]
Grade = Literal["A", "B", "C", "D", "-"]

GRADES: dict[str, tuple[str, str]] = {
    "A": ("a field study or trial whose text was read", "estudio de campo o ensayo cuyo texto se leyó"),
    "B": ("known at second hand", "conocido de segunda mano"),
    "C": ("a trade figure", "cifra del sector"),
    "D": ("an assumption", "una suposición"),
    "-": ("given by the scenario or by definition", "dado por el escenario o por definición"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model that a scenario can set.

    Attributes
    ----------
    name : str
        Dotted name; its place in a scenario file.
    unit : Unit
        How it is written in files: a share ("40 %"), work time in opening hours ("12 min"), calendar time
        ("3 weeks"), a rate ("12 per year"), a plain number, a count or an amount of money.
    low, high : float
        Allowed range, in base units ([h], [1/h], [1]).
    default : float or None
        In base units; None where the scenario must say it.
    scale : Scale
        How policies move it: the remaining gap to the ideal, the logarithm, the log-odds or the plain sum.
    ideal : float or None
        The ideal end, in base units; needed by the gap scale.
    level : Level
        The finest thing for which it may be set: the company, one department, a pair of departments.
    grade : Grade
        Evidence grade of the default.
    source : str
        Where the default comes from.
    en, es : str
        Meaning in English and in Spanish.
    movable : bool
        Whether a policy can move it while a run goes on.
    """

    name: str
    unit: Unit
    low: float
    high: float
    default: float | None
    grade: Grade
    source: str
    en: str
    es: str
    scale: Scale = "gap"
    ideal: float | None = None
    level: Level = "company"
    movable: bool = False

    @property
    def group(self) -> str:
        """The part of the name before the last dot."""
        return self.name.rpartition(".")[0]

    @property
    def key(self) -> str:
        """The part of the name after the last dot."""
        return self.name.rpartition(".")[2]

    def meaning(self, language: str) -> str:
        """Return the meaning in English ("en") or Spanish ("es")."""
        return self.es if language == "es" else self.en
