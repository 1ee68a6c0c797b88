"""A pool of worker processes that can be killed at any moment without anything waiting for ever.

The standard library's pool shares two pipes and their locks between all workers. A worker killed while it
writes a long result leaves half a message, or a lock that nobody gives back: the pool's own thread then waits
in a read that never ends, and the interpreter, before it exits, waits for that thread. Here every worker has a
pipe of its own, whose other end only it holds. Its death ends the pipe, and whoever reads there is told at
once. The threads that serve the workers are daemons, so nothing waits for them when the interpreter exits.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

GRACE = 10.0
"""Longest wait for killed workers to be gone [s]; nothing depends on it, it only tidies up."""
DIED = "a worker process died"


class _Call(NamedTuple):
    future: Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class ProcessPool(Executor):
    """Worker processes that share nothing with this one nor with each other.

    They do not fork from this process (which has threads: progress, the pool's own), but from a clean server
    where the platform has one. Nothing is preloaded into that server: it would import from the folder in
    which the user happens to be.

    Parameters
    ----------
    workers : int
        Processes.

    Raises
    ------
    BrokenExecutor
        By the future of a call whose worker died, and by every later `submit`.
    """

    def __init__(self, workers: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._broken = self._closed = False
        self._processes: list[Any] = []
        self._threads: list[threading.Thread] = []
        for _ in range(workers):
            ours, theirs = context.Pipe()
            # A daemon: should all else fail, the interpreter kills it when it exits.
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            with no_interrupt():
                process.start()
            theirs.close()  # Else its death would not end the pipe.
            self._processes.append(process)
            self._threads.append(threading.Thread(target=self._serve, args=(ours,), daemon=True))
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call performed by the next worker that is free."""
        with self._lock:
            if self._broken:
                raise BrokenExecutor(DIED)
            if self._closed:
                raise RuntimeError("this pool has been shut down")
            future: Future[Any] = Future()
            self._calls.put(_Call(future, fn, args, kwargs))
            return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls; the workers end when they have done those that they have."""
        with self._lock:
            self._closed = True
            for call in self._waiting() if cancel_futures else ():
                call.future.cancel()
            self._end_threads()
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End everything now; the futures of calls under way raise BrokenExecutor."""
        for process in self._processes:
            process.kill()  # Not `terminate`: a worker that has stopped listening must end as well.
        self.shutdown(wait=False, cancel_futures=True)
        for tidied in (*self._processes, *self._threads):
            tidied.join(GRACE)

    def _serve(self, pipe: Connection) -> None:
        """Pass calls to one worker and its answers to their futures, until there are no more or it dies."""
        with pipe:
            while (call := self._calls.get()) is not None:
                if not call.future.set_running_or_notify_cancel():
                    continue
                try:
                    good, answer = _exchange(pipe, (call.fn, call.args, call.kwargs))
                except BrokenExecutor as error:
                    self._break()
                    call.future.set_exception(error)
                    return
                except Exception as error:  # noqa: BLE001 - the call or its answer could not be pickled
                    good, answer = False, error
                if good:
                    call.future.set_result(answer)
                else:
                    call.future.set_exception(answer)

    def _break(self) -> None:
        """Fail what waits: whoever uses the pool starts another one."""
        with self._lock:
            self._broken = True
            for call in self._waiting():
                if call.future.set_running_or_notify_cancel():
                    call.future.set_exception(BrokenExecutor(DIED))
            self._end_threads()

    def _waiting(self) -> Iterator[_Call]:
        """Take all calls that wait out of the queue."""
        with suppress(queue.Empty):
            while True:
                call = self._calls.get_nowait()
                if call is not None:
                    yield call

    def _end_threads(self) -> None:
        for _ in self._threads:
            self._calls.put(None)


def _exchange(pipe: Connection, call: tuple[Any, ...]) -> tuple[bool, Any]:
    """Send a call to a worker and wait for its answer: whether it succeeded, and its result or exception."""
    message = pickle.dumps(call, pickle.HIGHEST_PROTOCOL)
    try:
        pipe.send_bytes(message)
        message = pipe.recv_bytes()
    except (EOFError, OSError) as error:
        raise BrokenExecutor(DIED) from error
    answer: tuple[bool, Any] = pickle.loads(message)
    return answer


@contextmanager
def no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts; what starts here (also the server) never gets it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection) -> None:
    """Perform calls, in a worker process."""
    # Ctrl-C is left to the parent, which decides what is kept.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A run makes millions of short-lived objects and few cycles: look for cycles a hundred times less often.
    gc.set_threshold(70_000, 20, 20)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # The parent wants no more, or is gone.
        while True:
            _answer(pipe)


def _answer(pipe: Connection) -> None:
    message = pipe.recv_bytes()
    try:
        fn, args, kwargs = pickle.loads(message)
        answer = pickle.dumps((True, fn(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - it belongs to whoever asks the future for its result
        answer = _failure(error)
    pipe.send_bytes(answer)


def _failure(error: Exception) -> bytes:
    try:
        return pickle.dumps((False, error))
    except Exception:  # noqa: BLE001 - an exception that cannot travel is told in words
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


def _end_with_parent() -> None:
    # A parent killed by the system cannot shut its pool down; without this its workers would wait for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
