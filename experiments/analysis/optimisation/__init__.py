"""The best mix under a budget: a search, or all of what is possible, then fresh replications: docs/optimisation.md."""

from experiments.analysis.optimisation.archive import Archive, Request
from experiments.analysis.optimisation.choice import Against, Choice, Rival, choose
from experiments.analysis.optimisation.enumeration import MOST_ENUMERATED, all_feasible, choose_among_all
from experiments.analysis.optimisation.front import Front, FrontPoint, final_front
from experiments.analysis.optimisation.ranking import Aim, ranking_of
from experiments.analysis.optimisation.search import search
from experiments.analysis.optimisation.searched import Searched, Settings
from experiments.analysis.optimisation.space import Levels, Row, Simulate, Space, rows_of
from experiments.analysis.optimisation.words import words

__all__ = [
    "MOST_ENUMERATED",
    "Against",
    "Aim",
    "Archive",
    "Choice",
    "Front",
    "FrontPoint",
    "Levels",
    "Request",
    "Rival",
    "Row",
    "Searched",
    "Settings",
    "Simulate",
    "Space",
    "all_feasible",
    "choose",
    "choose_among_all",
    "final_front",
    "ranking_of",
    "rows_of",
    "search",
    "words",
]
