"""When things happen: engines that run a world and leave a record. All agree bit for bit."""

from sim.engines.protocol import ENGINES, engine

__all__ = ["ENGINES", "engine"]
