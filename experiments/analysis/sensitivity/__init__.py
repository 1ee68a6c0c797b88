"""What drives a result, and how much of it rests on assumptions. Which method answers what: docs/sensitivity.md."""

from experiments.analysis.sensitivity.conclusion import Conclusion, conclusion
from experiments.analysis.sensitivity.drivers import Driver
from experiments.analysis.sensitivity.effects import Effect, Effects, effects
from experiments.analysis.sensitivity.levels import Levels, Term, Trend, levels
from experiments.analysis.sensitivity.morris import Morris, Screened, morris
from experiments.analysis.sensitivity.ranges import Assumption, Assumptions, assumptions
from experiments.analysis.sensitivity.replications import Bounds
from experiments.analysis.sensitivity.sentence import sentence
from experiments.analysis.sensitivity.sobol_design import sobol_design
from experiments.analysis.sensitivity.sobol_indices import Index, SobolIndices, sobol_indices
from experiments.analysis.sensitivity.tornado import Bar, Tornado, tornado
from experiments.analysis.sensitivity.trajectories import trajectories

__all__ = [
    "Assumption",
    "Assumptions",
    "Bar",
    "Bounds",
    "Conclusion",
    "Driver",
    "Effect",
    "Effects",
    "Index",
    "Levels",
    "Morris",
    "Screened",
    "SobolIndices",
    "Term",
    "Tornado",
    "Trend",
    "assumptions",
    "conclusion",
    "effects",
    "levels",
    "morris",
    "sentence",
    "sobol_design",
    "sobol_indices",
    "tornado",
    "trajectories",
]
