"""Executors: anything with `submit -> Future`. Processes for the reference engine, or this process itself."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any


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


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Start worker processes that share nothing with this one.

    They do not fork from this process (which has threads: progress, the pool's own), but from a clean server
    where the platform has one. Nothing is preloaded into that server: it would import from the folder in
    which the user happens to be.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_set_up_worker)


def stop(executor: Executor) -> None:
    """Shut an executor down without waiting for the calls it is busy with."""
    processes = dict(getattr(executor, "_processes", None) or {})
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes.values():
        process.terminate()


def _set_up_worker() -> None:
    """Leave Ctrl-C to the parent, which decides what is kept, and end when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A run makes millions of short-lived objects and few cycles: look for cycles a hundred times less often.
    gc.set_threshold(70_000, 20, 20)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A parent killed by the system cannot shut its pool down; without this its workers would wait for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
