"""Dask as an executor: the same chunks, on the machines of a cluster. Needs the extra 'dask'.

Only `submit` of its executor is used: its `map` ignores the size of chunks. A worker that dies, is taken away or runs
out of time is no failure of a chunk; the scheduler gives the chunk to another one.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sim.errors import RelevoError, UsageError

DEATHS_ALLOWED = 10
"""Workers that a chunk may lose before it counts as one that kills them; a queue's time limits count too."""
WAIT_FOR_WORKERS = 60.0
"""Longest wait for the first worker of a cluster [s]."""


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

        dask.config.set(
            {
                "distributed.scheduler.allowed-failures": DEATHS_ALLOWED,
                "distributed.worker.profile.enabled": False,
                # A chunk may compute for minutes without a word; it is no dead worker.
                "distributed.scheduler.worker-ttl": None,
            }
        )
        self._cluster: Any = None
        if address is None:
            self._cluster = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        try:
            self._client = Client(self._cluster or address, timeout="20 s")
            self._client.wait_for_workers(1, timeout=WAIT_FOR_WORKERS)
        except (OSError, TimeoutError, ValueError) as error:
            self.shutdown()
            raise RelevoError(
                f"--cluster {address}: no scheduler with workers answers there ({error or type(error).__name__}); "
                "start one with 'dask scheduler' and 'dask worker', and give its address, such as tcp://10.0.0.1:8786."
            ) from None
        self._executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call performed by some worker."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; end it if it was started here."""
        for each in (getattr(self, "_client", None), self._cluster):
            if each is not None:
                each.close()


def on_cluster(address: str | None) -> Callable[[int], Executor]:
    """Return what starts an executor on a cluster.

    Raises
    ------
    UsageError
        If Dask is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise UsageError(
            "--executor dask: Dask is not installed; install it here and where workers run: pip install 'relevo[dask]'."
        ) from None
    return lambda workers: DaskExecutor(address, workers)
