"""A pool of threads of this process, for an engine that computes without Python's lock.

Nothing is sent anywhere: what runs share is prepared once for all, and results stay where they are. A thread
in the middle of a run cannot be ended. So the threads are daemons: the interpreter does not wait for them when
it exits, unlike for those of the standard library's pool.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any

GRACE = 0.5
"""Longest wait for runs under way when they are no longer wanted [s]; most end within it."""


class ThreadPool(Executor):
    """Threads that perform calls, one at a time each, in the order in which they were submitted.

    Parameters
    ----------
    workers : int
        Threads.
    """

    def __init__(self, workers: int) -> None:
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call performed by the next thread that is free."""
        with self._lock:
            if self._closed:
                raise RuntimeError("this pool has been shut down")
            future: Future[Any] = Future()
            self._calls.put((future, lambda: fn(*args, **kwargs)))
            return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls; the threads end when they have done those that they have."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                with suppress(queue.Empty):
                    while True:
                        call = self._calls.get_nowait()
                        if call is not None:
                            call[0].cancel()
            for _ in self._threads:
                self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def leave(self) -> None:
        """Begin nothing more, and wait a moment for what is under way."""
        self.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + GRACE
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            _answer(*call)
            del call  # Else the thread would keep a run and its world until the next one comes.


def _answer(future: Future[Any], perform: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(perform())
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever asks the future for its result
        future.set_exception(error)
