"""Executors: anything with `submit -> Future`. Processes for the reference engine, or this process itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from experiments.run.processes import ProcessPool


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


def stop(executor: Executor) -> None:
    """Shut an executor down without waiting for the calls it is busy with."""
    if isinstance(executor, ProcessPool):
        executor.kill()
    else:
        executor.shutdown(wait=False, cancel_futures=True)
