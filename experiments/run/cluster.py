"""Dask as an executor: the same chunks, on the machines of a cluster. Needs the extra 'dask'.

Only `submit` of its executor is used: its `map` ignores the size of chunks. A worker that dies, is taken away or runs
out of time is no failure of a chunk; the scheduler gives the chunk to another one.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from multiprocessing import resource_tracker
from typing import Any

from experiments.run.processes import no_interrupt
from sim.errors import RelevoError, UsageError

DEATHS_ALLOWED = 10
"""Workers that a chunk may lose before it counts as one that kills them; a queue's time limits count too."""
SETTINGS = {
    "distributed.scheduler.allowed-failures": DEATHS_ALLOWED,
    "distributed.worker.profile.enabled": False,
    # A chunk may compute for minutes without a word; it is no dead worker.
    "distributed.scheduler.worker-ttl": None,
    "logging": {"distributed": "critical"},
}
WAIT_FOR_WORKERS = 60.0
"""Longest wait for the first worker of a cluster [s]."""


ANSWERS_WITHIN = 5.0
"""Longest wait for a scheduler to take a connection; it may be starting at this moment [s]."""
COUNTED_EVERY = 5.0
"""How often the workers of a cluster are counted [s]."""


class DaskExecutor(Executor):
    """Workers of a Dask cluster.

    Parameters
    ----------
    address : str or None
        Of a scheduler; None starts one on this machine, with a process for each worker.
    workers : int
        Worker processes where one is started here; no matter otherwise.

    Raises
    ------
    RelevoError
        If there is no scheduler at the address, or it has no workers.
    """

    def __init__(self, address: str | None, workers: int) -> None:
        import dask
        from distributed import Client, LocalCluster

        dask.config.set(SETTINGS)
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # What matters is said by whoever asked.
        self._cluster: Any = None
        self._counted, self._width = 0.0, max(1, workers)
        if address is None:
            resource_tracker.ensure_running()  # Starting it lets Ctrl-C through again.
            with no_interrupt():  # Ctrl-C is for this process; what starts here never gets it.
                self._cluster = LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
        try:
            self._client = Client(self._cluster or address, timeout="20 s")
            self._client.wait_for_workers(1, timeout=WAIT_FOR_WORKERS)
        except (OSError, TimeoutError, ValueError) as error:
            self.shutdown()
            raise _no_answer(address, str(error) or type(error).__name__) from None
        self._executor = self._client.get_executor(pure=False)

    @property
    def width(self) -> int:
        """Calls that the cluster can perform at once now; it may grow and shrink."""
        now = time.monotonic()
        if now - self._counted > COUNTED_EVERY:
            self._counted = now
            with suppress(OSError, TimeoutError, RuntimeError):  # It is told when a call fails.
                self._width = max(1, sum(self._client.nthreads().values()))
        return self._width

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call performed by some worker."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; end it if it was started here."""
        for each in (getattr(self, "_client", None), self._cluster):
            if each is not None:
                with suppress(OSError, TimeoutError):
                    each.close()


def on_cluster(address: str | None) -> Callable[[int], Executor]:
    """Return what starts an executor on a cluster.

    Raises
    ------
    UsageError
        If Dask is not installed, or the address is none.
    RelevoError
        If nobody answers at the address; so that it is told before anything is run or written.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise UsageError(
            "--executor dask: Dask is not installed; install it here and where workers run: pip install 'relevo[dask]'."
        ) from None
    if address is not None:
        _knock(address)
    return lambda workers: DaskExecutor(address, workers)


def _knock(address: str) -> None:
    """See whether anybody takes a connection at the address of a scheduler."""
    from distributed.comm import get_address_host_port, parse_address

    try:
        scheme, _ = parse_address(address)
        place = get_address_host_port(address) if scheme in ("tcp", "tls") else None
    except ValueError:
        place = ("", 0)
    if place is None:
        return
    if not (place[0] and place[1]):
        raise UsageError(f"--cluster {address}: is no address of a scheduler; write one such as tcp://10.0.0.1:8786.")
    end = time.monotonic() + ANSWERS_WITHIN
    while True:
        try:
            socket.create_connection(place, timeout=ANSWERS_WITHIN).close()
        except OSError as error:
            if time.monotonic() >= end:
                raise _no_answer(address, error.strerror or str(error)) from None
            time.sleep(0.5)
        else:
            return


def _no_answer(address: str | None, why: str) -> RelevoError:
    if address is None:
        return RelevoError(
            f"--executor dask: its workers do not start on this machine ({why}); use --executor processes."
        )
    return RelevoError(
        f"--cluster {address}: no scheduler with workers answers there ({why}); start one with 'dask scheduler' and "
        "'dask worker', and give its address, such as tcp://10.0.0.1:8786."
    )
