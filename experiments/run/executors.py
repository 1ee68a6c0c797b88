"""Executors: anything with `submit -> Future`. Which one suits depends on the engine.

Threads for one that computes without Python's lock: nothing to start, nothing to send, and Ctrl-C is heard also
while a single run takes long. Processes for the others; this process itself where there is one worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from experiments.run.processes import ProcessPool
from experiments.run.threads import ThreadPool
from sim.engines.protocol import WITHOUT_PYTHONS_LOCK
from sim.errors import UsageError, nearest


def available_workers() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class SerialExecutor(Executor):
    """Perform each call at once in this process.

    Examples
    --------
    >>> SerialExecutor().submit(max, 2, 3).result()
    3
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Perform the call and return its finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asks the future for its result
            future.set_exception(error)
        return future


def executor_for(engine: str) -> Callable[[int], Executor]:
    """Return what starts the executor that suits an engine, for a number of workers.

    Examples
    --------
    >>> executor_for("compiled").__name__
    'ThreadPool'
    """
    return ThreadPool if engine in WITHOUT_PYTHONS_LOCK else in_processes


EXECUTORS = ("threads", "processes", "dask")
"""Names of executors that can be asked for."""


def executor_named(name: str | None, engine: str, cluster: str | None = None) -> Callable[[int], Executor]:
    """Return what starts the executor of a name; that which suits the engine if none is given.

    Parameters
    ----------
    name : str or None
        One of EXECUTORS.
    engine : str
        Name of the engine.
    cluster : str, optional
        Address of a Dask scheduler; one of this machine's own is started if not given.

    Raises
    ------
    UsageError
        If the executor cannot be used here.
    """
    if name is None:
        return executor_for(engine)
    if name == "threads":
        return ThreadPool
    if name == "processes":
        return ProcessPool
    if name == "dask":
        from experiments.run.cluster import on_cluster

        return on_cluster(cluster)
    raise UsageError(f"--executor: '{name}' is no executor. {nearest(name, EXECUTORS)}")


def in_processes(workers: int) -> Executor:
    """Start worker processes, or for one worker use this process."""
    return ProcessPool(workers) if workers > 1 else SerialExecutor()


def stop(executor: Executor) -> None:
    """Shut an executor down without waiting for the calls it is busy with, or only a moment."""
    if isinstance(executor, ProcessPool):
        executor.kill()
    elif isinstance(executor, ThreadPool):
        executor.leave()
    else:
        executor.shutdown(wait=False, cancel_futures=True)
