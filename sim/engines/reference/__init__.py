"""The reference engine: SimPy processes, written to be read.

Follow one order: `order.py` tells its life; it waits in a `department.py`, is served by a `worker.py`, may
send a `request.py` to a colleague; it was placed by a `customer.py`; all of them live in a `company.py`.
"""

from sim.engines.reference.run import run

__all__ = ["run"]
