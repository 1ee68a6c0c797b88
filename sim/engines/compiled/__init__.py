"""The compiled engine: the same model, event for event, in numba's machine code."""

from sim.engines.compiled.run import can_share, run, run_from, warm_up

__all__ = ["can_share", "run", "run_from", "warm_up"]
